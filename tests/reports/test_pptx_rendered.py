"""Slides as LibreOffice draws them: no word stands on another, and none beside the slide."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.pptx import render_pptx
from tests.reports.parts import a_full_plan, own_report
from tests.reports.rounds import Wish, a_round
from tests.reports.test_pptx import EXTREMES

Draw = Callable[[bytes], list["Page"]]


@dataclass(frozen=True)
class Word:
    """A word's place on a slide in points: the part of its box that ink may fill."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Word) -> bool:
        across = min(self.right, other.right) > max(self.left, other.left)
        return across and min(self.bottom, other.bottom) > max(self.top, other.top)


@dataclass(frozen=True)
class Page:
    """A slide as it was drawn."""

    width: float
    height: float
    words: tuple[Word, ...]

    def faults(self) -> Iterator[str]:
        for word in self.words:
            if min(word.left, word.top) < 0 or word.right > self.width or word.bottom > self.height:
                yield f"{word.text} stands beside the slide"
        for one, other in combinations(self.words, 2):
            if one.meets(other):
                yield f"{one.text} stands on {other.text}"


def word_of(element: ET.Element) -> Word:
    """Half the height of its line and nearly all of its length, whichever way the word runs."""
    left, top, right, bottom = (float(element.get(name, "0")) for name in ("xMin", "yMin", "xMax", "yMax"))
    wide, high = right - left, bottom - top
    upright = high > 1.5 * wide and len(element.text or "") > 2
    aside, down = (wide / 4, high / 20) if upright else (wide / 20, high / 4)
    return Word(element.text or "", left + aside, top + down, right - aside, bottom - down)


@pytest.fixture(scope="session")
def draw(require_program: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Draw:
    """LibreOffice's drawing of a presentation, read back word by word."""
    office, reader = require_program("soffice"), require_program("pdftotext")
    folder = tmp_path_factory.mktemp("drawn")

    def drawn(data: bytes) -> list[Page]:
        path = folder / "slides.pptx"
        path.write_bytes(data)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path)],
            capture_output=True,
            check=False,
        )
        pdf = path.with_suffix(".pdf")
        if not pdf.is_file():
            pytest.skip("needs libreoffice-impress")
        made = subprocess.run([reader, "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout.decode()
        pdf.unlink()
        root = ET.fromstring(re.sub(r' xmlns="[^"]+"', "", made, count=1))  # noqa: S314 - poppler's own
        return [
            Page(float(page.get("width", "0")), float(page.get("height", "0")), tuple(map(word_of, page.iter("word"))))
            for page in root.iter("page")
        ]

    return drawn


@pytest.mark.parametrize("wish", EXTREMES.values(), ids=EXTREMES.keys())
def test_nothing_is_printed_on_anything_else(draw: Draw, wish: Wish) -> None:
    pages = draw(render_pptx(build(a_round(wish), "sv")))
    assert len(pages) > 2
    assert [(number, fault) for number, page in enumerate(pages, 1) for fault in page.faults()] == []


def test_an_organisations_own_report_with_its_pictures(draw: Draw) -> None:
    pages = draw(render_pptx(own_report(a_full_plan())))
    assert [(number, fault) for number, page in enumerate(pages, 1) for fault in page.faults()] == []


def test_what_stands_on_something_else_is_found() -> None:
    first, second = Word("före", 10, 10, 40, 20), Word("efter", 30, 15, 60, 25)
    beside = Word("ute", 90, 10, 120, 20)
    assert list(Page(100, 100, (first, second, beside)).faults()) == [
        "ute stands beside the slide",
        "före stands on efter",
    ]
