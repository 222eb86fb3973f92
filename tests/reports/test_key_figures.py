"""Facts beside scores: Kolada's figures for women and men on an organisation's page, and its own answers in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from sheets_pipeline.model.key_figures import Gender, KeyFigure, KeyFigures
from sheets_pipeline.model.round_results import Fact, KeyFigureRow, OrganisationResult, RoundResults
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.pipeline.key_figures import with_key_figures
from sheets_pipeline.reference.kolada.kpis import chosen_kpis
from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Details, OrganisationPage, Table
from tests.reports.rounds import Wish, a_round, words

POPULATION, SHARE_OF_WOMEN = "N01951", "N02923"
ONLY_MUNICIPALITIES = next(kpi.id for kpi in chosen_kpis().values() if kpi.municipality_type == "K")
MUNICIPALITY, REGION = "0114", "0001"
NO = False


def figure(kpi: str, code: str, year: int, sex: Gender, value: str | None) -> KeyFigure:
    return KeyFigure(
        kpi=kpi, municipality=code, period=year, gender=sex, value=None if value is None else Decimal(value)
    )


def kept(*figures: KeyFigure) -> KeyFigures:
    return KeyFigures(figures=figures, fetched=date(2026, 9, 1))


def named(code: str, results: RoundResults | None = None) -> RoundResults:
    """A round whose first organisation has the code of a real place."""
    results = results or a_round(Wish(count=3))
    first, *others = results.organisations
    there = replace(first, organisation=replace(first.organisation, code=code))
    return replace(results, organisations=(there, *others))


def row(results: RoundResults, kpi: str, code: str = MUNICIPALITY) -> KeyFigureRow:
    result = results.organisation(code)
    assert result is not None
    return next(one for one in result.key_figures if one.kpi == kpi)


def tables(results: RoundResults, organisation: OrganisationResult, language: str = "sv") -> dict[str, Table]:
    """The tables among the facts of one organisation's page, by the start of their anchor."""
    document = build(results, language)
    pages = (block for part in document.sections for block in part.blocks if isinstance(block, OrganisationPage))
    page = next(one for one in pages if one.name == organisation.organisation.name)
    return {table.anchor.rpartition("-")[0]: table for table in _folded(page)}


def _folded(page: OrganisationPage) -> Iterator[Table]:
    for block in page.blocks:
        if isinstance(block, Details):
            yield from (inner for inner in block.blocks if isinstance(inner, Table))


def shown(table: Table) -> list[list[str]]:
    return [[str(cell) for cell in line] for line in table.rows]


def test_women_and_men_stand_beside_each_other_in_the_newest_year_that_has_both() -> None:
    figures = kept(
        figure(POPULATION, MUNICIPALITY, 2024, "K", "24100"),
        figure(POPULATION, MUNICIPALITY, 2024, "M", "24300"),
        figure(POPULATION, MUNICIPALITY, 2024, "T", "48400"),
        figure(POPULATION, MUNICIPALITY, 2025, "K", "24200"),
        figure(POPULATION, MUNICIPALITY, 2025, "M", None),
    )
    found = row(with_key_figures(named(MUNICIPALITY), figures), POPULATION)
    assert found.year == 2024
    assert [found.women, found.men, found.total] == [Decimal(24100), Decimal(24300), Decimal(48400)]


def test_figures_of_years_after_the_day_of_the_results_are_not_used() -> None:
    figures = kept(*(figure(POPULATION, MUNICIPALITY, year, "T", str(year)) for year in (2025, 2027)))
    assert row(with_key_figures(named(MUNICIPALITY), figures), POPULATION).total == 2025


def test_what_is_missing_is_a_row_that_says_so() -> None:
    figures = kept(figure(SHARE_OF_WOMEN, MUNICIPALITY, 2025, "T", "49.7"))
    results = with_key_figures(named(MUNICIPALITY), figures)
    assert len(results.organisations[0].key_figures) == len(chosen_kpis())
    missing = row(results, POPULATION)
    assert (missing.year, missing.women_code, missing.men_code, missing.total_code) == (None, "-", "-", "-")
    undivided = row(results, SHARE_OF_WOMEN)
    assert (undivided.women_code, undivided.men_code, undivided.total_code) == (".", ".", "")
    table = tables(results, results.organisations[0])["table-key-figures"]
    assert ["Invånare totalt, antal", "–", "-", "-", "-"] in shown(table)
    assert f"{len(chosen_kpis()) - 1} nyckeltal saknas" in table.note


