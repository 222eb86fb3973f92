"""A workbook's bytes as a Grid: the only home of python-calamine.

Read the copy that the guard made, with the witnesses it found, never a file as it came in. What python-calamine
cannot tell is put back: error values from the witnesses, and nothing from under merged cells. Values otherwise stay as
it gives them: numbers of Excel files are floats (4.0 for 4), a date-formatted number is a date, a datetime, a time or
(for durations) a timedelta, and stays a number beyond the year 9999; texts keep their spaces and "None" is a text.
A formula that computed an empty text is an empty cell; a number that is none (NaN, or beyond any float) is `#NUM!`.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import NoReturn, cast

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, XmlError

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.model.cells import (
    CellRef,
    CellValue,
    ErrorValue,
    Grid,
    Range,
    SheetGrid,
    Visibility,
    Witnesses,
)
from sheets_pipeline.model.file_codes import refusal
from sheets_pipeline.workbooks.row_cells import Place, RowCells

_MANY = 200_000
_MEMORY_MB = 1_024
_REASON = 200

Rows = list[list[CellValue]]


def read(data: bytes, name: str, witnesses: Witnesses, visibility: Mapping[str, Visibility]) -> Grid:
    """The sheets named in `visibility`, in the workbook's order; raises `DeliveryError` for what cannot be read."""
    errors = _by_sheet(witnesses.error_cells)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        _same_sheets(name, workbook.sheet_names, visibility)
        sheets = tuple(
            SheetGrid(
                title,
                _cells(workbook.get_sheet_by_index(index), witnesses.merged.get(title, ()), errors.get(title, {})),
                visible,
            )
            for index, (title, visible) in enumerate(visibility.items())
        )
    except (DeliveryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - a panic in the reader's own language arrives as a BaseException
        _refuse(error)
    return Grid(sheets, witnesses)


def _same_sheets(name: str, found: list[str], visibility: Mapping[str, Visibility]) -> None:
    if found != list(visibility):
        raise refusal("READER_FAILED", reason=f"{name}: {found}"[:_REASON])


def _refuse(error: BaseException) -> NoReturn:
    if isinstance(error, PasswordError):
        raise refusal("FILE_ENCRYPTED") from error
    if isinstance(error, XmlError):
        raise refusal("XML_BROKEN", part=str(error)[:_REASON]) from error
    if isinstance(error, MemoryError):
        raise refusal("READER_MEMORY", limit=_MEMORY_MB) from error
    kind = "" if isinstance(error, CalamineError) else f"{type(error).__name__}: "
    raise refusal("READER_FAILED", reason=f"{kind}{error}"[:_REASON]) from error


def _by_sheet(errors: Mapping[CellRef, str]) -> dict[str, dict[Place, ErrorValue]]:
    sheets: dict[str, dict[Place, ErrorValue]] = {}
    for ref, text in errors.items():
        sheets.setdefault(ref.sheet, {})[ref.row, ref.column] = ErrorValue(text)
    return sheets


def _cells(
    sheet: CalamineSheet, merged: tuple[Range, ...], errors: Mapping[Place, ErrorValue]
) -> Mapping[Place, CellValue]:
    if sheet.start is None:
        return dict(errors)
    top, left = sheet.start
    rows = cast("Rows", sheet.to_python())  # cell values all, but a list of fewer types is not a list of more
    _clear_covered(rows, top, left, merged)
    cells = RowCells(rows, top, left)
    bottom, right = top + len(rows), left + len(rows[0])
    if len(rows) * len(rows[0]) > _MANY or not all(top <= r < bottom and left <= c < right for r, c in errors):
        return {**cells, **errors}
    for (row, column), value in errors.items():
        rows[row - top][column - left] = value
    return cells


def _clear_covered(rows: Rows, top: int, left: int, merged: tuple[Range, ...]) -> None:
    """Empty what stands under merged cells: only the first cell of a range shows its value to anyone."""
    bottom, right = top + len(rows) - 1, left + len(rows[0]) - 1
    room = len(rows) * len(rows[0])
    for first_row, first_column, last_row, last_column in merged:
        rows_covered = range(max(first_row, top), min(last_row, bottom) + 1)
        start, end = max(first_column, left), min(last_column, right) + 1
        room -= len(rows_covered) * max(end - start, 0)
        if room < 0:
            raise refusal("XML_BROKEN", part="mergeCells")
        for row in rows_covered:
            kept = start + 1 if (row, start) == (first_row, first_column) else start
            if kept < end:
                rows[row - top][kept - left : end - left] = [""] * (end - kept)
