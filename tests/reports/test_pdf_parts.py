"""The parts the PDFs are made of: signs and widths, columns, pictures in parts, and clear ends of streams."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.charts.draw import scene
from sheets_pipeline.reports.charts.theme import CALM
from sheets_pipeline.reports.document import Column, Dumbbell, Heatmap, Table
from sheets_pipeline.reports.pdf import WORDS, render_pdf
from sheets_pipeline.reports.pdf.face import regular, semibold
from sheets_pipeline.reports.pdf.pictures import HIGHEST, parts
from sheets_pipeline.reports.pdf.signs import BREAK, breakable, displayable
from sheets_pipeline.reports.pdf.tables import GAP, set_tables
from sheets_pipeline.reports.pdf.typesetting import unambiguous
from tests.reports.rounds import Wish, a_round
from tests.reports.test_charts import WISHES, charts

ROOM = 481.8


def test_the_typeface_has_the_signs_that_debians_noto_sans_lacks() -> None:
    for face in (regular(), semibold()):
        assert {"−", "→", "≥", "≤", "±", "×", "…", "·", "–", "é", "Å", "ö", "\u00a0"} <= face.widths.keys()


def test_widths_are_those_of_the_font() -> None:
    assert regular().width("Å", 1000) == 544
    assert regular().width("aa", 10) == pytest.approx(10.08)


def test_every_text_of_the_product_can_be_shown(root: Path) -> None:
    for path in sorted((root / "sheets_pipeline" / "locale").rglob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=path.parent.name):
                for text in (message.id, message.string):
                    listed = (text,) if isinstance(text, str) else tuple(text or ())
                    assert [displayable(one) for one in listed] == list(listed), path.name


def test_every_text_of_paper_has_its_swedish(root: Path) -> None:
    code = (root / "sheets_pipeline" / "reports" / "copies.py").read_text(encoding="utf-8")
    asked = {*WORDS.values(), *re.findall(r'(?:say|texts\.text)\("([^"]+)"', code), "{said} Part {part} of {parts}."}
    with (root / "sheets_pipeline" / "locale" / "sv" / "pdf.po").open("rb") as file:
        known = {str(message.id) for message in read_po(file, locale="sv") if message.string}
    assert asked <= known


@given(st.text())
def test_any_text_becomes_one_that_can_be_shown(text: str) -> None:
    shown = displayable(text)
    assert displayable(shown) == shown
    assert all(sign in "\n\u00ad" or sign in regular().widths for sign in shown)


def test_long_words_get_places_to_break_and_nothing_else_changes() -> None:
    checksum = "0123456789abcdef" * 4
    assert BREAK in breakable(checksum)
    assert breakable(checksum).replace(BREAK, "") == checksum
    assert breakable("Kommunfullmäktige har beslutat.") == "Kommunfullmäktige har beslutat."


def a_table(columns: int, text: str = "Ett svar") -> Table:
    titles = tuple(Column(f"Kolumn {n}", "text" if n == 0 else "number") for n in range(columns))
    return Table(anchor="t", caption="T", columns=titles, rows=((text, *("12" for _ in titles[1:])),))


def test_a_narrow_table_is_as_wide_as_its_words() -> None:
    (part,) = set_tables(a_table(3), ROOM)
    assert sum(part.widths) < ROOM / 2


@pytest.mark.parametrize("columns", [3, 9, 14, 40])
def test_no_table_is_wider_than_the_page_and_no_column_narrower_than_its_numbers(columns: int) -> None:
    for part in set_tables(a_table(columns, "Ett långt svar " * 40), ROOM):
        assert sum(part.widths) <= ROOM + len(part.widths) * 0.05
        for column, width in zip(part.columns[1:], part.widths[1:], strict=True):
            assert width - GAP >= semibold().width(column.title.split()[0], part.size - 0.5)


def test_a_table_too_wide_stands_in_parts_that_each_say_whom_a_row_is_about() -> None:
    table = a_table(40)
    found = set_tables(table, ROOM)
    assert len(found) > 1
    assert {part.columns[0] for part in found} == {table.columns[0]}
    assert [column for part in found for column in part.columns[1:]] == list(table.columns[1:])


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES.keys())
def test_no_picture_is_higher_than_a_page_and_none_of_it_is_lost(wish: Wish) -> None:
    for chart in charts(wish):
        for part in (found := parts(chart.figure, CALM)):
            assert scene(part, CALM).height <= HIGHEST
        if isinstance(chart.figure, Dumbbell | Heatmap):
            rows = [row for group in chart.figure.groups for row in group.rows]
            assert [row for part in found for group in part.groups for row in group.rows] == rows  # type: ignore[union-attr]


def test_a_group_that_goes_on_has_its_title_again() -> None:
    figure = next(chart.figure for chart in charts(Wish(count=60)) if isinstance(chart.figure, Heatmap))
    long = replace(figure, groups=(replace(figure.groups[0], rows=figure.groups[0].rows * 30),))
    found = parts(long, CALM)
    assert len(found) > 1
    assert {part.groups[0].title for part in found if isinstance(part, Heatmap)} == {figure.groups[0].title}


# ------------------------------------------------------------------------------------------------------------ streams

STREAM = b"<</Length %d>>\nstream\n%s\nendstream"


def a_pdf(*streams: bytes) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, data in enumerate(streams, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, STREAM % (len(data), data))
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + b"xref\n1 %d\n%strailer\n<<>>\nstartxref\n%d\n%%%%EOF" % (len(places), table, len(made))


def places(pdf: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"(\d{10}) 00000 n", pdf)]


@given(st.lists(st.sampled_from([b"abc", b"abc\r", b"\r", b"", b"a\r\n"]), min_size=1, max_size=5))
def test_a_streams_end_is_read_in_one_way_only(streams: list[bytes]) -> None:
    pdf = unambiguous(a_pdf(*streams))
    start = int(pdf.split(b"startxref\n")[1].split()[0])
    assert pdf[start:].startswith(b"xref")
    for number, (place, data) in enumerate(zip(places(pdf), streams, strict=True), start=1):
        assert pdf[place:].startswith(b"%d 0 obj\n" % number)
        after = pdf[pdf.index(b"stream\n", place) + len(b"stream\n") :]
        assert after.startswith(data)
        assert re.match(rb"\r\nendstream" if data.endswith(b"\r") else rb"\nendstream", after[len(data) :])


def test_a_file_that_needs_no_mending_is_left_as_it_is() -> None:
    pdf = a_pdf(b"abc", b"def")
    assert unambiguous(pdf) is pdf


def test_every_place_in_a_real_file_leads_to_its_object() -> None:
    pdf = render_pdf(build(a_round(Wish(count=3)), "sv"))
    for place in places(pdf):
        assert re.match(rb"\d+ 0 obj", pdf[place : place + 16])
