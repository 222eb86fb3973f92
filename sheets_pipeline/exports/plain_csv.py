"""CSV as RFC 4180 has it: UTF-8 without a byte order mark, commas, decimal points, CRLF; no text becomes a formula."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

from sheets_pipeline.exports.swedish_csv import shown
from sheets_pipeline.exports.table import CellContent, Table


def plain_csv(table: Table) -> bytes:
    """Headings and rows."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in table.sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return text.getvalue().encode()


def _plain(cell: CellContent) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else shown(cell)
