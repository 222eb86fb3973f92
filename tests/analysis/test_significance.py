"""What is tested, what is not, and what is said then."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

import pytest

from sheets_pipeline.analysis.significance import with_tests
from sheets_pipeline.model.results import Comparison

By = Literal["item", "section", "round", "organisation", "cluster"]


def row(
    by: By, shifts: list[int], key: str = "k", role: str = "participant"
) -> tuple[Comparison, tuple[Fraction, ...]]:
    """A row over organisations whose shifts these are."""
    made = Comparison(
        key=key,
        label={},
        by=by,
        scale="s4",
        level="overall",
        role=role,
        n=len(shifts),
        matched=len(shifts),
        up=sum(shift > 0 for shift in shifts),
        shift=Fraction(sum(shifts), max(1, len(shifts))),
    )
    return made, tuple(Fraction(shift) for shift in shifts)


@pytest.mark.parametrize("by", ["item", "section", "round"])
@pytest.mark.parametrize("count", range(6))
def test_under_six_organisations_nothing_is_tested_and_it_is_said_why(by: By, count: int) -> None:
    (found,) = with_tests([row(by, [1] * count)])
    assert (found.p, found.p_adjusted, found.interval, found.effect) == (None, None, None, None)
    assert ("fewer_than_six" in found.notes) == (count > 0)


@pytest.mark.parametrize("by", ["organisation", "cluster"])
def test_organisations_and_clusters_are_never_tested(by: By) -> None:
    (found,) = with_tests([row(by, [1] * 10)])
    assert (found.p, found.interval, found.hodges_lehmann, found.notes) == (None, None, None, ())


def test_six_that_all_rose_are_enough_for_the_round() -> None:
    (found,) = with_tests([row("round", [1, 1, 1, 1, 1, 2])])
    assert (found.p, found.p_adjusted, found.effect) == (2 / 64, 2 / 64, 1.0)
    assert (found.hodges_lehmann, found.interval) == (Fraction(1), (Fraction(1), Fraction(2)))
    assert found.interval_of == "shift"
    assert found.established


def test_ten_sections_of_eight_organisations_cannot_be_significant_so_they_are_not_tested() -> None:
    found = with_tests([row("section", [1] * 8, f"m{number}") for number in range(10)])
    assert {one.p for one in found} == {None}
    assert all("significance_impossible" in one.notes and one.interval and one.effect == 1.0 for one in found)
    assert not any(one.established for one in found)


def test_ten_sections_of_nine_organisations_are_tested_and_adjusted_together() -> None:
    found = with_tests([row("section", [1] * 9, f"m{number}") for number in range(10)])
    assert {one.p for one in found} == {2 / 512}
    assert {one.p_adjusted for one in found} == {20 / 512}


def test_mentors_are_a_family_of_their_own() -> None:
    mentors = row("section", [1] * 6, "m1", role="mentor")
    found = with_tests([mentors, *(row("section", [1] * 9, f"m{number}") for number in range(2, 12))])
    assert found[0].p_adjusted == 2 / 64
    assert found[1].p_adjusted == 20 / 512


def test_items_have_the_interval_of_the_share_improved_and_are_called_exploratory() -> None:
    (found, _) = with_tests([row("item", [1, 1, 1, 1, 1, 1, 1, 0, -1], "m01_1"), row("item", [0] * 9, "m01_2")])
    assert found.interval_of == "share_up"
    assert found.interval is not None
    assert [round(float(limit), 4) for limit in found.interval] == [0.4526, 0.9368]
    assert (found.zeros, found.effect, found.hodges_lehmann) == (1, None, None)
    assert "exploratory" in found.notes


def test_nobody_changed() -> None:
    (found,) = with_tests([row("round", [0] * 8)])
    assert (found.p, found.effect, found.zeros) == (1.0, None, 8)
    assert found.interval == (Fraction(0), Fraction(0))
    assert "all_unchanged" in found.notes


def test_everybody_fell() -> None:
    (found,) = with_tests([row("round", [-1] * 8)])
    assert (found.direction, found.effect, found.established) == ("down", -1.0, True)
