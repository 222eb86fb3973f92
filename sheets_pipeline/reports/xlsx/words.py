"""The sheets that are read as text: the summary with its list of sheets, and the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sheets_pipeline.reports.document import (
    Block,
    Bullets,
    Callout,
    Heading,
    KeyFigures,
    Paragraph,
    Section,
)
from sheets_pipeline.reports.xlsx.book import Book

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


def write_summary(book: Book, sheet: Worksheet, listed: list[tuple[str, str]]) -> None:
    document = book.document
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    sheet.write_string(
        0,
        0,
        f"{document.programme} · {document.audience} · {document.dated} · {document.standing}",
        book.look(font_color=book.theme.quiet),
    )
    sheet.write_string(1, 0, document.title, book.look(bold=True, font_size=12, font_color=book.theme.accent))
    sheet.write_string(2, 0, document.headline, book.look(bold=True, font_size=16))
    row = _texts(book, sheet, 4, document.opening)
    sheet.write_string(row + 1, 0, book.say("Sheet"), book.look(bold=True, bottom=2))
    sheet.write_string(row + 1, 1, book.say("Content"), book.look(bold=True, bottom=2))
    for place, (name, caption) in enumerate(listed, row + 2):
        quoted = name.replace("'", "''")
        look = book.look(font_color=book.theme.accent, underline=1)
        sheet.write_url(place, 0, f"internal:'{quoted}'!A1", look, string=name)
        sheet.write_string(place, 1, caption, book.look(text_wrap=True))


def write_method(book: Book, sheet: Worksheet, section: Section) -> None:
    sheet.set_portrait()
    sheet.set_column(0, 0, 110)
    sheet.write_string(0, 0, section.title, book.look(bold=True, font_size=14))
    _texts(book, sheet, 2, section.blocks)


def _texts(book: Book, sheet: Worksheet, row: int, blocks: Iterable[Block]) -> int:
    """Running text, a row a paragraph; returns the next free row."""
    for label, said, look in _lines(blocks):
        if label:
            sheet.write_string(row, 0, label, book.look(bold=True, font_size=12))
            sheet.write_string(row, 1, said, book.look(text_wrap=True))
        else:
            sheet.write_string(row, 0, said, book.look(**look))
        row += 1
    return row


def _lines(blocks: Iterable[Block]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(figure or nothing, text, its look) of the blocks that are text."""
    for block in blocks:
        if isinstance(block, Heading):
            yield "", block.text, {"bold": True, "font_size": 12}
        elif isinstance(block, Paragraph):
            yield "", block.text, {}
        elif isinstance(block, Callout):
            yield "", f"{block.title}. {block.text}", {"italic": True}
        elif isinstance(block, Bullets):
            yield from (("", f"• {item}", {"text_wrap": True}) for item in block.items)
        elif isinstance(block, KeyFigures):
            for figure in block.figures:
                yield figure.figure, f"{figure.label}. {figure.note}".strip(), {}
