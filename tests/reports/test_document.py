"""What a report holds, in which order, and for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest

from sheets_pipeline.model.notes import NOTES
from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import (
    Block,
    Chart,
    Details,
    Document,
    Dumbbell,
    Number,
    OrganisationPage,
    Table,
    number,
)
from sheets_pipeline.texts import text
from tests.reports.rounds import Wish, a_round, fallen, unmoved


def every_block(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Details | OrganisationPage):
            yield from every_block(block.blocks)
        if isinstance(block, Chart):
            yield block.table


def blocks_of(document: Document) -> list[Block]:
    return [one for section in document.sections for one in every_block(section.blocks)]


def test_the_order_improvement_work_before_scores() -> None:
    assert [section.title for section in build(a_round(), "sv").sections] == [
        "Vilka som har svarat",
        "Vad som har förbättrats, och för vem",
        "Förflyttning per organisation",
        "Förflyttning per moment",
        "Påståenden som har rört sig mest",
        "Grupperna bredvid sin mentor",
        "Planerna och de påståenden de siktar på",
        "Lärdomar och idéer att ta över",
        "Organisation för organisation",
        "Metod, bortfall och underlag",
        "Siffrorna som data",
    ]


@pytest.mark.parametrize(
    "wish",
    [
        Wish(count=1),
        Wish(count=3),
        Wish(count=60),
        Wish(move=unmoved),
        Wish(move=fallen),
        Wish(lacking=1),
        Wish(hidden=12, audience="public"),
    ],
    ids=["one", "three", "sixty", "nobody moved", "everybody fell", "one without a second point", "nothing to show"],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_table_is_rectangular_and_every_anchor_is_used_once(wish: Wish, language: str) -> None:
    blocks = blocks_of(build(a_round(wish), language))
    tables = [block for block in blocks if isinstance(block, Table)]
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    anchors = Counter(block.anchor for block in blocks if isinstance(block, Table | Chart | OrganisationPage))
    assert [anchor for anchor, times in anchors.items() if times > 1] == []


def test_every_chart_has_its_words_its_source_and_a_table_with_rows() -> None:
    charts = [block for block in blocks_of(build(a_round(), "sv")) if isinstance(block, Chart)]
    assert charts
    assert all(chart.title and chart.description and chart.source and chart.table.rows for chart in charts)


def names_in_first_chart(audience: SharingLevel) -> list[str]:
    document = build(a_round(Wish(audience=audience)), "sv")
    figure = next(block.figure for block in blocks_of(document) if isinstance(block, Chart))
    assert isinstance(figure, Dumbbell)
    return [row.label for row in figure.groups[0].rows]


def test_organisations_stand_by_shift_inside_the_project_and_by_name_for_everybody_else() -> None:
    assert names_in_first_chart("salar")[0] == "Ekhult"
    assert names_in_first_chart("salar")[-1] == "Granfors"
    by_name = ["Ekhult", "Granfors", "Hagalund", "Lillvik", "Nyvik", "Rönnboda", "Sandhammar", "Åsdala", "Östermark"]
    for audience in ("cluster", "round", "public"):
        assert names_in_first_chart(audience) == by_name


def reason_of_nothing() -> str:
    return text(NOTES["nothing_matched"], "sv", context="note/nothing_matched")


def test_one_without_a_second_point_is_named_with_the_reason() -> None:
    figure = next(
        block.figure for block in blocks_of(build(a_round(Wish(lacking=1)), "sv")) if isinstance(block, Chart)
    )
    assert isinstance(figure, Dumbbell)
    last = next(row for group in figure.groups for row in group.rows if row.label == "Hagalund")
    assert (last.before, last.after, last.words) == (None, None, reason_of_nothing())


def test_women_stand_before_men_and_a_suppressed_value_shows_its_mark_and_what_it_means() -> None:
    tables = {table.anchor: table for table in build(a_round(), "sv").tables()}
    measures = tables["table-measures"]
    assert [row[5] for row in measures.rows[:2]] == ["Kvinnor", "Män"]
    tallnas = next(row for row in measures.rows if row[0] == "Tallnäs")
    assert [str(cell) for cell in tallnas[6:]] == ["31", "22", "..", "..", "–"]
    assert ".. visas inte eftersom få personer står bakom värdet" in measures.note


def test_who_does_not_share_is_counted_but_not_shown() -> None:
    document = build(a_round(Wish(hidden=1, audience="round")), "sv")
    assert "1 organisation delar inte sin skattning" in repr(document.sections[0])
    page = next(one for one in blocks_of(document) if isinstance(one, OrganisationPage) and one.name == "Hagalund")
    assert page.headline == "Organisationen delar inte sin skattning med den här målgruppen."
    assert page.blocks == ()
    assert all(
        "Hagalund" not in map(str, row)
        for table in document.tables()
        for row in table.rows
        if table.sheet == "Organisationer"
    )


def test_what_is_not_published_says_so() -> None:
    assert build(a_round(), "sv").standing == "Utkast"
    published = build(a_round(), "sv", published=True)
    assert (published.standing, published.draft) == ("Fastställd", False)
    assert "Utkast" not in repr(published)


def test_the_method_names_decisions_suppression_and_checksums() -> None:
    document = build(a_round(), "sv")
    method = next(section for section in document.sections if section.anchor == "method")
    for said in ("Ny nämnd tillträdde i april.", "färre än fem personer", "9901" * 16, "jämförelsegrupp", "för hand"):
        assert said in repr(method)


def test_words_follow_the_adjusted_test_alone() -> None:
    results = a_round()
    sure = tuple(replace(row, p_adjusted=0.01) for row in results.comparisons)
    unsure = tuple(replace(row, p_adjusted=0.2, p=0.001) for row in results.comparisons)
    for comparisons, sentence in ((sure, "Omgången som helhet: ökade."), (unsure, "inte säkerställt.")):
        document = build(replace(results, comparisons=comparisons), "sv")
        assert sentence in repr(next(one for one in document.sections if one.anchor == "organisations"))


@pytest.mark.parametrize(("exact", "swedish"), [("1/20", "0,1"), ("-1/20", "−0,1"), ("7/3", "2,3"), ("5/4", "1,3")])
def test_numbers_are_rounded_once_half_up_from_the_exact_value(exact: str, swedish: str) -> None:
    assert number(Fraction(exact), "sv").text == swedish


def test_an_english_report_has_no_swedish_of_its_own() -> None:
    results = a_round()
    texts = repr(build(results, "en"))
    for swedish in ("Förflyttning", "organisationer", "Medelvärde", "mättillfäl", "skattar"):
        assert swedish not in texts


def test_numbers_are_numbers_in_tables() -> None:
    table = next(one for one in build(a_round(), "sv").tables() if one.anchor.startswith("table-organisations"))
    assert all(isinstance(cell, Number) for row in table.rows for cell in row[3:])
