"""A picture as plain marks with places and sizes: what the SVG macros draw and the tests measure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Shape = Literal["dot", "square", "diamond"]

SIZE = 13.0
LINE = 17.0
WIDTH = 760.0

# Widths of Arial in thousandths of the type size (Adobe's published metrics), for the signs that differ most.
_NARROW = dict.fromkeys("ijl'|", 222) | dict.fromkeys(".,:;!/ tfI[]()-r·", 305)
_WIDE = dict.fromkeys("mMW%@", 870) | dict.fromkeys("wCDGHNOQRUVÖÅÄ−→+±<>=&", 722) | dict.fromkeys("ABEFKLPSTXYZÉ", 667)
_USUAL = 556
# DejaVu Sans, the widest sans-serif a browser is likely to fall back on, is about this much wider.
_SAFETY = 1.16


def width_of(words: str, size: float = SIZE, *, bold: bool = False) -> float:
    """How wide a line of text may become in the widest likely font, in the units of the picture."""
    thousandths = sum(_NARROW.get(sign) or _WIDE.get(sign) or _USUAL for sign in words)
    return thousandths / 1000 * size * _SAFETY * (1.08 if bold else 1.0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    stroke: str = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line; `dash` is SVG's pattern."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    width: float = 1.0
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A sign at a place: hollow when its fill is the paper's colour."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str
    shape: Shape = "dot"


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `y` is its baseline. `turned` runs it upwards from its place."""

    x: float
    y: float
    text: str
    fill: str
    anchor: Anchor = "start"
    size: float = SIZE
    bold: bool = False
    turned: bool = False

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(left, top, right, bottom) in the widest likely font."""
        length = width_of(self.text, self.size, bold=self.bold)
        back = {"start": 0.0, "middle": length / 2, "end": length}[self.anchor]
        if self.turned:
            return self.x - self.size * 0.8, self.y - length + back, self.x + self.size * 0.2, self.y + back
        return self.x - back, self.y - self.size * 0.8, self.x - back + length, self.y + self.size * 0.2


Mark = Box | Line | Point | Words


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture of a size, its marks from back to front."""

    width: float
    height: float
    marks: tuple[Mark, ...]

    @property
    def words(self) -> tuple[Words, ...]:
        """The texts in it."""
        return tuple(mark for mark in self.marks if isinstance(mark, Words))


def wrapped(text: str, room: float, size: float = SIZE, *, lines: int = 3, bold: bool = False) -> tuple[str, ...]:
    """A text broken at spaces to fit a width; what is too much for `lines` ends in an ellipsis (tables have it all)."""
    found: list[str] = []
    for word in _pieces(text, room, size, bold=bold):
        longer = f"{found[-1]} {word}" if found else word
        if found and width_of(longer, size, bold=bold) <= room:
            found[-1] = longer
        else:
            found.append(word)
    if len(found) <= lines:
        return tuple(found)
    return (*found[: lines - 1], shortened(" ".join(found[lines - 1 :]), room, size, bold=bold))


def shortened(text: str, room: float, size: float = SIZE, *, bold: bool = False) -> str:
    """A text cut to fit a width, with an ellipsis where it was cut."""
    if width_of(text, size, bold=bold) <= room:
        return text
    left = room - width_of("…", size, bold=bold)
    widths = accumulate(width_of(sign, size, bold=bold) for sign in text)
    kept = sum(1 for _ in takewhile(lambda width: width <= left, widths))
    return f"{text[:kept].rstrip()}…"


def _pieces(text: str, room: float, size: float, *, bold: bool) -> Iterable[str]:
    for word in text.split():
        rest = word
        while width_of(rest, size, bold=bold) > room and len(rest) > 1:
            fits = next(
                n for n in range(len(rest) - 1, 0, -1) if n == 1 or width_of(rest[:n] + "-", size, bold=bold) <= room
            )
            yield rest[:fits] + "-"
            rest = rest[fits:]
        yield rest


def stacked_words(
    lines: Iterable[str],
    x: float,
    middle: float,
    fill: str,
    *,
    anchor: Anchor = "start",
    size: float = SIZE,
    bold: bool = False,
) -> tuple[Words, ...]:
    """Lines of text centred on a height."""
    listed = tuple(lines)
    step = size * LINE / SIZE
    top = middle - step * (len(listed) - 1) / 2 + size * 0.33
    return tuple(Words(x, top + step * n, line, fill, anchor, size, bold) for n, line in enumerate(listed))
