"""A sheet's cells as the rows that a reader returned, seen through the sparse mapping that a `SheetGrid` holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import isfinite

from sheets_pipeline.model.cells import CellValue, ErrorValue

Place = tuple[int, int]

_NO_NUMBER = ErrorValue("#NUM!")  # what a spreadsheet shows for a number that is none


class RowCells(Mapping[Place, CellValue]):
    """`rows` are lists whose first value stands at (`top`, `left`); an empty text is an empty cell.

    Nothing is copied: a form reads some hundred cells of the thousands that a sheet has.
    """

    __slots__ = ("_left", "_rows", "_top")

    def __init__(self, rows: list[list[CellValue]], top: int, left: int) -> None:
        self._rows = rows
        self._top = top
        self._left = left

    def __getitem__(self, place: Place) -> CellValue:
        row, column = place[0] - self._top, place[1] - self._left
        if row >= 0 and column >= 0:
            try:
                value = self._rows[row][column]
            except IndexError:
                raise KeyError(place) from None
            if value != "":
                return _NO_NUMBER if isinstance(value, float) and not isfinite(value) else value
        raise KeyError(place)

    def __iter__(self) -> Iterator[Place]:
        for row, values in enumerate(self._rows, start=self._top):
            for column, value in enumerate(values, start=self._left):
                if value != "":
                    yield row, column

    def __len__(self) -> int:
        return sum(value != "" for values in self._rows for value in values)
