"""Slides of running text, as many as it needs and as large as it can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sheets_pipeline.reports.pptx.deck import Deck
from sheets_pipeline.reports.pptx.fitting import Said, largest, pages, points

SIZES = (32.0, 28.0, 24.0, 20.0, 18.0, 16.0)
USUAL = 20.0
ROOMY = 0.6


def say_slides(deck: Deck, title: str, said: Sequence[Said], notes: Iterable[str] = ()) -> None:
    """Paragraphs on slides; a slide that begins with a heading has it in its title instead."""
    room = points(deck.area.width), points(deck.area.height)
    size = _size(said, room) or SIZES[-1]
    heading = ""
    for page in pages(said, room, size):
        opens = page[0].style == "heading" and len(page) > 1
        heading = page[0].text if opens else heading
        shown = page[1:] if opens else page
        slide = deck.slide(f"{title}: {heading}" if heading and heading != title else title, notes)
        deck.words(slide, shown, deck.area, _size(shown, room) or size)
        deck.close(slide)
        heading = next((one.text for one in reversed(shown) if one.style == "heading"), heading)


def _size(said: Sequence[Said], room: tuple[float, float]) -> float | None:
    """Only a text that leaves most of the slide free is set larger than a text usually is."""
    half = (room[0], room[1] * ROOMY)
    large = largest(said, half, tuple(size for size in SIZES if size > USUAL))
    return large or largest(said, room, tuple(size for size in SIZES if size <= USUAL))
