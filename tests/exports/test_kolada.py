"""The export in Kolada's shape."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sheets_pipeline.analysis.summary import summarise
from sheets_pipeline.exports.kolada import export_kolada
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.programme import Organisation, SharingLevel
from sheets_pipeline.model.submissions import Submission, Value
from tests.analysis.example import AS_OF, answered, organisation, real_form, real_forms, round_of

FACTS: dict[str, Value] = {
    "reference_year": 2025,
    "population/women": 5012,
    "population/men": 4988,
    "higher_education/women": Decimal("48.35"),
    "higher_education/men": Decimal(39),
    "staff/women": 700,
    "age_0_17/girls": 900,
}
COLUMNS = ["kpi", "municipality", "period", "gender", "value", "status"]


def facts(code: str, values: dict[str, Value], form: Form | None = None) -> Submission:
    return answered(code, "round", values, form=form or real_form("organisation_facts"))


def exported(
    to: Path,
    *sent: Submission,
    whose: tuple[Organisation, ...] = (organisation("9901"), organisation("9902")),
    audience: SharingLevel = "salar",
    form: Form | None = None,
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """The JSON, and the rows of the CSV."""
    forms = {**real_forms(), **({(form.form_id, form.definition): form} if form else {})}
    found = summarise(round_of(*whose), forms, sent, first="bm1", last="final", audience=audience, as_of=AS_OF)
    as_json, as_csv = export_kolada(found, forms, sent, to=to)
    text = as_csv.path.read_bytes().decode("utf-8-sig")
    return json.loads(as_json.path.read_bytes()), list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def test_figures_stand_in_kolada_s_shape(tmp_path: Path) -> None:
    data, _ = exported(tmp_path, facts("9901", FACTS))

    assert data["values"][0] == {
        "kpi": "N00905",
        "municipality": "9901",
        "period": 2025,
        "values": [
            {"gender": "K", "count": 1, "status": "-", "value": None},
            {"gender": "M", "count": 1, "status": "-", "value": None},
        ],
    }
    (people,) = (one for one in data["values"] if one["kpi"] == "N01951")
    assert [(one["gender"], one["value"], one["status"]) for one in people["values"]] == [
        ("K", 5012, ""),
        ("M", 4988, ""),
    ]
    assert (data["count"], data["next_url"]) == (len(data["values"]), None)


def test_the_csv_has_the_same_rows(tmp_path: Path) -> None:
    data, rows = exported(tmp_path, facts("9901", FACTS), facts("9902", FACTS))
    flat = [
        (one["kpi"], one["municipality"], one["period"], entry["gender"], entry["value"], entry["status"])
        for one in data["values"]
        for entry in one["values"]
    ]

    assert list(rows[0]) == COLUMNS
    assert [
        (
            row["kpi"],
            row["municipality"],
            int(row["period"]),
            row["gender"],
            float(row["value"].replace(",", ".")) if row["value"] else None,
            row["status"],
        )
        for row in rows
    ] == flat
    assert [path.name for path in sorted(tmp_path.iterdir())] == [
        "kolada_form_2026_2026-12-01.csv",
        "kolada_form_2026_2026-12-01.json",
    ]


def test_only_questions_that_are_kolada_s_key_figures_are_there(tmp_path: Path) -> None:
    data, _ = exported(tmp_path, facts("9901", FACTS))

    assert {one["kpi"] for one in data["values"]} == {"N00905", "N01951", "N01982", "N02267"}


def test_no_total_is_computed(tmp_path: Path) -> None:
    _, rows = exported(tmp_path, facts("9901", FACTS))

    assert {row["gender"] for row in rows} == {"K", "M"}


def test_kolada_is_never_named_as_the_source(tmp_path: Path) -> None:
    data, _ = exported(tmp_path, facts("9901", FACTS))

    assert data["source"] == "Uppgifter som organisationerna själva har lämnat, i Koladas form"
    texts = "".join(path.read_text(encoding="utf-8") for path in tmp_path.iterdir())
    assert "Källa: Kolada" not in texts
    assert "Egna beräkningar" not in texts


def for_children(form: Form) -> Form:
    """The form with a key figure about children, asked for girls and boys."""
    sections = tuple(
        replace(
            section,
            questions=tuple(
                replace(one, prefill="kolada.N15504") if one.name == "age_0_17" else one for one in section.questions
            ),
        )
        for section in form.sections
    )
    return replace(form, sections=sections, definition="children")


def test_girls_and_boys_fold_to_women_and_men(tmp_path: Path) -> None:
    form = for_children(real_form("organisation_facts"))
    sent = facts("9901", {**FACTS, "age_0_17/boys": 950}, form)
    _, rows = exported(tmp_path, sent, form=form)

    assert [(row["gender"], row["value"]) for row in rows if row["kpi"] == "N15504"] == [("K", "900"), ("M", "950")]


@pytest.mark.parametrize("people", [1, 4])
def test_few_people_are_protected(tmp_path: Path, people: int) -> None:
    data, rows = exported(tmp_path, facts("9901", {**FACTS, "population/women": people}))

    assert next((row["value"], row["status"]) for row in rows if row["kpi"] == "N01951") == ("", "..")
    (entry,) = (one for one in data["values"] if one["kpi"] == "N01951")
    assert entry["values"][0] == {"gender": "K", "count": 1, "status": "..", "value": None}


def test_shares_of_a_few_per_cent_and_nobody_are_shown(tmp_path: Path) -> None:
    _, rows = exported(tmp_path, facts("9901", {**FACTS, "population/women": 0, "higher_education/women": Decimal(3)}))

    shown = {(row["kpi"], row["gender"]): row["value"] for row in rows}
    assert (shown["N01951", "K"], shown["N01982", "K"]) == ("0", "3")


def test_what_the_results_keep_back_is_not_given_away(tmp_path: Path) -> None:
    sent, forms = facts("9901", FACTS), real_forms()
    found = summarise(
        round_of(organisation("9901")), forms, [sent], first="bm1", last="final", audience="salar", as_of=AS_OF
    )
    (whole,) = found.organisations
    kept = tuple(fact for fact in whole.facts if fact.path != "population/men")
    made = export_kolada(replace(found, organisations=(replace(whole, facts=kept),)), forms, [sent], to=tmp_path)

    text = made[1].path.read_text(encoding="utf-8-sig")
    assert "N01951;9901;2025;M;;.." in text
    assert "4988" not in text


def test_those_who_do_not_share_are_not_there(tmp_path: Path) -> None:
    whose = (organisation("9901"), organisation("9902", scores="salar", texts="public"))
    data, rows = exported(tmp_path, facts("9901", FACTS), facts("9902", FACTS), whose=whose, audience="public")

    assert {row["municipality"] for row in rows} == {"9901"}
    assert data["without_year"] == []
    assert (tmp_path / "kolada_form_2026_2026-12-01_public.json").is_file()


def test_figures_without_a_year_have_no_place_and_are_told_of(tmp_path: Path) -> None:
    yearless = {path: value for path, value in FACTS.items() if path != "reference_year"}
    data, rows = exported(tmp_path, facts("9901", yearless), facts("9902", FACTS))

    assert data["without_year"] == ["9901"]
    assert {row["municipality"] for row in rows} == {"9902"}


@pytest.mark.parametrize("code", ["0180-eav", "x-norrbotten"])
def test_others_than_municipalities_and_regions_have_no_place_in_kolada(tmp_path: Path, code: str) -> None:
    _, rows = exported(tmp_path, facts(code, FACTS), whose=(organisation(code),))

    assert rows == []


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    exported(tmp_path / "a", facts("9901", FACTS), facts("9902", FACTS))
    exported(tmp_path / "b", facts("9902", FACTS), facts("9901", FACTS))

    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
