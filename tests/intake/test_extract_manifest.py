"""The hidden manifest after someone has been at it, and workbooks that were built on another version of the form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from sheets_pipeline.forms import from_source
from sheets_pipeline.intake.extract.versions import _renamed
from sheets_pipeline.model.cells import CellValue, Grid
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.layout import lay_out
from sheets_pipeline.model.manifest import SHEET, ManifestError, manifest_rows, read_manifest
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.workbooks.excel_write import write_workbook
from tests.pipeline.trial import (
    PARAMETERS,
    SAVED,
    Definitions,
    book,
    codes,
    edited,
    extracted,
    filled,
    form,
    grid,
    reading,
    source,
    values,
    with_cell,
)

ANSWERS: Mapping[str, Value] = {"staff": 12, "m01_1/score": 3, "goals[G01]/goal": "Lika", "plans[P01]/aim": "Kortare"}
LONGEST_SHEET_NAME = 31
ROWS = {name: row for row, (name, _) in enumerate(manifest_rows(book().manifest))}


@pytest.fixture(scope="module")
def seen() -> Grid:
    return grid(filled(ANSWERS))


def part_with(seen: Grid, **changes: Any) -> Grid:
    """The manifest's line on the form with some of its fields changed; `...` takes one away."""
    sheet = seen.sheet(SHEET)
    assert sheet is not None
    data = json.loads(str(sheet.cells[ROWS["part"], 1]))
    for name, value in changes.items():
        target = data["parameters"] if name in data["parameters"] else data
        target[name] = value
        if value is ...:
            del target[name]
    return with_cell(seen, SHEET, (ROWS["part"], 1), json.dumps(data))


# -------------------------------------------------------------------------------------------------------- the manifest


def test_a_manifest_is_read_as_it_was_written() -> None:
    prepared = replace(PARAMETERS, prepared={"plans": ("P01", "P04"), "plans[P01]/measures": ("K01",)}, counts="all")
    one = book(parameters=prepared, units=("", "bun")).manifest
    assert read_manifest(manifest_rows(one)) == one


def test_what_a_newer_program_adds_to_a_manifest_is_passed_over() -> None:
    one = book().manifest
    rows = [*manifest_rows(one), ("sharing", "round")]
    rows = [(name, value.replace('"level"', '"weather":"fine","level"')) for name, value in rows]
    assert read_manifest(rows) == one


@pytest.mark.parametrize(
    ("row", "value"),
    [
        ("manifest", None),
        ("manifest", "sheets-pipeline/9"),
        ("round", None),
        ("part", None),
        ("part", "{"),
        ("part", "[]"),
        ("part", "null"),
        ("part", "7"),
        ("part", '{"form": "trial"}'),
        ("part", "[" * 100_000),
    ],
)
def test_a_manifest_that_cannot_be_understood_is_told_and_nothing_is_guessed(
    seen: Grid, row: str, value: CellValue
) -> None:
    found = extracted(with_cell(seen, SHEET, (ROWS[row], 1), value))
    assert found.readings == ()
    assert [issue.code for issue in found.issues] == ["MANIFEST_DAMAGED"]


@pytest.mark.parametrize("name", ["form", "version", "definition", "subject", "unit", "built_on", "parameters"])
@pytest.mark.parametrize("value", [..., None, 7, ["x"]])
def test_a_part_without_one_of_its_fields_or_with_another_kind_of_thing_there(
    seen: Grid, name: str, value: object
) -> None:
    if name == "parameters":
        sheet = seen.sheet(SHEET)
        assert sheet is not None
        data = json.loads(str(sheet.cells[ROWS["part"], 1]))
        data["parameters"] = None if value is ... else value
        changed = with_cell(seen, SHEET, (ROWS["part"], 1), json.dumps(data))
    else:
        changed = part_with(seen, **{name: value})
    found = extracted(changed)
    assert [issue.code for issue in found.issues] == ["MANIFEST_DAMAGED"]


