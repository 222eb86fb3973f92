"""Workbooks that others made: read right, or refused by the name of the danger, each within the worker's limits.

`expect.json` holds the raw cells as the XML has them. Two differences are intended: dates stand there as serials and
are counted back from the workbook's own epoch, and what lies hidden under merged cells is not read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.intake.guard import inspect
from sheets_pipeline.model.cells import CellRef, CellValue, ErrorValue, Grid, parse_a1
from sheets_pipeline.workbooks.worker import Reader
from tests.hostile.reading import READ

CORPUS = os.environ.get("SHEETS_PIPELINE_CORPUS", "")
INDEX: list[dict[str, Any]] = json.loads(Path(CORPUS, "index.json").read_text()) if CORPUS else []
EXPECTED: dict[str, dict[str, list[Any]]] = json.loads(Path(CORPUS, "expect.json").read_text()) if CORPUS else {}

REFUSED = {
    "01": "OLD_XLS",
    "02": "OLD_XLS",
    "03": "XLSB_NOT_READ",
    "04": "OLD_XLS",
    "06": "CELL_OUT_OF_RANGE",
    "07": "XML_ENTITIES",
    "08": "XML_ENTITIES",
    "09": "CELL_OUT_OF_RANGE",  # its rows begin with row 0
    "10": "XML_ENTITIES",
    "11": "ZIP_DUPLICATE",
    "24": "FILE_ENCRYPTED",
    "25": "FILE_ENCRYPTED",
    "26": "XLM_MACROS",
    "39": "NOT_A_WORKBOOK",
}
NOTED = {"23": "PART_NAMES_MENDED", "35": "PART_NAMES_MENDED", "36": "ENCODING_MENDED"}

pytestmark = pytest.mark.skipif(not CORPUS, reason="needs SHEETS_PIPELINE_CORPUS, workbooks that others made")
each_file = pytest.mark.parametrize("entry", INDEX, ids=lambda entry: entry["file"][:40])


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as reader:
        yield reader


def outcome(reader: Reader, file: str) -> Grid | DeliveryError:
    (found,) = reader.map(READ, [(file, Path(CORPUS, file).read_bytes())])
    assert isinstance(found, Grid | DeliveryError)
    return found


@each_file
def test_a_file_is_read_or_refused_by_name(reader: Reader, entry: dict[str, Any]) -> None:
    found = outcome(reader, entry["file"])

    code = found.code if isinstance(found, DeliveryError) else None
    assert code == REFUSED.get(entry["file"][:2])
    assert code is not None if entry["verdict"] == "REFUSE" else True
    assert code is None if entry["verdict"] == "ACCEPT" else True


@each_file
def test_the_cells_are_those_of_the_xml(reader: Reader, entry: dict[str, Any]) -> None:
    expected = EXPECTED.get(entry["file"], {})
    grid = outcome(reader, entry["file"])
    if isinstance(grid, DeliveryError):
        assert entry["file"][:2] in REFUSED
        return

    for place, (kind, value) in expected.items():
        sheet, _, a1 = place.rpartition("!")
        ref = CellRef(sheet, *parse_a1(a1))
        found = grid.value(ref)
        if found is None and under_a_merge(grid, ref):
            continue
        assert plain(found, date_1904=grid.witnesses.date_1904, kind=kind) == pytest.approx(value), place


@each_file
def test_nothing_is_read_that_the_xml_does_not_hold(reader: Reader, entry: dict[str, Any]) -> None:
    expected = EXPECTED.get(entry["file"], {})
    grid = outcome(reader, entry["file"])
    if isinstance(grid, DeliveryError) or len(expected) >= 4_000 or entry["file"] not in EXPECTED:
        return  # the list ends at 4,000 cells

    found = {f"{sheet.name}!{sheet.ref(*place).a1}" for sheet in grid.sheets for place in sheet.cells}
    assert found <= set(expected)


@pytest.mark.parametrize(("number", "code"), NOTED.items())
def test_what_was_mended_is_noted(number: str, code: str) -> None:
    file = next(entry["file"] for entry in INDEX if entry["file"].startswith(number))

    notes = inspect(Path(CORPUS, file).read_bytes(), file).notes

    assert [note.code for note in notes] == [code]


def plain(value: CellValue, *, date_1904: bool, kind: str) -> object:
    """A value as `expect.json` writes it."""
    if isinstance(value, ErrorValue):
        return value.text
    if kind == "d":
        return str(value)[:10]
    epoch = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - cells have no zone
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if isinstance(value, datetime):
        value -= epoch
    if isinstance(value, time):
        value = datetime.combine(epoch, value) - epoch
    return value / timedelta(days=1) if isinstance(value, timedelta) else value


def under_a_merge(grid: Grid, ref: CellRef) -> bool:
    return any(
        top <= ref.row <= bottom and left <= ref.column <= right and (ref.row, ref.column) != (top, left)
        for top, left, bottom, right in grid.witnesses.merged.get(ref.sheet, ())
    )
