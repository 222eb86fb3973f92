"""Ideas by effort and effect as a native chart of points."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.util import Pt

from sheets_pipeline.reports.document import EffortEffect
from sheets_pipeline.reports.office import clean
from sheets_pipeline.reports.pptx.charts import SIZE, SMALL, legend, placed
from sheets_pipeline.reports.pptx.deck import Deck
from sheets_pipeline.reports.pptx.house import Area
from sheets_pipeline.reports.pptx.runs import LANGUAGES, rgb

if TYPE_CHECKING:
    from pptx.slide import Slide

IN_A_ROW, ASIDE = 3, 0.3


def scatter(
    deck: Deck, slide: Slide, area: Area, figure: EffortEffect, others: str, words: tuple[str, str]
) -> None:  # fmt: skip
    """Ideas by effort and effect, each with its number; those of one place stand beside each other."""
    data = XyChartData(number_format="0.0")
    parts = [(figure.chosen, [one for one in figure.points if one.chosen])]
    parts += [(others, [one for one in figure.points if not one.chosen])]
    # The longer first: LibreOffice draws no points of a series that has fewer than a later one.
    drawn = sorted((part for part in parts if part[1]), key=lambda part: -len(part[1]))
    taken: Counter[tuple[int, int]] = Counter()
    for name, points in drawn:
        series = data.add_series(clean(name))
        for one in points:
            beside = taken[one.effort, one.effect]
            taken[one.effort, one.effect] += 1
            series.add_data_point(one.effort + beside % IN_A_ROW * ASIDE, one.effect - beside // IN_A_ROW * ASIDE)
    chart = placed(deck, slide, area, XL_CHART_TYPE.XY_SCATTER, data, words)
    for series, (_, points), (fill, sign) in zip(
        chart.plots[0].series, drawn, _looks(deck, drawn, figure), strict=True
    ):
        series.format.line.fill.background()
        series.marker.style, series.marker.size = sign, 11
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = rgb(fill)
        series.marker.format.line.color.rgb = rgb(fill)
        for place, one in enumerate(points):
            label = series.points[place].data_label
            label.position = XL_LABEL_POSITION.RIGHT
            frame = label.text_frame
            frame.text = clean(one.number)
            frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
            frame.paragraphs[0].runs[0].font.language_id = LANGUAGES[deck.language]
    legend(chart, XL_LEGEND_POSITION.BOTTOM)
    for axis, title in ((chart.category_axis, figure.effort), (chart.value_axis, figure.effect)):
        _one_to_five(axis, title, deck.language)


def _looks(deck: Deck, drawn: Sequence[tuple[str, Any]], figure: EffortEffect) -> list[tuple[str, XL_MARKER_STYLE]]:
    """Squares are to be tested, circles are not."""
    chosen, others = (deck.theme.later, XL_MARKER_STYLE.SQUARE), (deck.theme.earlier, XL_MARKER_STYLE.CIRCLE)
    return [chosen if name == figure.chosen else others for name, _ in drawn]


def _one_to_five(axis: Any, title: str, language: str) -> None:  # noqa: ANN401 - python-pptx's two kinds of axes
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 6, 1
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb("#d5dbe1")
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = '[=0]"";[=6]"";0', False
    axis.tick_labels.font.size = Pt(SMALL)
    axis.has_title = True
    frame = axis.axis_title.text_frame
    frame.text = clean(title)
    frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
    frame.paragraphs[0].runs[0].font.language_id = LANGUAGES[language]
