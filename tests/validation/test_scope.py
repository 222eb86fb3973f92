"""Where names in expressions are looked up."""

from __future__ import annotations

from decimal import Decimal

from sheets_pipeline.model.expressions import evaluate, parse
from sheets_pipeline.model.submissions import Parameters, Value
from sheets_pipeline.validation.case import Case
from tests.validation.workbook import FORMS, SURROUNDINGS, Workbook, self_assessment

PLAN = Workbook(
    FORMS["improvement_plan"],
    {
        "plans[P01]/title": "Skolan",
        "plans[P01]/measures[K01]/name": "Betyg",
        "plans[P01]/measures[K01]/unit": "Procent (%)",
        "plans[P01]/measures[K01]/baseline/women": 40,
        "plans[P01]/measures[K01]/baseline/men": "..",
        "plans[P01]/obstacles[H02]/effort": 2,
        "plans[P01]/obstacles[H02]/effect": 4,
        "plans[P02]/title": "Budgeten",
    },
    Parameters(occasion="round", organisation_type="municipality"),
)


def found(workbook: Workbook, path: str, expression: str, **known: object) -> Value | None:
    surroundings = (
        SURROUNDINGS
        if not known
        else SURROUNDINGS.__class__(
            round=SURROUNDINGS.round,
            as_of=SURROUNDINGS.as_of,
            received=SURROUNDINGS.received,
            **known,  # type: ignore[arg-type]
        )
    )
    case = Case(workbook.read(), surroundings)
    return evaluate(parse(expression), case.scope(case.slots[path]))


def test_the_nearest_row_then_the_cards_around_it() -> None:
    at = "plans[P01]/measures[K01]/comment"

    assert found(PLAN, at, "${name}") == "Betyg"
    assert found(PLAN, at, "${title}") == "Skolan"
    assert found(PLAN, "plans[P02]/area", "${title}") == "Budgeten"


def test_groups_of_a_split_and_marks_that_are_nothing_to_reckon_with() -> None:
    at = "plans[P01]/measures[K01]/comment"

    assert found(PLAN, at, "${baseline/women} + 1") == 41
    assert found(PLAN, at, "sum(${baseline})") == Decimal(40)
    assert found(PLAN, at, "${baseline/men} >= 0") is False


def test_a_calculation_is_a_name_like_any_other() -> None:
    assert found(PLAN, "plans[P01]/obstacles[H02]/idea", "${quadrant}") == "do_now"


def test_a_column_seen_from_outside_its_table() -> None:
    assert found(PLAN, "plans[P01]/area", "count(${effort})") == 1


def test_the_same_item_and_the_options_that_are_ticked() -> None:
    workbook = self_assessment()

    assert found(workbook, "m01_1/comment", "${score}") == 3
    assert found(workbook, "m02_1/comment", "${score}") == 2
    assert found(workbook, "m02_1/comment", "count-selected(${roles_present})") == 3
    assert found(workbook, "m02_1/comment", "selected(${roles_present}, 'controller')") is False


def test_what_the_workbook_was_built_for() -> None:
    assert found(PLAN, "plans[P01]/area", "$organisation_type") == "municipality"
    assert found(PLAN, "plans[P01]/area", "$occasion") == "bm1"  # a living form counts for the next due date
    assert found(self_assessment(), "m01_1/comment", "$as_of") == SURROUNDINGS.as_of


def test_answers_of_earlier_points_and_other_forms() -> None:
    known = {("self_assessment", "", "bm1"): {"m01_1/score": 2}, ("self_assessment", "", "bm2"): {"m01_1/score": 3}}
    later = self_assessment(occasion="final")

    assert found(later, "m01_1/score", "pulldata('self_assessment', '.', 'previous')", in_force=known) == 3
    assert found(later, "m01_1/comment", "pulldata('self_assessment', 'm01_1/score', 'bm1')", in_force=known) == 2
    assert (
        found(later, "m01_1/comment", "pulldata('self_assessment', 'm01_1/score', 'bm3') = ''", in_force=known) is True
    )
