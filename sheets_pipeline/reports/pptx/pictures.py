"""A chart of the document on slides: which native chart shows it, split where one slide is too small."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sheets_pipeline.reports.charts.draw import scene
from sheets_pipeline.reports.document import (
    Chart,
    DivergingStacks,
    Dumbbell,
    DumbbellRow,
    EffortEffect,
    Fishbone,
    Heatmap,
    Panel,
    SmallMultiples,
)
from sheets_pipeline.reports.pptx.charts import bars, chunks, lines, stacks
from sheets_pipeline.reports.pptx.deck import GAP, Deck
from sheets_pipeline.reports.pptx.drawing import draw
from sheets_pipeline.reports.pptx.fitting import Said
from sheets_pipeline.reports.pptx.heatmap import heatmap_slides
from sheets_pipeline.reports.pptx.house import Area
from sheets_pipeline.reports.pptx.saying import say_slides
from sheets_pipeline.reports.pptx.scatter import scatter
from sheets_pipeline.reports.pptx.tables import add_table_slides

if TYPE_CHECKING:
    from pptx.slide import Slide

MOST_BARS = 10
MOST_STACKS = 10
FEW_LINES = 5
MOST_LINES = 12
BROAD = 1.6


def add_chart_slides(deck: Deck, chart: Chart, title: str = "", lead: Sequence[Said] = ()) -> None:
    """The slides of one chart; `title` and `lead` stand in place of the chart's own title and description."""
    figure = chart.figure
    shown, said = title or chart.title, tuple(lead) or (Said(chart.description),)
    if isinstance(figure, Dumbbell):
        _dumbbell(deck, chart, figure, shown, said)
    elif isinstance(figure, SmallMultiples):
        _multiples(deck, chart, figure, shown, said)
    elif isinstance(figure, DivergingStacks):
        _stacks(deck, chart, figure, shown, said)
    elif isinstance(figure, Heatmap):
        heatmap_slides(deck, chart, figure)
    elif isinstance(figure, EffortEffect):
        _matrix(deck, chart, figure, shown, said)
    else:
        _drawn(deck, chart, figure, shown, said)


def _started(
    deck: Deck, chart: Chart, title: str, part: tuple[int, int], said: Sequence[Said], notes: Sequence[str] = ()
) -> tuple[Slide, Area, tuple[str, str]]:
    """A slide with its sentences and its source, the room that is left, and the picture's name and words."""
    number, total = part
    shown = deck.part(title, number, total)
    slide = deck.slide(shown, (*(one.text for one in said), chart.description, chart.source, *notes, chart.table.note))
    area = deck.lead(slide, said)
    return slide, area, (shown, f"{shown}. {chart.description} {chart.source}")


def _finished(deck: Deck, slide: Slide, chart: Chart) -> None:
    deck.source(slide, chart.source)
    deck.close(slide)


def _dumbbell(deck: Deck, chart: Chart, figure: Dumbbell, title: str, said: Sequence[Said]) -> None:
    """Bars for those with both values, group by group; who cannot be compared is named with the reason after them."""
    groups = [(group.title, [row for row in group.rows if row.before and row.after]) for group in figure.groups]
    drawn = [(name, part) for name, rows in groups for part in chunks(rows, MOST_BARS)]
    for number, (name, rows) in enumerate(drawn, 1):
        shown = f"{title}: {name.lower()}" if name and len(groups) > 1 else title
        notes = [_told(row) for row in rows]
        slide, area, words = _started(deck, chart, shown, (number, len(drawn)), said if number == 1 else (), notes)
        labelled = [(f"{row.label}  ({row.words})", row.before, row.after) for row in rows]
        bars(
            deck,
            slide,
            deck.above_source(area, chart.source),
            figure.axis,
            labelled,
            (figure.before, figure.after),
            words,
        )
        _finished(deck, slide, chart)
    left = [row for group in figure.groups for row in group.rows if not (row.before and row.after)]
    if left:
        shown = deck.say("{title}: cannot be compared", title=title)
        say_slides(deck, shown, [Said(_told(row), "bullet") for row in left], (chart.source,))


def _told(row: DumbbellRow) -> str:
    note = f" ({row.note})" if row.note else ""
    return f"{row.label}: {row.words}{note}"


