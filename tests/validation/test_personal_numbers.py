"""Personal and coordination numbers are found anywhere in a file, and never repeated.

811218-9876 is the number that textbooks use as their example; the others are made from it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_pipeline.model.cells import CellRef, CellValue
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.remarks import describe
from sheets_pipeline.validation import right_answers, validate
from sheets_pipeline.validation.personal import holds_personal_number, without_personal_numbers
from tests.validation.workbook import SURROUNDINGS, Workbook, fields

FORM = fields("""
  - {name: note, type: longtext}
  - {name: people, type: integer}
  - {name: day, type: date}
""")


@pytest.mark.parametrize(
    "text",
    [
        "19811218-9876",
        "198112189876",
        "811218-9876",
        "811218+9876",
        "8112189876",
        "811218 9876",
        "811218–9876",
        "811218 - 9876",
        "1981-12-18-9876",
        "Elev (811218-9876) bytte skola",
        "811278-9873",  # a coordination number: 60 added to the day
        "19811278-9873",
    ],
)
def test_every_way_of_writing_one(text: str) -> None:
    assert holds_personal_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875",  # the last figure is another
        "811318-9873",  # there is no thirteenth month
        "212000-0142",  # an organisation number
        "2026-03-01",
        "08-123 456 78",
        "KS 2026/1234",
        "0,8112189876",
        "1781121898761",
        "12 345 678 901",
        "2022-03-01 - 2022-05-01",  # a span of days, whose figures happen to be right
        "2022-03-01-2022-05-01",
        "20221218-2022-12-24",
    ],
)
def test_what_only_resembles_one(text: str) -> None:
    assert not holds_personal_number(text)


@pytest.mark.parametrize("path", ["note", "people", "day"])
@pytest.mark.parametrize("typed", ["811218-9876", 198112189876, 198112189876.0, "811218-9876 och fler"])
def test_it_is_an_error_wherever_it_stands_and_nobody_repeats_it(path: str, typed: CellValue) -> None:
    workbook = Workbook(FORM, {path: typed, "note" if path != "note" else "people": 12})
    verdict = workbook.checked()
    kept, unread = right_answers(workbook.read(), verdict)
    (remark,) = [issue for issue in verdict.issues if issue.path == path]

    assert (remark.code, remark.severity, remark.value) == ("PERSONAL_NUMBER", "error", "")
    assert str(remark.cell).startswith("Blad!D")
    assert "9876" not in repr(verdict)
    assert "9876" not in repr(describe(remark, FORM, "sv"))
    assert path not in {answer.path for answer in kept}
    assert path in unread


def test_a_remark_on_a_cell_outside_the_form_is_veiled_too() -> None:
    outside = Issue("ANSWER_OUTSIDE", "warning", CellRef("Blad", 8, 8), value="ring 811218-9876")

    assert [(issue.code, issue.value, issue.cell) for issue in without_personal_numbers([outside])] == [
        ("PERSONAL_NUMBER", "", CellRef("Blad", 8, 8)),
    ]


@pytest.mark.parametrize("code", ["UNKNOWN_ORGANISATION", "OTHER_ROUND"])
def test_a_form_that_does_not_belong_here_is_not_let_in_by_such_a_number(code: str) -> None:
    place = "subject" if code == "UNKNOWN_ORGANISATION" else "round"
    reading = Workbook(FORM, {"people": 12}).read()
    stray = replace(reading, key=replace(reading.key, **{place: "811218-9876"}))
    verdict = validate(stray, SURROUNDINGS)

    assert verdict.name == "rejected"
    assert {issue.code for issue in verdict.issues} == {code, "PERSONAL_NUMBER"}
    assert "9876" not in repr(verdict)
