"""Answers beside each other and beside last time's: what is worth a word, and what must never be cried about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.submissions import Parameters
from tests.validation.workbook import FORMS, Workbook, fields, self_assessment

COUNTS = fields("""
  - {name: pupils, type: split, of: integer, groups: [girls, boys, total]}
  - {name: income, type: split, of: integer, unit: SEK, groups: [women, men, total]}
  - {name: share, type: split, of: percent, groups: [women, men, total]}
""")


def split(name: str, **figures: CellValue) -> dict[str, CellValue]:
    return {f"{name}/{group}": figure for group, figure in figures.items()}


@pytest.mark.parametrize("total", [1000, 995, 1010])
def test_counts_and_their_total_may_differ_by_the_noise_of_statistics(total: int) -> None:
    assert Workbook(COUNTS, split("pupils", girls=480, boys=520, total=total)).said() == []


def test_counts_that_do_not_add_up() -> None:
    remark = Workbook(COUNTS, split("pupils", girls=480, boys=520, total=1200)).remark("TOTAL_DIFFERS")

    assert (remark.path, remark.severity, remark.params["sum"]) == ("pupils/total", "warning", 1000)


@pytest.mark.parametrize(
    "figures", [{"girls": 480, "total": 1200}, {"girls": "..", "boys": 520, "total": 1200}, {"total": 1200}]
)
def test_counts_of_half_a_pair_are_not_added(figures: dict[str, CellValue]) -> None:
    assert "TOTAL_DIFFERS" not in Workbook(COUNTS, split("pupils", **figures)).codes()


def test_shares_lie_between_and_medians_are_left_alone() -> None:
    assert Workbook(COUNTS, split("share", women=40, men=60, total=75)).codes() == {"TOTAL_OUTSIDE_GROUPS"}
    assert Workbook(COUNTS, split("share", women=40, men=60, total=48)).said() == []
    assert Workbook(COUNTS, split("income", women=250000, men=300000, total=600000)).said() == []


def test_a_jump_in_a_known_count_is_asked_about() -> None:
    facts = fields("""
      - {name: people, type: split, of: integer, prefill: kolada.N01951, groups: [women, men]}
      - {name: a, type: text}
    """)
    before = Workbook(facts, {"a": "x", **split("people", women=5000, men=5000)})

    assert before.with_(split("people", women=2500, men=2500)).codes(same_key=before.in_force()) == {
        "POPULATION_CHANGED"
    }
    assert before.with_(split("people", women=4000, men=4000)).codes(same_key=before.in_force()) == set()


def test_all_alike_and_identical_to_last_time_are_information_in_full_mode_from_twenty_scores() -> None:
    alike = self_assessment(2).with_({"m01_1/score": 2})
    later = self_assessment(2, occasion="bm2")
    before = {("self_assessment", "", "bm1"): self_assessment(2).values()}

    assert [(issue.code, issue.severity) for issue in alike.checked().issues] == [("ALL_ALIKE", "info")]
    assert alike.checked().name == "accepted"
    assert later.codes(in_force=before) == {"SAME_AS_LAST_TIME"}
    assert later.with_({"m02_1/score": 1}).codes(in_force=before) == set()


def test_ten_scores_alike_in_quick_mode_are_nothing_to_speak_of() -> None:
    form = FORMS["self_assessment"]
    scores: dict[str, CellValue] = {f"m{number:02d}_0/score": 2 for number in range(1, 11)}
    about = {"assessed_on": "2026-02-20", "roles_present/politician": "x"}
    quick = Workbook(form, {**about, **scores}, Parameters(occasion="bm2", mode="quick", scale="s4", level="unit"))

    assert quick.said() == []


def test_a_fall_from_the_highest_step_to_the_lowest_is_an_invitation_to_explain() -> None:
    before = {("self_assessment", "", "bm1"): {**self_assessment().values(), "m03_1/score": 4, "m03_2/score": 4}}
    later = self_assessment(occasion="bm2").with_({"m03_1/score": 1, "m03_2/score": 2})

    assert [(issue.code, issue.path, issue.severity) for issue in later.checked(in_force=before).issues] == [
        ("LARGE_FALL", "m03_1/score", "info"),
    ]
    assert later.with_({"m03_1/comment": "Vi vet mer nu."}).said(in_force=before) == []


def test_more_than_five_things_to_improve() -> None:
    wished = self_assessment().with_({f"m{number:02d}_0/improve": "x" for number in range(1, 8)})

    assert wished.remark("TOO_MANY_IMPROVE").params["count"] == 7


def test_no_plan_about_a_service_is_said_from_the_third_point() -> None:
    plan = FORMS["improvement_plan"]
    typed: dict[str, CellValue] = {"plans[P01]/title": "Budgeten", "plans[P01]/kind": "Styrning och ledning"}
    at = {occasion: Workbook(plan, typed, Parameters(occasion="round")) for occasion in ("bm2", "bm3")}

    assert "NO_SERVICE_PLAN" not in at["bm2"].codes(due_occasion="bm2")
    assert "NO_SERVICE_PLAN" in at["bm3"].codes(due_occasion="bm3")


def test_few_people_behind_a_measure_are_said_to_be_protected() -> None:
    plan = FORMS["improvement_plan"]
    typed = {"plans[P01]/title": "Skolan", **split("plans[P01]/measures[K01]/people", women=3, men=20)}
    remark = Workbook(plan, typed, Parameters(occasion="round")).remark("SMALL_GROUP")

    assert (remark.path, remark.severity) == ("plans[P01]/measures[K01]/people/women", "info")


def test_a_wrong_figure_is_not_also_held_against_the_total() -> None:
    typed = split("pupils", girls=-480, boys=520, total=1200)

    assert Workbook(COUNTS, typed).codes() == {"NEGATIVE_NUMBER"}
    assert replace(Workbook(COUNTS, typed), subject="9902").checked().name == "remarks"
