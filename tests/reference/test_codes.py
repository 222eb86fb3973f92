"""Whom a code or a name means."""

from __future__ import annotations

import pytest

from sheets_pipeline.reference.codes import find, municipality_name, organisation_type, places


def test_every_municipality_and_region_is_known() -> None:
    types = [place.type for place in places().values()]
    assert (types.count("municipality"), types.count("region")) == (290, 21)


def test_every_municipality_lies_in_a_region_that_is_known() -> None:
    assert {organisation_type(place.region) for place in places().values()} == {"region"}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("0114", "0114"),
        ("114", "0114"),  # Excel has taken the zero
        ("14", "0014"),
        ("Upplands Väsby", "0114"),
        ("upplands  väsby kommun", "0114"),
        ("Göteborgs stad", "1480"),
        ("Borås Stad", "1490"),
        ("Gotland", "0980"),
        ("Region Gotland", "0009"),
        ("Gotlands län", "0009"),
        ("Örebro", "1880"),
        ("Örebro län", "0018"),
        ("Region Örebro län", "0018"),
        ("Kalmar", "0880"),
        ("Region Kalmar län", "0008"),
        ("Skåne", "0012"),
        ("Västra Götalandsregionen", "0014"),
        ("Landstinget Dalarna", "0020"),
    ],
)
def test_a_person_may_write_it_in_several_ways(asked: str, code: str) -> None:
    place = find(asked)
    assert place is not None
    assert place.code == code


@pytest.mark.parametrize("asked", ["", "Exempelby", "9901", "Region Gävle", "0180-eav", "12345"])
def test_what_is_not_known_is_not_guessed(asked: str) -> None:
    assert find(asked) is None


def test_every_name_leads_back_to_its_own_code() -> None:
    assert [find(place.name) for place in places().values()] == list(places().values())


def test_a_part_of_a_municipality_is_named_after_it_but_its_type_is_not_in_the_code() -> None:
    assert municipality_name("0180-eav") == "Stockholm"
    assert organisation_type("0180-eav") is None


def test_a_region_is_no_municipality() -> None:
    assert municipality_name("0014") is None
