"""How wide a table's columns are on paper, and what is done with a table that is too wide for it.

Widths are in points. The rule is that of tables in a browser: every column gets room for its longest word, and
what is left is shared in proportion to what its longest line still wants.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheets_pipeline.reports.document import Cell, Column, Table
from sheets_pipeline.reports.pdf.face import regular, semibold
from sheets_pipeline.reports.pdf.signs import BREAK, breakable

GAP = 8.0
SIZES = (9.0, 8.0, 7.2)
LONGEST_LINE, LONGEST_WORD = 260.0, 84.0
ESSAY, ESSAY_LINE = 2500.0, 420.0  # an answer of ten such lines or more is given the room it can get
ENOUGH = 0.35
READABLE = 150.0
SPARE = 1.0
SHORT = 700
_WORDS = re.compile(rf"[\s{BREAK}]+|(?<=[-–/])")


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table, or the part of one that fits beside its first columns, with a type size and a width a column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    size: float
    widths: tuple[float, ...]
    hyphenated: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Wants:
    """The least width of a column, the width at which none of its lines would break, and its longest word."""

    least: float
    most: float
    word: float


def set_tables(table: Table, room: float) -> tuple[SetTable, ...]:
    """The table at the largest size at which it sits well, else at which it fits; else in parts side by side."""
    wants = _AtSizes(table)
    places = range(len(table.columns))
    for enough in (ENOUGH, 0.0):
        for size in SIZES:
            if _share(wants[size], room) >= enough:
                return (_part(table, places, wants[size], room, size),)
    roomy = [
        replace(want, least=max(want.least, min(want.most, READABLE))) for want in wants[SIZES[-1]][: table.headers]
    ]
    return tuple(_parts(table, room, [*roomy, *wants[SIZES[-1]][table.headers :]]))


class _AtSizes(dict[float, list[_Wants]]):
    """What a table's columns want at each size, found when asked for: most tables sit well at the first."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __missing__(self, size: float) -> list[_Wants]:
        self[size] = _wants(self.table, size)
        return self[size]


def _share(wants: Sequence[_Wants], room: float) -> float:
    """How much of what the columns want beyond the least they can have; negative where not even that fits."""
    least, most = sum(want.least for want in wants), sum(want.most for want in wants)
    if most <= room:
        return 1.0
    return (room - least) / (most - least) if least < room else -1.0


def _parts(table: Table, room: float, wants: Sequence[_Wants]) -> Iterator[SetTable]:
    """The header columns again beside as many of the others as fit."""
    heads = list(range(table.headers))
    left = max(room - sum(wants[n].least for n in heads), room / 2)
    part: list[int] = []
    for n in range(table.headers, len(table.columns)):
        if part and sum(wants[one].least for one in (*part, n)) > left:
            yield _part(table, [*heads, *part], wants, room, SIZES[-1])
            part = []
        part.append(n)
    yield _part(table, [*heads, *part], wants, room, SIZES[-1])


def _part(table: Table, places: Sequence[int], wants: Sequence[_Wants], room: float, size: float) -> SetTable:
    chosen = [wants[n] for n in places]
    widths = _shared(chosen, room)
    return SetTable(
        tuple(table.columns[n] for n in places),
        tuple(tuple(row[n] for n in places) for row in table.rows),
        size,
        widths,
        tuple(want.word > width - GAP for want, width in zip(chosen, widths, strict=True)),
    )


def _shared(wants: Sequence[_Wants], room: float) -> tuple[float, ...]:
    share, least = _share(wants, room), sum(want.least for want in wants)
    if share < 0:
        return tuple(round(want.least * room / least, 1) for want in wants)
    return tuple(round(want.least + (want.most - want.least) * min(share, 1.0), 1) for want in wants)


def _wants(table: Table, size: float) -> list[_Wants]:
    return [
        _column(column, frozenset(breakable(str(row[n])) for row in table.rows), size)
        for n, column in enumerate(table.columns)
    ]


def _column(column: Column, cells: frozenset[str], size: float) -> _Wants:
    title = breakable(column.title)
    heads = [semibold().width(word, size - 0.5) for word in _WORDS.split(title)]
    words = [regular().width(word, size) for cell in cells for word in _WORDS.split(cell)]
    lines = [regular().width(line, size) for cell in cells for line in cell.split("\n")]
    longest = max(lines, default=0.0)
    most = min(longest, LONGEST_LINE if longest < ESSAY else ESSAY_LINE)
    word = max([*words, *heads], default=0.0)
    least = max(most, *heads) if column.kind == "number" else min(word, LONGEST_WORD)
    return _Wants(least + GAP + SPARE, max(most, least, _title(title, heads, size)) + GAP + SPARE, word)


def _title(title: str, heads: Sequence[float], size: float) -> float:
    """A heading may stand on two lines without a column growing for it."""
    longest = max(heads, default=0.0)
    return max(longest, semibold().width(title, size - 0.5) / 2 + longest / 4)
