"""CSV that Swedish Excel opens rightly, and that no text in it can turn into a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from sheets_pipeline.exports.table import CellContent, Table

BYTE_ORDER_MARK = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What spreadsheets take for the start of a formula, full-width forms included."""

_MISSING = "-"


def swedish_csv(table: Table) -> bytes:
    """Headings and rows as UTF-8 with a byte order mark: semicolons, decimal commas, CRLF."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in table.sheet.columns])
    writer.writerows([shown(cell) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def shown(cell: CellContent) -> str:
    """A cell as text. Numbers keep their sign; a text that could be run gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:f}".replace(".", ",")
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) and cell != _MISSING else cell
