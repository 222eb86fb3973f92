"""A version that is not plausibly the next one is held and asked about; the earlier one stays in force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.validation.workbook import Workbook, fields, self_assessment

BEFORE = self_assessment()
CHANGED = BEFORE.with_({"m02_1/score": 3})
AFTER_MEETING = datetime(2026, 3, 11, 9, tzinfo=UTC)
AFTER_NEXT_MEETING = datetime(2026, 6, 11, 9, tzinfo=UTC)


def test_a_correction_before_the_meeting_is_the_next_version() -> None:
    assert CHANGED.checked(same_key=BEFORE.in_force()).name == "accepted"


def test_after_the_points_meeting_a_change_is_held() -> None:
    verdict = CHANGED.checked(same_key=BEFORE.in_force(), received=AFTER_MEETING)

    assert (verdict.name, [issue.code for issue in verdict.issues]) == ("held", ["POINT_CLOSED"])


def test_the_same_answers_sent_again_after_the_meeting_are_nothing_to_ask_about() -> None:
    assert BEFORE.checked(same_key=BEFORE.in_force(), received=AFTER_MEETING).name == "accepted"


def test_a_first_delivery_is_late_up_to_the_next_points_meeting() -> None:
    assert BEFORE.checked(received=AFTER_MEETING).name == "accepted"
    assert BEFORE.checked(received=AFTER_NEXT_MEETING).name == "held"


def test_on_the_day_of_the_meeting_the_point_is_still_open() -> None:
    that_day = datetime(2026, 3, 10, 16, tzinfo=UTC)

    assert CHANGED.checked(same_key=BEFORE.in_force(), received=that_day).name == "accepted"


LETTERS = fields("\n".join(f"- {{name: q{number:02d}, type: text}}" for number in range(1, 101)))


@pytest.mark.parametrize(
    ("answered", "gone", "verdict"),
    [(100, 5, "accepted"), (100, 6, "held"), (30, 3, "accepted"), (30, 4, "held"), (8, 1, "accepted"), (8, 2, "held")],
)
def test_over_five_or_over_a_tenth_of_the_answers_gone(answered: int, gone: int, verdict: str) -> None:
    before = Workbook(LETTERS, {f"q{number:02d}": "svar" for number in range(1, answered + 1) if number < 100})
    now = replace(before, typed=dict.fromkeys(list(before.typed)[gone:], "nytt"))

    assert now.checked(same_key=before.in_force()).name == verdict


def test_what_stands_unread_or_has_lost_its_cell_is_not_gone() -> None:
    numbers = fields("\n".join(f"- {{name: q{number:02d}, type: integer}}" for number in range(1, 31)))
    before = Workbook(numbers, {f"q{number:02d}": number for number in range(1, 31)})
    unread = before.with_({f"q{number:02d}": "många" for number in range(1, 11)})
    sheet_gone = replace(
        before, typed=dict.fromkeys(list(before.typed)[10:], 7), gone=frozenset(list(before.typed)[:10])
    )

    assert unread.checked(same_key=before.in_force()).name == "remarks"
    assert "FEWER_ANSWERS" not in sheet_gone.codes(same_key=before.in_force())


def test_from_another_organisations_folder() -> None:
    assert BEFORE.checked(folder_organisation="9901").name == "accepted"
    assert BEFORE.checked(folder_organisation="").name == "accepted"
    held = BEFORE.checked(folder_organisation="9902")

    assert (held.name, [issue.code for issue in held.issues]) == ("held", ["OTHER_SENDER"])
    assert replace(BEFORE, subject="k1").checked(folder_organisation="9902").name == "accepted"  # of that cluster


def test_scores_and_comments_equal_to_another_organisations() -> None:
    mine = BEFORE.with_({"m01_1/comment": "Beslut 2024", "m05_1/score": 4, "m05_1/evidence": "Årsredovisning"})
    theirs = {"9902": mine.values()}

    assert replace(mine, subject="9901").codes(others=theirs) == {"COPIED_FROM"}
    assert mine.with_({"m01_1/comment": "Vårt eget"}).codes(others=theirs) == set()
    assert mine.with_({"m05_1/score": 3}).codes(others=theirs) == set()


def test_scores_all_alike_without_a_comment_are_no_copy() -> None:
    alike = self_assessment(1).with_({"m01_1/score": 1})

    assert alike.codes(others={"9902": alike.values()}) == {"ALL_ALIKE"}


def test_saved_before_the_version_in_force() -> None:
    in_force = BEFORE.in_force(saved=datetime(2026, 2, 19, 12, tzinfo=UTC))

    assert CHANGED.checked(same_key=in_force, saved=datetime(2026, 2, 19, 11, tzinfo=UTC)).name == "held"
    assert CHANGED.checked(same_key=in_force, saved=datetime(2026, 2, 19, 13)).name == "accepted"  # noqa: DTZ001 - as Office writes it


def test_the_same_form_come_two_ways() -> None:
    in_force = BEFORE.in_force(source="google")
    built_on_it = replace(CHANGED, built_on="earlier")

    assert CHANGED.remark("TWO_CHANNELS", same_key=in_force, source="inbox").params["count"] == 1
    assert CHANGED.codes(same_key=in_force, source="google") == set()
    assert built_on_it.codes(same_key=in_force, source="inbox") == set()


@pytest.mark.parametrize("decided", [{"POINT_CLOSED": "accept"}, {"abc": "accept"}])
def test_what_a_person_has_decided_is_not_asked_again(decided: dict[str, str]) -> None:
    verdict = CHANGED.checked(same_key=BEFORE.in_force(), received=AFTER_MEETING, checksum="abc", decided=decided)

    assert (verdict.name, verdict.issues) == ("accepted", ())
