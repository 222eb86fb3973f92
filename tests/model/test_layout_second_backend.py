"""A workbook written from the Layout alone, as plain comma-separated texts: what is read from it is the same.

No spreadsheet library takes part, so the Layout holds nothing that only one of them knows.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import pytest

from sheets_pipeline.model.cells import CellValue, Grid, SheetGrid
from sheets_pipeline.model.layout import LABEL_COLUMN, Key, Layout
from sheets_pipeline.model.manifest import SHEET, manifest_rows
from sheets_pipeline.model.submissions import Manifest, Value
from sheets_pipeline.model.values import present
from tests.pipeline.trial import PARAMETERS, book, codes, filled, layout, reading, values

Sheet = dict[tuple[int, int], str]

ANSWERS: Mapping[str, Value] = {
    "staff": 1234,
    "since": 2019,
    "policy": True,
    "status": "running",
    "roles/manager": True,
    "themes/1": "done",
    "themes/2": "planned",
    "people/women": 700,
    "people/men": "..",
    "word": "None",
    "wishes": "Två rader\noch ett semikolon; och §",
    "m01_1/score": 4,
    "m01_1/comment": "Därför.",
    "m01_0/score": "dont_know",
    "goals[G02]/goal": "Lika löner",
    "goals[G02]/year": 2031,
    "plans[P02]/aim": "Kortare köer",
    "plans[P02]/measures[K03]/name": "Dagar i kö",
}


def written(one: Layout, manifest: Manifest, answers: Mapping[str, Value]) -> dict[str, str]:
    """Sheet name → the sheet as comma-separated text."""
    sheets = {sheet.title: sheet_cells(one, number, answers) for number, sheet in enumerate(one.sheets)}
    sheets[SHEET] = {
        (row, column): text for row, pair in enumerate(manifest_rows(manifest)) for column, text in enumerate(pair)
    }
    return {name: as_csv(cells) for name, cells in sheets.items()}


def sheet_cells(one: Layout, number: int, answers: Mapping[str, Value]) -> Sheet:
    sheet = one.sheets[number]
    cells: Sheet = {(1, 1): sheet.title}
    for block in sheet.blocks:
        for row, kind in ((block.key_row, "block"), (block.end_row, "end")):
            cells[row, 0] = cells[row, sheet.right_key] = str(Key(kind, one.tag, block.id))  # type: ignore[arg-type]
        for column in block.columns:
            name = LABEL_COLUMN if column.role in {"label", "number"} else column.key
            if name:
                cells[block.key_row, column.index] = str(Key("column", one.tag, block.id, name))
        for line in block.lines:
            key = str(Key("row", one.tag, block.id, line.path))
            cells[line.row, 0] = cells[line.row, sheet.right_key] = key
    for slot, ref, _ in one.places():
        value = answers.get(slot.path)
        if ref.sheet == sheet.title and value is not None:
            content = present(slot.type, slot.question, slot.choices, value, one.parameters.language)
            cells[ref.row, ref.column] = str(content)
    return cells


def as_csv(cells: Sheet) -> str:
    out = io.StringIO()
    rows, columns = (max(place[axis] for place in cells) + 1 for axis in (0, 1))
    csv.writer(out).writerows([[cells.get((row, column), "") for column in range(columns)] for row in range(rows)])
    return out.getvalue()


def read_back(sheets: Mapping[str, str]) -> Grid:
    """The texts as a Grid; figures are figures again, as every spreadsheet program reads them."""
    return Grid(
        tuple(
            SheetGrid(
                name,
                {
                    (row, column): figure(text)
                    for row, line in enumerate(csv.reader(io.StringIO(content, newline="")))
                    for column, text in enumerate(line)
                    if text
                },
            )
            for name, content in sheets.items()
        )
    )


def figure(text: str) -> CellValue:
    return float(text) if text.isdecimal() else text


@pytest.mark.parametrize("counts", ["", "headline", "all"])
def test_answers_are_read_alike_from_plain_texts_and_from_excel(counts: str) -> None:
    parameters = replace(PARAMETERS, counts=counts)
    one = layout(parameters)
    answers = {**ANSWERS, **({"m01_0/hands/1": 3, "m01_0/hands/dont_know": 0} if counts else {})}
    plain = reading(read_back(written(one, book(parameters=parameters).manifest, answers)))
    assert values(plain) == answers
    assert not plain.issues
    if not counts:
        excel = reading(filled(answers))
        assert values(excel) == values(plain)
        assert {path: str(cell) for path, cell in excel.places.items()} == {
            path: str(cell) for path, cell in plain.places.items()
        }


def test_what_is_wrong_is_said_alike() -> None:
    one = layout()
    sheets = written(one, book().manifest, ANSWERS)
    sheets["Om oss"] = sheets["Om oss"].replace("1234", "många")
    plain = reading(read_back(sheets))
    assert codes(plain) == {"NOT_A_NUMBER"}
    assert str(plain.issues[0].cell) == str(one.cells()["staff"])
