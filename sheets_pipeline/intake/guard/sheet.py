"""What a sheet's XML says beside its values: errors, formulas, percentages, merged ranges, and how far it reaches.

Two scanners see the same: `sheet_fast` reads sheets as spreadsheet programs write them, `sheet_exact` all others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from sheets_pipeline.model.cells import LAST_COLUMN, LAST_ROW, Range, column_number

_ADDRESS = re.compile(r"([A-Za-z]{1,3})0*([0-9]{1,7})\Z")


Mark = Literal["formulas", "uncomputed", "percent"]


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What was found, by A1 address. `marks` finds cells of one kind when they are asked for.

    `uncomputed` are formulas without a saved value, `percent` are filled cells of a percentage style.
    """

    errors: dict[str, str]
    merged: tuple[Range, ...]
    marks: Callable[[Mark], frozenset[str]]


class MarkedCells(Mapping[str, frozenset[str]]):
    """The cells of one kind by sheet, found sheet by sheet when somebody asks."""

    def __init__(self, facts: Mapping[str, SheetFacts], mark: Mark) -> None:
        self._facts = facts
        self._mark = mark
        self._found: dict[str, frozenset[str]] = {}

    def __getitem__(self, sheet: str) -> frozenset[str]:
        if sheet not in self._found:
            self._found[sheet] = self._facts[sheet].marks(self._mark)
        return self._found[sheet]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __reduce__(self) -> tuple[type[dict[str, frozenset[str]]], tuple[dict[str, frozenset[str]]]]:
        """Between processes only what was found travels, not the sheets it is found in."""
        return dict, (dict(self),)


def address(text: str) -> tuple[int, int] | None:
    """`B3` as (2, 1), or None for anything that is not within `A1:XFD1048576`."""
    match = _ADDRESS.match(text)
    if match is None:
        return None
    row, column = int(match[2]) - 1, column_number(match[1])
    return (row, column) if 0 <= row <= LAST_ROW and column <= LAST_COLUMN else None


@lru_cache(maxsize=4_096)
def merged_range(text: str) -> Range | None:
    """`A1:B3` as (0, 0, 2, 1), or None for what is no range."""
    first, _, last = text.partition(":")
    start, end = address(first), address(last or first)
    if start is None or end is None:
        return None
    return (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
