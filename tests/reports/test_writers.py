"""The page and the workbook: the same numbers, safe with any text, whole without a network, the same bytes."""

from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser
from itertools import pairwise
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pytest

from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Number
from sheets_pipeline.reports.html import as_csv, render_html
from sheets_pipeline.reports.xlsx import render_xlsx
from tests.reports.rounds import Wish, a_round, fallen

CANARIES = (
    "<script>alert(1)</script>",
    '=HYPERLINK("http://example.org";"x")',
    "{{ 7 * 7 }}",
    '" onclick="x',
    "]]>&amp;",
)
EXTREMES = {
    "one": Wish(count=1),
    "three": Wish(count=3),
    "sixty": Wish(count=60),
    "everybody fell": Wish(move=fallen),
    "nobody answered twice": Wish(lacking=12),
    "nothing to show": Wish(hidden=12, audience="public"),
}


class Page(HTMLParser):
    """What a browser would see of the parts that matter here."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(wish: Wish | None = None, language: str = "sv") -> Page:
    return Page(render_html(build(a_round(wish), language)))


def test_landmarks_one_first_heading_and_a_language() -> None:
    found = page()
    assert found.all("html") == [{"lang": "sv"}]
    assert len(found.all("h1")) == len(found.all("main")) == len(found.all("header")) == len(found.all("footer")) == 1
    skip = next(link for link in found.all("a") if link.get("class") == "skip")
    assert skip["href"] == "#main"


def test_headings_never_skip_a_level() -> None:
    levels = [int(tag[1]) for tag, _ in page().tags if re.fullmatch("h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_every_heading_cell_has_a_scope_and_every_scroll_area_a_name() -> None:
    found = page()
    assert {cell.get("scope") for cell in found.all("th")} == {"col", "row"}
    areas = [area for area in found.all("div") if "scroll" in (area.get("class") or "")]
    assert areas
    assert all(area["tabindex"] == "0" and (area.get("aria-label") or area.get("aria-labelledby")) for area in areas)


def test_ids_are_used_once_and_links_lead_somewhere() -> None:
    found = page(Wish(count=60))
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = {(link["href"] or "")[1:] for link in found.all("a") if (link["href"] or "").startswith("#")}
    assert inside <= set(ids)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    html = render_html(build(a_round(), "sv"))
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", html)
    found = Page(html)
    assert found.all("script") == found.all("link") == found.all("img") == found.all("iframe") == []
    assert "url(" not in html
    assert all((link["href"] or "").startswith(("#", "data:text/csv")) for link in found.all("a"))


@pytest.mark.parametrize("canary", CANARIES)
def test_what_people_wrote_stays_text_on_the_page(canary: str) -> None:
    found = page(Wish(count=3, name=lambda n: f"{canary} {n}", remark=canary, statement=canary))
    assert found.all("script") == []
    assert not any("onclick" in attributes for _, attributes in found.tags)
    assert any(canary in text for text in found.texts)


@pytest.mark.parametrize("canary", CANARIES)
def test_what_people_wrote_stays_text_in_the_workbook(canary: str) -> None:
    wish = Wish(count=3, name=lambda n: f"{canary} {n}", remark=canary, statement=canary)
    data = render_xlsx(build(a_round(wish), "sv"))
    cells = [cell for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row]
    assert any(canary in str(cell.value) for cell in cells)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert all(not str(cell.hyperlink.target or "").startswith("http") for cell in cells if cell.hyperlink)


@pytest.mark.parametrize("canary", ["=1+1", "+1", "-2", "@SUM(A1)", "\tx"])
def test_what_people_wrote_is_not_computed_from_a_data_file(canary: str) -> None:
    document = build(a_round(Wish(count=3, name=lambda _: canary)), "sv")
    table = next(table for table in document.tables() if table.anchor == "table-every-statement")
    assert as_csv(table, "sv").splitlines()[1].lstrip('"').startswith("'" + canary)


def test_data_files_open_in_a_swedish_spreadsheet() -> None:
    links = [link for link in page().all("a") if "download" in link]
    data = base64.b64decode((links[0]["href"] or "").partition("base64,")[2]).decode()
    assert links[0]["download"] == "every-statement.csv"
    assert data.startswith("\ufeffOrganisation;Kod;")


@pytest.mark.parametrize("wish", EXTREMES.values(), ids=EXTREMES.keys())
@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_same_number_reads_the_same_in_every_format(wish: Wish, language: str) -> None:
    """Every numeric cell of every table: its text on the page, its value and its format in the workbook."""
    document = build(a_round(wish), language)
    html = render_html(document)
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(document)))
    captions = {sheet["A1"].value: sheet for sheet in book}
    for table in document.tables():
        for number, row in enumerate(table.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, Number) and table.sheet:
                    value = captions[table.caption].cell(5 + number, column + 1)
                    assert value.value == pytest.approx(float(cell.shown), abs=1e-12)
                    assert value.number_format.partition(";")[0].count("0") == cell.decimals + 1
                    assert f">{cell.text}</td>" in html


def test_the_same_round_gives_the_same_bytes() -> None:
    results = a_round()
    assert render_html(build(results, "sv")) == render_html(build(results, "sv"))
    assert render_xlsx(build(results, "sv")) == render_xlsx(build(results, "sv"))


def test_sheets_sort_and_filter_and_nothing_is_locked() -> None:
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(build(a_round(), "sv"))))
    assert book.sheetnames[:3] == ["Sammanfattning", "Diagram", "Svar"]
    tables = [table for sheet in book for table in sheet.tables.values()]
    assert tables
    assert all(table.autoFilter is not None for table in tables)
    assert not any(sheet.protection.sheet for sheet in book)


def test_charts_are_native_and_say_what_they_show() -> None:
    with ZipFile(io.BytesIO(render_xlsx(build(a_round(), "sv")))) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawing = ET.fromstring(parts.read("xl/drawings/drawing1.xml"))  # noqa: S314 - our own
    described = [element.get("descr") for element in drawing.iter() if element.tag.endswith("}cNvPr")]
    assert len(charts) == len(described) == 5
    assert all(described)


def test_long_texts_are_whole_on_the_page_and_in_the_workbook() -> None:
    remark = "Vi har ändrat hur vi beställer resor. " * 80
    document = build(a_round(Wish(count=3, remark=remark.strip())), "sv")
    assert remark.strip() in render_html(document)
    assert all(len(str(cell)) <= 32_767 for table in document.tables() for row in table.rows for cell in row)
