"""Native tables: columns as wide as their texts need, rows dealt out over slides with the headings repeated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from sheets_pipeline.reports.charts.scene import width_of
from sheets_pipeline.reports.document import Table
from sheets_pipeline.reports.pptx.deck import Deck, describe
from sheets_pipeline.reports.pptx.fitting import EMU_PER_POINT, LINE, Said, lines_of, parts, points
from sheets_pipeline.reports.pptx.house import Area
from sheets_pipeline.reports.pptx.runs import add_run, end_small

if TYPE_CHECKING:
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide
    from pptx.table import _Cell

SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0)
MOST_USUAL, LEAST_WHOLE = 12.0, 10.0
STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"; lines are drawn below
SIDE, TOP = 6.0, 3.0
Row = tuple[str, ...]
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table measured: the type size and the columns' widths in points, its headings and rows as texts."""

    size: float
    widths: tuple[float, ...]
    titles: Row
    rows: tuple[Row, ...]
    numbers: tuple[bool, ...]
    headers: int

    def height(self, row: Row, *, bold: bool = False) -> float:
        """How high a row becomes, in points."""
        lines = max(
            lines_of(cell, width - 2 * SIDE, self.size, bold=bold or place < self.headers)
            for place, (cell, width) in enumerate(zip(row, self.widths, strict=True))
        )
        return lines * self.size * LINE + 2 * TOP


def add_table_slides(deck: Deck, table: Table, title: str, lead: Sequence[Said] = ()) -> None:
    """A table on as many slides as it needs; each has the headings, the note, and which of how many it is."""
    note = _note_height(deck, table)
    first, every = (points(room.height) - note for room in (deck.under(lead)[0], deck.area))
    grid = measured(table, points(deck.area.width), first)
    dealt = list(_dealt(grid, first, every))
    for number, rows in enumerate(dealt, 1):
        slide = deck.slide(deck.part(title, number, len(dealt)), (*(said.text for said in lead), table.note))
        area = deck.lead(slide, lead if number == 1 else ())
        _draw(deck, slide, grid, rows, area, table)
        if table.note:
            deck.source(slide, table.note)
        deck.close(slide)


def _note_height(deck: Deck, table: Table) -> float:
    if not table.note:
        return 0.0
    return points(deck.area.height - deck.above_source(deck.area, table.note).height)


def measured(table: Table, width: float, height: float) -> Grid:
    """The largest size at which no word is broken and, if it can be, everything stands on one slide."""
    titles = tuple(column.title for column in table.columns)
    rows = tuple(tuple(str(cell) for cell in row) for row in table.rows)
    numbers = tuple(column.kind == "number" for column in table.columns)
    grids = [
        Grid(size, _widths(titles, rows, width, size), titles, rows, numbers, table.headers)
        for size in SIZES
        if sum(_least(titles, rows, size)) <= width or size == SIZES[-1]
    ]
    whole = (
        one
        for one in grids
        if one.size >= LEAST_WHOLE and sum(map(one.height, rows)) + one.height(titles, bold=True) <= height
    )
    usual = (one for one in grids if one.size <= MOST_USUAL)
    return next(whole, next(usual))


