"""What survives what people do to a workbook, and what is said where something did not."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace

import openpyxl
import pytest

from sheets_pipeline.model.cells import CellRef, Grid, SheetGrid
from sheets_pipeline.model.layout import LABEL_COLUMN, Key
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.workbooks.edit import Edited
from tests.pipeline.trial import (
    codes,
    edited,
    extracted,
    filled,
    form,
    grid,
    layout,
    moved,
    reading,
    said,
    values,
    with_cell,
    with_sheet,
)

ANSWERS: Mapping[str, Value] = {
    "staff": 12,
    "policy": True,
    "roles/manager": True,
    "people/women": 7,
    "people/men": 5,
    "m01_1/score": 3,
    "m01_2/score": 4,
    "m01_2/comment": "Därför.",
    "m01_0/score": "dont_know",
    "goals[G01]/goal": "Ö",
    "goals[G01]/year": 2030,
    "goals[G02]/goal": "a",
    "goals[G02]/year": 2029,
    "plans[P01]/aim": "Kortare köer",
    "plans[P01]/measures[K02]/name": "Dagar",
}
CELLS = layout().cells()
SCORES, ABOUT, GOALS = "Skattning", "Om oss", "Mål"
SECOND = CELLS["m01_2/score"].row


@pytest.fixture(scope="module")
def seen() -> Grid:
    """The filled workbook as the reader sees it."""
    return grid(filled(ANSWERS))


def opened() -> Edited:
    return Edited(filled(ANSWERS))


def rows_in(sheet: str, change: Callable[[int], int | None]) -> Callable[[Grid], Grid]:
    """Put the rows of a sheet elsewhere; None deletes a row."""

    def place(row: int, column: int) -> tuple[int, int] | None:
        where = change(row)
        return None if where is None else (where, column)

    return lambda one: moved(one, sheet, place)


def columns_in(sheet: str, change: Callable[[int], int | None]) -> Callable[[Grid], Grid]:
    """Put the columns of a sheet elsewhere; None deletes a column."""

    def place(row: int, column: int) -> tuple[int, int] | None:
        where = change(column)
        return None if where is None else (row, where)

    return lambda one: moved(one, sheet, place)


def renamed(sheet: str, name: str) -> Callable[[Grid], Grid]:
    return lambda one: with_sheet(one, sheet, lambda old: (replace(old, name=name),))


def copied(sheet: str, name: str) -> Callable[[Grid], Grid]:
    return lambda one: with_sheet(one, sheet, lambda old: (old, replace(old, name=name)))


def without(sheet: str) -> Callable[[Grid], Grid]:
    return lambda one: with_sheet(one, sheet, lambda _: ())


def block_of(sheet: str) -> tuple[int, int]:
    """The hidden rows around the first block of a sheet."""
    block = next(one for one in layout().sheets if one.title == sheet).blocks[0]
    return block.key_row, block.end_row


def swapped(first: int, second: int) -> Callable[[int], int]:
    return lambda row: {first: second, second: first}.get(row, row)


# ------------------------------------------------------------------------------------------- what does no harm at all

HARMLESS: Mapping[str, Callable[[Grid], Grid]] = {
    "nothing": lambda one: one,
    "rows inserted above everything": rows_in(SCORES, lambda row: row + 5),
    "a row inserted among the statements": rows_in(SCORES, lambda row: row + (row >= SECOND)),
    "ten rows inserted between a row and its key row": rows_in(ABOUT, lambda row: row + 10 * (row > 3)),
    "columns inserted before everything": columns_in(SCORES, lambda column: column + 3),
    "a column inserted before the score": columns_in(SCORES, lambda column: column + (column >= 2)),
    "the comment's column moved to the far right": columns_in("Skäl", lambda column: 40 if column == 2 else column),
    "two statements changed places": rows_in(SCORES, swapped(SECOND, SECOND - 1)),
    "a statement moved below all others": rows_in(
        SCORES, lambda row: block_of(SCORES)[1] + 9 if row == SECOND else row
    ),
    "a statement moved above its header": rows_in(SCORES, lambda row: 2 if row == SECOND else row),
    "an empty row of the legend deleted": rows_in(SCORES, lambda row: None if row == 2 else row - (row > 2)),
    "the header deleted": rows_in(SCORES, lambda row: None if row == 3 else row - (row > 3)),
    "the label column deleted": columns_in(SCORES, lambda column: None if column == 1 else column - (column > 1)),
    "the left key column deleted": columns_in(SCORES, lambda column: None if column == 0 else column - 1),
    "the right key column deleted": columns_in(SCORES, lambda column: None if column == 6 else column),
    "a sheet renamed": renamed(SCORES, "Skattning 10 februari"),
    "a sheet renamed to the name of none": renamed(ABOUT, "Blad1"),
    "a sheet copied": copied(SCORES, "Skattning (2)"),
    "all sheets in another order": lambda one: replace(one, sheets=tuple(reversed(one.sheets))),
    "the manifest's sheet renamed": renamed("_manifest", "Blad9"),
    "the manifest's sheet shown": lambda one: with_sheet(
        one, "_manifest", lambda old: (replace(old, visible="visible"),)
    ),
    "the lists deleted": without("_lists"),
    "the start sheet deleted": without("Start"),
    "answers' sheets hidden": lambda one: with_sheet(one, SCORES, lambda old: (replace(old, visible="hidden"),)),
    "a sheet of one's own added": lambda one: replace(
        one, sheets=(SheetGrid("Egna anteckningar", {(3, 3): "Ring Ann", (4, 4): 17.0}), *one.sheets)
    ),
    "something written beside the table": lambda one: with_cell(one, SCORES, (SECOND, 30), "Fråga Ann om detta"),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_answers_survive(what: str, seen: Grid) -> None:
    found = reading(HARMLESS[what](seen))
    assert values(found) == ANSWERS
    assert not found.issues


def test_answers_survive_pasted_values_lost_validations_and_removed_protection() -> None:
    one = opened()
    for sheet in (ABOUT, SCORES):
        one.unprotect(sheet)
    one.paste("staff", "12")
    one.paste("m01_1/score", "3")
    one.hide_sheet(SCORES)
    assert values(reading(one)) == ANSWERS


def test_answers_survive_hidden_rows_columns_and_sheets() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled(ANSWERS)))
    for row in range(1, 12):
        book[SCORES].row_dimensions[row].hidden = True
    book[ABOUT].column_dimensions["C"].hidden = True
    book[GOALS].sheet_state = "veryHidden"
    buffer = io.BytesIO()
    book.save(buffer)
    found = reading(buffer.getvalue())
    assert values(found) == ANSWERS
    assert not found.issues


def test_answers_survive_a_sorted_table() -> None:
    one = opened()
    one.sort("goals", "year")
    found = reading(one)
    assert values(found) == ANSWERS
    assert found.places["goals[G02]/goal"].row < found.places["goals[G01]/goal"].row


def test_every_answer_keeps_the_cell_it_stands_in_now(seen: Grid) -> None:
    lower = reading(rows_in(SCORES, lambda row: row + 5)(seen))
    before = CELLS["m01_1/score"]
    assert lower.answers["m01_1/score"].cell == CellRef(SCORES, before.row + 5, before.column)
    assert lower.places["m01_3/score"].row == CELLS["m01_3/score"].row + 5


# ------------------------------------------------------------------------------------------------- what is noticed


def test_a_deleted_row_is_missed_by_its_question_and_the_others_are_read(seen: Grid) -> None:
    found = reading(rows_in(SCORES, lambda row: None if row == SECOND else row - (row > SECOND))(seen))
    assert values(found) == {path: value for path, value in ANSWERS.items() if path != "m01_2/score"}
    (issue,) = found.issues
    assert (issue.code, issue.path, issue.question) == ("ROW_GONE", "m01_2/score", "m01_2")
    assert "m01_2/score" in found.unread, "an earlier good answer is not overwritten"


def test_a_deleted_sheet_is_missed_by_its_name(seen: Grid) -> None:
    found = reading(without(SCORES)(seen))
    assert [issue.code for issue in found.issues] == ["SHEET_GONE"]
    assert found.issues[0].params["sheet"] == SCORES
    assert {path for path in ANSWERS if path.endswith("/score")} <= found.unread
    assert values(found) == {path: value for path, value in ANSWERS.items() if not path.endswith("/score")}


def test_a_deleted_answer_column_is_missed_by_its_heading(seen: Grid) -> None:
    found = reading(columns_in(SCORES, lambda column: None if column == 2 else column)(seen))
    assert [(issue.code, issue.params["column"]) for issue in found.issues] == [("COLUMN_GONE", "Skattning")]
    assert "m01_1/score" in found.unread


def test_a_copied_sheet_filled_in_differently_is_asked_about_with_both_places(seen: Grid) -> None:
    both = copied(SCORES, "Skattning (2)")(seen)
    place = (CELLS["m01_1/score"].row, CELLS["m01_1/score"].column)
    found = reading(with_cell(both, "Skattning (2)", place, 1.0))
    (issue,) = found.issues
    first, second = CELLS["m01_1/score"], replace(CELLS["m01_1/score"], sheet="Skattning (2)")
    assert (issue.code, issue.path) == ("KEY_TWICE", "m01_1/score")
    assert (issue.params["first"], issue.params["second"]) == (str(first), str(second))
    assert "m01_1/score" not in found.answers
    assert "m01_1/score" in found.unread
    assert found.value("m01_2/score") == 4


@pytest.mark.parametrize("other", [3, 3.0, "3", " 3 ", None])
def test_the_same_answer_in_two_places_is_one_answer(seen: Grid, other: str | float | None) -> None:
    both = copied(SCORES, "Skattning (2)")(seen)
    place = (CELLS["m01_1/score"].row, CELLS["m01_1/score"].column)
    found = reading(with_cell(both, "Skattning (2)", place, other))
    assert not found.issues
    assert found.value("m01_1/score") == 3


def test_an_answer_in_the_copy_alone_is_found_there(seen: Grid) -> None:
    both = copied(SCORES, "Skattning (2)")(seen)
    place = (CELLS["m01_1/score"].row, CELLS["m01_1/score"].column)
    found = reading(with_cell(both, SCORES, place, None))
    assert found.answers["m01_1/score"].cell.sheet == "Skattning (2)"


def test_a_row_of_which_a_part_was_moved_is_not_read_and_both_its_ends_are_told(seen: Grid) -> None:
    """Labels and left keys sorted without the answers: answers would stand at other questions."""

    def place(row: int, column: int) -> tuple[int, int]:
        return (swapped(SECOND, SECOND - 1)(row), column) if column <= 1 else (row, column)

    found = reading(moved(seen, SCORES, place))
    assert [(issue.code, issue.path) for issue in found.issues] == [
        ("ROW_SPLIT", "m01_1/score"),
        ("ROW_SPLIT", "m01_2/score"),
    ]
    assert (found.issues[0].params["left"], found.issues[0].params["right"]) in {
        ("1.1  Vi gör sak 1.", "1.2  Vi gör sak 2."),
        ("1.2  Vi gör sak 2.", "1.1  Vi gör sak 1."),
    }
    assert found.issues[0].cell is not None
    assert not {"m01_1/score", "m01_2/score"} & found.answers.keys()
    assert {"m01_1/score", "m01_2/score"} <= found.unread


def test_answers_sorted_without_their_rows_cannot_be_seen_and_are_read_where_they_stand(seen: Grid) -> None:
    """What cannot be detected is met by the echo of question and answer in the feedback."""

    def place(row: int, column: int) -> tuple[int, int]:
        return (swapped(SECOND, SECOND - 1)(row), column) if column == 2 else (row, column)

    found = reading(moved(seen, SCORES, place))
    assert (found.value("m01_1/score"), found.value("m01_2/score")) == (4, 3)
    assert not found.issues


def test_labels_that_changed_places_are_told_to_the_administrator(seen: Grid) -> None:
    def place(row: int, column: int) -> tuple[int, int]:
        return (swapped(SECOND, SECOND - 1)(row), column) if column == 1 else (row, column)

    found = reading(moved(seen, SCORES, place))
    assert values(found) == ANSWERS, "the hidden key decides"
    assert [(issue.code, issue.path) for issue in found.issues] == [
        ("LABEL_DISAGREES", "m01_1/score"),
        ("LABEL_DISAGREES", "m01_2/score"),
    ]
    assert found.issues[0].params == {"label": "1.2  Vi gör sak 2.", "expected_label": "1.1  Vi gör sak 1."}


def test_a_label_in_the_organisations_own_words_is_no_finding(seen: Grid) -> None:
    found = reading(with_cell(seen, SCORES, (SECOND, 1), "Vår egen formulering"))
    assert values(found) == ANSWERS
    assert not found.issues


def test_a_row_that_lost_its_keys_is_found_by_its_words_and_told(seen: Grid) -> None:
    right = next(sheet for sheet in layout().sheets if sheet.title == SCORES).right_key
    bare = with_cell(with_cell(seen, SCORES, (SECOND, 0), None), SCORES, (SECOND, right), None)
    found = reading(bare)
    (issue,) = found.issues
    assert (issue.code, issue.path, str(issue.cell)) == ("KEY_LOST", "m01_2/score", f"{SCORES}!C{SECOND + 1}")
    assert issue.params["label"] == "1.2  Vi gör sak 2."


def test_both_key_columns_gone_leaves_the_words_as_witnesses(seen: Grid) -> None:
    right = next(sheet for sheet in layout().sheets if sheet.title == SCORES).right_key
    found = reading(columns_in(SCORES, lambda column: None if column in {0, right} else column)(seen))
    assert codes(found) == {"KEY_LOST"}
    assert len(found.issues) == 24


# --------------------------------------------------------------------------------------------------------- tables


def test_a_new_row_gets_the_next_free_number_and_is_told() -> None:
    one = opened()
    row = one.add_row("goals", {"goal": "Mitt emellan", "year": 2031}, below=1)
    found = reading(one)
    assert values(found) == {**ANSWERS, "goals[G05]/goal": "Mitt emellan", "goals[G05]/year": 2031}
    (issue,) = found.issues
    assert (issue.code, issue.params["row"], str(issue.cell)) == ("ROW_ADDED", "G05", f"{GOALS}!C{row}")


def test_rows_written_below_the_table_are_still_inside_it() -> None:
    one = opened()
    place = one.table("goals")
    for extra in (0, 1):
        one.insert_rows(GOALS, place.last + 1 + extra)
        one.type_at(CellRef(GOALS, place.last + extra, place.columns["goal"] - 1), f"Nytt {extra}")
    found = reading(one)
    assert (found.value("goals[G05]/goal"), found.value("goals[G06]/goal")) == ("Nytt 0", "Nytt 1")


def test_a_number_that_was_used_is_never_given_to_another_row() -> None:
    one = opened()
    one.add_row("goals", {"goal": "Ny"}, below=1)
    one.delete_row(GOALS, one.table("goals").last)
    found = reading(one)
    assert found.value("goals[G05]/goal") == "Ny", "G04 is gone, and its number with it"
    assert found.withdrawn == ("goals[G04]",)
    assert "goals[G04]/goal" not in found.places


def test_a_row_copied_with_its_key_and_changed_is_a_new_row() -> None:
    one = opened()
    place = one.table("goals")
    copy_row(one, place.first, changes={place.columns["goal"]: "Ö i södra delen"})
    found = reading(one)
    assert (found.value("goals[G01]/goal"), found.value("goals[G05]/goal")) == ("Ö", "Ö i södra delen")
    assert [(issue.code, issue.params["original"], issue.params["row"]) for issue in found.issues] == [
        ("ROW_COPIED", "G01", "G05")
    ]


def test_a_row_copied_and_left_alone_counts_once() -> None:
    one = opened()
    copy_row(one, one.table("goals").first, changes={})
    found = reading(one)
    assert values(found) == ANSWERS
    assert not found.issues


def copy_row(one: Edited, row: int, changes: Mapping[int, str]) -> None:
    """Insert a row below another and paste that one into it, hidden keys and all."""
    one.insert_rows(GOALS, row + 1)
    for column in range(1, 8):
        value = one.at(CellRef(GOALS, row - 1, column - 1))
        one.type_at(CellRef(GOALS, row, column - 1), changes.get(column, value))  # type: ignore[arg-type]


def test_an_empty_inserted_row_is_nothing() -> None:
    one = opened()
    one.insert_rows(GOALS, one.table("goals").first + 1, 3)
    found = reading(one)
    assert values(found) == ANSWERS
    assert not found.issues


def test_the_tables_header_pasted_again_is_no_row() -> None:
    one = opened()
    first = one.table("goals").first
    one.insert_rows(GOALS, first + 1)
    for column in range(2, 5):
        header = one.at(CellRef(GOALS, 2, column - 1))
        one.type_at(CellRef(GOALS, first, column - 1), header)  # type: ignore[arg-type]
    found = reading(one)
    assert values(found) == ANSWERS
    assert not found.issues


def test_a_row_added_to_a_card_belongs_to_that_card() -> None:
    one = opened()
    one.add_row("plans[P02]/measures", {"name": "Antal"}, below=1)
    assert reading(one).value("plans[P02]/measures[K04]/name") == "Antal"


# ------------------------------------------------------------------------------------------------ values and cells


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("staff", "många", "NOT_A_NUMBER"),
        ("staff", 1.5, "NOT_AN_INTEGER"),
        ("m01_1/score", 5, "VALUE_NOT_IN_LIST"),
        ("m01_1/score", "2-3", "BETWEEN_STEPS"),
        ("status", "Kanske", "VALUE_NOT_IN_LIST"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_cell_and_is_no_answer(path: str, typed: str | float, code: str) -> None:
    found = reading(edited({path: typed}))
    assert (code, str(CELLS[path])) in said(found), said(found)
    assert path not in found.answers
    assert path in found.unread


def test_a_formula_that_was_never_computed_is_asked_to_be_saved() -> None:
    found = reading(edited({"staff": "=1+2"}))
    assert said(found) == [("FORMULA_WITHOUT_VALUE", str(CELLS["staff"]))]
    assert "staff" in found.unread


def test_an_empty_workbook_has_no_answers_and_no_remarks() -> None:
    found = reading(edited())
    assert not found.answers
    assert not found.issues
    assert {slot.path for slot in found.slots} == set(CELLS)
    assert found.places == CELLS


def test_a_file_without_any_key_of_ours_is_not_ours() -> None:
    plain = Grid((SheetGrid("Blad1", {(0, 0): "Hej", (1, 0): "§ 3 i lagen"}),))
    found = extracted(plain)
    assert (found.manifest, found.readings) == (None, ())
    assert [issue.code for issue in found.issues] == ["NOT_OUR_FORM"]


def test_answers_pasted_into_a_new_file_without_the_manifest_are_told_apart_from_a_strange_file(seen: Grid) -> None:
    found = extracted(without("_manifest")(seen))
    assert [issue.code for issue in found.issues] == ["MANIFEST_DAMAGED"]


def test_keys_of_another_form_on_the_same_sheet_disturb_nothing(seen: Grid) -> None:
    other = str(Key("row", "other", "about.about.0", "staff"))
    label = str(Key("column", "other", "about.about.0", LABEL_COLUMN))
    one = with_cell(with_cell(seen, ABOUT, (3, 50), label), ABOUT, (CELLS["staff"].row, 51), other)
    assert values(reading(one)) == ANSWERS


def test_the_form_itself_is_what_the_reading_speaks_of(seen: Grid) -> None:
    found = reading(seen)
    assert found.form is form()
    assert (found.key.round, found.key.subject, found.key.occasion) == ("2026", "9901", "bm1")


# ------------------------------------------------------------------------------------------------ beside the form


def test_what_stands_beside_the_form_is_told_with_its_cell(seen: Grid) -> None:
    beside = with_cell(seen, SCORES, (SECOND, 30), "Fråga Karin om det här")
    (issue,) = extracted(beside).issues
    assert (issue.code, str(issue.cell), issue.value) == (
        "ANSWER_OUTSIDE",
        str(CellRef(SCORES, SECOND, 30)),
        "Fråga Karin om det här",
    )
    assert values(reading(beside)) == ANSWERS


def test_what_stands_below_a_fixed_sheet_is_told_too(seen: Grid) -> None:
    below = with_cell(seen, SCORES, (400, 1), "Kom ihåg: stäm av")
    assert [issue.code for issue in extracted(below).issues] == ["ANSWER_OUTSIDE"]


def test_a_row_written_under_the_hidden_end_of_a_table_is_a_new_row(seen: Grid) -> None:
    last = max(row for (row, _), value in next(one for one in seen.sheets if one.name == GOALS).cells.items() if value)
    found = reading(with_cell(seen, GOALS, (last + 1, CELLS["goals[G01]/goal"].column), "Under tabellen"))
    assert values(found)["goals[G05]/goal"] == "Under tabellen"
    assert codes(found) == {"ROW_ADDED"}
