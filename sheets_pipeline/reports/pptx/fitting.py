"""Text that fits: how high a text becomes at a size, the largest size at which it fits, and where it must be split."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from sheets_pipeline.reports.charts.scene import width_of

Style = Literal["plain", "lead", "heading", "bullet", "small", "term"]
LINE = 1.22
AFTER = 0.45
SCALES = {"plain": 1.0, "lead": 1.15, "heading": 1.0, "bullet": 1.0, "small": 0.8, "term": 1.0}
BOLD = {"heading"}
INDENT = 1.1
EMU_PER_POINT = 12700
NEARLY = 0.01


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph on a slide; `term` stands before it in bold."""

    text: str
    style: Style = "plain"
    term: str = ""

    @property
    def lead(self) -> str:
        """The term with a colon, unless it is a question."""
        return self.term if self.term.endswith(("?", ":", ".")) else f"{self.term}:"


def points(emu: float) -> float:
    """EMU as points."""
    return emu / EMU_PER_POINT


def lines_of(text: str, room: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a room (points), broken at spaces, long words wherever they must."""
    return sum(_lines(part, room, size, bold=bold) for part in text.split("\n"))


def _lines(text: str, room: float, size: float, *, bold: bool) -> int:
    count, used, space = 1, 0.0, width_of(" ", size, bold=bold)
    for word in text.split(" "):
        wide = width_of(word, size, bold=bold)
        if used and used + space + wide > room + NEARLY:
            count, used = count + 1, 0.0
        if wide > room + NEARLY:
            count += ceil(wide / room) - 1
            wide %= room
        used += wide + (space if used else 0.0)
    return count


def height_of(said: Said, room: float, size: float) -> float:
    """The height of a paragraph in points, the space after it included."""
    own = size * SCALES[said.style]
    indent = INDENT * own if said.style == "bullet" else 0
    text = f"{said.lead} {said.text}" if said.term else said.text
    return (lines_of(text, room - indent, own, bold=said.style in BOLD) * LINE + AFTER) * own


def heights(listed: Sequence[Said], room: float, size: float) -> float:
    """The height of paragraphs in points."""
    return sum(height_of(one, room, size) for one in listed)


def largest(listed: Sequence[Said], room: tuple[float, float], sizes: Sequence[float]) -> float | None:
    """The largest of the sizes (descending) at which paragraphs fit a room of (width, height) points."""
    return next((size for size in sizes if heights(listed, room[0], size) <= room[1]), None)


def title_size(text: str, room: tuple[float, float], usual: float) -> float:
    """The size of a title: its usual one, or the first smaller at which it fits."""
    sizes = [usual, *(size for size in (32.0, 28.0, 24.0, 20.0, 18.0, 16.0, 14.0) if size < usual)]
    fits = (size for size in sizes if lines_of(text, room[0], size, bold=True) * size * LINE <= room[1])
    return next(fits, sizes[-1])


def pages(listed: Sequence[Said], room: tuple[float, float], size: float) -> Iterator[tuple[Said, ...]]:
    """Paragraphs dealt out to rooms of the same size; a heading never stands last, a long paragraph goes on."""
    page: list[Said] = []
    left = list(listed)
    while left:
        one = left.pop(0)
        if heights([*page, one], room[0], size) <= room[1]:
            page.append(one)
            continue
        free = room[1] - heights(page, room[0], size)
        first, rest = parts(one, room[0], size, free if free > room[1] / 3 else room[1])
        if rest and free > room[1] / 3:
            page.append(first)
            left.insert(0, rest)
        else:
            left.insert(0, one)
        if not page:
            page, left = ([first], [rest, *left[1:]]) if rest else ([one], left[1:])
        trailing = [page.pop()] if page[-1].style == "heading" and len(page) > 1 else []
        yield tuple(page)
        page = trailing
    if page:
        yield tuple(page)


def parts(said: Said, room: float, size: float, height: float) -> tuple[Said, Said | None]:
    """As much of a paragraph as a height holds, and the rest: split between words."""
    if height_of(said, room, size) <= height:
        return said, None
    words = said.text.split(" ")
    low, high = 1, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if height_of(replace(said, text=" ".join(words[:middle]) + " …"), room, size) <= height:
            low = middle
        else:
            high = middle - 1
    if low >= len(words):
        return said, None
    head = replace(said, text=" ".join(words[:low]) + " …")
    return head, replace(said, text="… " + " ".join(words[low:]))
