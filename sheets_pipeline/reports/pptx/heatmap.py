"""Statements × organisations as a native table: the number printed in every cell, names upright above."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Pt

from sheets_pipeline.reports.charts.scene import width_of, wrapped
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import Chart, HeatCell, Heatmap, HeatRow
from sheets_pipeline.reports.pptx.charts import chunks
from sheets_pipeline.reports.pptx.deck import Deck, describe
from sheets_pipeline.reports.pptx.fitting import LINE, lines_of, points
from sheets_pipeline.reports.pptx.runs import rgb
from sheets_pipeline.reports.pptx.tables import SIDE, TOP, fill_cell, place_table

if TYPE_CHECKING:
    from pptx.table import Table, _Cell

SIZE = 10.0
TITLE = 130.0
WIDEST = 60.0
STATEMENT = 0.42
PADDING = 2 * TOP
FOOT = 40.0


def heatmap_slides(deck: Deck, chart: Chart, figure: Heatmap) -> None:
    """As many slides as the statements need, every one with the names above."""
    room = points(deck.area.width), points(deck.area.height)
    first = max(room[0] * STATEMENT, room[0] - WIDEST * len(figure.columns))
    widths = (first, *((room[0] - first) / len(figure.columns) for _ in figure.columns))
    head = min(TITLE, max(width_of(name, SIZE, bold=True) for name in figure.columns) + 16)
    legend = next((f"–: {words}. " for change, words in figure.legend if change is None), "")
    dealt = list(_dealt(figure, first, room[1] - head - FOOT))
    for number, rows in enumerate(dealt, 1):
        title = deck.part(chart.title, number, len(dealt))
        slide = deck.slide(title, (chart.description, chart.source))
        heights = [head, *(_height(row.label, first) for row in rows)]
        frame = place_table(slide, deck.area, widths, heights)
        describe(frame, title, f"{chart.title}. {chart.description} {chart.source}")
        _head(deck, figure, frame.table)
        for place, row in enumerate(rows, 1):
            fill_cell(deck, frame.table.cell(place, 0), row.label, SIZE)
            for column, one in enumerate(row.cells, 1):
                _paint(deck, frame.table.cell(place, column), one)
        deck.source(slide, f"{legend}{chart.source}")
        deck.close(slide)


def _height(label: str, width: float) -> float:
    return lines_of(label, width - 2 * SIDE, SIZE) * SIZE * LINE + PADDING


def _dealt(figure: Heatmap, width: float, height: float) -> Iterator[Sequence[HeatRow]]:
    """Rows in their order, as many on a slide as it holds, and then as evenly as they go."""
    rows = [row for group in figure.groups for row in group.rows]
    slides, used = 1, 0.0
    for row in rows:
        needed = _height(row.label, width)
        if used + needed > height:
            slides, used = slides + 1, 0.0
        used += needed
    even = list(chunks(rows, -(-len(rows) // slides)))
    fits = all(sum(_height(row.label, width) for row in part) <= height for part in even)
    yield from even if fits else chunks(rows, max(1, int(height / max(_height(row.label, width) for row in rows))))


def _head(deck: Deck, figure: Heatmap, table: Table) -> None:
    """The names, running upwards, broken to the cell's width."""
    corner = table.cell(0, 0)
    fill_cell(deck, corner, deck.say("Statement"), SIZE, bold=True)
    corner.vertical_anchor = MSO_ANCHOR.BOTTOM
    for place, name in enumerate(figure.columns, 1):
        cell = table.cell(0, place)
        lines = wrapped(
            name, TITLE - 14, SIZE, lines=max(1, int(points(table.columns[place].width) / (SIZE * LINE + 1)))
        )
        fill_cell(deck, cell, "\n".join(lines), SIZE, bold=True)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_left = cell.margin_right = Pt(1)
        cell._tc.get_or_add_tcPr().set("vert", "vert270")  # noqa: SLF001 - python-pptx cannot turn a cell's text


def _paint(deck: Deck, cell: _Cell, one: HeatCell) -> None:
    fill_cell(deck, cell, one.text, SIZE)
    cell.margin_left = cell.margin_right = Pt(1)
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    paragraph.runs[0].font.color.rgb = rgb(deck.theme.ink)
    cell.fill.solid()
    cell.fill.fore_color.rgb = rgb(_colour(one.change, deck.theme))


def _colour(change: int | None, theme: Theme) -> str:
    """As on the page: two shades up, two down, grey where nothing moved, paper where nothing can be compared."""
    if change is None:
        return theme.paper
    if change == 0:
        return theme.level
    return (theme.raised if change > 0 else theme.lowered)[min(abs(change), 2) - 1]
