"""The sheet *Återkoppling*: what was received, what to look at with links to the cells, and how everything was read."""

from __future__ import annotations

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.layout import MERGE_BLOCK, Key
from sheets_pipeline.texts import plural, text
from sheets_pipeline.workbooks.book import Difference, Feedback
from sheets_pipeline.workbooks.excel_sheet import Canvas

_LINE = 15.5
_COLUMNS = (
    ("", 3),
    ("What", 58),
    ("Your answer", 26),
    ("What we saw", 56),
    ("Do this", 56),
    ("Go to", 24),
    ("Kind", 15),
)
_KINDS = {"error": "To mend", "warning": "To look at", "info": "To know"}


def draw_feedback(canvas: Canvas, feedback: Feedback, language: str) -> None:
    """Draw the feedback sheet."""
    worksheet = canvas.worksheet
    worksheet.hide_gridlines(2)
    for index, (_, width) in enumerate(_COLUMNS):
        worksheet.set_column(index, index, width)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.set_row(1, 30)
    worksheet.write_string(1, 1, text("Feedback", language, context="sheet"), canvas.named("title"))
    worksheet.set_row(2, 24)
    worksheet.write_string(2, 1, feedback.headline, canvas.named("subtitle"))
    row = 4
    for line in _since(feedback, language):
        worksheet.write_string(row, 1, line, canvas.named("strong"))
        row += 1
    row = _remarks(canvas, feedback, language, row + 1)
    if feedback.echoes:
        _echoes(canvas, feedback, language, row + 1)


def _since(feedback: Feedback, language: str) -> tuple[str, ...]:
    if feedback.resolved is None:
        return ()
    resolved = plural(
        "{count} thing from last time is done.",
        "{count} things from last time are done.",
        feedback.resolved,
        language,
    )
    remaining = plural(
        "{count} thing from last time remains.",
        "{count} things from last time remain.",
        feedback.remaining,
        language,
    )
    told = (*([resolved] if feedback.resolved else ()), *([remaining] if feedback.remaining else ()))
    return (" ".join(told),) if told else ()


def _header(canvas: Canvas, row: int, titles: tuple[str, ...], language: str) -> int:
    canvas.worksheet.set_row(row, 20)
    for index, title in enumerate(titles, start=1):
        canvas.worksheet.write_string(row, index, text(title, language, context="feedback"), canvas.named("header"))
    return row + 1


def _remarks(canvas: Canvas, feedback: Feedback, language: str, row: int) -> int:
    if not feedback.rows:
        return row
    row = _header(canvas, row, tuple(title for title, _ in _COLUMNS[1:]), language)
    for remark in feedback.rows:
        words = (remark.question, remark.value, remark.message, remark.fix)
        widths = [width for _, width in _COLUMNS[1:]]
        canvas.worksheet.set_row(row, _height(words, widths))
        for index, cell in enumerate(words, start=1):
            canvas.worksheet.write_string(
                row, index, cell, canvas.named(f"remark_{remark.severity}" if index == 1 else "box")
            )
        _link(canvas, row, len(words) + 1, remark.cell, remark.was)
        kind = text(_KINDS[remark.severity], language, context="feedback")
        canvas.worksheet.write_string(row, len(words) + 2, kind, canvas.named("box"))
        row += 1
    return row


def draw_merge(canvas: Canvas, feedback: Feedback, language: str) -> None:
    """Where two copies differ: both answers, and a cell in which to choose. It is read back by its hidden keys."""
    worksheet, tag = canvas.worksheet, feedback.differences[0].tag
    worksheet.hide_gridlines(2)
    for index, width in enumerate((3, 60, 44, 44, 16)):
        worksheet.set_column(index, index, width, None, {"hidden": index == 0})
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.write_string(1, 1, text("Merge", language, context="sheet"), canvas.named("title"))
    worksheet.write_string(2, 1, text("Write A or B where the two copies differ.", language), canvas.named("subtitle"))
    worksheet.set_row(3, None, None, {"hidden": True})
    for index, key in enumerate(("first", "second", "choice"), start=2):
        worksheet.write_string(3, index, str(Key("column", tag, MERGE_BLOCK, key)), canvas.named("key"))
    first, second = (f"{letter}: {name}" for letter, name in zip("AB", feedback.names, strict=True))
    titles = (text("What", language, context="feedback"), first, second, text("A or B", language, context="feedback"))
    for index, title in enumerate(titles, start=1):
        worksheet.write_string(4, index, title, canvas.named("header"))
    for row, difference in enumerate(feedback.differences, start=5):
        _difference(canvas, difference, row)
    worksheet.freeze_panes(5, 0)


def _difference(canvas: Canvas, difference: Difference, row: int) -> None:
    worksheet = canvas.worksheet
    words = (difference.question, difference.first, difference.second)
    worksheet.set_row(row, _height(words, [60, 44, 44]))
    worksheet.write_string(row, 0, str(Key("row", difference.tag, MERGE_BLOCK, difference.path)), canvas.named("key"))
    for index, cell in enumerate(words, start=1):
        worksheet.write_string(row, index, cell, canvas.named("box"))
    worksheet.write_blank(row, 4, None, canvas.named("choose"))
    worksheet.data_validation(row, 4, row, 4, {"validate": "list", "source": ["A", "B"]})


def _echoes(canvas: Canvas, feedback: Feedback, language: str, row: int) -> None:
    title = text("This is how we read your answers", language)
    canvas.worksheet.write_string(row, 1, title, canvas.named("section"))
    for index in range(2, len(_COLUMNS)):
        canvas.worksheet.write_blank(row, index, None, canvas.named("section"))
    row = _header(canvas, row + 1, ("Question", "Go to", "Answer"), language)
    for echo in feedback.echoes:
        words = (echo.question, echo.answer)
        canvas.worksheet.set_row(row, _height(words, [_COLUMNS[1][1], _COLUMNS[3][1]]))
        canvas.worksheet.write_string(row, 1, echo.question, canvas.named("box"))
        _link(canvas, row, 2, echo.cell, "")
        canvas.worksheet.write_string(row, 3, echo.answer, canvas.named("box"))
        row += 1


def _link(canvas: Canvas, row: int, column: int, cell: CellRef | None, was: str) -> None:
    """A link to the cell in this workbook; the address in the file that was sent, when that is another, beside it."""
    if cell is None:
        canvas.worksheet.write_string(row, column, was, canvas.named("box"))
        return
    here = f"{cell.sheet} {cell.a1}"
    shown = here if not was or was == str(cell) else f"{here} ({was})"
    canvas.worksheet.write_url(row, column, f"internal:{cell}", canvas.named("boxed_link"), shown)


def _height(words: tuple[str, ...], widths: list[int]) -> float:
    lines = max(
        sum(1 + int(len(line) / (width * 1.05)) for line in cell.split("\n"))
        for cell, width in zip(words, widths, strict=False)
    )
    return min(lines * _LINE + 5, 400)
