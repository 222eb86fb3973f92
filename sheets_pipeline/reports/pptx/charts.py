"""Native charts, to be edited in PowerPoint: bars before and after, shares on each step, lines cluster by cluster.

A chart's own workbook holds what the chart shows and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.util import Emu, Inches, Pt

from sheets_pipeline.reports.charts.scene import shortened, width_of
from sheets_pipeline.reports.document import Axis, Number
from sheets_pipeline.reports.office import TAGS, clean
from sheets_pipeline.reports.pptx.deck import Deck, describe
from sheets_pipeline.reports.pptx.house import Area
from sheets_pipeline.reports.pptx.runs import LANGUAGES, rgb

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.slide import Slide

Row = TypeVar("Row")
Values = Sequence[Number | None]
SIZE = 12
SMALL = 11
LABEL = 10
BEYOND = 0.35
LEAST_SHARE = 0.04
LABEL_ROOM = 300.0
LABEL_LINES = 3
NAME_ROOM = 170.0
HIGHEST, AROUND = Inches(0.8), Inches(1.1)
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
MARKERS = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
    XL_MARKER_STYLE.X,
    XL_MARKER_STYLE.PLUS,
)
LINES = ("#0072b2", "#a6611a", "#018571", "#56616c", "#d55e00", "#1c2733")


def bars(
    deck: Deck, slide: Slide, area: Area, axis: Axis, rows: Sequence[tuple[str, Number | None, Number | None]],
    names: tuple[str, str], words: tuple[str, str],
) -> None:  # fmt: skip
    """Two bars a row, before above after, with their values; `words` are the chart's name and alternative text."""
    data = CategoryChartData(number_format="0.0")
    data.categories = [_label(label) for label, _, _ in rows]
    data.add_series(clean(names[0]), _plain([before for _, before, _ in rows]))
    data.add_series(clean(names[1]), _plain([after for _, _, after in rows]))
    chart = placed(deck, slide, _no_higher(area, len(rows)), XL_CHART_TYPE.BAR_CLUSTERED, data, words)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 25, 0
    for series, colour in zip(plot.series, (deck.theme.earlier, deck.theme.later), strict=True):
        _fill(series, colour)
    _values(plot, deck.theme.ink, "0.0", XL_LABEL_POSITION.OUTSIDE_END)
    legend(chart, XL_LEGEND_POSITION.TOP)
    _downwards(chart)
    _scale(chart, axis)


def stacks(
    deck: Deck, slide: Slide, area: Area, steps: Sequence[str], rows: Sequence[tuple[str, tuple[int, ...]]],
    colours: Sequence[tuple[str, str]], words: tuple[str, str],
) -> None:  # fmt: skip
    """Shares of each step, every count printed that has room; `colours` are (fill, text) a step."""
    data = CategoryChartData(number_format="0")
    data.categories = [_label(label) for label, _ in rows]
    for place, step in enumerate(steps):
        data.add_series(clean(step), [counts[place] for _, counts in rows])
    chart = placed(deck, slide, _no_higher(area, len(rows)), XL_CHART_TYPE.BAR_STACKED_100, data, words)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    for place, (series, (fill, ink)) in enumerate(zip(plot.series, colours, strict=True)):
        _fill(series, fill)
        _values(series, ink, "0", XL_LABEL_POSITION.CENTER)
        narrow = [n for n, (_, counts) in enumerate(rows) if counts[place] < LEAST_SHARE * (sum(counts) or 1)]
        _unlabelled(series, narrow)
    legend(chart, XL_LEGEND_POSITION.TOP)
    _downwards(chart)
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False


def lines(
    deck: Deck, slide: Slide, area: Area, axis: Axis, points: Sequence[str],
    series: Sequence[tuple[str, bool, Values]], title: str, words: tuple[str, str],
) -> None:  # fmt: skip
    """A line each from before to after, the mentor's dashed; they differ in sign and dash as well as in colour."""
    data = CategoryChartData(number_format="0.0")
    data.categories = [clean(point) for point in points]
    for name, _, values in series:
        data.add_series(_name(name), _plain(values))
    chart = placed(deck, slide, area, XL_CHART_TYPE.LINE_MARKERS, data, words)
    for place, (drawn, (_, mentor, _)) in enumerate(zip(chart.plots[0].series, series, strict=True)):
        colour = deck.theme.ink if mentor else LINES[place % len(LINES)]
        drawn.smooth = False
        drawn.format.line.color.rgb = rgb(colour)
        drawn.format.line.width = Pt(2.5 if mentor else 2)
        if mentor:
            drawn.format.line.dash_style = MSO_LINE_DASH_STYLE.DASH
        drawn.marker.style = MARKERS[place % len(MARKERS)]
        drawn.marker.size = 8
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = rgb(colour)
        drawn.marker.format.line.color.rgb = rgb(colour)
    chart.has_title = True
    frame = chart.chart_title.text_frame
    frame.text = clean(title)
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(SIZE + 1), True
    run.font.language_id = LANGUAGES[deck.language]
    chart.chart_title.include_in_layout = False
    legend(chart, XL_LEGEND_POSITION.RIGHT)
    _scale(chart, axis, beyond=0.0)


