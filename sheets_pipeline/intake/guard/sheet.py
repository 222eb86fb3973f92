"""What a sheet's XML says beside its values: errors, formulas, percentages, merged ranges, and how far it reaches.

Two scanners see the same: `sheet_fast` reads sheets as spreadsheet programs write them, `sheet_exact` all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sheets_pipeline.model.cells import LAST_COLUMN, LAST_ROW, Range, column_number

_ADDRESS = re.compile(r"([A-Za-z]{1,3})0*([0-9]{1,7})\Z")


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A1 addresses by what was found there. `percent` are filled cells of a percentage style."""

    errors: dict[str, str] = field(default_factory=dict)
    formulas: frozenset[str] = frozenset()
    uncomputed: frozenset[str] = frozenset()
    percent: frozenset[str] = frozenset()
    merged: tuple[Range, ...] = ()


def address(text: str) -> tuple[int, int] | None:
    """`B3` as (2, 1), or None for anything that is not within `A1:XFD1048576`."""
    match = _ADDRESS.match(text)
    if match is None:
        return None
    row, column = int(match[2]) - 1, column_number(match[1])
    return (row, column) if 0 <= row <= LAST_ROW and column <= LAST_COLUMN else None


def merged_range(text: str) -> Range | None:
    """`A1:B3` as (0, 0, 2, 1), or None for what is no range."""
    first, _, last = text.partition(":")
    start, end = address(first), address(last or first)
    if start is None or end is None:
        return None
    return (min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
