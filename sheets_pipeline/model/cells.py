"""Where a value stands and what a workbook holds, free of any spreadsheet library's types."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

LAST_ROW = 1_048_575
LAST_COLUMN = 16_383

_A1 = re.compile(r"^\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})$")
_PLAIN_SHEET = re.compile(r"^[^\W\d]\w*$")


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """What a spreadsheet shows in place of a value it could not compute, such as `#REF!`."""

    text: str

    def __str__(self) -> str:
        return self.text


CellValue = str | int | float | bool | date | datetime | time | timedelta | ErrorValue | None
Visibility = Literal["visible", "hidden", "veryHidden"]


@lru_cache(maxsize=1_024)
def column_letters(column: int) -> str:
    """Column 0 is `A`, 26 is `AA`."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """`A` is 0, `AA` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted_sheet(name: str) -> str:
    """A sheet name as it stands in a reference: quoted unless it is one plain word."""
    if _PLAIN_SHEET.match(name) and not _A1.match(name):
        return name
    return "'" + name.replace("'", "''") + "'"


@dataclass(frozen=True, order=True, slots=True)
class CellRef:
    """One cell; `row` and `column` count from zero, the text form is `Självskattning!D14`."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        return f"{quoted_sheet(self.sheet)}!{self.a1}"

    @property
    def a1(self) -> str:
        """The address within its sheet, such as `D14`."""
        return f"{column_letters(self.column)}{self.row + 1}"

    @classmethod
    def parse(cls, text: str) -> CellRef:
        """Read `Sheet!D14` or `'My sheet'!D14`; raises ValueError for anything else."""
        sheet, _, address = text.rpartition("!")
        row, column = parse_a1(address)
        if sheet.startswith("'") and sheet.endswith("'"):
            sheet = sheet[1:-1].replace("''", "'")
        return cls(sheet, row, column)


def parse_a1(address: str) -> tuple[int, int]:
    """`D14` as (13, 3); raises ValueError outside `A1:XFD1048576`."""
    match = _A1.match(address)
    if not match:
        message = f"not a cell address: {address!r}"
        raise ValueError(message)
    row, column = int(match[2]) - 1, column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        message = f"outside the sheet: {address!r}"
        raise ValueError(message)
    return row, column


@dataclass(frozen=True, slots=True, eq=False)
class CellSet(AbstractSet[CellRef]):
    """A set of cells that makes no reference before it is asked for one: `addresses` are A1 texts by sheet."""

    addresses: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __contains__(self, ref: object) -> bool:
        if not isinstance(ref, CellRef):
            return False
        found = self.addresses.get(ref.sheet, frozenset())
        return len(found) > 0 and ref.a1 in found

    def __iter__(self) -> Iterator[CellRef]:
        return (CellRef(sheet, *parse_a1(a1)) for sheet, found in self.addresses.items() for a1 in sorted(found))

    def __len__(self) -> int:
        return sum(map(len, self.addresses.values()))


Range = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """What the file itself says beside the values that a reader returns.

    `error_cells` maps cells to the text found there; `uncomputed` are formulas without a saved value;
    `percent_cells` are filled cells whose number format is a percentage; `merged` holds, by sheet, the merged
    ranges as (first row, first column, last row, last column), counted from zero.
    """

    error_cells: Mapping[CellRef, str] = field(default_factory=dict)
    uncomputed: AbstractSet[CellRef] = frozenset()
    formulas: AbstractSet[CellRef] = frozenset()
    percent_cells: AbstractSet[CellRef] = frozenset()
    merged: Mapping[str, tuple[Range, ...]] = field(default_factory=dict)
    external_links: int = 0
    strict: bool = False
    date_1904: bool = False
    macros: bool = False
    saved: datetime | None = None


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The values of one sheet by (row, column), empty cells left out."""

    name: str
    cells: Mapping[tuple[int, int], CellValue]
    visible: Visibility = "visible"

    def ref(self, row: int, column: int) -> CellRef:
        """The reference of a cell of this sheet."""
        return CellRef(self.name, row, column)


@dataclass(frozen=True, slots=True)
class Grid:
    """A workbook as plain values, sparse: what every reader returns and every later stage takes."""

    sheets: tuple[SheetGrid, ...]
    witnesses: Witnesses = field(default_factory=Witnesses)

    def sheet(self, name: str) -> SheetGrid | None:
        """The sheet of that name, if there is one."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def value(self, ref: CellRef) -> CellValue:
        """What stands in a cell; None for an empty cell or a missing sheet."""
        sheet = self.sheet(ref.sheet)
        return sheet.cells.get((ref.row, ref.column)) if sheet else None
