"""The report on paper: accessible, the same numbers as the page, safe with any text, the same bytes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.html import render_html
from sheets_pipeline.reports.pdf import render_pdf
from tests.reports.pdfs import alternatives, faults, pages, words
from tests.reports.rounds import Wish, a_round, fallen, unmoved
from tests.reports.test_charts import charts

Reader = Callable[[bytes], list[str]]

LONG_NAME = "Södra Skogsbygdens samverkande kommuner"
LONG_TEXT = "Beslutet togs i juni och följs upp i delårsrapporten. " * 56
EXTREMES = {
    "one": Wish(count=1),
    "three": Wish(count=3),
    "twelve": Wish(),
    "sixty": Wish(count=60),
    "nobody moved": Wish(count=4, move=unmoved),
    "everybody fell": Wish(count=4, move=fallen),
    "one without a second point": Wish(count=4, lacking=1),
    "everything suppressed": Wish(hidden=12, audience="public"),
    "names of forty characters": Wish(count=6, name=lambda n: f"{LONG_NAME} {n}"),
    "a name without a space": Wish(count=3, name=lambda n: "Jämställdhetsintegreringskommunalförbundet" + str(n)),
    "a text of 3,000 characters": Wish(count=3, remark=LONG_TEXT),
    "statements of 3,000 characters": Wish(count=3, statement="Fullmäktige har ett gällande beslut. " * 81),
}
CANARIES = (
    '#import "@preview/evil:0.1.0": *',
    "$ sum_(i=1)^n $",
    "*bold* _italic_ `raw` ~ --- ...",
    "\\ backslash \\u{41} @reference <label>",
    "#panic() #sys.inputs.data [x] {y}",
    "= Heading\n- list\n+ enum\n/ term: x",
    "</text><script>alert(1)</script>&amp;",
)


@pytest.fixture
def read(require_program: Callable[[str], str], tmp_path: Path) -> Reader:
    program = require_program("pdftotext")
    return lambda pdf: pages(pdf, program, tmp_path)


def report(wish: Wish | None = None, language: str = "sv", *, published: bool = False) -> Document:
    return build(a_round(wish), language, published=published)


@pytest.mark.parametrize("wish", EXTREMES.values(), ids=EXTREMES.keys())
def test_every_report_keeps_the_standard_for_accessible_pdf(wish: Wish) -> None:
    assert faults(render_pdf(report(wish)), "ua1") == []


def test_in_english_too() -> None:
    pdf = render_pdf(report(language="en"))
    assert faults(pdf, "ua1") == []
    assert b"/Lang(en-GB)" in pdf


def test_the_same_report_is_the_same_bytes() -> None:
    assert render_pdf(report(Wish(count=3))) == render_pdf(report(Wish(count=3)))


def test_its_time_is_the_day_of_the_figures() -> None:
    document = report(Wish(count=1))
    assert b"/CreationDate(D:%04d%02d%02d" % document.created in render_pdf(document)


class Shown(HTMLParser):
    """The text of a page, its head left out."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(html.partition("<body>")[2])

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


NUMBER = re.compile(r"(?<![\w.,])[+−±]?(?:\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,11})(?:[.,]\d+)*(?!\w)")


def numbers(text: str) -> Counter[str]:
    """Every number as it is written; checksums of nothing but digits are none."""
    return Counter(found.replace("\u00a0", " ") for found in NUMBER.findall(text))


def furniture(page: str) -> str:
    """A page without its foot, which counts pages, and the dots and pages of the list of contents."""
    return "\n".join(line for line in page.splitlines() if not re.search(r"sida \d+|(?:\. ?){4,}\W*\d+$", line))


@pytest.mark.parametrize("wish", [Wish(count=3), Wish(), EXTREMES["everything suppressed"]], ids=["3", "12", "hidden"])
def test_every_number_on_the_page_is_on_paper_and_no_other(wish: Wish, read: Reader) -> None:
    document = report(wish)
    page = numbers(" ".join(Shown(render_html(document)).texts))
    paper = numbers("\n".join(furniture(one) for one in read(render_pdf(document))))
    behind = str(len(document.sections) + 1)  # the number of the section that only paper has
    assert {one: count for one, count in page.items() if one not in paper} == {}
    assert {one: count for one, count in paper.items() if one not in page and one != behind} == {}


@pytest.mark.parametrize("canary", CANARIES)
def test_what_people_wrote_stays_text(canary: str, read: Reader) -> None:
    wish = Wish(count=3, remark=canary, statement=canary, name=lambda n: f"{canary.splitlines()[0]} {n}")
    pdf = render_pdf(report(wish))
    text = re.sub(r"\s", "", "".join(read(pdf)))
    assert re.sub(r"\s", "", canary) in text
    assert faults(pdf, "ua1") == []


def test_a_long_text_is_there_to_its_last_word(read: Reader) -> None:
    ends = "och detta är det allra sista ordet"
    text = words(" ".join(read(render_pdf(report(Wish(count=1, remark=f"{LONG_TEXT}{ends}"))))))
    assert all(word in text for word in ends.split())


def test_signs_that_the_typeface_lacks_are_named(read: Reader) -> None:
    pdf = render_pdf(report(Wish(count=1, remark="Klart 🎉 ❤\ufe0f\u200d 好\u0007 2\u2009%")))
    text = words(" ".join(read(pdf)))
    assert "Klart [party popper] [heavy black heart] [cjk unified ideograph-597d] 2 %" in text
    assert faults(pdf, "ua1") == []


def test_a_draft_says_so_on_every_page_and_a_published_report_on_none(read: Reader) -> None:
    assert all("Utkast" in page for page in read(render_pdf(report(Wish(count=3)))))
    assert not any("Utkast" in page for page in read(render_pdf(report(Wish(count=3), published=True))))


def test_pages_are_counted(read: Reader) -> None:
    found = read(render_pdf(report(Wish(count=3))))
    assert [f"sida {n} av {len(found)}" in page for n, page in enumerate(found, start=1)] == [True] * len(found)


def test_every_organisation_begins_a_page(read: Reader) -> None:
    found = read(render_pdf(report(Wish(count=3, name=lambda n: f"Nyvik {n}"))))
    tops = [[words(line) for line in page.splitlines() if line.strip()][1:3] for page in found]
    assert ["9 Organisation för organisation", "Nyvik 0"] in tops
    assert {"Nyvik 1", "Nyvik 2"} <= {top[0] for top in tops}


def test_a_long_table_has_its_headings_on_every_page(read: Reader) -> None:
    found = read(render_pdf(report(Wish(count=20))))
    assert sum("Kontrollsumma (SHA-256)" in page for page in found) > 1


def test_every_part_of_every_chart_has_words_in_its_place() -> None:
    wish = Wish(count=24)
    pdf = render_pdf(report(wish))
    assert alternatives(pdf) > len(charts(wish))
    assert len(re.findall(rb"/S/Figure(?:(?!endobj).)*?/Alt", pdf, re.DOTALL)) == alternatives(pdf)


def test_every_section_and_organisation_can_be_found_in_the_bookmarks(read: Reader) -> None:
    document = report(Wish(count=3))
    contents = words(read(render_pdf(document))[0])
    assert all(section.title in contents for section in document.sections)
    assert b"/Outlines" in render_pdf(document)


def test_the_data_travel_in_the_file() -> None:
    pdf = render_pdf(report(Wish(count=1)))
    assert b"(every-statement.csv)" in pdf
    assert b"/EmbeddedFiles" in pdf
