"""A sheet's cells as the rows that a reader returned, seen through the sparse mapping that a `SheetGrid` holds."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from math import isfinite
from typing import TypeVar, overload

from sheets_pipeline.model.cells import CellValue, ErrorValue

Place = tuple[int, int]
Default = TypeVar("Default")

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
        found = self.get(place)
        if found is None:
            raise KeyError(place)
        return found

    @overload
    def get(self, place: Place, /) -> CellValue: ...
    @overload
    def get(self, place: Place, /, default: CellValue | Default) -> CellValue | Default: ...
    def get(self, place: Place, /, default: object = None) -> object:
        """As of any mapping, but without an exception for each of the many empty cells that are asked for."""
        row, column = place[0] - self._top, place[1] - self._left
        if 0 <= row < len(self._rows) and 0 <= column < len(values := self._rows[row]) and values[column] != "":
            return _shown(values[column])
        return default

    def items(self) -> ItemsView[Place, CellValue]:
        return _Items(self)

    def filled(self) -> Iterator[tuple[Place, CellValue]]:
        """Every cell with its value, row by row."""
        for row, values in enumerate(self._rows, start=self._top):
            for column, value in enumerate(values, start=self._left):
                if value != "":
                    yield (row, column), value if type(value) is str else _shown(value)

    def __iter__(self) -> Iterator[Place]:
        return (place for place, _ in self.filled())

    def __len__(self) -> int:
        return sum(value != "" for values in self._rows for value in values)


class _Items(ItemsView[Place, CellValue]):
    """Places with their values, without looking each place up again."""

    def __init__(self, cells: RowCells) -> None:
        super().__init__(cells)
        self._cells = cells

    def __iter__(self) -> Iterator[tuple[Place, CellValue]]:
        return self._cells.filled()


def _shown(value: CellValue) -> CellValue:
    return _NO_NUMBER if type(value) is float and not isfinite(value) else value