def _multiples(deck: Deck, chart: Chart, figure: SmallMultiples, title: str, said: Sequence[Said]) -> None:
    """Four small diagrams a slide, two where they have many lines, each in its quarter or half; then their table."""
    few = all(len(panel.lines) <= FEW_LINES for panel in figure.panels)
    panels = [part for panel in figure.panels for part in _parted(panel)]
    drawn = list(chunks(panels, 4 if few else 2))
    for number, part in enumerate(drawn, 1):
        slide, area, (name, words) = _started(deck, chart, title, (number, len(drawn)), said if number == 1 else ())
        inside = deck.above_source(area, chart.source)
        for place, panel in enumerate(part):
            series = [
                (_whose(line.label, figure, mentor=line.mentor), line.mentor, line.values) for line in panel.lines
            ]
            if not series:
                continue
            heading = f"{panel.title}. {panel.note}" if panel.note else panel.title
            called = f"{name}: {panel.title}"
            lines(
                deck,
                slide,
                _quarter(inside, place, len(part)),
                figure.axis,
                figure.points,
                series,
                heading,
                (called, f"{panel.title}. {words}"),
            )
        _finished(deck, slide, chart)
    add_table_slides(deck, chart.table, chart.table.caption)


def _whose(label: str, figure: SmallMultiples, *, mentor: bool) -> str:
    return f"{label} ({figure.mentor.lower()})" if mentor else label


def _parted(panel: Panel) -> list[Panel]:
    """A panel with more lines than can be told apart becomes several."""
    parts = list(chunks(panel.lines, MOST_LINES)) or [panel.lines]
    return [Panel(panel.title, tuple(part), panel.note) for part in parts]


def _quarter(area: Area, place: int, count: int) -> Area:
    """The place of one of up to four: beside each other, then below."""
    columns = min(count, 2)
    rows = -(-count // columns)
    width, height = (area.width - (columns - 1) * GAP) // columns, (area.height - (rows - 1) * GAP) // rows
    left, top = area.left + place % columns * (width + GAP), area.top + place // columns * (height + GAP)
    return Area(left, top, width, height)


def _stacks(deck: Deck, chart: Chart, figure: DivergingStacks, title: str, said: Sequence[Said]) -> None:
    moves = figure.shades == "moves"
    colours = [deck.theme.move(n) if moves else deck.theme.step(n, len(figure.steps)) for n in range(len(figure.steps))]
    steps = [step if moves else f"{sign} {step}" for sign, step in zip(figure.signs, figure.steps, strict=True)]
    a_group = max((len(group.rows) for group in figure.groups), default=1)
    drawn = list(chunks(figure.groups, max(1, MOST_STACKS // a_group)))
    for number, groups in enumerate(drawn, 1):
        rows = [
            (f"{group.title} – {row.label}" if group.title else row.label, row.counts)
            for group in groups
            for row in group.rows
        ]
        slide, area, words = _started(
            deck, chart, title, (number, len(drawn)), said if number == 1 else (), [label for label, _ in rows]
        )
        stacks(deck, slide, deck.above_source(area, chart.source), steps, rows, colours, words)
        _finished(deck, slide, chart)


def _matrix(deck: Deck, chart: Chart, figure: EffortEffect, title: str, said: Sequence[Said]) -> None:
    """The field to the left, the ideas by their numbers in a table after it."""
    slide, area, words = _started(deck, chart, title, (1, 1), said)
    inside = deck.above_source(area, chart.source)
    wide = min(inside.width, int(inside.height * BROAD))
    scatter(deck, slide, Area(inside.left, inside.top, wide, inside.height), figure, deck.say("Other ideas"), words)
    _finished(deck, slide, chart)
    add_table_slides(deck, chart.table, chart.table.caption)


def _drawn(deck: Deck, chart: Chart, figure: Fishbone, title: str, said: Sequence[Said]) -> None:
    slide, area, words = _started(deck, chart, title, (1, 1), said)
    draw(deck, slide, scene(figure, deck.theme), deck.above_source(area, chart.source), words)
    _finished(deck, slide, chart)
    if chart.table.rows:
        add_table_slides(deck, chart.table, chart.table.caption)
