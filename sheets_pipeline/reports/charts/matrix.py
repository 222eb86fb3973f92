"""Effort × effect: numbered ideas in a five by five field, the four corners named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sheets_pipeline.reports.charts.scene import Box, Line, Mark, Point, Scene, Words, shortened
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import EffortEffect, MatrixPoint

STEPS = 5
CELL = 78.0
LEFT = 60.0
TOP = 40.0
SIDE = STEPS * CELL
SMALL = 11.5
BETWEEN = 2 * CELL  # effort below 3 is small, effect from 3 is large: the form's own rule
FIT = 3
RADIUS = 10.0


def effort_effect(figure: EffortEffect, theme: Theme) -> Scene:
    """The scene; ideas of the same cell stand beside each other, the last place says how many more there are."""
    marks = (*_field(figure, theme), *_points(figure, theme))
    return Scene(LEFT + SIDE + 20, TOP + SIDE + 46, marks)


def _field(figure: EffortEffect, theme: Theme) -> Iterator[Mark]:
    yield Box(LEFT, TOP, SIDE, SIDE, theme.wash, theme.earlier)
    yield Line(LEFT + BETWEEN, TOP, LEFT + BETWEEN, TOP + SIDE, theme.earlier, 1.5)
    yield Line(LEFT, TOP + SIDE - BETWEEN, LEFT + SIDE, TOP + SIDE - BETWEEN, theme.earlier, 1.5)
    above, below = TOP - 10, TOP + SIDE - BETWEEN + 16
    now, plan, spare, leave = figure.corners
    for x, y, corner, room in (
        (LEFT, above, now, BETWEEN),
        (LEFT + BETWEEN + 6, above, plan, SIDE - BETWEEN),
        (LEFT + 6, below, spare, BETWEEN),
        (LEFT + BETWEEN + 6, below, leave, SIDE - BETWEEN),
    ):
        yield Words(x, y, shortened(corner, room - 12, SMALL, bold=True), theme.quiet, size=SMALL, bold=True)
    for step in range(1, STEPS + 1):
        yield Words(LEFT + (step - 0.5) * CELL, TOP + SIDE + 18, str(step), theme.quiet, "middle", SMALL)
        yield Words(LEFT - 10, TOP + SIDE - (step - 0.5) * CELL + 4, str(step), theme.quiet, "end", SMALL)
    yield Words(LEFT + SIDE / 2, TOP + SIDE + 38, shortened(figure.effort, SIDE), theme.ink, "middle")
    yield Words(22, TOP + SIDE / 2, shortened(figure.effect, SIDE), theme.ink, "middle", turned=True)


def _points(figure: EffortEffect, theme: Theme) -> Iterator[Mark]:
    cells: dict[tuple[int, int], list[MatrixPoint]] = defaultdict(list)
    for point in figure.points:
        cells[point.effort, point.effect].append(point)
    for (effort, effect), points in sorted(cells.items()):
        for place, point in enumerate(points[: FIT * 2]):
            x = LEFT + (effort - 1) * CELL + 14 + (place % FIT) * 24
            y = TOP + SIDE - (effect - 1) * CELL - 14 - (place // FIT) * 24
            more = place == FIT * 2 - 1 and len(points) > FIT * 2
            yield from _point(point, f"+{len(points) - place}" if more else point.number, x, y, theme)


def _point(point: MatrixPoint, text: str, x: float, y: float, theme: Theme) -> Iterator[Mark]:
    fill, ink = (theme.later, theme.paper) if point.chosen else (theme.paper, theme.ink)
    yield Point(x, y, RADIUS, fill, theme.later, "square" if point.chosen else "dot")
    yield Words(x, y + 4, shortened(text, 2 * RADIUS, SMALL), ink, "middle", SMALL)
