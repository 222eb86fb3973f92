"""Find the hidden keys of a workbook, wherever its rows, columns and sheets have gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sheets_pipeline.model.cells import CellRef, Grid, SheetGrid
from sheets_pipeline.model.layout import Key, parse_key

BlockId = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """One place where a block's columns stand: its sheet, its key row and the column of each key."""

    sheet: SheetGrid
    row: int
    columns: Mapping[str, int]
    end: int

    def ref(self, row: int, key: str) -> CellRef | None:
        """The cell of a column key in a row; None when that column is gone."""
        column = self.columns.get(key)
        return None if column is None else self.sheet.ref(row, column)


@dataclass(frozen=True, slots=True)
class RowMark:
    """A row that carries a row key. Its two keys disagree (`left`, `right`) when a row was moved in part."""

    head: Head
    row: int
    path: str
    left: str = ""
    right: str = ""

    @property
    def mixed(self) -> bool:
        """Whether the keys of the row disagree."""
        return self.left != self.right


@dataclass(slots=True)
class Markers:
    """Every key found: block heads, and rows by block. `sheet_of` tells which sheet holds which sheet key."""

    heads: dict[BlockId, list[Head]] = field(default_factory=dict)
    rows: dict[BlockId, list[RowMark]] = field(default_factory=dict)
    tags: set[str] = field(default_factory=set)

    def marked_rows(self, block: BlockId, head: Head) -> set[int]:
        """The rows of a head that carry a key."""
        return {mark.row for mark in self.rows.get(block, ()) if mark.head is head}


@dataclass(frozen=True, slots=True)
class KeyCells:
    """The cells of one sheet that hold a key, and the last row and column that hold anything."""

    sheet: str
    last: int
    widest: int
    cells: tuple[tuple[tuple[int, int], str], ...]


def key_cells(sheet: SheetGrid) -> KeyCells:
    """Scan a sheet once."""
    found, last, widest = [], 0, 0
    for place, value in sheet.cells.items():  # every cell of every file comes by here
        if type(value) is str and value[:1] == "§":
            found.append((place, value))
        if place[0] > last:  # noqa: PLR1730 - a third of the time that max() takes
            last = place[0]
        if place[1] > widest:  # noqa: PLR1730 - likewise
            widest = place[1]
    return KeyCells(sheet.name, last, widest, tuple(found))


def find_markers(grid: Grid, keys: Sequence[KeyCells]) -> Markers:
    """Every key of a grid, from the key cells of its sheets."""
    markers = Markers()
    for sheet, cells in zip(grid.sheets, keys, strict=True):
        rows = _by_row(cells)
        if rows:
            _add_sheet(markers, sheet, rows, cells.last)
    return markers


def _by_row(cells: KeyCells) -> dict[int, list[tuple[int, Key]]]:
    """Row → its keys with their columns."""
    found: dict[int, list[tuple[int, Key]]] = {}
    for (row, column), value in cells.cells:
        key = parse_key(value)
        if key is not None:
            found.setdefault(row, []).append((column, key))
    return found


def _add_sheet(markers: Markers, sheet: SheetGrid, keys: Mapping[int, list[tuple[int, Key]]], last: int) -> None:
    starts: list[tuple[int, BlockId, dict[str, int]]] = []
    for row in sorted(keys):
        columns: dict[BlockId, dict[str, int]] = {}
        for column, key in sorted(keys[row], key=lambda one: one[0]):
            markers.tags.add(key.tag)
            block = (key.tag, key.block)
            if key.kind == "column":
                columns.setdefault(block, {}).setdefault(key.name, column)
        starts += [(row, block, named) for block, named in columns.items()]
    heads = {(block, row): Head(sheet, row, named, _end_of(row, starts, last)) for row, block, named in starts}
    for (block, _), head in heads.items():
        markers.heads.setdefault(block, []).append(head)
    _add_rows(markers, keys, heads)


def _end_of(row: int, starts: list[tuple[int, BlockId, dict[str, int]]], last: int) -> int:
    """The row before which a block's rows stand: the next block's, else the one after the last row.

    Not the block's own end key, which is hidden: people go on writing in the row that they see below a table.
    """
    return min([there for there, _, _ in starts if there > row] or [last + 1])


def _add_rows(
    markers: Markers, keys: Mapping[int, list[tuple[int, Key]]], heads: Mapping[tuple[BlockId, int], Head]
) -> None:
    for row in sorted(keys):
        named = sorted(((column, key) for column, key in keys[row] if key.kind == "row"), key=lambda one: one[0])
        left, right = (named[0][1].name, named[-1][1].name) if named else ("", "")
        for tag, block_id, path in sorted({(key.tag, key.block, key.name) for _, key in named}):
            block = (tag, block_id)
            head = _head_for(block, row, heads)
            if head is not None:
                markers.rows.setdefault(block, []).append(RowMark(head, row, path, left, right))


def _head_for(block: BlockId, row: int, heads: Mapping[tuple[BlockId, int], Head]) -> Head | None:
    """The nearest head of the row's block on this sheet: above it, else below."""
    own = sorted(there for other, there in heads if other == block)
    above = [there for there in own if there < row]
    chosen = above[-1] if above else (own[0] if own else None)
    return None if chosen is None else heads[block, chosen]
