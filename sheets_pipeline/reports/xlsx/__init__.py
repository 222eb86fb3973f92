"""The report as a workbook: tables that sort and filter, native charts, no formulas, nothing locked.

Numbers are the rounded ones of the document, so that a cell and the page say the same. Same document, same bytes.
"""

from __future__ import annotations

from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.xlsx.book import Book
from sheets_pipeline.reports.xlsx.charts import draw_charts
from sheets_pipeline.reports.xlsx.tables import write_table
from sheets_pipeline.reports.xlsx.words import write_method, write_summary

METHOD = "method"


def render_xlsx(document: Document, theme: Theme = CALM) -> bytes:
    """The whole workbook: summary, charts, a sheet a table, method."""
    book = Book(document, theme)
    summary, pictures = book.sheet(book.say("Summary")), book.sheet(book.say("Charts"))
    tables = [table for table in document.tables() if table.sheet]
    placed = {table.anchor: book.sheet(table.sheet) for table in tables}
    for table in tables:
        write_table(book, placed[table.anchor], table)
    draw_charts(book, pictures, {anchor: sheet.get_name() for anchor, sheet in placed.items()})
    method = next((section for section in document.sections if section.anchor == METHOD), None)
    if method:
        write_method(book, book.sheet(book.say("Method")), method)
    write_summary(book, summary, [(placed[table.anchor].get_name(), table.caption) for table in tables])
    summary.activate()
    return book.written()
