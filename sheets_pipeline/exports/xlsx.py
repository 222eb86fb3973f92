"""One workbook of long tables: values only, text as text, a frozen header, filters and widths."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from sheets_pipeline.errors import RenderError
from sheets_pipeline.exports.source import LANGUAGE
from sheets_pipeline.exports.table import CellContent, Table
from sheets_pipeline.texts import text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
CUT = " […] (the whole text is in the CSV file)"
README = "README"
FILTER_BUTTON = 4
"""Widths, in characters, that a heading shares with the arrow of its filter."""

_README_WIDTHS = (26, 110)
_README_LINE = 105
_LINE_HEIGHT = 15
_A4 = 9


def xlsx(title: str, readme: Sequence[tuple[str, str]], tables: Sequence[Table], made: date) -> bytes:
    """A sheet README of two columns, then a sheet a table; the same bytes for the same input.

    Raises RenderError for a table with more rows than a sheet holds.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": title, "created": datetime.combine(made, time())})
    heading = book.add_format({"bold": True, "bottom": 1})
    _write_readme(book, readme, heading)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for table in tables:
        _write_table(book.add_worksheet(table.sheet.name), table, heading, day)
    book.close()
    return buffer.getvalue()


def _write_readme(book: Workbook, lines: Sequence[tuple[str, str]], heading: Format) -> None:
    sheet = book.add_worksheet(README)
    _print_across(sheet)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for column, width in enumerate(_README_WIDTHS):
        sheet.set_column(column, column, width)
    for row, (left, right) in enumerate(lines):
        sheet.set_row(row, _LINE_HEIGHT * max(1, -(-len(right) // _README_LINE)))
        sheet.write_string(row, 0, left, heading if row == 0 else wrapped)
        sheet.write_string(row, 1, right, heading if row == 0 else wrapped)


def _write_table(sheet: Worksheet, table: Table, heading: Format, day: Format) -> None:
    if len(table.rows) >= MOST_ROWS:
        raise RenderError(
            f"the sheet {table.sheet.name} would have {len(table.rows):,} rows, more than a workbook holds",
            hint="Export one round or one cluster at a time.",
        )
    for number, column in enumerate(table.sheet.columns):
        sheet.set_column(number, number, max(column.width, len(column.name) + FILTER_BUTTON))
        sheet.write_string(0, number, column.name, heading)
    for row, cells in enumerate(table.rows, 1):
        for number, cell in enumerate(cells):
            _write_cell(sheet, row, number, cell, day)
    _print_across(sheet)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.rows)), len(table.sheet.columns) - 1)


def _print_across(sheet: Worksheet) -> None:
    """A4 across, every column on one page's width."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, row: int, column: int, cell: CellContent, day: Format) -> None:
    if cell is None:
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, _fitting(cell))
    elif isinstance(cell, int | Decimal):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_datetime(row, column, cell, day)


def _fitting(cell: str) -> str:
    """A text that a cell can hold; one that is too long says where the rest of it is."""
    if len(cell) <= LONGEST_TEXT:
        return cell
    cut = text(CUT, LANGUAGE, context="export")
    return cell[: LONGEST_TEXT - len(cut)] + cut
