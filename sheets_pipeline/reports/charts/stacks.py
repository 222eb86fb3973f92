"""Diverging stacked bars: how the scores lie around the middle of the scale, every count printed at the right."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.reports.charts.scene import (
    LINE,
    WIDTH,
    Box,
    Line,
    Mark,
    Scene,
    Words,
    shortened,
    width_of,
    wrapped,
)
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import DivergingStacks, StackRow

LABELS = 190.0
COUNT = 36.0
ROW = 25.0
BAR = 17.0
SMALL = 11.5


def diverging_stacks(figure: DivergingStacks, theme: Theme) -> Scene:
    """The scene; the middle of the scale is one line down the picture."""
    key, top = _key(figure, theme)
    marks: list[Mark] = list(key)
    start, end = LABELS + 12, WIDTH - COUNT * len(figure.steps) - 12
    below = max((_below(row) for group in figure.groups for row in group.rows), default=0.5)
    above = max((_above(row) for group in figure.groups for row in group.rows), default=0.5)
    unit = (end - start) / ((below + above) or 1)
    middle = start + below * unit
    for group in figure.groups:
        for line in wrapped(group.title, WIDTH, lines=2, bold=True):
            top += LINE
            marks.append(Words(0, top, line, theme.ink, bold=True))
        top += 8
        marks.append(Line(middle, top - 3, middle, top + ROW * len(group.rows) - 5, theme.ink, 1, "2 3"))
        for row in group.rows:
            marks.extend(_row(row, figure, top, (middle, unit), theme))
            top += ROW
        top += 10
    return Scene(WIDTH, top, tuple(marks))


def _key(figure: DivergingStacks, theme: Theme) -> tuple[tuple[Mark, ...], float]:
    """The steps in words, in lines as wide as the picture; and where the rows may begin."""
    marks: list[Mark] = []
    x, y = 0.0, 4.0
    for index, step in enumerate(figure.steps):
        fill, ink = _shade(index, figure, theme)
        for line in wrapped(step, WIDTH - 40, lines=1):
            length = width_of(line) + 30
            if x and x + length > WIDTH:
                x, y = 0.0, y + 24
            marks.append(Box(x, y, 18, 18, fill, theme.ink))
            marks.append(Words(x + 9, y + 13.5, figure.signs[index], ink, "middle", SMALL))
            marks.append(Words(x + 26, y + 14, line, theme.quiet))
            x += length + 14
    marks.extend(
        Words(_count(index, len(figure.steps)), y + 42, sign, theme.quiet, "end", SMALL, bold=True)
        for index, sign in enumerate(figure.signs)
    )
    return tuple(marks), y + 46


def _count(index: int, steps: int) -> float:
    return WIDTH - (steps - 1 - index) * COUNT - 4


def _below(row: StackRow) -> float:
    """The share on the lower half of the scale; a middle step counts half."""
    total, half = sum(row.counts), len(row.counts) // 2
    middle = row.counts[half] / 2 if len(row.counts) % 2 else 0
    return (sum(row.counts[:half]) + middle) / total if total else 0.0


def _above(row: StackRow) -> float:
    return 1 - _below(row) if sum(row.counts) else 0.0


def _shade(index: int, figure: DivergingStacks, theme: Theme) -> tuple[str, str]:
    return theme.move(index) if figure.shades == "moves" else theme.step(index, len(figure.steps))


def _row(
    row: StackRow, figure: DivergingStacks, top: float, across: tuple[float, float], theme: Theme
) -> Iterator[Mark]:
    """A bar; `across` is where the middle of the scale stands and how wide all answers together are."""
    middle, unit = across
    base = top + BAR - 4
    yield Words(0, base, shortened(row.label, LABELS), theme.ink)
    total = sum(row.counts)
    x = middle - _below(row) * unit
    for index, count in enumerate(row.counts):
        fill, _ = _shade(index, figure, theme)
        width = count / total * unit if total else 0
        if count:
            yield Box(x, top, width, BAR, fill, theme.ink)
        x += width
        yield Words(_count(index, len(row.counts)), base, str(count), theme.quiet, "end", SMALL)
