"""Heatmap: items × organisations, the shift printed in every cell."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.reports.charts.scene import (
    LINE,
    SIZE,
    WIDTH,
    Box,
    Mark,
    Scene,
    Words,
    shortened,
    stacked_words,
    width_of,
    wrapped,
)
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import Heatmap, HeatRow

LABELS = 270.0
WIDEST = 54.0
NAMES = 170.0
SMALL = 11.5
LOWEST = 24.0
STEP = SMALL * LINE / SIZE


def heatmap(figure: Heatmap, theme: Theme) -> Scene:
    """The scene; names of organisations run upwards above their columns."""
    wide = min(WIDEST, (WIDTH - LABELS - 1) / max(len(figure.columns), 1))
    names = [shortened(name, NAMES, SMALL) for name in figure.columns]
    head = max((width_of(name, SMALL) for name in names), default=0) + 8
    key, top = _key(figure, theme)
    top += head
    marks: list[Mark] = list(key)
    for n, name in enumerate(names):
        marks.append(Words(LABELS + (n + 0.5) * wide + 4, top - 4, name, theme.ink, size=SMALL, turned=True))
    for group in figure.groups:
        marks.append(Words(0, top + LINE, shortened(group.title, WIDTH, bold=True), theme.ink, bold=True))
        top += LINE + 8
        for row in group.rows:
            height = _height(row)
            marks.extend(_row(row, top, height, wide, theme))
            top += height
        top += 8
    return Scene(WIDTH, top, tuple(marks))


def _key(figure: Heatmap, theme: Theme) -> tuple[tuple[Mark, ...], float]:
    marks: list[Mark] = []
    x, y = 0.0, 2.0
    for change, word in figure.legend:
        length = width_of(word) + 30
        if x and x + length > WIDTH:
            x, y = 0.0, y + 24
        marks.append(Box(x, y, 18, 18, shade(change, theme), theme.earlier))
        marks.append(Words(x + 26, y + 14, word, theme.quiet))
        x += length + 14
    return tuple(marks), y + 28


def shade(change: int | None, theme: Theme) -> str:
    """The colour behind a shift: two depths up, two down, one for none, paper where there is nothing to compare."""
    if change is None:
        return theme.paper
    if change == 0:
        return theme.level
    depths = theme.raised if change > 0 else theme.lowered
    return depths[min(abs(change), len(depths)) - 1]


def _height(row: HeatRow) -> float:
    return max(LOWEST, len(wrapped(row.label, LABELS - 12, SMALL)) * STEP + 8)


def _row(row: HeatRow, top: float, height: float, wide: float, theme: Theme) -> Iterator[Mark]:
    yield from stacked_words(wrapped(row.label, LABELS - 12, SMALL), 0, top + height / 2, theme.ink, size=SMALL)
    for n, cell in enumerate(row.cells):
        x = LABELS + n * wide
        yield Box(x, top, wide, height, shade(cell.change, theme), theme.earlier)
        text = shortened(cell.text, wide - 2, SMALL)
        yield Words(x + wide / 2, top + height / 2 + 4, text, theme.ink, "middle", SMALL)
