"""A sheet with its rows, and the one way in which a value is rounded and put into words for every format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sheets_pipeline.exports.profile import Column, SheetProfile
from sheets_pipeline.exports.source import LANGUAGE
from sheets_pipeline.texts import rounded, text

RowValue = str | int | bool | Decimal | Fraction | date | None
Row = Mapping[str, RowValue]
CellContent = str | int | Decimal | date | None
_FINE = 12


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's cells, in the order of its columns."""

    sheet: SheetProfile
    rows: tuple[tuple[CellContent, ...], ...]


def table(sheet: SheetProfile, rows: Iterable[Row]) -> Table:
    """The rows as cells; raises KeyError for a row that lacks a column, and nothing it has too much is written."""
    return Table(sheet, tuple(tuple(content(row[column.id], column) for column in sheet.columns) for row in rows))


def content(value: RowValue, column: Column) -> CellContent:
    """What stands in a cell: yes and no as words, fractions and decimals rounded once, empty texts as nothing."""
    if isinstance(value, bool):
        return text("yes" if value else "no", LANGUAGE, context="export")
    if isinstance(value, Fraction):
        return _rounded(Decimal(value.numerator) / Decimal(value.denominator), column)
    if isinstance(value, Decimal):
        return _rounded(value, column)
    return None if value == "" else value


def _rounded(value: Decimal, column: Column) -> Decimal:
    """To the column's decimals, or to as many as a spreadsheet keeps; never in powers of ten."""
    exact = rounded(value, _FINE if column.decimals is None else column.decimals)
    return Decimal(f"{exact.normalize():f}") if exact else Decimal(0)
