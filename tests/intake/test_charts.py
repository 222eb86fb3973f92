"""Where answers stand is remembered between files: what is remembered never changes how a file is read."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sheets_pipeline.intake.extract import charts
from sheets_pipeline.model.cells import CellValue, Grid
from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.submissions import Value
from tests.pipeline.trial import codes, filled, grid, layout, reading, with_cell

FIRST: Mapping[str, Value] = {"staff": 12, "m01_1/score": 3, "goals[G01]/goal": "Ö"}
SECOND: Mapping[str, Value] = {"policy": True, "m01_2/score": 4, "goals[G02]/year": 2029}
CELLS = layout().cells()
SCORES, GOALS = "Skattning", "Mål"


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "_CHARTS", {})


def anew(one: Grid) -> Reading:
    """As the first file of a night."""
    charts._CHARTS.clear()  # noqa: SLF001 - what this module is about
    return reading(one)


def typed(one: Grid, path: str, value: CellValue) -> Grid:
    ref = CELLS[path]
    return with_cell(one, ref.sheet, (ref.row, ref.column), value)


def test_a_second_file_is_read_by_what_the_first_one_showed() -> None:
    first, second = grid(filled(FIRST)), grid(filled(SECOND))
    expected = anew(second)
    anew(first)

    assert reading(second) == expected
    assert reading(first).places is reading(second).places


def test_a_file_without_answers_where_the_first_had_them_has_none() -> None:
    anew(grid(filled(FIRST)))

    assert not reading(grid(filled({}))).answers.keys() & FIRST.keys()


def test_a_label_that_was_typed_over_is_noticed_in_a_later_file() -> None:
    first = grid(filled(FIRST))
    block = next(sheet for sheet in layout().sheets if sheet.title == SCORES).blocks[0]
    column = block.role("label")
    assert column is not None
    labels = {line.path: line.row for line in block.lines}
    words = next(sheet for sheet in first.sheets if sheet.name == SCORES).cells[labels["m01_2"], column.index]
    second = with_cell(first, SCORES, (labels["m01_1"], column.index), words)
    anew(first)

    assert "LABEL_DISAGREES" in codes(reading(second))


def test_what_was_remarkable_once_is_not_taken_for_usual() -> None:
    plain = grid(filled(FIRST))
    odd = typed(plain, "m01_1/score", "2-3")
    anew(odd)

    assert reading(plain) == anew(plain)


def test_an_answer_that_cannot_be_read_is_told_in_a_later_file_too() -> None:
    plain = grid(filled(FIRST))
    anew(plain)

    assert codes(reading(typed(plain, "staff", "många"))) == codes(anew(typed(plain, "staff", "många")))
