"""Dumbbells: one row a subject, hollow before, filled after, a line between, the numbers in columns at the right."""

from __future__ import annotations

from collections.abc import Iterator

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
from sheets_pipeline.reports.document import Axis, Dumbbell, DumbbellRow

LABELS = 225.0
NUMBER = 54.0
RIGHT = 3 * NUMBER + 10
LEFT_END = LABELS + 26
RIGHT_END = WIDTH - RIGHT - 26
SMALL = 11.5
HEAD = 64.0
ROOM = 11.0


def dumbbell(figure: Dumbbell, theme: Theme) -> Scene:
    """The scene; as high as its rows need."""
    marks: list[Mark] = list(_head(figure, theme))
    top = HEAD
    for group in figure.groups:
        if group.title:
            title = shortened(group.title, WIDTH, bold=True)
            marks.append(Words(0, top + LINE, title, theme.ink, bold=True))
            top += LINE + 8
        for row in group.rows:
            height = _height(row)
            marks.extend(_row(row, figure.axis, top + height / 2, theme))
            marks.append(Line(0, top + height, WIDTH, top + height, theme.rule))
            top += height
        top += 8
    grid = tuple(Line(x, HEAD - 4, x, top - 8, theme.rule) for x in _steps(figure.axis))
    return Scene(WIDTH, top, (*grid, *marks))


def place(axis: Axis, value: float, start: float, end: float) -> float:
    """Where a value stands between two ends of the picture."""
    return start + (value - axis.low) / (axis.high - axis.low) * (end - start)


def _steps(axis: Axis) -> tuple[float, ...]:
    return tuple(place(axis, step, LEFT_END, RIGHT_END) for step in range(axis.low, axis.high + 1))


def _head(figure: Dumbbell, theme: Theme) -> Iterator[Mark]:
    """The key in words and shapes, the ends of the scale, its steps, and the titles of the columns of numbers."""
    yield Point(8, 10, 5.5, theme.paper, theme.earlier)
    yield Words(20, 14.5, figure.before, theme.quiet)
    second = 20 + width_of(figure.before) + 24
    yield Point(second, 10, 5.5, theme.later, theme.later)
    yield Words(second + 12, 14.5, shortened(figure.after, LEFT_END - 30 - second), theme.quiet)
    middle = min(110.0, (RIGHT_END - LEFT_END) / 2 - 6)
    if figure.axis.words:
        first, last = (
            wrapped(words, middle, SMALL, lines=2) for words in (figure.axis.words[0], figure.axis.words[-1])
        )
        yield from stacked_words(first, LEFT_END - 6, HEAD - 36, theme.quiet, size=SMALL)
        yield from stacked_words(last, RIGHT_END + 6, HEAD - 36, theme.quiet, anchor="end", size=SMALL)
    for step, x in zip(range(figure.axis.low, figure.axis.high + 1), _steps(figure.axis), strict=True):
        yield Words(x, HEAD - 10, str(step), theme.quiet, "middle", SMALL)
    for column, title in enumerate((figure.before, figure.after, figure.shift)):
        yield Words(_column(column), HEAD - 10, shortened(title, NUMBER, SMALL), theme.quiet, "end", SMALL)


def _column(number: int) -> float:
    return WIDTH - (2 - number) * NUMBER - 2


def _labels(row: DumbbellRow) -> tuple[str, ...]:
    return wrapped(row.label, LABELS)


def _notes(row: DumbbellRow) -> tuple[str, ...]:
    return wrapped(row.note, LABELS, SMALL, lines=2) if row.note else ()


def _missing(row: DumbbellRow) -> tuple[str, ...]:
    return wrapped(row.words, RIGHT - 10, SMALL) if row.before is None or row.after is None else ()


def _height(row: DumbbellRow) -> float:
    small = SMALL * LINE / SIZE
    left = len(_labels(row)) * LINE + len(_notes(row)) * small
    return max(left, len(_missing(row)) * small, LINE) + ROOM


def _row(row: DumbbellRow, axis: Axis, middle: float, theme: Theme) -> Iterator[Mark]:
    small = SMALL * LINE / SIZE
    labels, notes = _labels(row), _notes(row)
    yield from stacked_words(labels, 0, middle - len(notes) * small / 2, theme.ink)
    yield from stacked_words(notes, 0, middle + len(labels) * LINE / 2, theme.quiet, size=SMALL)
    yield from _dumbbell(row, axis, middle, theme)
    if row.before is None or row.after is None:
        yield from stacked_words(_missing(row), WIDTH - 2, middle, theme.quiet, anchor="end", size=SMALL)
        return
    for column, figure in enumerate((row.before, row.after)):
        yield Words(_column(column), middle + SIZE * 0.33, figure.text, theme.quiet, "end")
    yield Words(_column(2), middle + SIZE * 0.33, row.words, theme.ink, "end", bold=True)


def _dumbbell(row: DumbbellRow, axis: Axis, middle: float, theme: Theme) -> Iterator[Mark]:
    ends = [place(axis, float(value.shown), LEFT_END, RIGHT_END) for value in (row.before, row.after) if value]
    fell = row.before is not None and row.after is not None and row.after.exact < row.before.exact
    colour = theme.fallen if fell else theme.later
    if len(ends) > 1:
        yield Line(ends[0], middle, ends[1], middle, colour, 2.5)
    if row.after is not None:
        yield Point(ends[-1], middle, 6, colour, colour, "diamond" if fell else "dot")
    if row.before is not None:
        same = row.after is not None and row.after.shown == row.before.shown
        yield Point(ends[0], middle, 9 if same else 5.5, "none" if same else theme.paper, theme.earlier)
