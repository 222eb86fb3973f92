"""The facts and the improvement plan: what is asked when."""

from __future__ import annotations

from datetime import date

import pytest

from sheets_pipeline.model.expressions import Expression, evaluate, truth
from sheets_pipeline.model.forms import GROUPS
from tests.templates.shipped import FORMS, Answers, question


def holds(condition: Expression | None, answers: Answers) -> bool:
    assert condition is not None
    return truth(condition, answers)


@pytest.mark.parametrize(
    ("decision", "kinds", "expected"), [(True, True, False), (False, False, True), (None, False, False)]
)
def test_a_decision_is_described_and_a_coming_one_is_dated(
    *, decision: bool | None, kinds: bool, expected: bool
) -> None:
    answers = Answers({} if decision is None else {"decision": decision})
    assert holds(question("organisation_facts", "mandate", "decision_kinds").required, answers) is kinds
    assert holds(question("organisation_facts", "mandate", "decision_expected").required, answers) is expected


def test_the_charter_cannot_be_both_signed_and_unsigned() -> None:
    rule = question("organisation_facts", "mandate", "cemr_signed").constraint
    ticked = {"decision_kinds": ["cemr_charter", "policy"]}
    assert not holds(rule, Answers(chosen=ticked, itself=False))
    assert holds(rule, Answers(chosen=ticked, itself=True))
    assert holds(rule, Answers({}, itself=False))


@pytest.mark.parametrize(("no_goals", "asked"), [(None, True), (False, True), (True, False)])
def test_goals_are_asked_for_unless_there_are_none(*, no_goals: bool | None, asked: bool) -> None:
    relevant = FORMS["organisation_facts"].section("goals").relevant
    assert holds(relevant, Answers({} if no_goals is None else {"no_goals": no_goals})) is asked


@pytest.mark.parametrize(("kind", "asked"), [("municipality", True), ("region", True), ("federation", False)])
def test_residents_are_asked_of_those_who_have_residents(*, kind: str, asked: bool) -> None:
    relevant = FORMS["organisation_facts"].section("residents").relevant
    assert holds(relevant, Answers(around={"organisation_type": kind})) is asked


def test_what_the_register_knows_is_locked_and_never_demanded() -> None:
    for one in FORMS["organisation_facts"].section("organisation").questions:
        if one.locked:
            assert one.prefill is not None
            assert one.required is None


@pytest.mark.parametrize(
    ("effort", "effect", "place"),
    [
        (1, 5, "do_now"),
        (2, 3, "do_now"),
        (3, 3, "plan"),
        (5, 5, "plan"),
        (2, 2, "if_time"),
        (3, 2, "leave"),
        (None, 4, None),
    ],
)
def test_effort_and_effect_place_an_idea_in_the_matrix(effort: int | None, effect: int, place: str | None) -> None:
    given = {"effect": effect} if effort is None else {"effort": effort, "effect": effect}
    calculation = question("improvement_plan", "obstacles", "quadrant").calculation
    assert calculation is not None
    assert calculation.portable
    assert evaluate(calculation, Answers(given)) == place


def test_a_plan_does_not_end_before_it_starts() -> None:
    rule = question("improvement_plan", "plans", "end").constraint
    started = {"start": date(2026, 3, 2)}
    assert holds(rule, Answers(started, itself=date(2026, 3, 2)))
    assert not holds(rule, Answers(started, itself=date(2026, 3, 1)))
    assert holds(rule, Answers({}, itself=date(2026, 3, 1)))


def test_an_outcome_is_required_when_its_date_has_come() -> None:
    actual = question("improvement_plan", "measures", "actual")
    answers = {"target/date": date(2026, 10, 30)}
    assert actual.required_from == "final"
    assert holds(actual.required, Answers(answers, around={"as_of": date(2026, 11, 22)}))
    assert not holds(actual.required, Answers(answers, around={"as_of": date(2026, 10, 1)}))
    assert not holds(actual.required, Answers({}, around={"as_of": date(2026, 11, 22)}))


def test_measures_stand_by_sex_in_every_row() -> None:
    for name in ("baseline", "target", "actual"):
        row = question("improvement_plan", "measures", name)
        assert (row.groups, row.dated, row.marks) == (GROUPS, True, True)
    assert question("improvement_plan", "measures", "people").groups == GROUPS[:4]


def test_an_untouched_plan_holds_no_answer_of_its_own() -> None:
    """A default would make every prepared plan look begun."""
    plan = FORMS["improvement_plan"]
    assert [one.name for section in plan.walk() for one in section.questions if one.default or one.prefill] == []


def test_a_plan_can_point_at_every_statement_of_the_self_assessment() -> None:
    items = [item.name for section in FORMS["self_assessment"].sections for item in section.items]
    assert [choice.name for choice in FORMS["improvement_plan"].choice_lists["self_assessment.items"].choices] == items