# ----------------------------------------------------------------------------------------------------------- pieces


def _no_higher(area: Area, rows: int) -> Area:
    """Few bars need not fill the slide."""
    return Area(area.left, area.top, area.width, min(area.height, rows * HIGHEST + AROUND))


def _plain(values: Values) -> list[float | None]:
    """The rounded values: what the page says, and all that the chart's workbook may know."""
    return [None if value is None else float(value.shown) for value in values]


def _label(text: str) -> str:
    """At most three lines beside the axis; the whole text stands in the notes."""
    return shortened(clean(text), LABEL_ROOM * LABEL_LINES, SMALL)


def _name(text: str) -> str:
    """A name for a legend that leaves room for its lines: head and tail, as long names often begin alike."""
    plain = clean(text)
    if width_of(plain, SMALL) <= NAME_ROOM:
        return plain
    tail = next(plain[at:] for at in range(len(plain)) if width_of(plain[at:], SMALL) <= NAME_ROOM / 2)
    return shortened(plain, NAME_ROOM - width_of(tail, SMALL), SMALL) + tail.lstrip()


def placed(
    deck: Deck,
    slide: Slide,
    area: Area,
    kind: XL_CHART_TYPE,
    data: CategoryChartData | XyChartData,
    words: tuple[str, str],
) -> Chart:
    """A chart in its place, described, in the document's language and with ids that the format allows."""
    shapes: Any = slide.shapes  # whose types know of one kind of chart data only
    frame = shapes.add_chart(kind, Emu(area.left), Emu(area.top), Emu(area.width), Emu(area.height), data)
    describe(frame, *words)
    chart: Chart = frame.chart
    chart.font.size = Pt(SMALL)
    chart.font.color.rgb = rgb(deck.theme.ink)
    chart.has_title = False
    _mend(chart, deck.language)
    return chart


def _mend(chart: Chart, language: str) -> None:
    """Axis ids are unsigned in the format, and python-pptx writes negative ones; the language is not written at all."""
    space = chart.element
    for tag in ("axId", "crossAx"):
        for axis in space.iter(CHART + tag):
            axis.set("val", axis.get("val").lstrip("-"))
    spoken = space.makeelement(CHART + "lang", {"val": TAGS[language]})
    before = space.find(CHART + "date1904")
    space.insert(0 if before is None else space.index(before) + 1, spoken)


def _fill(series: Any, colour: str) -> None:  # noqa: ANN401 - python-pptx has no name for what bars and stacks share
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = rgb(colour)
    series.format.line.color.rgb = rgb("#1c2733")
    series.format.line.width = Pt(0.5)
    series.invert_if_negative = False


def _values(owner: Any, colour: str, shown: str, position: XL_LABEL_POSITION) -> None:  # noqa: ANN401 - a plot or a series
    if hasattr(owner, "has_data_labels"):
        owner.has_data_labels = True
    labels = owner.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, shown, False
    labels.position = position
    labels.font.size = Pt(LABEL)
    labels.font.color.rgb = rgb(colour)


def _unlabelled(series: Any, places: Sequence[int]) -> None:  # noqa: ANN401 - as above
    """No number where the part is too narrow for one: it would stand on its neighbour's."""
    labels = series.data_labels._element  # noqa: SLF001 - python-pptx cannot delete a label
    for number, place in enumerate(places):
        one = labels.makeelement(CHART + "dLbl", {})
        one.append(one.makeelement(CHART + "idx", {"val": str(place)}))
        one.append(one.makeelement(CHART + "delete", {"val": "1"}))
        labels.insert(number, one)


def legend(chart: Chart, position: XL_LEGEND_POSITION) -> None:
    """What the colours and signs stand for, beside the drawing and never on it."""
    chart.has_legend = True
    drawn = chart.legend
    if drawn is not None:
        drawn.position, drawn.include_in_layout = position, False
        drawn.font.size = Pt(SMALL)


def _downwards(chart: Chart) -> None:
    """First row first: a bar chart counts from below."""
    chart.category_axis.reverse_order = True
    for crossing in chart.element.iterfind(f".//{CHART}valAx/{CHART}crosses"):
        crossing.set("val", "max")  # else the scale would follow the first row to the top
    chart.category_axis.tick_labels.font.size = Pt(SMALL)
    chart.category_axis.format.line.color.rgb = rgb("#767676")


def _scale(chart: Chart, axis: Axis, *, beyond: float = BEYOND) -> None:
    """Ticks on the steps of the scale; a little beyond the last, so that a value beside a full bar has room."""
    value = chart.value_axis
    value.minimum_scale, value.maximum_scale, value.major_unit = axis.low, axis.high + beyond, 1
    value.major_gridlines.format.line.color.rgb = rgb("#d5dbe1")
    value.tick_labels.number_format, value.tick_labels.number_format_is_linked = "0", False
    value.tick_labels.font.size = Pt(SMALL)
    value.format.line.fill.background()


def chunks(rows: Sequence[Row], most: int) -> Iterator[Sequence[Row]]:
    """Rows dealt out as evenly as they go, at most so many together."""
    count = -(-len(rows) // most)
    for number in range(count):
        yield rows[number * len(rows) // count : (number + 1) * len(rows) // count]