def test_a_region_is_not_said_to_lack_what_only_municipalities_have() -> None:
    figures = kept(figure(POPULATION, REGION, 2025, "T", "2400000"))
    results = with_key_figures(named(REGION), figures)
    kpis = {one.kpi for one in results.organisations[0].key_figures}
    assert POPULATION in kpis
    assert ONLY_MUNICIPALITIES not in kpis


def test_example_organisations_and_projects_without_figures_show_nothing() -> None:
    results = named(MUNICIPALITY)
    assert with_key_figures(results, KeyFigures()) == results
    filled = with_key_figures(results, kept(figure(POPULATION, MUNICIPALITY, 2025, "T", "48400")))
    assert [bool(one.key_figures) for one in filled.organisations] == [True, False, False]
    assert "table-key-figures" not in tables(filled, filled.organisations[1])


def test_an_organisation_that_shares_no_scores_has_no_figures_on_its_page() -> None:
    results = named(MUNICIPALITY, a_round(Wish(count=1, hidden=1)))
    filled = with_key_figures(results, kept(figure(POPULATION, MUNICIPALITY, 2025, "T", "48400")))
    assert not filled.organisations[0].key_figures


def test_the_table_names_kolada_and_the_day_and_shows_years_as_years() -> None:
    figures = kept(
        figure(POPULATION, MUNICIPALITY, 2025, "K", "24200"), figure(POPULATION, MUNICIPALITY, 2025, "M", "24305")
    )
    results = with_key_figures(named(MUNICIPALITY), figures)
    table = tables(results, results.organisations[0])["table-key-figures"]
    assert table.note.startswith("Källa: Kolada, hämtat 1 september 2026.")
    assert shown(table)[0] == ["Invånare totalt, antal", "2025", "24\u00a0200", "24\u00a0305", "-"]
    english = tables(results, results.organisations[0], "en")["table-key-figures"]
    assert english.note.startswith("Source: Kolada, fetched ")


# ------------------------------------------------------------------------------------------------------- own answers


def fact(path: str, value: Value, /, **more: object) -> Fact:
    asked = Fact(path=path, section="basic", label=words("Fråga", "Question"), value=value, value_label={})
    return replace(asked, **more)  # type: ignore[arg-type] # fields of a fact


def answered(*facts: Fact) -> list[list[str]]:
    results = a_round(Wish(count=1))
    (only,) = results.organisations
    titled = {**results.titles, "section/departments": words("Nämnder", "Committees")}
    filled = replace(results, organisations=(replace(only, facts=facts),), titles=titled)
    return shown(tables(filled, filled.organisations[0])["table-facts"])


def test_a_year_is_written_as_a_year() -> None:
    assert answered(fact("cemr_year", 2007, type="year")) == [["Fråga", "", "2007"]]


def test_shares_and_amounts_have_their_units() -> None:
    told = answered(fact("share", Decimal("12.5"), type="percent"), fact("sum", 1200, unit="SEK"))
    assert [line[2] for line in told] == ["12,5\u00a0%", "1\u00a0200\u00a0SEK"]


def test_what_was_ticked_stands_in_one_row_in_the_forms_own_words() -> None:
    options = {"cemr_charter": "CEMR-deklarationen är antagen", "policy": "Program eller policy", "other": "Annat"}
    facts = [
        fact(f"kinds/{name}", name != "other", group=name, type="boolean", key_label=words(label, label))
        for name, label in options.items()
    ]
    assert answered(*facts) == [["Fråga", "", "CEMR-deklarationen är antagen\nProgram eller policy"]]


def test_the_rows_of_a_table_are_numbered_as_a_reader_counts_them() -> None:
    rows = [
        fact(f"departments[{row}]/name", row, section="departments", row=f"departments[{row}]")
        for row in ("D01", "D04")
    ]
    assert [line[0] for line in answered(*rows)] == ["Nämnder, 1: Fråga", "Nämnder, 2: Fråga"]


def test_a_yes_or_no_stays_a_yes_or_no() -> None:
    assert answered(fact("signed", NO, type="boolean")) == [["Fråga", "", "Nej"]]
