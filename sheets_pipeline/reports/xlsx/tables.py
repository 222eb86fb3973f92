"""A table on a sheet of its own: heading, note, then rows that sort and filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from typing import TYPE_CHECKING

from sheets_pipeline.reports.document import Cell, ColumnKind, Number, Table
from sheets_pipeline.reports.xlsx.book import Book

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIRST_ROW = 3
WIDEST = {"text": 34, "number": 14, "long": 60}
NARROWEST = {"text": 8, "number": 10, "long": 30}
LINE_POINTS, HIGHEST = 13.0, 409.0
WIDE_LETTERS = 1.1


def write_table(book: Book, sheet: Worksheet, table: Table) -> None:
    """Heading, note, then the table with its filter; headings repeat on every printed page."""
    sheet.write_string(0, 0, table.caption, book.look(bold=True, font_size=14))
    if table.note:
        sheet.write_string(1, 0, table.note, book.look(font_color=book.theme.quiet))
    widths = tuple(_widths(table))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    if not table.rows:
        sheet.write_string(FIRST_ROW, 0, book.say("No rows."), book.look())
        return
    last = FIRST_ROW + len(table.rows)
    header = book.look(bold=True, text_wrap=True, bottom=2, valign="bottom", indent=1)
    right = book.look(bold=True, text_wrap=True, bottom=2, valign="bottom", align="right", indent=1)
    titles = _unique(column.title for column in table.columns)
    columns = [
        {"header": title, "header_format": right if column.kind == "number" else header}
        for title, column in zip(titles, table.columns, strict=True)
    ]
    sheet.add_table(
        FIRST_ROW,
        0,
        last,
        len(table.columns) - 1,
        {
            "columns": columns,
            "style": "Table Style Light 1",
            "name": _identifier(table.anchor),
            "description": table.caption,
        },
    )
    sheet.set_row(FIRST_ROW, _height(titles, widths))
    for row, cells in enumerate(table.rows, FIRST_ROW + 1):
        sheet.set_row(row, _height(map(str, cells), widths))
        for column, cell in enumerate(cells):
            _cell(book, sheet, (row, column), cell, table.columns[column].kind)
    sheet.freeze_panes(FIRST_ROW + 1, min(table.headers, 2))
    sheet.repeat_rows(FIRST_ROW)


def _cell(book: Book, sheet: Worksheet, place: tuple[int, int], cell: Cell, kind: ColumnKind) -> None:
    if isinstance(cell, Number):
        sheet.write_number(*place, float(cell.shown), book.number_look(cell))
        return
    if kind == "number":
        sheet.write_string(*place, cell, book.look(align="right", indent=1))
    else:
        sheet.write_string(*place, cell, book.look(text_wrap=True, align="left", indent=1))


def _height(cells: Iterable[str], widths: Iterable[float]) -> float:
    """A row's height in points: neither Excel nor LibreOffice fits wrapped text when it opens a file."""
    lines = max(
        sum(max(1, ceil(len(part) * WIDE_LETTERS / (width - 2))) for part in cell.split("\n"))
        for cell, width in zip(cells, widths, strict=True)
    )
    return min(HIGHEST, lines * LINE_POINTS + 3)


def _unique(titles: Iterable[str]) -> list[str]:
    """Headings of one table must differ, whatever the case: `Före`, `Före 2`."""
    found: list[str] = []
    for title in titles:
        name, number = title or "-", 1
        while name.lower() in {one.lower() for one in found}:
            number += 1
            name = f"{title} {number}"
        found.append(name)
    return found


def _identifier(anchor: str) -> str:
    """A table's own name: letters, digits and underscores, not like a cell's address."""
    return "t_" + "".join(sign if sign.isalnum() else "_" for sign in anchor)


def _widths(table: Table) -> Iterator[float]:
    """Column widths in characters: as wide as the longest text, within what reads well."""
    for number, column in enumerate(table.columns):
        longest = max((len(str(row[number])) for row in table.rows), default=0)
        word = max((len(part) for part in column.title.split()), default=0) + 4
        yield min(WIDEST[column.kind], max(NARROWEST[column.kind], longest * WIDE_LETTERS + 3, word))