@pytest.mark.parametrize("name", ["language", "occasion", "level", "mode", "scale", "counts", "edition", "prepared"])
@pytest.mark.parametrize("value", [7, None, [1], {"plans": 4}, {"plans": None}])
def test_a_parameter_of_the_wrong_kind(seen: Grid, name: str, value: object) -> None:
    found = extracted(part_with(seen, **{name: value}))
    assert found.readings or [issue.code for issue in found.issues] == ["MANIFEST_DAMAGED"]


@pytest.mark.parametrize(
    "changes",
    [
        {"language": "xx"},
        {"occasion": "nyår"},
        {"level": "galaxen"},
        {"mode": "blixt"},
        {"edition": "e1789"},
        {"counts": "toes"},
        {"organisation_type": "kingdom"},
        {"prepared": {"plans": ["P01", "XX"]}},
        {"prepared": {"plans": [""]}},
        {"prepared": {"plans": ["P01", "P1"]}},
        {"prepared": {"plans": ["P" + "9" * 300]}},
        {"prepared": {"goals": ["../../etc"]}},
        {"prepared": {"goals": ["G01", "G01"]}},
        {"prepared": {"plans[P01]/measures": ["]"]}},
        {"prepared": {"plans": ["P01", "P1]/x[0"]}},
        {"definition": "0" * 64},
        {"definition": "../../../etc/passwd"},
        {"subject": "../9902"},
        {"unit": "bun"},
        {"built_on": "ingen"},
    ],
)
def test_a_field_with_another_word_in_it_stops_nothing(seen: Grid, changes: Mapping[str, object]) -> None:
    (found,) = extracted(part_with(seen, **changes)).readings
    sheets = [sheet.title for sheet in lay_out(found.form, found.part.parameters, found.part.unit).sheets]
    assert len(set(sheets)) == len(sheets) > 0
    assert max(map(len, sheets)) <= LONGEST_SHEET_NAME
    if "unit" not in changes:
        assert found.value("staff") == 12


def test_a_scale_that_the_form_does_not_have_is_a_damaged_manifest(seen: Grid) -> None:
    found = extracted(part_with(seen, scale="s9"))
    assert not found.readings or "m01_1/score" not in found.readings[0].answers or found.issues


def test_a_unit_that_the_keys_do_not_speak_of_leaves_every_sheet_missing(seen: Grid) -> None:
    (found,) = extracted(part_with(seen, unit="bun")).readings
    assert codes(found) == {"SHEET_GONE"}
    assert not found.answers


def test_ten_thousand_prepared_cards_are_not_laid_out(seen: Grid) -> None:
    many = {"plans": [f"P{number:05d}" for number in range(20_000)]}
    found = extracted(part_with(seen, prepared=many))
    assert [issue.code for issue in found.issues] == ["MANIFEST_DAMAGED"]


@pytest.mark.parametrize("changes", [{"form": "other", "definition": "x"}, {"form": "../../config"}])
def test_a_form_that_nobody_knows_is_named(seen: Grid, changes: Mapping[str, str]) -> None:
    found = extracted(part_with(seen, **changes))
    assert [(issue.code, issue.params["form"]) for issue in found.issues] == [("UNKNOWN_FORM", changes["form"])]
    assert not found.readings


def test_a_manifest_without_rows_is_damaged() -> None:
    with pytest.raises(ManifestError):
        read_manifest([])


# -------------------------------------------------------------------------------------------------------- versions


def older(version: str = "1.0.0") -> Form:
    """Version 1.0.0: `wishes` was called `hopes`, `goals` was `old_goals`, and there was a fax number."""
    then = deepcopy(source()) | {"version": version}
    then.pop("migrations")
    sections: Any = then["sections"]
    about, goals = sections[0], sections[2]
    next(one for one in about["questions"] if one["name"] == "wishes")["name"] = "hopes"
    about["questions"].append({"name": "fax", "type": "text", "label": {"sv": "Fax", "en": "Fax"}})
    goals["name"] = "old_goals"
    sheets: Any = then["sheets"]
    next(one for one in sheets if one["name"] == "goals")["sections"] = ["old_goals"]
    return from_source(then)


