"""The presentation: native and editable, the numbers of the page, title, notes and words for pictures."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pptx
import pytest
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE

from sheets_pipeline.errors import RenderError
from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Chart, Dumbbell, charts_in
from sheets_pipeline.reports.pptx import render_pptx
from sheets_pipeline.texts import has
from tests.reports.rounds import Wish, a_round, fallen, unmoved
from tests.reports.slides import DRAWING, cells, charts, deck, embedded, opened, part_texts, shapes, tables

LONG = ("Vi har ändrat hur vi beställer resor och följer upp väntetiden varje månad. " * 42)[:3000].strip()
EXTREMES = {
    "one": Wish(count=1),
    "three": Wish(count=3),
    "twelve": Wish(),
    "unmoved": Wish(move=unmoved),
    "fallen": Wish(move=fallen),
    "names of 40 characters": Wish(name=lambda n: f"{n:02} Norra Långnamnsbygdens kommunalförbund"[:40]),
    "texts of 3,000 characters": Wish(count=3, remark=LONG),
    "nobody answered twice": Wish(lacking=12),
    "nothing to show": Wish(hidden=12, audience="public"),
}
WISHES = pytest.mark.parametrize("wish", EXTREMES.values(), ids=EXTREMES.keys())


@WISHES
def test_every_slide_has_a_title_of_its_own_notes_and_a_number(wish: Wish) -> None:
    slides = list(opened(deck(wish)).slides)
    titles = [slide.shapes.title.text for slide in slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for number, slide in enumerate(slides, 1):
        assert "Källa: organisationernas egna svar" in slide.notes_slide.notes_text_frame.text
        (field,) = slide.element.iter(f"{DRAWING}fld")
        assert (field.get("type"), field.findtext(f"{DRAWING}t")) == ("slidenum", str(number))


@WISHES
def test_nothing_stands_on_anything_else_or_beside_the_slide(wish: Wish) -> None:
    presentation = opened(deck(wish))
    for slide in presentation.slides:
        places = [
            (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in shapes(slide)
        ]
        for left, top, right, bottom in places:
            assert left >= 0
            assert top >= 0
            assert right <= presentation.slide_width
            assert bottom <= presentation.slide_height
        for n, one in enumerate(places):
            for other in places[n + 1 :]:
                beside = one[2] <= other[0] or other[2] <= one[0]
                below = one[3] <= other[1] or other[3] <= one[1]
                assert beside or below, (slide.shapes.title.text, one, other)


@WISHES
def test_what_is_read_first_stands_first(wish: Wish) -> None:
    for slide in opened(deck(wish)).slides:
        order = [(shape.top, shape.left) for shape in shapes(slide) if not shape.is_placeholder]
        assert shapes(slide)[0] == slide.shapes.title
        assert order == sorted(order)


@WISHES
def test_charts_tables_and_drawings_have_words(wish: Wish) -> None:
    for slide in opened(deck(wish)).slides:
        for shape in shapes(slide):
            if shape.has_chart or shape.has_table or shape.shape_type == MSO_SHAPE_TYPE.GROUP:
                assert len(next(shape.element.iter("{*}cNvPr")).get("descr")) > len(shape.name)


@pytest.mark.parametrize(("language", "tag"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_every_run_says_its_language(language: str, tag: str) -> None:
    with ZipFile(io.BytesIO(deck(None, language))) as parts:
        for name in parts.namelist():
            if re.match(r"ppt/(slides|notesSlides)/[^/]+\.xml", name):
                text = parts.read(name).decode()
                assert len(re.findall("<a:(?:r|fld)[ >]", text)) == len(re.findall(rf'<a:rPr[^>]*lang="{tag}"', text))


def test_sixteen_to_nine_and_nothing_of_somebody_elses_past() -> None:
    data = deck()
    presentation = opened(data)
    assert round(presentation.slide_width / presentation.slide_height, 2) == 1.78
    with ZipFile(io.BytesIO(data)) as parts:
        assert not [name for name in parts.namelist() if "thumbnail" in name or "printer" in name or "app.xml" in name]
    known = presentation.core_properties
    assert (known.title, known.author, known.language) == ("Resultat: Omgång 2026", "sheets-pipeline", "sv-SE")
    assert (known.created.isoformat(), known.modified.isoformat()) == ("2026-11-03T00:00:00",) * 2


def test_the_same_round_gives_the_same_bytes() -> None:
    document = build(a_round(), "sv")
    assert render_pptx(document) == render_pptx(document)


def test_a_draft_says_so_on_every_slide_and_a_published_report_on_none() -> None:
    published = opened(render_pptx(build(a_round(Wish(count=3)), "sv", published=True)))
    for presentation, said in ((opened(deck(Wish(count=3))), True), (published, False)):
        for slide in presentation.slides:
            assert any("UTKAST" in shape.text_frame.text for shape in shapes(slide) if shape.has_text_frame) is said


def test_bars_show_the_numbers_of_the_page() -> None:
    document = build(a_round(), "sv")
    drawn = {
        (str(category).rpartition("  (")[0], series.name): value
        for chart in charts(opened(deck()))
        if chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
        for series in chart.plots[0].series
        for category, value in zip(chart.plots[0].categories, series.values, strict=True)
    }
    (page,) = [one for one in charts_in(document.sections[2].blocks) if one.anchor.startswith("organisations-items")]
    assert isinstance(page, Chart)
    assert isinstance(page.figure, Dumbbell)
    for row in (row for group in page.figure.groups for row in group.rows):
        assert row.before is not None
        assert row.after is not None
        assert drawn[row.label, "Före"] == float(row.before.shown)
        assert drawn[row.label, "Efter"] == float(row.after.shown)


def test_a_chart_carries_what_it_shows_and_nothing_else() -> None:
    data = deck()
    shown = [
        {str(name) for series in chart.plots[0].series for name in (series.name, *chart.plots[0].categories)}
        | {str(value) for series in chart.plots[0].series for value in series.values}
        for chart in charts(opened(data))
    ]
    carried = [
        {
            str(float(cell)) if isinstance(cell, int) else str(cell)
            for row in rows
            for cell in row
            if cell not in {None, ""}
        }
        for rows in embedded(data)
    ]
    assert len(carried) == len(shown)
    for own in carried:
        assert own in shown


def test_who_does_not_share_stands_nowhere() -> None:
    results = a_round(Wish(hidden=1, audience="round"))
    hidden = [one.organisation.name for one in results.organisations if not one.scores_shown]
    everything = part_texts(render_pptx(build(results, "sv")))
    assert hidden == ["Hagalund"]
    charts_and_books = re.sub(r"(?s)<p:(sld|notes) .*?</p:\1>", "", everything)
    assert "Hagalund" not in charts_and_books


def test_axis_ids_are_those_that_the_format_allows() -> None:
    ids = re.findall(r'<c:(?:axId|crossAx) val="([^"]*)"', part_texts(deck()))
    assert ids
    assert all(one.isdecimal() for one in ids)


def test_long_tables_go_on_with_their_headings() -> None:
    parts = [
        table for title, table in tables(opened(deck())) if title.startswith("Vad som har förbättrats, och för vem (")
    ]
    assert len(parts) > 1
    assert len({tuple(cells(table, 0)) for table in parts}) == 1
    written = [cells(table, row) for table in parts for row in range(1, len(table.rows))]
    measures = next(one for one in build(a_round(), "sv").tables() if one.anchor == "table-measures")
    assert written == [[str(cell) for cell in row] for row in measures.rows]


def test_a_long_text_is_whole_over_several_slides() -> None:
    rows = [
        cells(table, row)
        for title, table in tables(opened(deck(EXTREMES["texts of 3,000 characters"])))
        if title.startswith("Idébank")
        for row in range(1, len(table.rows))
    ]
    own = [row[-1].strip("… ") for row in rows if row[1] == "Björkinge"]
    assert len(own) > 1
    assert " ".join(own) == LONG


def test_the_heatmap_prints_the_number_in_every_cell() -> None:
    maps = [table for title, table in tables(opened(deck())) if title.startswith("Påstående för påstående")]
    assert {cell for table in maps for row in range(1, len(table.rows)) for cell in cells(table, row)[1:]} <= {
        "–", "0", "+1", "+2", "−1", "−2", "−3",
    }  # fmt: skip
    assert cells(maps[0], 0)[1:3] == ["Björkinge", "Ekhult"]


def test_any_text_is_text() -> None:
    odd = '<a:br/> & "=1+1" \x0b\x00 ]]> {{ 7 * 7 }}'
    everything = part_texts(render_pptx(build(a_round(Wish(count=3, remark=odd)), "sv")))
    assert '&lt;a:br/&gt; &amp; "=1+1"  ]]&gt; {{ 7 * 7 }}' in everything


# ----------------------------------------------------------------------------------------------------------- template


def a_template(*, layouts: tuple[str, ...] = ("Rubrikbild", "Endast rubrik")) -> bytes:
    """A house's presentation in 4:3 with a slide of its own; its title layouts carry Swedish names."""
    presentation = pptx.Presentation(io.BytesIO(default()))
    names = dict(zip(("Title Slide", "Title Only"), layouts, strict=True))
    for layout in presentation.slide_layouts:
        layout.name = names.get(layout.name, layout.name)
    slide = presentation.slides.add_slide(presentation.slide_layouts[0])
    slide.shapes.title.text = "Gammal bild"
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def default() -> bytes:
    return (Path(pptx.__file__).with_name("templates") / "default.pptx").read_bytes()


