"""The one value that reports and exports draw from, on the project's own forms."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from sheets_pipeline.analysis.summary import summarise
from sheets_pipeline.model.results import Gap
from sheets_pipeline.model.round_results import Decided, RoundResults
from tests.analysis.example import AS_OF, real_forms
from tests.analysis.filled import filled_round, results, submissions


def everything(value: object) -> set[str]:
    """Every text anywhere in a value."""
    if isinstance(value, str):
        return {value}
    if is_dataclass(value) and not isinstance(value, type):
        return {text for field in fields(value) for text in everything(getattr(value, field.name))}
    if isinstance(value, dict):
        return {text for pair in value.items() for text in everything(pair)}
    if isinstance(value, tuple | frozenset):
        return {text for one in value for text in everything(one)}
    return set()


def test_who_answered_is_counted_for_everybody() -> None:
    found = results("public").received
    last = [row for row in found if row.occasion == "final"]
    assert sum(row.answered for row in last) == 5  # three participants, the mentor, and its unit
    assert sum(row.owed for row in last) == 6
    assert sum(row.states.get("withdrawn", 0) for row in last) == 1
    assert sum(row.states.get("missing", 0) for row in last) == 1


def test_salar_sees_all_but_those_who_left() -> None:
    found = results()
    assert found.named == found.texts_of == ("9901", "9902", "9903", "9904", "9905")
    assert (found.left_out, found.withdrawn) == (0, 1)
    assert "9906" not in everything((found.organisations, found.inputs, found.comparisons))


def test_the_public_sees_nothing_of_those_who_do_not_share() -> None:
    found = results("public")
    assert (found.named, found.texts_of, found.left_out) == (("9901", "9902", "9905"), ("9901", "9902"), 2)
    shown = everything((found.organisations, found.clusters, found.comparisons, found.inputs, found.distributions))
    assert not {"9903", "9904", "@9904 final", "@9905 final"} & shown
    assert "@9902 final" in shown


def test_words_follow_the_texts_level_and_figures_the_scores_level() -> None:
    wordless = results("public").organisation("9905")
    assert wordless is not None
    (plan,) = wordless.plans
    assert (plan.title, plan.area, plan.texts, plan.measures[0].name, plan.measures[0].source) == ("", "", (), "", "")
    assert (plan.status, plan.measures[0].unit) == ("done", "percent")
    assert {fact.path for fact in wordless.facts} == {"population/women", "population/men"}
    assert {item.comment for item in wordless.items} == {""}


def test_an_organisation_sees_itself_whatever_its_level() -> None:
    own = results("cluster", "9904")
    assert own.named == ("9901", "9902", "9903", "9904", "9905")
    assert results("cluster", "k1").named == ("9901", "9902", "9903", "9905")


def test_items_tell_from_and_to_with_what_stood_beside_them() -> None:
    one = results().organisation("9902")
    assert one is not None
    item = next(item for item in one.items if item.shift.item == "m01_1")
    assert (item.shift.before, item.shift.after, item.number, item.comment) == (1, 3, "1.1", "@9902 final")
    assert {item.shift.reason for item in one.items} == {"", "dont_know"}


def test_one_point_only_is_shown_as_that() -> None:
    one = results().organisation("9903")
    assert one is not None
    assert {item.shift.reason for item in one.items} == {"one_point_only"}
    assert {row.n for row in one.overall} == {0}
    assert all("nothing_matched" in row.notes for row in one.overall)


def test_scores_hold_the_sum_beside_its_maximum_for_every_point() -> None:
    one = results().organisation("9902")
    assert one is not None
    (score,) = (
        score
        for score in one.scores
        if (score.occasion, score.section, score.series) == ("bm1", "m01", "items") and not score.unit
    )
    assert (score.asked, score.scored, score.total, score.maximum) == (4, 4, 6, 16)
    assert (score.mean, score.share_of_max) == (Fraction(3, 2), Fraction(1, 6))


def test_the_bars_of_a_section_speak_of_the_same_organisations() -> None:
    found = results().distributions
    pairs: dict[tuple[str, ...], list[tuple[int, int]]] = {
        (one.section, one.series, one.level, one.role): [] for one in found
    }
    for one in found:
        total = sum(one.counts.values()) + one.dont_know + one.not_applicable
        pairs[one.section, one.series, one.level, one.role].append((one.n, total))
    assert all(before == after for before, after in pairs.values())
    assert all(list(one.counts) == [1, 2, 3, 4] for one in found)


def test_clusters_show_the_gap_to_the_mentor_before_and_after() -> None:
    cluster = next(one for one in results().clusters if (one.cluster, one.series) == ("k1", "items"))
    assert cluster.mentor is not None
    assert [line.organisation for line in cluster.lines] == ["9902", "9904"]
    assert {(line.gap_before, line.gap_after) for line in cluster.lines} == {(Fraction(0), Fraction(0))}
    without = next(one for one in results().clusters if one.cluster == "k2")
    assert without.mentor is None
    assert {line.gap_after for line in without.lines} == {None}


def test_plans_say_whether_what_they_aimed_at_moved() -> None:
    one = results().organisation("9905")
    assert one is not None
    (plan,) = one.plans
    assert (plan.title, plan.kind, plan.status, plan.groups) == (
        "Lika långa samtal",
        "service",
        "done",
        ("women", "men"),
    )
    assert plan.national == ("health",)
    assert [(shift.item, shift.change) for shift in plan.targeted] == [("m01_1", 2), ("m01_0", 2)]
    assert (plan.activities, plan.activities_done) == (2, 1)
    assert (plan.start, plan.end) == (date(2026, 3, 1), date(2026, 10, 1))
    assert plan.labels["done"]["sv"] == "Klar"


def test_measures_have_their_goals_gaps_and_dates() -> None:
    one = results().organisation("9905")
    assert one is not None
    (measure,) = one.plans[0].measures
    assert [(group.group, group.goal_met) for group in measure.groups] == [
        ("women", True),
        ("men", False),
        ("total", None),
    ]
    assert measure.gaps == (
        Gap(pair=("women", "men"), before=Decimal("-90.5"), after=Decimal(-1), change=Decimal("-89.5")),
    )
    assert (measure.baseline_date, measure.actual_date) == (date(2026, 1, 31), None)
    assert (measure.unit_label["sv"], measure.direction_label["sv"]) == ("Procent (%)", "Öka")


def test_few_people_are_protected_in_every_figure_that_follows() -> None:
    found = results()
    one = found.organisation("9902")
    assert one is not None
    (measure,) = one.plans[0].measures
    women, men, total = measure.groups
    assert (women.baseline_code, women.actual_code, women.people_code, women.goal_met) == ("..", "..", "..", None)
    assert (men.baseline, men.actual, total.baseline_code) == (Decimal(50), Decimal(49), "..")
    assert measure.gaps == (Gap(pair=("women", "men"), before=None, after=None, change=None),)
    assert found.suppressed == {"complementary": 1, "few_people": 2, "small_count": 1}


def test_the_order_of_what_comes_in_changes_nothing() -> None:
    turned = summarise(
        filled_round(),
        real_forms(),
        reversed(submissions()),
        first="bm1",
        last="final",
        audience="salar",
        as_of=AS_OF,
    )
    assert turned == results()


def test_decisions_are_told_to_those_who_may_see_whom_they_are_about() -> None:
    decisions = tuple(
        Decided(what="accept", subject=code, by="Projektledningen", on=AS_OF, because="Bekräftat")
        for code in ("9902", "9904")
    )

    def told(audience: str) -> list[str]:
        found = summarise(
            filled_round(),
            real_forms(),
            submissions(),
            first="bm1",
            last="final",
            audience="public" if audience == "public" else "salar",
            as_of=AS_OF,
            decisions=decisions,
        )
        return [one.subject for one in found.decisions]

    assert told("salar") == ["9902", "9904"]
    assert told("public") == ["9902"]


@pytest.mark.parametrize("submitted", [(), submissions()[:1]])
def test_an_empty_round_and_a_single_answer_are_results_too(submitted: tuple[object, ...]) -> None:
    found: RoundResults = summarise(
        filled_round(),
        real_forms(),
        submissions()[: len(submitted)],
        first="bm1",
        last="final",
        audience="salar",
        as_of=AS_OF,
    )
    assert all(row.shift is None for row in found.comparisons)
    assert found.title("section", "m01")["sv"] == "Politiskt uppdrag"
    assert found.title("section", "m99") == {"sv": "m99", "en": "m99"}
