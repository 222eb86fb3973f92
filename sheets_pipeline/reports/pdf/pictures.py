"""Charts on paper: the same SVG as on the page, in the PDF's typeface, one too high for a page drawn in parts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from sheets_pipeline.reports.charts.draw import scene, svg
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import (
    Chart,
    DivergingStacks,
    Dumbbell,
    Figure,
    Heatmap,
    SmallMultiples,
)

# At the width of the text 760 units are 170 mm: 900 are 201 mm, which leaves room for title, text and source.
HIGHEST = 900.0


def parts(figure: Figure, theme: Theme, highest: float = HIGHEST) -> tuple[Figure, ...]:
    """The figure as figures that are no higher than allowed; headings and scales stand on every one of them."""
    if scene(figure, theme).height <= highest:
        return (figure,)
    if isinstance(figure, Dumbbell | DivergingStacks | Heatmap):
        return tuple(_by_rows(figure, theme, highest))
    if isinstance(figure, SmallMultiples):
        return tuple(_by_panels(figure, theme, highest))
    return (figure,)


def drawn(chart: Chart, language: str, theme: Theme) -> tuple[str, ...]:
    """The SVG of each part."""
    figures = parts(chart.figure, theme)
    return tuple(svg(replace(chart, figure=figure), language, theme) for figure in figures)


def _by_rows(figure: Any, theme: Theme, highest: float) -> Iterator[Figure]:  # noqa: ANN401 - three figures with groups of rows
    """As many rows as fit, again and again; a group that goes on in the next part has its title there too."""
    listed = [(group, row) for group in figure.groups for row in group.rows]
    while listed:
        fit = _fitting(listed, lambda some: replace(figure, groups=_grouped(some)), theme, highest)
        yield replace(figure, groups=_grouped(listed[:fit]))
        listed = listed[fit:]


def _by_panels(figure: SmallMultiples, theme: Theme, highest: float) -> Iterator[Figure]:
    listed = list(figure.panels)
    while listed:
        fit = _fitting(listed, lambda some: replace(figure, panels=tuple(some)), theme, highest)
        yield replace(figure, panels=tuple(listed[:fit]))
        listed = listed[fit:]


def _fitting(listed: list[Any], made: Callable[[list[Any]], Figure], theme: Theme, highest: float) -> int:
    """How many from the first fit, at least one."""
    fit = bisect_right(range(1, len(listed) + 1), highest, key=lambda count: scene(made(listed[:count]), theme).height)
    return max(fit, 1)


def _grouped(listed: list[tuple[Any, Any]]) -> tuple[Any, ...]:
    """Rows under their groups again."""
    return tuple(replace(group, rows=tuple(row for _, row in rows)) for group, rows in _runs(listed))


def _runs(listed: list[tuple[Any, Any]]) -> Iterator[tuple[Any, list[tuple[Any, Any]]]]:
    for _, run in groupby(listed, key=lambda pair: id(pair[0])):
        rows = list(run)
        yield rows[0][0], rows
