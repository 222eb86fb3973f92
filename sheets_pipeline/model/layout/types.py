"""Sheets, blocks, lines and columns: where everything stands, free of any spreadsheet program's types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.forms import Form, Section
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Parameters

ColumnRole = Literal["number", "label", "answer", "count", "word", "previous", "status"]
BlockShape = Literal["items", "fields", "split", "table"]
LineKind = Literal["item", "headline", "question", "heading", "option", "row"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block; `key` names answers (`score`, `women`), it is empty for what nobody types."""

    index: int
    role: ColumnRole
    title: str
    key: str = ""
    width: float = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a block. `path` is its key; `slots` are its answers by column key."""

    row: int
    kind: LineKind
    path: str
    label: str
    hint: str = ""
    number: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows that share columns. `key_row` is hidden; `head_row` is None where the sheet's own header serves.

    `end_row` is the hidden row after the last line of a table, so that a row added at its end is still inside.
    """

    id: str
    shape: BlockShape
    section: Section
    title: str
    note: str
    row_path: str
    title_row: int
    key_row: int
    head_row: int | None
    end_row: int
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    def column(self, key: str) -> Column | None:
        """The answer column of that key."""
        return next((column for column in self.columns if column.key == key), None)

    def role(self, role: ColumnRole) -> Column | None:
        """The first column with a role."""
        return next((column for column in self.columns if column.role == role), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """One sheet. `header_row` is frozen with everything above it; `right_key` is the right hidden key column."""

    key: str
    title: str
    view: str
    note: str
    legend: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    header_row: int | None
    freeze_row: int
    widths: Mapping[int, float]
    right_key: int
    protected: bool
    card: str = ""

    @property
    def last_row(self) -> int:
        """The last row that holds anything."""
        return max((block.end_row for block in self.blocks), default=self.freeze_row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One form laid out in one language for given parameters."""

    tag: str
    form: Form
    parameters: Parameters
    sheets: tuple[SheetLayout, ...]

    def places(self) -> Iterator[tuple[Slot, CellRef, Block]]:
        """Every slot with its cell, sheet by sheet in reading order."""
        for sheet in self.sheets:
            for block in sheet.blocks:
                for line in block.lines:
                    for column in block.columns:
                        slot = line.slots.get(column.key)
                        if slot is not None:
                            yield slot, CellRef(sheet.title, line.row, column.index), block

    def cells(self) -> dict[str, CellRef]:
        """Answer path → cell."""
        return {slot.path: ref for slot, ref, _ in self.places()}
