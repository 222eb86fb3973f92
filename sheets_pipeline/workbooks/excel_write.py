"""A Book as an Excel workbook, written with XlsxWriter. The same book always gives the same bytes."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import xlsxwriter

from sheets_pipeline.errors import RenderError
from sheets_pipeline.model.cells import column_letters
from sheets_pipeline.model.forms import ChoiceList, text_in
from sheets_pipeline.model.layout import Layout
from sheets_pipeline.model.manifest import LISTS_SHEET, SHEET, manifest_rows
from sheets_pipeline.texts import text
from sheets_pipeline.workbooks.book import Book
from sheets_pipeline.workbooks.cell_rules import OPTION, YES_NO, Places, list_name
from sheets_pipeline.workbooks.excel_feedback import draw_feedback, draw_merge
from sheets_pipeline.workbooks.excel_sheet import Canvas, draw_sheet
from sheets_pipeline.workbooks.excel_start import SheetLink, draw_start
from sheets_pipeline.workbooks.theme import FORMATS

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": {"font_name": "Calibri", "font_size": 11},
}


def write_workbook(book: Book) -> bytes:
    """The workbook's bytes. Raises RenderError when the library warns of something it would drop."""
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with xlsxwriter.Workbook(buffer, _OPTIONS) as workbook:
                _draw(book, workbook)
        except (Warning, xlsxwriter.exceptions.XlsxWriterException) as error:
            message = f"the workbook for {book.start.organisation} cannot be written: {error}"
            raise RenderError(message) from error
    return _with_growing_rows(buffer.getvalue())


def _with_growing_rows(data: bytes) -> bytes:
    """The workbook with its row heights as first guesses: a row grows when somebody writes more than fits in it.

    The library marks every height that is set as the user's own choice, and such a row never grows.
    """
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(rewritten, "w", zipfile.ZIP_DEFLATED) as growing:
        for entry in made.infolist():
            part = made.read(entry)
            if entry.filename.startswith("xl/worksheets/sheet"):
                part = part.replace(b' customHeight="1"', b"")
            growing.writestr(entry, part)
    return rewritten.getvalue()


def _draw(book: Book, workbook: Any) -> None:  # noqa: ANN401 - the library has no types
    language = book.manifest.language
    workbook.set_properties({"title": book.start.title, "author": book.start.contact, "created": book.created})
    formats = _Formats(workbook)
    add = _sheet_adder(workbook, formats)
    feedback = add(text("Feedback", language, context="sheet")) if book.feedback else None
    if book.feedback is not None and book.feedback.differences:
        draw_merge(add(text("Merge", language, context="sheet")), book.feedback, language)
    start = add(text("Start", language, context="sheet"))
    links = []
    for part in book.parts:
        places = Places.of(part.layout)
        drawn = [draw_sheet(add(sheet.title), sheet, part, places) for sheet in part.layout.sheets]
        links += [SheetLink(part.part.parameters.level, one) for one in drawn]
    draw_start(start, book, links)
    if feedback is not None and book.feedback is not None:
        draw_feedback(feedback, book.feedback, language)
    _write_lists(workbook, [part.layout for part in book.parts], language)
    _write_manifest(workbook, book)
    (feedback or start).worksheet.activate()


class _Formats:
    """Every format is made once."""

    def __init__(self, workbook: Any) -> None:  # noqa: ANN401 - the library has no types
        self._workbook = workbook
        self._made: dict[str, Any] = {}

    def styled(self, properties: dict[str, Any]) -> Any:  # noqa: ANN401 - the library has no types
        key = repr(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def named(self, name: str) -> Any:  # noqa: ANN401 - the library has no types
        return self.styled(FORMATS[name])


def _sheet_adder(workbook: Any, formats: _Formats) -> Callable[[str], Canvas]:  # noqa: ANN401 - the library's
    def add(title: str) -> Canvas:
        return Canvas(workbook.add_worksheet(title), formats.named, formats.styled)

    return add


def _write_lists(workbook: Any, layouts: list[Layout], language: str) -> None:  # noqa: ANN401 - the library's
    """The drop-downs' lists side by side on a hidden sheet, each with a defined name."""
    worksheet = workbook.add_worksheet(LISTS_SHEET)
    worksheet.hide()
    for place, (name, rows) in enumerate(_lists(layouts, language)):
        column = 2 * place
        for row, (shown, words) in enumerate(rows):
            if isinstance(shown, int):
                worksheet.write_number(row, column, shown)
            else:
                worksheet.write_string(row, column, shown)
            worksheet.write_string(row, column + 1, words)
        first, second = column_letters(column), column_letters(column + 1)
        workbook.define_name(list_name(name), f"={LISTS_SHEET}!${first}$1:${first}${len(rows)}")
        words_name = "words_" + list_name(name).removeprefix("list_")
        workbook.define_name(words_name, f"={LISTS_SHEET}!${first}$1:${second}${len(rows)}")


def _lists(layouts: list[Layout], language: str) -> Iterator[tuple[str, list[tuple[str | int, str]]]]:
    yield YES_NO, [(text(word, language, context="boolean"), "") for word in ("Yes", "No")]
    yield OPTION, [("x", "")]
    listed: dict[str, ChoiceList] = {}
    for layout in layouts:
        for slot, _, _ in layout.places():
            if slot.choices is not None:
                listed[slot.choices.name] = slot.choices
    for name, choices in sorted(listed.items()):
        rows = [(choice.shown(language), text_in(choice.label, language)) for choice in choices.choices]
        yield name, [(int(shown) if shown.isdecimal() else shown, words) for shown, words in rows]


def _write_manifest(workbook: Any, book: Book) -> None:  # noqa: ANN401 - the library has no types
    worksheet = workbook.add_worksheet(SHEET)
    worksheet.very_hidden()
    for row, (name, value) in enumerate(manifest_rows(book.manifest)):
        worksheet.write_string(row, 0, name)
        worksheet.write_string(row, 1, value)