def _columns(titles: Row, rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for place, title in enumerate(titles):
        yield (title, *(row[place] for row in rows))


def _least(titles: Row, rows: Sequence[Row], size: float) -> tuple[float, ...]:
    """As narrow as a column can be without breaking a word; a very long word may be broken."""
    return tuple(
        max(min(width_of(word, size, bold=True), 14 * size) for text in column for word in text.split() or ("",))
        + 2 * SIDE
        for column in _columns(titles, rows)
    )


def _widths(titles: Row, rows: Sequence[Row], width: float, size: float) -> tuple[float, ...]:
    """Least widths, and what is left by the square root of what each column would like: long texts do not take all."""
    least = _least(titles, rows, size)
    if sum(least) > width:
        return tuple(one * width / sum(least) for one in least)
    wish = [
        max(width_of(text, size, bold=True) for cell in column for text in cell.split("\n")) + 2 * SIDE
        for column in _columns(titles, rows)
    ]
    if sum(wish) <= width:
        return tuple(one * width / sum(wish) for one in wish)
    more = [sqrt(max(0.0, wanted - low)) for wanted, low in zip(wish, least, strict=True)]
    spare = width - sum(least)
    return tuple(low + spare * part / sum(more) for low, part in zip(least, more, strict=True))


def _dealt(grid: Grid, first: float, every: float) -> Iterator[tuple[Row, ...]]:
    """Rows slide by slide; a row that is higher than a slide goes on in another row with the same row headings."""
    head = grid.height(grid.titles, bold=True)
    page: list[Row] = []
    free = first - head
    for row in _fitting_rows(grid, every - head):
        needed = grid.height(row)
        if page and needed > free:
            yield tuple(page)
            page, free = [], every - head
        page.append(row)
        free -= needed
    if page:
        yield tuple(page)


def _fitting_rows(grid: Grid, height: float) -> Iterator[Row]:
    for row in grid.rows:
        rest: Row | None = row
        while rest is not None:
            if grid.height(rest) <= height:
                yield rest
                break
            head, rest = _cut(grid, rest, height)
            yield head


def _cut(grid: Grid, row: Row, height: float) -> tuple[Row, Row | None]:
    """What of a row a height holds, and a row for the rest."""
    first: list[str] = []
    rest: list[str] = []
    for place, (cell, width) in enumerate(zip(row, grid.widths, strict=True)):
        if place < grid.headers:
            first.append(cell)
            rest.append(cell)
            continue
        head, tail = parts(Said(cell), width - 2 * SIDE, grid.size, height - 2 * TOP - grid.size)
        first.append(head.text)
        rest.append(tail.text if tail else "")
    return tuple(first), tuple(rest) if any(rest[grid.headers :]) else None


def _draw(deck: Deck, slide: Slide, grid: Grid, rows: Sequence[Row], area: Area, table: Table) -> None:
    heights = [grid.height(grid.titles, bold=True), *map(grid.height, rows)]
    frame = place_table(slide, area, grid.widths, heights)
    words = deck.say(
        "Table: {title}. {rows} rows, {columns} columns.", title=table.caption, rows=len(rows), columns=len(grid.titles)
    )
    describe(frame, table.caption, f"{words} {table.note}".strip())
    frame.table.first_col = bool(grid.headers)
    for place, title_ in enumerate(grid.titles):
        fill_cell(deck, frame.table.cell(0, place), title_, grid.size, bold=True, right=grid.numbers[place])
        underline(frame.table.cell(0, place), deck.theme.ink, 1.5)
    for line, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            bold = place < grid.headers
            fill_cell(deck, frame.table.cell(line, place), text, grid.size, bold=bold, right=grid.numbers[place])


def place_table(slide: Slide, area: Area, widths: Sequence[float], heights: Sequence[float]) -> GraphicFrame:
    """An empty table of columns and rows in points at the top of an area."""
    frame = slide.shapes.add_table(
        len(heights), len(widths), Emu(area.left), Emu(area.top), Emu(int(Pt(sum(widths)))), Emu(int(Pt(sum(heights))))
    )
    for place, width in enumerate(widths):
        frame.table.columns[place].width = Emu(int(width * EMU_PER_POINT))
    for place, height in enumerate(heights):
        frame.table.rows[place].height = Emu(int(height * EMU_PER_POINT))
    for style in frame.element.iter("{*}tableStyleId"):
        style.text = STYLE
    return frame


def fill_cell(deck: Deck, cell: _Cell, text: str, size: float, *, bold: bool = False, right: bool = False) -> None:
    """A cell's text over a thin line; its colour is the template's own."""
    cell.margin_left = cell.margin_right = Pt(SIDE)
    cell.margin_top = cell.margin_bottom = Pt(TOP)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
    if text:
        add_run(paragraph, text, deck.language, size=size, bold=bold)
    else:
        end_small(paragraph, size)
    underline(cell, deck.theme.rule, 0.75)


def underline(cell: _Cell, colour: str, width: float) -> None:
    """The line under a cell: python-pptx draws none. It must stand before the cell's fill."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 - as above
    for old in properties.findall(f"{DRAWING}lnB"):
        properties.remove(old)
    line = properties.makeelement(f"{DRAWING}lnB", {"w": str(int(Pt(width)))})
    fill = line.makeelement(f"{DRAWING}solidFill", {})
    fill.append(fill.makeelement(f"{DRAWING}srgbClr", {"val": colour.removeprefix("#").upper()}))
    line.append(fill)
    properties.insert(0, line)
