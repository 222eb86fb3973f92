"""The first sheet: what this is, for whom, when it is due, how to fill it in, and how far one has come."""

from __future__ import annotations

from dataclasses import dataclass

from sheets_pipeline.model.cells import quoted_sheet
from sheets_pipeline.model.forms import Form, text_in
from sheets_pipeline.texts import long_date, plural, text
from sheets_pipeline.workbooks.book import Book
from sheets_pipeline.workbooks.excel_sheet import Canvas, Drawn

_LINE = 15.5
_NAMES = 34
_WIDTH = 112
_FITS = 1.1  # signs a unit of width: letters are narrower than the digits it is counted in
_BAND = 24
_BOXED = 18


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A sheet to point at, with what it counts."""

    level: str
    drawn: Drawn


def draw_start(canvas: Canvas, book: Book, links: list[SheetLink]) -> None:
    """Draw the start sheet."""
    worksheet = canvas.worksheet
    worksheet.hide_gridlines(2)
    worksheet.set_column(0, 0, 3)
    worksheet.set_column(1, 1, _NAMES)
    worksheet.set_column(2, 2, _WIDTH)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    worksheet.fit_to_pages(1, 0)
    row = _heading(canvas, book)
    row = _facts(canvas, book, row)
    row = _progress(canvas, book, links, row)
    row = _how_to(canvas, book, row)
    _about_forms(canvas, book, row)
    worksheet.protect("", {"format_columns": True, "format_rows": True})


def _heading(canvas: Canvas, book: Book) -> int:
    canvas.worksheet.set_row(1, 30)
    canvas.worksheet.write_string(1, 1, book.start.title, canvas.named("title"))
    canvas.worksheet.write_string(2, 1, book.start.organisation, canvas.named("subtitle"))
    return 4


def _facts(canvas: Canvas, book: Book, row: int) -> int:
    language, start = book.manifest.language, book.start
    minutes = sum(part.minutes for part in book.parts)
    due = long_date(start.due, language) if start.due else text("The date is not decided yet", language)
    facts = [
        (text("Round", language, context="start"), start.round),
        (text("Hand in by", language, context="start"), due),
        (text("Time needed", language, context="start"), _about(minutes, language)),
        (text("Questions?", language, context="start"), start.contact),
        *start.facts,
    ]
    for name, value in facts:
        if value:
            canvas.worksheet.set_row(row, _height(value))
            canvas.worksheet.write_string(row, 1, name, canvas.named("bold_text"))
            canvas.worksheet.write_string(row, 2, value, canvas.named("text"))
            row += 1
    return row + 1


def _progress(canvas: Canvas, book: Book, links: list[SheetLink], row: int) -> int:
    """How many of the required lines are done, in all and a sheet at a time, with links."""
    language, worksheet = book.manifest.language, canvas.worksheet
    done = text("done", language, context="status")
    counted = [link.drawn for link in links if link.drawn.required]
    required = sum(drawn.required for drawn in counted)
    _band(canvas, row, text("How far you have come", language))
    if required:
        parts = "+".join(_count(drawn, done) for drawn in counted)
        template = text("{answered} of {required} answered", language, answered="\0", required=required)
        before, _, after = template.partition("\0")
        formula = f'="{before}"&{parts}&"{after}"'
        shown = f"{before}{sum(drawn.answered for drawn in counted)}{after}"
        worksheet.write_formula(row, 2, formula, canvas.named("section"), shown)
    row += 1
    for link in links:
        drawn = link.drawn
        worksheet.set_row(row, _BOXED)
        worksheet.write_url(row, 1, f"internal:{quoted_sheet(drawn.title)}!A1", canvas.named("boxed_link"), drawn.title)
        if drawn.required:
            formula = f'=({_count(drawn, done)})&" / {drawn.required}"'
            worksheet.write_formula(row, 2, formula, canvas.named("box"), f"{drawn.answered} / {drawn.required}")
        else:
            worksheet.write_string(row, 2, text("Fill in what concerns you", language), canvas.named("box"))
        row += 1
    return row + 1


def _count(drawn: Drawn, done: str) -> str:
    sheet = quoted_sheet(drawn.title)
    return "+".join(f'COUNTIF({sheet}!{area},"{done}")' for area in drawn.status_ranges)


def _how_to(canvas: Canvas, book: Book, row: int) -> int:
    language = book.manifest.language
    _band(canvas, row, text("Do this", language))
    row += 1
    steps = (
        text("Click “Enable editing” at the top if Excel shows a yellow bar.", language),
        text("Save the file on your shared workspace, so that everyone works in the same file.", language),
        text("Fill in the light yellow cells. You may pause and go on later; cells may be empty until then.", language),
        _send(book.start.inbox, language),
        text("What you hand in is a public document in your organisation. Write nothing about individuals.", language),
    )
    for number, step in enumerate(steps, start=1):
        canvas.worksheet.set_row(row, _height(step))
        canvas.worksheet.write_string(row, 1, text("Step {number}", language, number=number), canvas.named("bold_text"))
        canvas.worksheet.write_string(row, 2, step, canvas.named("text"))
        row += 1
    return row + 1


def _send(inbox: str, language: str) -> str:
    if not inbox:
        return text(
            "Hand in the file the way you received it. You will be told if there is anything to look at.", language
        )
    return text(
        "Send the file as an attachment to {inbox}. You will be told if there is anything to look at.",
        language,
        inbox=inbox,
    )


def _about_forms(canvas: Canvas, book: Book, row: int) -> None:
    """Each form with its own instruction, and its own time where there are several."""
    language, several = book.manifest.language, len(book.parts) > 1
    for part in book.parts:
        form = part.layout.form
        title = text_in(form.title_by_type.get(part.part.parameters.organisation_type, form.title), language)
        _band(canvas, row, title, part.subtitle)
        row += 1
        facts = (
            (text("Filled in by", language), text_in(form.answered_by, language)),
            (text("Concerns", language), _level(part.part.parameters.level, form, language)),
            (text("Time needed", language, context="start"), _about(part.minutes, language) if several else ""),
            (text("How to fill it in", language), text_in(form.instruction, language)),
        )
        for name, value in facts:
            if value:
                canvas.worksheet.set_row(row, _height(value))
                canvas.worksheet.write_string(row, 1, name, canvas.named("bold_text"))
                canvas.worksheet.write_string(row, 2, value, canvas.named("text"))
                row += 1
        row += 1


def _height(words: str) -> float:
    """Enough for a wrapped text in the wide column."""
    return _LINE * sum(1 + int(len(line) / (_WIDTH * _FITS)) for line in words.split("\n")) + 4


def _about(minutes: int, language: str) -> str:
    return plural("About {count} minute", "About {count} minutes", minutes, language)


def _band(canvas: Canvas, row: int, title: str, note: str = "") -> None:
    """A heading across the sheet; a note stands after the title in the same cell and runs on to its right."""
    worksheet, look = canvas.worksheet, canvas.named("section")
    worksheet.set_row(row, _BAND)
    if note:
        worksheet.write_rich_string(row, 1, look, title, canvas.named("section_note"), f"     {note}", look)
    else:
        worksheet.write_string(row, 1, title, look)
    worksheet.write_blank(row, 2, None, look)


def _level(level: str, form: Form, language: str) -> str:
    if level not in form.levels:
        return ""
    return f"{text_in(form.levels[level], language)}. {text_in(form.level_notes.get(level, {}), language)}"
