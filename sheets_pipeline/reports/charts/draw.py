"""From a figure to SVG: the figure's scene, drawn by one macro a mark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sheets_pipeline.reports.charts.dumbbell import dumbbell
from sheets_pipeline.reports.charts.fishbone import fishbone
from sheets_pipeline.reports.charts.heatmap import heatmap
from sheets_pipeline.reports.charts.matrix import effort_effect
from sheets_pipeline.reports.charts.multiples import small_multiples
from sheets_pipeline.reports.charts.scene import Scene
from sheets_pipeline.reports.charts.stacks import diverging_stacks
from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import (
    Chart,
    DivergingStacks,
    Dumbbell,
    EffortEffect,
    Figure,
    Fishbone,
    Heatmap,
    SmallMultiples,
)
from sheets_pipeline.reports.templating import environment

_SCENES: dict[type[Figure], Callable[[Any, Theme], Scene]] = {
    Dumbbell: dumbbell,
    SmallMultiples: small_multiples,
    DivergingStacks: diverging_stacks,
    Heatmap: heatmap,
    EffortEffect: effort_effect,
    Fishbone: fishbone,
}


def scene(figure: Figure, theme: Theme = CALM) -> Scene:
    """The marks of a figure."""
    return _SCENES[type(figure)](figure, theme)


def svg(chart: Chart, language: str, theme: Theme = CALM) -> str:
    """The chart as one SVG element that stands on its own: role, title and description, no style sheet."""
    return (
        environment()
        .get_template("chart.svg.j2")
        .render(scene=scene(chart.figure, theme), chart=chart, theme=theme, language=language)
    )
