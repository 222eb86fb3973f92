"""Draw one sheet of a layout with XlsxWriter: labels, answers, rules, formulas with their values, hidden keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sheets_pipeline.model.cells import CellRef, CellValue, ErrorValue, column_letters
from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.layout import LABEL_COLUMN, Block, Column, Key, Layout, Line, SheetLayout
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.values import present
from sheets_pipeline.texts import text
from sheets_pipeline.workbooks.book import BookPart, Filling
from sheets_pipeline.workbooks.cell_rules import CellRule, Places, cell_rule, list_name
from sheets_pipeline.workbooks.statuses import LineStatus, line_status
from sheets_pipeline.workbooks.theme import answer_format

KEY_COLUMN = 0
LONGEST_CELL = 32_767
_LINE_HEIGHT = 15.0
_HINT_HEIGHT = 12.5
_PADDING = 5.0
_TALLEST = 400.0
_MEETING_ZOOM = 110


class _EmptyText(str):
    """What a formula shows when it shows nothing; a plain empty text the library takes for a value not saved."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


_NO_TEXT = _EmptyText()


@dataclass(frozen=True, slots=True)
class Canvas:
    """Where things are drawn: the worksheet, and the formats by name or by properties."""

    worksheet: Any
    named: Callable[[str], Any]
    styled: Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the start sheet needs to know of a sheet: its required lines and how many of them are answered.

    `status_ranges` hold the statuses of those lines and of no others.
    """

    title: str
    status_ranges: tuple[str, ...]
    required: int
    answered: int


def draw_sheet(canvas: Canvas, sheet: SheetLayout, part: BookPart, places: Places) -> Drawn:
    """Draw everything and return what the start sheet counts."""
    painter = _Painter(canvas, sheet, part, places)
    painter.frame()
    for block in sheet.blocks:
        painter.block(block)
    painter.finish()
    return painter.drawn()


class _Painter:
    """Draws one sheet; holds only what its methods share."""

    def __init__(self, canvas: Canvas, sheet: SheetLayout, part: BookPart, places: Places) -> None:
        self._out = canvas
        self._sheet = sheet
        self._layout: Layout = part.layout
        self._filling: Filling = part.filling
        self._subtitle = part.subtitle
        self._places = places
        self._language = part.layout.parameters.language
        self._statuses: list[LineStatus] = []
        self._status_rows: list[int] = []

    def frame(self) -> None:
        """Title, legend, shared header, widths, print set-up, frozen rows."""
        sheet, worksheet = self._sheet, self._out.worksheet
        tag = self._layout.tag
        worksheet.write_string(0, KEY_COLUMN, str(Key("sheet", tag, sheet.key, sheet.card)), self._out.named("key"))
        worksheet.set_row(0, None, None, {"hidden": True})
        worksheet.set_row(1, 30)
        worksheet.write_string(1, 1, sheet.title, self._out.named("title"))
        worksheet.write_string(1, 2, self._subtitle, self._out.named("subtitle"))
        if sheet.legend:
            legend = "     ".join(f"{typed} = {meaning}" for typed, meaning in sheet.legend)
            worksheet.set_row(2, 22)
            worksheet.write_string(2, 1, legend, self._out.named("legend"))
            for index in range(2, sheet.right_key):
                worksheet.write_blank(2, index, None, self._out.named("legend"))
        if sheet.header_row is not None:
            self._header(sheet.header_row, sheet.blocks[0].columns)
        self._set_columns()
        self._set_page()

    def _set_columns(self) -> None:
        worksheet, sheet = self._out.worksheet, self._sheet
        worksheet.set_column(KEY_COLUMN, KEY_COLUMN, 3, None, {"hidden": True})
        for index, width in sorted(sheet.widths.items()):
            worksheet.set_column(index, index, width)
        worksheet.set_column(sheet.right_key, sheet.right_key, 3, None, {"hidden": True})

    def _set_page(self) -> None:
        worksheet, sheet = self._out.worksheet, self._sheet
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        worksheet.fit_to_pages(1, 0)
        worksheet.hide_gridlines(2)
        worksheet.set_footer("&L&A&R&P / &N")
        worksheet.freeze_panes(sheet.freeze_row, 2 if sheet.view == "meeting" else 0)
        if sheet.header_row is not None:
            worksheet.repeat_rows(1, sheet.header_row)
        if sheet.view == "meeting":
            worksheet.set_zoom(_MEETING_ZOOM)

    def block(self, block: Block) -> None:
        """The title row, the hidden key row, the header, the lines and the hidden end row."""
        tag, worksheet = self._layout.tag, self._out.worksheet
        if block.title:
            worksheet.set_row(block.title_row, 24)
            self._section_title(block)
        else:
            worksheet.set_row(block.title_row, 6)
        self._hidden_row(block.key_row, Key("block", tag, block.id))
        for column in block.columns:
            name = LABEL_COLUMN if column.role in {"label", "number"} else column.key
            if name:
                key = str(Key("column", tag, block.id, name))
                worksheet.write_string(block.key_row, column.index, key, self._out.named("key"))
        if block.head_row is not None:
            self._header(block.head_row, block.columns)
        for line in block.lines:
            self._line(block, line)
        self._hidden_row(block.end_row, Key("end", tag, block.id))

    def _section_title(self, block: Block) -> None:
        """The title, with the note after it in the same cell, running on over the cells to its right."""
        worksheet, row = self._out.worksheet, block.title_row
        if block.note:
            note = (self._out.named("section_note"), "     " + block.note)
            title = (self._out.named("section"), block.title)
            worksheet.write_rich_string(row, 1, *title, *note, self._out.named("section"))
        else:
            worksheet.write_string(row, 1, block.title, self._out.named("section"))
        for index in range(2, self._sheet.right_key):
            worksheet.write_blank(row, index, None, self._out.named("section_note"))

    def _hidden_row(self, row: int, key: Key) -> None:
        worksheet = self._out.worksheet
        worksheet.set_row(row, None, None, {"hidden": True})
        worksheet.write_string(row, KEY_COLUMN, str(key), self._out.named("key"))
        worksheet.write_string(row, self._sheet.right_key, str(key), self._out.named("key"))

    def _header(self, row: int, columns: tuple[Column, ...]) -> None:
        longest = max(_lines(column.title, self._sheet.widths[column.index]) for column in columns)
        self._out.worksheet.set_row(row, max(20.0, longest * _LINE_HEIGHT + _PADDING))
        titles = {column.index: column.title for column in columns}
        for index in range(1, self._sheet.right_key):
            self._out.worksheet.write_string(row, index, titles.get(index, ""), self._out.named("header"))

    def _line(self, block: Block, line: Line) -> None:
        worksheet, tag = self._out.worksheet, self._layout.tag
        worksheet.set_row(line.row, self._height(block, line))
        key = str(Key("row", tag, block.id, line.path))
        key_format = "key" if self._sheet.protected else "open_key"
        worksheet.write_string(line.row, KEY_COLUMN, key, self._out.named(key_format))
        worksheet.write_string(line.row, self._sheet.right_key, key, self._out.named(key_format))
        rules: dict[str, CellRule] = {}
        for column in block.columns:
            self._cell(block, line, column, rules)
        self._status(block, line, rules)

    def _cell(self, block: Block, line: Line, column: Column, rules: dict[str, CellRule]) -> None:
        slot = line.slots.get(column.key)
        if column.role == "label":
            self._label(line, column)
        elif column.role == "number":
            self._out.worksheet.write_string(line.row, column.index, line.number, self._out.named("number"))
        elif slot is not None:
            rules[column.key] = self._answer(line, column, slot)
        elif column.role == "word":
            self._word(block, line, column)
        elif column.role == "previous":
            self._previous(line, column)
        elif column.role in {"answer", "count"} and line.kind != "heading":
            self._out.worksheet.write_blank(line.row, column.index, None, self._out.named("headline"))

    def _label(self, line: Line, column: Column) -> None:
        worksheet = self._out.worksheet
        look = self._out.named({"headline": "headline", "option": "option"}.get(line.kind, "label"))
        words = f"{line.number}  {line.label}" if line.number else line.label
        strong = self._out.named("bold" if line.kind in {"headline", "heading"} else "strong")
        if line.hint:
            worksheet.write_rich_string(
                line.row, column.index, strong, words, self._out.named("hint"), "\n" + line.hint, look
            )
        elif line.kind in {"headline", "heading"}:
            worksheet.write_rich_string(line.row, column.index, strong, words, strong, " ", look)
        else:
            worksheet.write_string(line.row, column.index, words, look)

    def _answer(self, line: Line, column: Column, slot: Slot) -> CellRule:
        ref = CellRef(self._sheet.title, line.row, column.index)
        rule = cell_rule(slot, ref, self._layout, self._places)
        note = self._filling.notes.get(slot.path)
        locked = slot.question.locked and slot.path in self._filling.answers
        look = answer_format(slot.type, locked=locked, severity=note.severity if note else "")
        self._write(line.row, column.index, self._content(slot), self._out.styled(look))
        if note:
            self._out.worksheet.write_comment(line.row, column.index, note.text, {"x_scale": 2.2, "y_scale": 1.4})
        if not locked:
            self._validation(line.row, column.index, rule)
        return rule

    def _content(self, slot: Slot) -> CellValue:
        if slot.path in self._filling.typed:
            return self._filling.typed[slot.path]
        value = self._filling.answers.get(slot.path)
        return None if value is None else present(slot.type, slot.question, slot.choices, value, self._language)

    def _write(self, row: int, column: int, content: CellValue, look: Any) -> None:  # noqa: ANN401 - the library's
        worksheet = self._out.worksheet
        if content is None:
            worksheet.write_blank(row, column, None, look)
        elif isinstance(content, bool):
            worksheet.write_boolean(row, column, content, look)
        elif isinstance(content, int | float | Decimal):
            worksheet.write_number(row, column, content, look)
        elif isinstance(content, date):
            worksheet.write_datetime(row, column, content, look)
        else:
            words = content.text if isinstance(content, ErrorValue) else str(content)
            worksheet.write_string(row, column, words[:LONGEST_CELL], look)

    def _validation(self, row: int, column: int, rule: CellRule) -> None:
        options: dict[str, Any] = {"validate": "any"}
        if rule.list_name:
            options = {"validate": "list", "source": f"={rule.list_name}"}
        elif rule.check:
            options = {"validate": "custom", "value": f"={rule.check}"}
        if rule.prompt:
            options |= {"input_title": rule.prompt_title, "input_message": rule.prompt}
        if options["validate"] == "any" and not rule.prompt:
            return
        options |= {"error_type": "stop" if rule.stops else "warning", "error_message": rule.error}
        self._out.worksheet.data_validation(row, column, row, column, options)

    def _word(self, block: Block, line: Line, column: Column) -> None:
        scored = next((slot for slot in line.slots.values() if slot.type == "scale"), None)
        look = self._out.named("word")
        if scored is None or column.key:
            self._calculated(block, line, column, look)
            return
        place = block.column(scored.question.name)
        if place is None or scored.choices is None:
            return
        cell = f"{column_letters(place.index)}{line.row + 1}"
        words = "words_" + list_name(scored.choices.name).removeprefix("list_")
        formula = f'=IF({cell}="","",IFERROR(VLOOKUP({cell},{words},2,FALSE),""))'
        value = self._filling.answers.get(scored.path)
        name = None if value is None else str(value)
        choice = scored.choices.find(name) if name else None
        shown = text_in(choice.label, self._language) if choice else ""
        self._formula(line.row, column.index, formula, look, shown)

    def _formula(self, row: int, column: int, formula: str, look: Any, shown: str) -> None:  # noqa: ANN401 - the library's
        self._out.worksheet.write_formula(row, column, formula, look, shown or _NO_TEXT)

    def _calculated(self, block: Block, line: Line, column: Column, look: Any) -> None:  # noqa: ANN401 - the library's
        question = next((one for one in block.section.questions if one.name == column.key), None)
        if question is None or question.calculation is None:
            return
        from sheets_pipeline.workbooks.calculations import calculated

        slot = next(iter(line.slots.values()))
        formula, value = calculated(question, slot, line, self._layout, self._places, self._filling, self._sheet.title)
        if formula:
            self._formula(line.row, column.index, f"={formula}", look, value)

    def _previous(self, line: Line, column: Column) -> None:
        scored = next((slot for slot in line.slots.values() if slot.type == "scale"), None)
        value = self._filling.previous.get(scored.path) if scored else None
        shown = (
            present(scored.type, scored.question, scored.choices, value, self._language)
            if scored and value is not None
            else None
        )
        self._write(line.row, column.index, shown, self._out.named("previous"))

    def _status(self, block: Block, line: Line, rules: dict[str, CellRule]) -> None:
        column = block.role("status")
        if column is None:
            return
        status = line_status(block, line, rules, self._layout, self._filling, self._places)
        if status is None:
            return
        self._formula(line.row, column.index, f"={status.formula}", self._out.named("status"), status.shown)
        self._statuses.append(status)
        self._status_rows.append(line.row)

    def _height(self, block: Block, line: Line) -> float:
        """Enough for the longest wrapped text of the row, estimated from column widths."""
        label = block.role("label")
        width = self._sheet.widths[label.index] if label else 20
        height = _lines(f"{line.number}  {line.label}", width) * _LINE_HEIGHT
        height += _lines(line.hint, width * 1.15) * _HINT_HEIGHT if line.hint else 0
        for column in block.columns:
            slot = line.slots.get(column.key)
            content = self._content(slot) if slot else None
            if isinstance(content, str):
                height = max(height, _lines(content, self._sheet.widths[column.index]) * _LINE_HEIGHT)
            if slot is not None and slot.type == "longtext":
                height = max(height, 2 * _LINE_HEIGHT if block.shape == "items" else 3 * _LINE_HEIGHT)
        return min(height + _PADDING, _TALLEST)

    def finish(self) -> None:
        """Protection and the print area."""
        worksheet, sheet = self._out.worksheet, self._sheet
        worksheet.print_area(1, 1, sheet.last_row, sheet.right_key - 1)
        if sheet.protected:
            allowed = {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True}
            worksheet.protect("", allowed)

    def drawn(self) -> Drawn:
        """What the start sheet counts."""
        required = [status for status in self._statuses if status.required]
        done = text("done", self._language, context="status")
        return Drawn(
            self._sheet.title,
            tuple(self._required_ranges()),
            len(required),
            sum(status.shown == done for status in required),
        )

    def _required_ranges(self) -> Iterator[str]:
        """Runs of required lines; rows without a status do not break a run, optional lines do."""
        column = column_letters(self._sheet.right_key - 1)
        judged = sorted(zip(self._status_rows, self._statuses, strict=True), key=lambda one: one[0])
        for required, run in groupby(judged, key=lambda one: one[1].required):
            if required:
                rows = [row + 1 for row, _ in run]
                yield f"${column}${rows[0]}:${column}${rows[-1]}"


def _lines(words: str, width: float) -> int:
    """How many lines a text takes when wrapped in a column of that many characters."""
    fits = max(width * 1.02, 1.0)
    return sum(max(1, math.ceil(len(part) / fits)) for part in words.split("\n"))
