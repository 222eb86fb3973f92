"""The report as a workbook: tables that sort and filter, native charts, no formulas, nothing locked.

Numbers are the rounded ones of the document, so that a cell and the page say the same. Same document, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

import xlsxwriter

from sheets_pipeline import texts
from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    Heading,
    KeyFigures,
    Number,
    Paragraph,
    Section,
    Table,
    charts_in,
)

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as NativeChart
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CONTEXT = "report"
FONT = "Arial"
FIRST_ROW = 3
WIDEST = {"text": 34, "number": 14, "long": 60}
NARROWEST = {"text": 8, "number": 10, "long": 30}
LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
METHOD = "method"
CHART_WIDTH, CHART_ROWS = 960, 22
ROW_PIXELS = 20
PAGE_ROWS = 29
LINE_POINTS, HIGHEST = 13.0, 409.0
WIDE_LETTERS = 1.1


def render_xlsx(document: Document, theme: Theme = CALM) -> bytes:
    """The whole workbook."""
    return _Writer(document, theme).written()


class _Writer:
    """One workbook being written; formats are shared, sheet names are used once."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self.document = document
        self.theme = theme
        self.file = io.BytesIO()
        self.book: Workbook = xlsxwriter.Workbook(
            self.file,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.names: set[str] = set()

    def say(self, msgid: str) -> str:
        return texts.text(msgid, self.document.language, context=CONTEXT)

    def written(self) -> bytes:
        self.book.set_properties({"title": self.document.title, "created": datetime(*self.document.created)})  # noqa: DTZ001 - the format has no time zone
        summary = self._sheet(self.say("Summary"))
        pictures = self._sheet(self.say("Charts"))
        tables = [table for table in self.document.tables() if table.sheet]
        placed = {table.anchor: self._sheet(table.sheet) for table in tables}
        for table in tables:
            self._table(placed[table.anchor], table)
        self._pictures(pictures, {anchor: sheet.get_name() for anchor, sheet in placed.items()})
        method = next((section for section in self.document.sections if section.anchor == METHOD), None)
        if method:
            self._method(self._sheet(self.say("Method")), method)
        self._summary(summary, [(placed[table.anchor].get_name(), table.caption) for table in tables])
        summary.activate()
        self.book.close()
        return self.file.getvalue()

    # ---------------------------------------------------------------------------------------------------- formats

    def _format(self, **look: Any) -> Format:  # noqa: ANN401 - xlsxwriter's own properties
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            base = {"font_name": FONT, "font_size": 10, "font_color": self.theme.ink, "valign": "top"}
            self.formats[key] = self.book.add_format(base | look)
        return self.formats[key]

    def _number(self, cell: Number) -> Format:
        """A number format that shows what the document's text shows, the true minus included."""
        digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
        shown = f'+{digits};"−"{digits};"±"{digits}' if cell.signed else f'{digits};"−"{digits}'
        return self._format(num_format=shown, align="right", indent=1)

    # ----------------------------------------------------------------------------------------------------- sheets

    def _sheet(self, wanted: str) -> Worksheet:
        sheet: Worksheet = self.book.add_worksheet(self._name(wanted))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        standing = f"{self.document.title} · {self.document.standing}".replace("&", "&&")
        sheet.set_footer(f"&L&8{standing} · {self.document.dated}&R&8&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def _name(self, wanted: str) -> str:
        """A name that Excel takes, used once, whatever the case."""
        plain = wanted.translate(FORBIDDEN).strip().strip("'")[:LONGEST_NAME] or "-"
        name, number = plain, 1
        while name.lower() in self.names:
            number += 1
            name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        self.names.add(name.lower())
        return name

    def _table(self, sheet: Worksheet, table: Table) -> None:
        """Heading, note, then the table with its filter; headings repeat on every printed page."""
        sheet.write_string(0, 0, table.caption, self._format(bold=True, font_size=14))
        if table.note:
            sheet.write_string(1, 0, table.note, self._format(font_color=self.theme.quiet))
        widths = tuple(_widths(table))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        if not table.rows:
            sheet.write_string(FIRST_ROW, 0, self.say("No rows."), self._format())
            return
        last = FIRST_ROW + len(table.rows)
        header = self._format(bold=True, text_wrap=True, bottom=2, valign="bottom", indent=1)
        right = self._format(bold=True, text_wrap=True, bottom=2, valign="bottom", align="right", indent=1)
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
                self._cell(sheet, row, column, cell, table)
        sheet.freeze_panes(FIRST_ROW + 1, min(table.headers, 2))
        sheet.repeat_rows(FIRST_ROW)

    def _cell(self, sheet: Worksheet, row: int, column: int, cell: str | Number, table: Table) -> None:
        if isinstance(cell, Number):
            sheet.write_number(row, column, float(cell.shown), self._number(cell))
            return
        if table.columns[column].kind == "number":
            sheet.write_string(row, column, cell, self._format(align="right", indent=1))
        else:
            sheet.write_string(row, column, cell, self._format(text_wrap=True, align="left", indent=1))

    # ----------------------------------------------------------------------------------------------------- charts

    def _pictures(self, sheet: Worksheet, names: dict[str, str]) -> None:
        sheet.write_string(0, 0, self.say("Charts"), self._format(bold=True, font_size=14))
        sheet.set_print_scale(100)
        row, breaks = 1, []
        for chart in _charts(self.document):
            if chart.table.graphic is None or not chart.table.rows or chart.table.anchor not in names:
                continue
            rows = max(CHART_ROWS, len(chart.table.rows) + 8)
            breaks += [row - 1] if row > CHART_ROWS else []
            native = self._native(chart, names[chart.table.anchor])
            native.set_size({"width": CHART_WIDTH, "height": rows * ROW_PIXELS})
            alternative = f"{chart.title}. {chart.description} {chart.source}"
            sheet.insert_chart(row, 0, native, {"description": alternative, "object_position": 2})
            row += max(rows, PAGE_ROWS) + 1
        sheet.set_h_pagebreaks(breaks)

    def _native(self, chart: Chart, name: str) -> NativeChart:
        graphic = chart.table.graphic
        if graphic is None:
            message = f"{chart.anchor} has no graphic"
            raise ValueError(message)
        stacked = graphic.kind == "stacked"
        native: NativeChart = self.book.add_chart(
            {"type": "bar", **({"subtype": "percent_stacked"} if stacked else {})}
        )
        first, last = FIRST_ROW + 1, FIRST_ROW + len(chart.table.rows)
        for place, column in enumerate(graphic.series):
            fill = (
                self.theme.step(place, len(graphic.series))[0]
                if stacked
                else (self.theme.earlier, self.theme.later)[place]
            )
            native.add_series(
                {
                    "name": [name, FIRST_ROW, column],
                    "categories": [name, first, graphic.labels, last, graphic.labels],
                    "values": [name, first, column, last, column],
                    "fill": {"color": fill},
                    "border": {"color": self.theme.ink, "width": 0.5},
                    "gap": 60,
                    "data_labels": {
                        "value": True,
                        "font": {"name": FONT, "size": 8, "color": self._on(place, stacked=stacked)},
                    },
                }
            )
        self._dress(native, chart, stacked=stacked)
        return native

    def _on(self, place: int, *, stacked: bool) -> str:
        return self.theme.on_steps[place] if stacked else self.theme.ink

    def _dress(self, native: NativeChart, chart: Chart, *, stacked: bool) -> None:
        graphic = chart.table.graphic
        small = {"name": FONT, "size": 9, "color": self.theme.ink}
        native.set_title({"name": chart.title, "overlay": False, "name_font": {**small, "size": 12, "bold": True}})
        native.set_legend({"position": "bottom", "font": small})
        native.set_y_axis({"reverse": True, "num_font": small, "line": {"color": self.theme.rule}})
        scale: dict[str, Any] = {
            "num_font": small,
            "major_gridlines": {"visible": True, "line": {"color": self.theme.rule}},
        }
        if graphic and graphic.low is not None and not stacked:
            scale |= {"min": graphic.low, "max": graphic.high, "major_unit": 1, "num_format": "0"}
        native.set_x_axis(scale)

    # ------------------------------------------------------------------------------------------------------ texts

    def _summary(self, sheet: Worksheet, listed: list[tuple[str, str]]) -> None:
        document = self.document
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        sheet.write_string(
            0,
            0,
            f"{document.programme} · {document.audience} · {document.dated} · {document.standing}",
            self._format(font_color=self.theme.quiet),
        )
        sheet.write_string(1, 0, document.title, self._format(bold=True, font_size=12, font_color=self.theme.accent))
        sheet.write_string(2, 0, document.headline, self._format(bold=True, font_size=16))
        row = self._texts(sheet, 4, document.opening)
        sheet.write_string(row + 1, 0, self.say("Sheet"), self._format(bold=True, bottom=2))
        sheet.write_string(row + 1, 1, self.say("Content"), self._format(bold=True, bottom=2))
        for place, (name, caption) in enumerate(listed, row + 2):
            quoted = name.replace("'", "''")
            look = self._format(font_color=self.theme.accent, underline=1)
            sheet.write_url(place, 0, f"internal:'{quoted}'!A1", look, string=name)
            sheet.write_string(place, 1, caption, self._format(text_wrap=True))

    def _method(self, sheet: Worksheet, section: Section) -> None:
        sheet.set_portrait()
        sheet.set_column(0, 0, 110)
        sheet.write_string(0, 0, section.title, self._format(bold=True, font_size=14))
        self._texts(sheet, 2, section.blocks)

    def _texts(self, sheet: Worksheet, row: int, blocks: Iterable[Block]) -> int:
        """Running text, a row a paragraph; returns the next free row."""
        for label, said, look in _lines(blocks):
            if label:
                sheet.write_string(row, 0, label, self._format(bold=True, font_size=12))
                sheet.write_string(row, 1, said, self._format(text_wrap=True))
            else:
                sheet.write_string(row, 0, said, self._format(**look))
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


def _charts(document: Document) -> Iterator[Chart]:
    for section in document.sections:
        yield from charts_in(section.blocks)


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
