"""The workbook that goes back: what was seen and where, how all was read, and two copies side by side."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.layout import parse_key
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.texts import text
from sheets_pipeline.workbooks.book import Difference, Echo, Feedback, FeedbackRow, Filling, Note
from sheets_pipeline.workbooks.edit import Edited
from sheets_pipeline.workbooks.excel_write import write_workbook
from tests.pipeline.trial import book, edited, layout, reading, values

CELLS = layout().cells()
ANSWERS: Mapping[str, Value] = {"since": 2019, "m01_1/score": 3, "word": "=cmd()"}
STAFF = FeedbackRow(
    severity="error",
    question="Hur många är ni",
    value="många",
    message="”många” är inget tal.",
    fix="Skriv ett heltal.",
    cell=CELLS["staff"],
    was="'Om oss'!C9",
)
SHEET = text("Feedback", "sv", context="sheet")
MERGE = text("Merge", "sv", context="sheet")
FEEDBACK = Feedback(
    headline="Mottaget. 2 saker att titta på.",
    rows=(STAFF, replace(STAFF, severity="info", question="Hela arbetsboken", cell=None, was="", value="")),
    echoes=(Echo("Sedan vilket år", "2019", CELLS["since"]),),
    resolved=3,
    remaining=1,
)


def written(feedback: Feedback = FEEDBACK) -> bytes:
    filling = Filling(
        answers=ANSWERS, typed={"staff": "många"}, notes={"staff": Note("error", "”många” är inget tal.")}
    )
    return write_workbook(book(filling=filling, feedback=feedback))


@pytest.fixture(scope="module")
def workbook() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written()))


def shown(workbook: openpyxl.Workbook, sheet: str) -> list[list[str]]:
    return [[str(value) for value in row if value] for row in workbook[sheet].iter_rows(values_only=True) if any(row)]


def test_the_feedback_is_the_first_sheet_and_the_one_that_opens(workbook: openpyxl.Workbook) -> None:
    assert workbook.sheetnames[:2] == [SHEET, "Start"]
    assert workbook.active is workbook[SHEET]


def test_each_remark_says_what_and_how_to_mend_it_and_links_to_its_cell(workbook: openpyxl.Workbook) -> None:
    rows = shown(workbook, SHEET)
    (row,) = [row for row in rows if row[0] == "Hur många är ni"]
    assert row[1:4] == ["många", "”många” är inget tal.", "Skriv ett heltal."]
    assert row[4:] == [f"Om oss {CELLS['staff'].a1} ('Om oss'!C9)", "Att ändra"], (
        "the cell in this file, and the one in the file that was sent"
    )
    links = {
        str(cell.hyperlink.location): str(cell.value)
        for line in workbook[SHEET].iter_rows()
        for cell in line
        if cell.hyperlink
    }
    assert set(links) == {str(CELLS["staff"]), str(CELLS["since"])}
    for location in links:
        ref = CellRef.parse(location)
        assert ref.sheet in workbook.sheetnames


def test_the_answers_are_read_out_as_they_were_understood(workbook: openpyxl.Workbook) -> None:
    assert ["Sedan vilket år", f"{CELLS['since'].sheet} {CELLS['since'].a1}", "2019"] in shown(workbook, SHEET)


def test_it_counts_what_is_resolved_and_what_remains_since_last_time() -> None:
    words = " ".join(" ".join(row) for row in shown(openpyxl.load_workbook(io.BytesIO(written())), SHEET))
    assert "3" in words.partition("Hur många")[0]
    first = replace(FEEDBACK, resolved=None)
    fewer = shown(openpyxl.load_workbook(io.BytesIO(written(first))), SHEET)
    assert len(fewer) == len(shown(openpyxl.load_workbook(io.BytesIO(written())), SHEET)) - 1


def test_what_could_not_be_read_stands_as_it_was_typed_with_a_note(workbook: openpyxl.Workbook) -> None:
    cell = workbook["Om oss"][CELLS["staff"].a1]
    assert cell.value == "många"
    assert "inget tal" in cell.comment.text
    noted = [one.coordinate for row in workbook["Om oss"].iter_rows() for one in row if one.comment]
    assert noted == [CELLS["staff"].a1]


def test_the_feedback_is_the_next_version_corrected_in_place() -> None:
    mended = edited({"staff": 12}, data=written())
    again = reading(mended)
    assert values(again) == {**ANSWERS, "staff": 12}
    assert not again.issues


def test_a_feedback_sheet_says_nothing_that_is_read_as_an_answer() -> None:
    assert values(reading(written())) == ANSWERS
    assert reading(written()).unread == {"staff"}


def test_two_copies_stand_side_by_side_where_they_differ_and_can_be_chosen_between() -> None:
    data = write_workbook(
        book(
            filling=Filling(answers={"staff": 20, "m01_1/score": 4, "word": "nytt"}),
            feedback=replace(
                FEEDBACK,
                differences=(
                    Difference("trial", "Hur många är ni", "10", "20", "staff"),
                    Difference("trial", "1.1 Vi gör sak 1.", "2", "4", "m01_1/score"),
                    Difference("trial", "Med ett ord", "", "nytt", "word"),
                ),
                names=("det vi hade", "den här filen"),
            ),
        )
    )
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    merge = workbook[MERGE]
    assert workbook.sheetnames[:2] == [SHEET, MERGE]
    assert [cell.value for cell in merge[5]][2:4] == ["A: det vi hade", "B: den här filen"]
    keys = [parse_key(row[0].value) for row in merge.iter_rows(min_row=6)]
    assert [key.name for key in keys if key] == ["staff", "m01_1/score", "word"]
    rules = {str(rule.sqref): rule.formula1 for rule in merge.data_validations.dataValidation}
    assert set(rules.values()) == {'"A,B"'}
    merge["E6"], merge["E7"] = "A", " b "
    assert values(reading(saved(workbook))) == {"staff": 10, "m01_1/score": 4, "word": "nytt"}
    merge["E8"] = "A"
    assert values(reading(saved(workbook))) == {"staff": 10, "m01_1/score": 4}, "A is the empty one"
    merge["E6"] = "C"
    assert values(reading(saved(workbook)))["staff"] == 20, "neither A nor B: the cell itself"
    merge["E6"] = "A"
    workbook["Om oss"][CELLS["staff"].a1] = 33
    assert values(reading(saved(workbook)))["staff"] == 33, "typed over after the choice was made"


@pytest.mark.parametrize(
    ("path", "here", "first", "second", "chosen"),
    [
        ("share", Decimal(45), "12 %", "45 %", Decimal(12)),
        ("decided", date(2026, 3, 1), "1 maj 2026", "1 mars 2026", date(2026, 5, 1)),
        ("ratio", Decimal("1.5"), "2,5", "1,5", Decimal("2.5")),
        ("policy", True, "nej", "ja", False),
        ("status", "done", "Planeras", "Klar", "planned"),
        ("m01_1/score", 4, "2 – Påbörjat", "4 – Fungerar i vardagen", 2),
        ("m01_1/score", "dont_know", "2 – Påbörjat", "Vet ej", 2),
        ("people/women", "..", "7", "..", 7),
        ("wishes", "rad 1\nrad 2", "annat", "rad 1\nrad 2", "annat"),
        ("word", None, "annat", "", "annat"),
    ],
)
def test_a_copy_is_chosen_for_an_answer_of_any_type(
    path: str, here: Value | None, first: str, second: str, chosen: Value
) -> None:
    differing = replace(FEEDBACK, differences=(Difference("trial", "Vad", first, second, path),))
    answers = {path: here} if here is not None else {}
    workbook = openpyxl.load_workbook(
        io.BytesIO(write_workbook(book(filling=Filling(answers=answers), feedback=differing)))
    )
    workbook[MERGE]["E6"] = "A"
    assert values(reading(saved(workbook))) == {path: chosen}


def saved(workbook: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_hostile_words_stay_words() -> None:
    hostile = replace(STAFF, question='=HYPERLINK("http://x.example")', value="+1", message="@x", fix="-1")
    workbook = openpyxl.load_workbook(io.BytesIO(written(replace(FEEDBACK, rows=(hostile,)))))
    kinds = {cell.data_type for row in workbook[SHEET].iter_rows() for cell in row if cell.value}
    assert "f" not in kinds


def test_the_same_feedback_gives_the_same_bytes() -> None:
    assert written() == written()


def test_a_feedback_workbook_can_be_edited_like_any_other() -> None:
    opened = Edited(written())
    opened.insert_rows("Om oss", CELLS["staff"].row + 1, 2)
    opened.type("staff", 7, "trial")
    assert values(reading(opened))["staff"] == 7
