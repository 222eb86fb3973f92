"""An organisation's own report, a cluster's, the one page, and what plans and shifts have to do with each other."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import (
    Chart,
    Document,
    EffortEffect,
    Fishbone,
    KeyFigures,
    OrganisationPage,
    Paragraph,
    Section,
    Table,
)
from sheets_pipeline.reports.html import render_html
from sheets_pipeline.reports.pdf import render_pdf
from sheets_pipeline.reports.pptx import render_pptx
from tests.reports.parts import OWN, TOLD, a_full_plan, only, own_report, said, with_plan
from tests.reports.rounds import Wish, a_round, fallen, risen, unmoved
from tests.reports.slides import charts, opened
from tests.reports.test_document import blocks_of


def section(document: Document, anchor: str) -> Section:
    return next(one for one in document.sections if one.anchor == anchor)


def table(document: Document, anchor: str) -> Table:
    return next(one for one in blocks_of(document) if isinstance(one, Table) and one.anchor == anchor)


def rows(found: Table) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in found.rows]


# ------------------------------------------------------------------------------------------------------- organisation


def test_an_organisations_own_report_is_its_page_in_full() -> None:
    document = own_report(a_full_plan())
    assert document.title == "Resultat för Lillvik: Omgång 2026"
    assert document.audience == "För Lillvik"
    assert [one.title for one in document.sections] == [
        "Moment och påståenden",
        "Förbättringsplaner",
        "Planerna och de påståenden de siktar på",
        "Nästa steg",
        "Fakta om organisationen",
        "Metod, bortfall och underlag",
        "Siffrorna som data",
    ]
    assert document.headline.startswith("Högre efter än före: +0,04 steg")
    items = table(document, f"table-items-{OWN}")
    assert items in section(document, "scores").blocks, "the list of statements stands open"
    assert any("Beslutet togs i juni" in row[-1] for row in rows(items))
    assert any("Dnr KS 2026/14" in row[-1] for row in rows(items))


def test_its_key_figures_are_its_own() -> None:
    document = own_report(a_full_plan())
    figures = next(block for block in document.opening if isinstance(block, KeyFigures)).figures
    (row,) = [row for row in only(a_full_plan()).organisations[0].overall if row.series == "items"]
    assert figures[0].figure == "2,4 → 2,4"
    assert figures[1].figure == f"{row.up} av {row.matched}"
    assert figures[2].figure == "1 av 1"


def test_nobody_else_is_in_it() -> None:
    document = own_report(a_full_plan())
    for other in ("Björkinge", "Sandhammar", "Granfors"):
        assert other not in repr(document.sections[:-2])


def test_measures_stand_for_women_and_men() -> None:
    measures = table(own_report(a_full_plan()), f"table-measures-{OWN}-p01")
    assert [row[5:9] for row in rows(measures)] == [["Kvinnor", "31", "22", "23,5"], ["Män", "24,5", "22", "21,5"]]


def test_ideas_stand_where_effort_and_effect_put_them() -> None:
    chart = next(
        one for one in blocks_of(own_report(a_full_plan())) if isinstance(one, Chart) and "matrix" in one.anchor
    )
    assert isinstance(chart.figure, EffortEffect)
    assert [(one.number, one.effort, one.effect, one.chosen) for one in chart.figure.points] == [
        ("1", 2, 4, True),
        ("2", 1, 2, False),
        ("3", 5, 5, False),
        ("4", 4, 1, False),
    ]
    assert [row[5] for row in rows(chart.table)] == ["Gör nu", "Om tid finns", "Planera", "Avstå"]
    assert chart.description == "4 idéer är placerade. Ska testas: 1."


def test_causes_hang_on_the_bone_of_their_kind() -> None:
    chart = next(
        one for one in blocks_of(own_report(a_full_plan())) if isinstance(one, Chart) and "causes" in one.anchor
    )
    assert isinstance(chart.figure, Fishbone)
    assert chart.figure.problem == TOLD["problem"]
    assert [(bone.title, len(bone.causes)) for bone in chart.figure.bones] == [
        ("Arbetssätt", 2),
        ("Människor och kompetens", 1),
    ]


def test_next_steps_are_what_is_not_done_earliest_first() -> None:
    steps = table(own_report(a_full_plan()), "table-next-steps")
    assert [row[0] for row in rows(steps)] == ["Utbilda fler", "Informera anhöriga", "Följ upp i juni"]
    assert [row[2] for row in rows(steps)] == ["10 november 2026", "1 december 2026", "–"]


def test_an_organisation_that_this_audience_may_not_see_says_only_that() -> None:
    results = replace(only(a_full_plan()), organisations=(), audience="public", viewer="")
    document = build(results, "sv")
    assert document.headline == "Organisationen delar inte sin skattning med den här målgruppen."
    assert [one.anchor for one in document.sections] == ["scores", "method", "data"]
    assert "KeyFigures" not in repr(document.opening)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_parts_have_each_anchor_once_and_whole_tables(language: str) -> None:
    cluster = replace(a_full_plan(), about="k1")
    for document in (own_report(a_full_plan(), language=language), build(cluster, language)):
        blocks = blocks_of(document)
        anchors = Counter(one.anchor for one in blocks if isinstance(one, Table | Chart | OrganisationPage))
        assert [anchor for anchor, times in anchors.items() if times > 1] == []
        assert all(len(row) == len(one.columns) for one in blocks if isinstance(one, Table) for row in one.rows)
        assert render_html(document)


def test_ideas_are_points_to_edit_on_a_slide_each_with_its_number() -> None:
    (chart,) = [
        one for one in charts(opened(render_pptx(own_report(a_full_plan())))) if one.chart_type.name.startswith("XY")
    ]
    assert [series.name for series in chart.plots[0].series] == ["Övriga idéer", "Ska testas"]
    labels = [
        series.points[n].data_label.text_frame.text
        for series in chart.plots[0].series
        for n in range(len(list(series.values)))
    ]
    assert labels == ["2", "3", "4", "1"]


# ------------------------------------------------------------------------------------------------------------ cluster


def test_a_clusters_report_speaks_of_the_cluster() -> None:
    document = build(replace(a_round(Wish(count=4)), about="k1"), "sv")
    assert document.title == "Resultat för Grupp 1: Omgång 2026"
    assert "Gruppen som helhet: " in repr(section(document, "organisations"))
    assert [page.name for page in section(document, "pages").blocks if isinstance(page, OrganisationPage)] == [
        "Björkinge",
        "Granfors",
        "Lillvik",
        "Sandhammar",
    ]


def test_a_round_is_narrowed_to_a_cluster_or_to_an_organisation() -> None:
    whole = a_round(Wish(count=12)).round
    cluster, own = whole.only("k2"), whole.only("9902")
    assert [one.code for one in cluster.organisations] == ["9905", "9906", "9907", "9908"]
    assert [one.id for one in cluster.clusters] == ["k2"]
    assert [one.code for one in own.organisations] == ["9902"]
    assert [one.id for one in own.clusters] == ["k1"]
    assert whole.only("nobody") == whole


# ----------------------------------------------------------------------------------------------------------- one page


def test_the_one_page_says_what_improved_for_whom_who_answered_and_how_to_read_it() -> None:
    document = build(a_full_plan(), "sv", brief=True)
    assert document.title == "Resultatet i korthet: Omgång 2026"
    assert [one.title for one in document.sections] == [
        "Vad som har förbättrats, och för vem",
        "Vad som har rört sig",
        "Vilka som har svarat",
        "Så läser du siffrorna",
    ]
    words = repr(document.sections)
    assert "Lillvik: Genomsnittlig väntetid till färdtjänst (minuter), kvinnor från 31 till 23,5 och män från" in words
    assert "Självskattningar som används: 4 av 4 före och 4 av 4 efter." in words
    method = section(document, "method").blocks[0]
    assert isinstance(method, Paragraph)
    assert method.text.count(". ") == 1, "two sentences of method"


def test_where_no_goal_is_met_the_page_tells_of_groups_that_came_closer() -> None:
    words = repr(build(a_round(), "sv", brief=True).sections[0])
    assert "Björkinge: Genomsnittlig väntetid" in words
    assert "Och 7 mått till." in words


LONG_NAMES = Wish(name=lambda n: f"{n:02} Norra Långnamnsbygdens kommunalförbund"[:40], lacking=5)
PAGES = (Wish(), Wish(lacking=8), LONG_NAMES, Wish(count=60), Wish(move=fallen), Wish(hidden=12, audience="public"))


@pytest.mark.parametrize("wish", PAGES)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_one_page_of_paper(
    wish: Wish, language: str, require_program: Callable[[str], str], tmp_path: Path
) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(render_pdf(build(a_round(wish), language, brief=True)))
    told = subprocess.run([require_program("pdfinfo"), str(path)], capture_output=True, check=True).stdout.decode()
    assert "Pages:           1\n" in told
    assert "(A4)" in told


def test_the_page_in_a_browser_has_no_list_of_contents() -> None:
    assert '<nav class="contents"' not in render_html(build(a_round(), "sv", brief=True))
    assert '<nav class="contents"' in render_html(build(a_round(), "sv"))


# ---------------------------------------------------------------------------------------------------- who is compared


def test_a_headline_says_when_it_speaks_of_some_only() -> None:
    risen_ = build(a_round(Wish(move=risen, lacking=3)), "sv")
    assert risen_.headline == "Alla 6 organisationer som går att jämföra skattar sig högre efter än före."
    assert "Går inte att jämföra: Hagalund, Rönnboda och Östermark (" in repr(risen_.opening)
    some = build(a_round(Wish(lacking=3)), "en")
    assert some.headline == (
        "5 of 6 organisations that can be compared rate themselves higher after than before. 1 rates itself lower."
    )
    still = build(a_round(Wish(move=unmoved, lacking=3)), "sv").headline
    assert still == "Ingen av de 6 organisationer som går att jämföra har ändrat sin samlade skattning."


def test_a_headline_of_everybody_says_nothing_of_it() -> None:
    assert "går att jämföra" not in build(a_round(), "sv").headline
    assert "Går inte att jämföra" not in repr(build(a_round(), "sv").opening)


# ---------------------------------------------------------------------------------------------- plans, shifts, lessons


def test_targeted_statements_stand_beside_the_others() -> None:
    results = a_round(Wish(count=4))
    chosen = {"m05_1", "m09_2"}
    of_each = [
        [one.shift for one in result.items if one.shift.matched and one.shift.series == "items"]
        for result in results.organisations
    ]
    matched = [shift for own in of_each if any(one.item in chosen for one in own) for shift in own]
    document = build(results, "sv")
    found = rows(table(document, "table-links"))
    for row, aimed in zip(found, (True, False), strict=True):
        changes = [shift.change or 0 for shift in matched if (shift.item in chosen) is aimed]
        assert row[2:6] == [
            str(len(changes)),
            str(sum(change > 0 for change in changes)),
            str(sum(change == 0 for change in changes)),
            str(sum(change < 0 for change in changes)),
        ]
    words = repr(section(document, "plans"))
    assert "visar inte att det ena beror på det andra" in words
    assert "statistiskt prövat" in words


def test_a_round_without_targets_says_so() -> None:
    results = with_plan(a_round(Wish(count=1)), "9901", targeted=(), items=())
    assert "table-links" not in repr(section(build(results, "sv"), "plans"))


def test_a_plan_that_is_done_with_its_goals_met_is_a_learning_example() -> None:
    words = repr(section(build(a_full_plan(), "sv"), "lessons"))
    assert "1 plan är klar och har nått sina mål för alla grupper." in words
    assert "Lillvik: Lika väntetid till färdtjänst" in words
    assert all(text in words for text in TOLD.values())


@pytest.mark.parametrize("change", [{"status": "introduced"}, {"measures": ()}])
def test_a_plan_that_is_not_done_or_cannot_be_judged_is_none(change: dict[str, object]) -> None:
    assert "Lillvik: Lika väntetid" not in repr(
        section(build(with_plan(a_full_plan(), OWN, **change), "sv"), "lessons")
    )


def test_the_idea_bank_names_whose_ideas_they_are() -> None:
    bank = rows(table(build(a_full_plan(), "sv"), "table-ideas"))
    own = next(row for row in bank if row[1] == "Lillvik")
    assert own == ["Lika väntetid till färdtjänst", "Lillvik", TOLD["spread"], TOLD["secure"], TOLD["learned"]]


def test_words_that_may_not_be_spread_are_in_no_bank() -> None:
    def silent(results: RoundResults) -> RoundResults:
        for one in results.organisations:
            results = with_plan(results, one.organisation.code, texts=())
        return results

    words = repr(section(build(silent(a_round(Wish(count=4))), "sv"), "lessons"))
    assert "table-ideas" not in words
    assert "Ingen plan har lärdomar" in words


def test_an_idea_with_one_answer_stands_in_the_bank() -> None:
    results = with_plan(a_full_plan(), OWN, texts=said({"spread": TOLD["spread"]}))
    own = next(row for row in rows(table(build(results, "sv"), "table-ideas")) if row[1] == "Lillvik")
    assert own[2:] == [TOLD["spread"], "–", "–"]


def test_zip_files_of_slides_are_dated_alike() -> None:
    with ZipFile(io.BytesIO(render_pptx(own_report(a_full_plan())))) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
