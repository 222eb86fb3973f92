"""A fishbone: kinds of causes on both sides of a spine that leads to the problem."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.reports.charts.scene import (
    LINE,
    SIZE,
    WIDTH,
    Box,
    Line,
    Mark,
    Scene,
    Words,
    stacked_words,
    wrapped,
)
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import Bone, Fishbone

HEAD = 180.0
SMALL = 11.5
STEP = SMALL * LINE / SIZE
COLUMNS = 3


def fishbone(figure: Fishbone, theme: Theme) -> Scene:
    """The scene; bones pairwise above and below the spine, three to a side, further rows of fish below."""
    marks: list[Mark] = []
    top = 4.0
    for start in range(0, len(figure.bones), 2 * COLUMNS):
        part = figure.bones[start : start + 2 * COLUMNS]
        upper, lower = part[::2], part[1::2]
        above, below = (max((_height(bone) for bone in side), default=10) for side in (upper, lower))
        spine = top + above + 14
        marks.extend(_spine(figure.problem, spine, theme))
        for n, bone in enumerate(upper):
            marks.extend(_bone(bone, n, spine - 10 - _height(bone), spine, theme))
        for n, bone in enumerate(lower):
            marks.extend(_bone(bone, n, spine + 10, spine, theme))
        top = max(spine + 10 + below, spine + _problem_height(figure.problem) / 2) + 24
    return Scene(WIDTH, top, tuple(marks))


def _room() -> float:
    return (WIDTH - HEAD - 20) / COLUMNS


def _lines(bone: Bone) -> tuple[tuple[str, bool], ...]:
    title = tuple((line, True) for line in wrapped(bone.title, _room() - 26, SMALL, bold=True))
    return title + tuple(
        (line, False) for cause in bone.causes for line in wrapped(f"– {cause}", _room() - 26, SMALL, lines=4)
    )


def _height(bone: Bone) -> float:
    return len(_lines(bone)) * STEP + 10


def _problem_height(problem: str) -> float:
    return len(wrapped(problem, HEAD - 24, lines=8)) * LINE + 20


def _spine(problem: str, y: float, theme: Theme) -> Iterator[Mark]:
    height = _problem_height(problem)
    yield Line(0, y, WIDTH - HEAD, y, theme.ink, 2.5)
    yield Box(WIDTH - HEAD, y - height / 2, HEAD - 2, height, theme.wash, theme.ink)
    yield from stacked_words(wrapped(problem, HEAD - 24, lines=8), WIDTH - HEAD + 12, y, theme.ink, bold=False)


def _bone(bone: Bone, column: int, top: float, spine: float, theme: Theme) -> Iterator[Mark]:
    x = column * _room()
    far = top if top < spine else top + _height(bone)
    yield Line(x + 4, far, x + 14, spine, theme.earlier, 1.5)
    for n, (line, bold) in enumerate(_lines(bone)):
        yield Words(x + 20, top + STEP * (n + 0.8), line, theme.ink, size=SMALL, bold=bold)