def filled_on(then: Form) -> bytes:
    one = edited(
        {"hopes": "Mer tid", "fax": "08-123", "staff": 4, "old_goals[G02]/goal": "Lika", "m01_1/score": 2},
        data=write_workbook(book([then])),
    )
    one.add_row("old_goals", {"goal": "Extra"}, below=1)
    one.type("since", "i fjol")
    return one.saved(SAVED)


def test_a_workbook_on_an_older_version_is_carried_over_to_todays_names() -> None:
    then = older()
    found = reading(filled_on(then), Definitions((form(),), (then,)))
    assert values(found) == {
        "wishes": "Mer tid",
        "staff": 4,
        "goals[G02]/goal": "Lika",
        "goals[G05]/goal": "Extra",
        "m01_1/score": 2,
    }
    assert found.form is form()
    assert found.part.version == "1.0.0"
    assert found.unread == {"since"}
    assert found.answers["wishes"].cell == found.places["wishes"]


def test_what_could_not_be_carried_over_is_told_with_its_cell_and_why() -> None:
    then = older()
    found = reading(filled_on(then), Definitions((form(),), (then,)))
    told = {issue.code: issue for issue in found.issues}
    assert {"OLD_VERSION", "NOT_CARRIED_OVER", "ROW_ADDED"} <= told.keys()
    assert told["OLD_VERSION"].params == {"version": "1.0.0", "current": "1.1.0"}
    assert told["NOT_CARRIED_OVER"].params["reason"] == "Ingen har fax längre."
    assert told["NOT_CARRIED_OVER"].cell is not None
    assert told["ROW_ADDED"].path == "goals[G05]/goal"


def test_nothing_is_said_of_a_removed_question_that_nobody_had_answered() -> None:
    then = older()
    found = reading(edited({"staff": 4}, data=write_workbook(book([then]))), Definitions((form(),), (then,)))
    assert codes(found) == {"OLD_VERSION"}


@pytest.mark.parametrize(("version", "code"), [("0.3.0", "UNKNOWN_VERSION"), ("1.10.0", "NEWER_VERSION")])
def test_a_version_without_a_way_to_todays(version: str, code: str) -> None:
    then = older(version)
    found = reading(filled_on(then), Definitions((form(),), (then,)))
    assert code in codes(found)
    assert "OLD_VERSION" not in codes(found)


def test_an_older_version_whose_definition_was_never_archived_is_read_by_todays() -> None:
    found = reading(filled_on(older()))
    assert found.value("staff") == 4
    assert "OLD_VERSION" in codes(found)


def test_a_spelling_mended_without_a_new_version_carries_everything_over_silently() -> None:
    then = deepcopy(source())
    sections: Any = then["sections"]
    sections[0]["title"] = {"sv": "Om os", "en": "About uss"}
    misspelt = from_source(then)
    data = edited({"staff": 4, "wishes": "Mer tid"}, data=write_workbook(book([misspelt])))
    found = reading(data, Definitions((form(),), (misspelt,)))
    assert values(found) == {"staff": 4, "wishes": "Mer tid"}
    assert not found.issues
    assert found.form is form()


def test_renaming_a_column_reaches_every_row_and_naming_a_row_that_row_alone() -> None:
    renamed = {
        "goals/aim": "goals/goal",
        "plans[P02]/hope": "plans[P02]/aim",
        "plans/measures/what": "plans/measures/name",
    }
    moved = {
        "goals[G02]/aim": "goals[G02]/goal",
        "plans[P01]/hope": "plans[P01]/hope",
        "plans[P02]/hope": "plans[P02]/aim",
        "plans[P02]/measures[K03]/what": "plans[P02]/measures[K03]/name",
        "goals[G02]/aims": "goals[G02]/aims",
    }
    assert {path: _renamed(path, renamed) for path in moved} == moved
