"""Small multiples: a diagram a cluster on one axis, the mentor dashed, names at the lines' ends and never touching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from sheets_pipeline.reports.charts.dumbbell import place
from sheets_pipeline.reports.charts.scene import (
    LINE,
    SIZE,
    WIDTH,
    Line,
    Mark,
    Point,
    Scene,
    Words,
    shortened,
    stacked_words,
    width_of,
    wrapped,
)
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import Panel, PanelLine, SmallMultiples

GAP = 32.0
PANEL = (WIDTH - GAP) / 2
FIRST, LAST = 66.0, 196.0
NAMES = LAST + 14
NAME_ROOM = PANEL - NAMES
HEIGHT = 150.0
SMALL = 11.5
STEP = SMALL * LINE / SIZE
DASH = "6 4"
KEY = 30.0


def small_multiples(figure: SmallMultiples, theme: Theme) -> Scene:
    """The scene: two panels beside each other, as high as the fuller of the two needs."""
    marks: list[Mark] = list(_key(figure, theme))
    top = KEY
    for start in range(0, len(figure.panels), 2):
        pair = figure.panels[start : start + 2]
        height = max(_plot_height(panel) for panel in pair)
        head = max(_head_height(panel) for panel in pair)
        for side, panel in enumerate(pair):
            marks.extend(_panel(panel, figure, side * (PANEL + GAP), top, (head, height), theme))
        top += head + height + 40
    return Scene(WIDTH, top, tuple(marks))


def _key(figure: SmallMultiples, theme: Theme) -> Iterator[Mark]:
    yield Line(0, 10, 30, 10, theme.earlier, 2.5, DASH)
    yield Words(38, 14.5, figure.mentor, theme.quiet)
    second = 38 + width_of(figure.mentor) + 28
    yield Line(second, 10, second + 30, 10, theme.later, 2.5)
    yield Words(second + 38, 14.5, figure.participant, theme.quiet)


def _titles(panel: Panel) -> tuple[str, ...]:
    return wrapped(panel.title, PANEL, bold=True, lines=2)


def _notes(panel: Panel) -> tuple[str, ...]:
    return wrapped(panel.note, PANEL, SMALL) if panel.note else ()


def _head_height(panel: Panel) -> float:
    return len(_titles(panel)) * LINE + len(_notes(panel)) * STEP + 26


def _end(line: PanelLine) -> tuple[str, ...]:
    """The name at a line's end, with its last value."""
    value = line.values[-1]
    return wrapped(f"{line.label} {value.text}" if value else line.label, NAME_ROOM, SMALL)


def _plot_height(panel: Panel) -> float:
    return max(HEIGHT, sum(len(_end(line)) * STEP + 4 for line in panel.lines))


def _panel(
    panel: Panel, figure: SmallMultiples, left: float, top: float, heights: tuple[float, float], theme: Theme
) -> Iterator[Mark]:
    head, height = heights
    titles = _titles(panel)
    yield from (Words(left, top + 14 + n * LINE, line, theme.ink, bold=True) for n, line in enumerate(titles))
    under = top + 14 + len(titles) * LINE
    yield from (Words(left, under + n * STEP, line, theme.quiet, size=SMALL) for n, line in enumerate(_notes(panel)))
    yield from _axis(figure, left, top + head, height, theme)
    yield from _lines(panel, figure, left, top + head, height, theme)


def _axis(figure: SmallMultiples, left: float, top: float, height: float, theme: Theme) -> Iterator[Mark]:
    for step in range(figure.axis.low, figure.axis.high + 1):
        y = place(figure.axis, step, top + height, top)
        yield Line(left + FIRST, y, left + LAST, y, theme.rule)
        yield Words(left + 2, y + 4, str(step), theme.quiet, size=SMALL)
    room = (LAST - FIRST) / max(len(figure.points) - 1, 1) - 6
    for n, point in enumerate(figure.points):
        text = shortened(point, room, SMALL)
        yield Words(left + _across(n, len(figure.points)), top + height + 20, text, theme.quiet, "middle", SMALL)


def _across(number: int, count: int) -> float:
    return FIRST if count == 1 else FIRST + (LAST - FIRST) * number / (count - 1)


def _lines(
    panel: Panel, figure: SmallMultiples, left: float, top: float, height: float, theme: Theme
) -> Iterator[Mark]:
    for line in panel.lines:
        colour = theme.earlier if line.mentor else theme.later
        spots = [
            (left + _across(n, len(figure.points)), place(figure.axis, float(value.shown), top + height, top))
            for n, value in enumerate(line.values)
            if value is not None
        ]
        for (x1, y1), (x2, y2) in pairwise(spots):
            yield Line(x1, y1, x2, y2, colour, 2.5, DASH if line.mentor else "")
        for x, y in spots:
            yield Point(x, y, 4.5, colour, colour, "square" if line.mentor else "dot")
    yield from _first_values(panel, figure, left, top, height, theme)
    yield from _end_names(panel, figure, left, top, height, theme)


def _first_values(
    panel: Panel, figure: SmallMultiples, left: float, top: float, height: float, theme: Theme
) -> Iterator[Mark]:
    """The first values left of their points, equal ones once, moved apart where they would touch."""
    values = sorted(
        {line.values[0].shown: line.values[0] for line in panel.lines if line.values[0]}.items(), reverse=True
    )
    wanted = [place(figure.axis, float(shown), top + height, top) for shown, _ in values]
    for y, (_, value) in zip(apart(wanted, [STEP] * len(wanted), top - 8, top + height + 8), values, strict=True):
        yield Words(left + FIRST - 10, y + 4, value.text, theme.quiet, "end", SMALL)


def _end_names(
    panel: Panel, figure: SmallMultiples, left: float, top: float, height: float, theme: Theme
) -> Iterator[Mark]:
    """The names at the right, in the order of the lines' ends, with a thin lead where a name had to move."""
    order = sorted(panel.lines, key=lambda line: -_last(line, figure))
    wanted = [place(figure.axis, _last(line, figure), top + height, top) for line in order]
    heights = [len(_end(line)) * STEP + 4 for line in order]
    for line, y, own in zip(order, apart(wanted, heights, top - 8, top + height + 8), wanted, strict=True):
        colour = theme.quiet if line.mentor else theme.ink
        if line.values[-1] is not None:
            yield Line(left + LAST + 5, own, left + NAMES - 2, y, theme.rule)
        yield from stacked_words(_end(line), left + NAMES + 2, y, colour, size=SMALL)


def _last(line: PanelLine, figure: SmallMultiples) -> float:
    known = [value for value in line.values if value is not None]
    return float(known[-1].shown) if known else figure.axis.low


def apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> tuple[float, ...]:
    """Middles of blocks, in order, as near as a downward and an upward pass bring them to where they are wanted."""
    placed: list[float] = []
    edge = low
    for middle, height in zip(wanted, heights, strict=True):
        placed.append(max(middle, edge + height / 2))
        edge = placed[-1] + height / 2
    limit = max(high, low + sum(heights))
    for n in range(len(placed) - 1, -1, -1):
        placed[n] = min(placed[n], limit - heights[n] / 2)
        limit = placed[n] - heights[n] / 2
    return tuple(placed)
