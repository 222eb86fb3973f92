"""Which items may be compared between two points, and what is said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.analysis.shifts import shifts
from sheets_pipeline.model.forms import Form, Item
from sheets_pipeline.model.results import Shift
from sheets_pipeline.model.submissions import Submission
from tests.analysis.example import ASSESSMENT, FORMS, assessed

ONE = "m01 {} 2 2 2 | 2   m02 2 2 2 | 2"
ANSWERS = ["1", "2", "3", "4", "DK", "NA", "-"]
LINES = st.lists(st.sampled_from(ANSWERS), min_size=9, max_size=9).map(
    lambda words: "m01 {} {} {} {} | {} m02 {} {} {} | {}".format(*words)
)
SETTINGS = st.fixed_dictionaries({"scale": st.sampled_from(["s4", "s3"]), "mode": st.sampled_from(["full", "quick"])})


def found(before: Sequence[Submission], after: Sequence[Submission]) -> dict[str, Shift]:
    return {one.item: one for one in shifts(before, after, FORMS)}


def pair(before: str, after: str) -> Shift:
    """The shift of m01_1 from one answer to another."""
    return found([assessed("9901", "bm1", ONE.format(before))], [assessed("9901", "final", ONE.format(after))])["m01_1"]


@pytest.mark.parametrize(("before", "after", "change"), [("1", "4", 3), ("2", "2", 0), ("3", "1", -2)])
def test_two_scores_are_compared(before: str, after: str, change: int) -> None:
    assert (pair(before, after).reason, pair(before, after).change) == ("", change)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("3", "NA", "not_applicable"),
        ("NA", "NA", "not_applicable"),
        ("DK", "3", "dont_know"),
        ("DK", "NA", "not_applicable"),
        ("2", "-", "unanswered"),
        ("-", "DK", "dont_know"),
    ],
)
def test_what_is_no_score_at_both_points_is_said_and_never_counted(before: str, after: str, reason: str) -> None:
    shift = pair(before, after)
    assert (shift.reason, shift.matched, shift.change) == (reason, False, None)


def test_another_scale_is_never_subtracted() -> None:
    before = assessed("9901", "bm1", ONE.format(1), scale="s3")
    after = assessed("9901", "final", ONE.format(4))
    assert {one.reason for one in shifts([before], [after], FORMS)} == {"other_scale"}
    assert {one.change for one in shifts([before], [after], FORMS)} == {None}


def test_another_level_is_never_subtracted() -> None:
    before = assessed("9901", "bm1", ONE.format(1), level="unit")
    after = assessed("9901", "final", ONE.format(4))
    assert {one.reason for one in shifts([before], [after], FORMS)} == {"other_level"}


def test_units_are_subjects_of_their_own() -> None:
    before = [assessed("9901", "bm1", ONE.format(1), unit="bun"), assessed("9901", "bm1", ONE.format(2))]
    after = [assessed("9901", "final", ONE.format(4), unit="bun"), assessed("9901", "final", ONE.format(4))]
    changes = {one.unit: one.change for one in shifts(before, after, FORMS) if one.item == "m01_1"}
    assert changes == {"bun": 3, "": 2}


def test_between_quick_and_full_only_headlines_are_compared() -> None:
    before = assessed("9901", "bm1", "m01 2 2 2 2 | 1   m02 2 2 2 | 2")
    after = assessed("9901", "final", "m01 - - - - | 3   m02 - - - | 2", mode="quick")
    result = found([before], [after])
    assert {one.item for one in result.values() if one.matched} == {"m01_0", "m02_0"}
    assert {one.reason for one in result.values() if not one.headline} == {"not_asked"}


def test_what_neither_point_asked_is_no_shift_at_all() -> None:
    quick = "m01 - - - - | 1   m02 - - - | 2"
    result = found([assessed("9901", "bm1", quick, mode="quick")], [assessed("9901", "final", quick, mode="quick")])
    assert set(result) == {"m01_0", "m02_0"}


def test_an_organisation_with_one_point_only_is_not_dropped() -> None:
    result = found([assessed("9901", "bm1", ONE.format(1))], [])
    assert {one.reason for one in result.values()} == {"one_point_only"}
    assert result["m01_1"].before == 1


def with_item(change: Item) -> Form:
    """The form with one item of its first section changed, as a later definition."""
    first, second = ASSESSMENT.sections
    items = tuple(change if item.name == change.name else item for item in first.items)
    return replace(ASSESSMENT, sections=(replace(first, items=items), second), version="1.1.0", definition="d2")


def reason_between(later: Form) -> str:
    before = assessed("9901", "bm1", ONE.format(1))
    after = replace(assessed("9901", "final", ONE.format(2)), definition=later.definition, version=later.version)
    forms = {**FORMS, (later.form_id, later.definition): later}
    return next(one.reason for one in shifts([before], [after], forms) if one.item == "m01_1")


def test_a_new_meaning_is_not_comparable_unless_the_form_says_so() -> None:
    item = ASSESSMENT.section("m01").items[0]
    assert reason_between(with_item(replace(item, revision=2))) == "revision"
    assert reason_between(with_item(replace(item, revision=2, equivalent_revisions=(1,)))) == ""
    assert reason_between(with_item(replace(item, label={"sv": "Stavat om"}))) == ""


def test_a_question_that_only_one_version_has_is_marked() -> None:
    first, second = ASSESSMENT.sections
    shorter = replace(ASSESSMENT, sections=(replace(first, items=first.items[1:]), second), definition="d2")
    assert reason_between(shorter) == "not_in_version"


@given(LINES, LINES, SETTINGS, SETTINGS)
def test_turning_time_round_turns_every_shift(
    before: str, after: str, one: dict[str, str], other: dict[str, str]
) -> None:
    lines = [line.replace("4", "3") for line in (before, after)]
    first, last = assessed("9901", "bm1", lines[0], **one), assessed("9901", "final", lines[1], **other)
    forward, backward = found([first], [last]), found([last], [first])
    assert forward.keys() == backward.keys()
    for item, shift in forward.items():
        turned = backward[item]
        assert (shift.before, shift.after, shift.reason) == (turned.after, turned.before, turned.reason)
        assert (shift.change or 0) == -(turned.change or 0)


@given(LINES, LINES, SETTINGS, SETTINGS)
def test_only_scores_on_one_scale_are_matched(
    before: str, after: str, one: dict[str, str], other: dict[str, str]
) -> None:
    lines = [line.replace("4", "3") for line in (before, after)]
    result = found([assessed("9901", "bm1", lines[0], **one)], [assessed("9901", "final", lines[1], **other)])
    for shift in result.values():
        both = shift.before is not None and shift.after is not None
        may = both and one["scale"] == other["scale"]
        assert shift.matched == may