def test_a_template_of_ones_own_is_used_by_the_names_of_its_layouts() -> None:
    made = opened(render_pptx(build(a_round(Wish(count=3)), "sv"), a_template()))
    assert (made.slide_width, made.slide_height) == (9_144_000, 6_858_000)
    assert [slide.slide_layout.name for slide in made.slides][:3] == ["Rubrikbild", "Endast rubrik", "Endast rubrik"]
    assert "Gammal bild" not in [slide.shapes.title.text for slide in made.slides]


def test_layouts_of_other_names_serve_if_they_have_a_title() -> None:
    made = opened(render_pptx(build(a_round(Wish(count=1)), "sv"), a_template(layouts=("Start", "Innehåll"))))
    assert {slide.slide_layout.name for slide in made.slides} == {"Start"}


def test_a_template_without_titles_is_refused_with_the_names_it_has() -> None:
    presentation = pptx.Presentation(io.BytesIO(default()))
    for layout in presentation.slide_layouts:
        for shape in list(layout.placeholders):
            if "Title" in shape.name or "Vertical Title" in shape.name:
                shape.element.getparent().remove(shape.element)
    file = io.BytesIO()
    presentation.save(file)
    with pytest.raises(RenderError) as refused:
        render_pptx(build(a_round(Wish(count=1)), "sv"), file.getvalue())
    assert "Title Only" in refused.value.hint


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no zip", b"<html></html>"])
def test_what_is_no_presentation_is_refused(data: bytes) -> None:
    with pytest.raises(RenderError):
        render_pptx(build(a_round(Wish(count=1)), "sv"), data)


def test_every_text_of_the_slides_has_its_swedish(root: Path) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (root / "sheets_pipeline/reports/pptx").glob("*.py"))
    said = set(re.findall(r'\bsay\(\s*"([^"]+)"', code))
    assert len(said) > 8
    assert {msgid for msgid in said if not has(msgid, "sv", context="slides")} == set()
