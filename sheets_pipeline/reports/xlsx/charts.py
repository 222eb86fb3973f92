"""The workbook's own charts: native, drawn from the cells of the tables' sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sheets_pipeline.reports.document import Chart, Document, charts_in
from sheets_pipeline.reports.xlsx.book import FONT, Book
from sheets_pipeline.reports.xlsx.tables import FIRST_ROW

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart as NativeChart
    from xlsxwriter.worksheet import Worksheet

CHART_WIDTH, CHART_ROWS = 960, 22
ROW_PIXELS = 20
PAGE_ROWS = 29


def draw_charts(book: Book, sheet: Worksheet, names: dict[str, str]) -> None:
    sheet.write_string(0, 0, book.say("Charts"), book.look(bold=True, font_size=14))
    sheet.set_print_scale(100)
    row, breaks = 1, []
    for chart in _charts(book.document):
        if chart.table.graphic is None or not chart.table.rows or chart.table.anchor not in names:
            continue
        rows = max(CHART_ROWS, len(chart.table.rows) + 8)
        breaks += [row - 1] if row > CHART_ROWS else []
        native = _native(book, chart, names[chart.table.anchor])
        native.set_size({"width": CHART_WIDTH, "height": rows * ROW_PIXELS})
        alternative = f"{chart.title}. {chart.description} {chart.source}"
        sheet.insert_chart(row, 0, native, {"description": alternative, "object_position": 2})
        row += max(rows, PAGE_ROWS) + 1
    sheet.set_h_pagebreaks(breaks)


def _native(book: Book, chart: Chart, name: str) -> NativeChart:
    graphic = chart.table.graphic
    if graphic is None:
        message = f"{chart.anchor} has no graphic"
        raise ValueError(message)
    stacked = graphic.kind == "stacked"
    native: NativeChart = book.native.add_chart({"type": "bar", **({"subtype": "percent_stacked"} if stacked else {})})
    first, last = FIRST_ROW + 1, FIRST_ROW + len(chart.table.rows)
    for place, column in enumerate(graphic.series):
        fill = (
            book.theme.step(place, len(graphic.series))[0] if stacked else (book.theme.earlier, book.theme.later)[place]
        )
        native.add_series(
            {
                "name": [name, FIRST_ROW, column],
                "categories": [name, first, graphic.labels, last, graphic.labels],
                "values": [name, first, column, last, column],
                "fill": {"color": fill},
                "border": {"color": book.theme.ink, "width": 0.5},
                "gap": 60,
                "data_labels": {
                    "value": True,
                    "font": {"name": FONT, "size": 8, "color": _on(book, place, stacked=stacked)},
                },
            }
        )
    _dress(book, native, chart, stacked=stacked)
    return native


def _on(book: Book, place: int, *, stacked: bool) -> str:
    return book.theme.on_steps[place] if stacked else book.theme.ink


def _dress(book: Book, native: NativeChart, chart: Chart, *, stacked: bool) -> None:
    graphic = chart.table.graphic
    small = {"name": FONT, "size": 9, "color": book.theme.ink}
    native.set_title({"name": chart.title, "overlay": False, "name_font": {**small, "size": 12, "bold": True}})
    native.set_legend({"position": "bottom", "font": small})
    native.set_y_axis({"reverse": True, "num_font": small, "line": {"color": book.theme.rule}})
    scale: dict[str, Any] = {
        "num_font": small,
        "major_gridlines": {"visible": True, "line": {"color": book.theme.rule}},
    }
    if graphic and graphic.low is not None and not stacked:
        scale |= {"min": graphic.low, "max": graphic.high, "major_unit": 1, "num_format": "0"}
    native.set_x_axis(scale)


def _charts(document: Document) -> Iterator[Chart]:
    for section in document.sections:
        yield from charts_in(section.blocks)
