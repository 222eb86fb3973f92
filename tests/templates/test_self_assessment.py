"""The self-assessment: what is asked of whom, and when."""

from __future__ import annotations

import pytest

from sheets_pipeline.model.expressions import truth
from sheets_pipeline.model.slots import asked_items
from sheets_pipeline.model.submissions import Parameters
from tests.templates.shipped import FORMS, Answers, question

FORM = FORMS["self_assessment"]
SECTIONS = [section for section in FORM.sections if section.shape == "items"]


def asked(*, mode: str, level: str) -> list[str]:
    chosen = Parameters(scale="s4", mode=mode, level=level)
    return [item.name for section in SECTIONS for item in asked_items(section, FORM, chosen)]


def test_ten_sections_have_thirty_six_statements_and_a_headline_question_each() -> None:
    statements = [item for section in SECTIONS for item in section.items if not item.headline]
    assert (len(SECTIONS), len(statements)) == (10, 36)
    assert [item.name for section in SECTIONS for item in section.items if item.headline] == [
        f"m{number:02d}_0" for number in range(1, 11)
    ]


def test_the_headline_question_comes_last_in_its_section() -> None:
    assert [section.items[-1].headline for section in SECTIONS] == [True] * 10


@pytest.mark.parametrize("level", ["overall", "unit"])
def test_quick_and_full_share_the_ten_headline_questions_at_both_levels(level: str) -> None:
    quick = asked(mode="quick", level=level)
    assert len(quick) == 10
    assert set(quick) < set(asked(mode="full", level=level))


def test_a_statement_of_the_other_level_is_not_asked() -> None:
    assert "m08_1" in asked(mode="full", level="unit")
    assert "m08_1" not in asked(mode="full", level="overall")


def test_numbers_follow_names() -> None:
    for section in SECTIONS:
        for item in section.items:
            moment, place = item.name.removeprefix("m").split("_")
            assert item.number == (str(int(moment)) if item.headline else f"{int(moment)}.{place}")


def test_every_occasion_has_a_mode_that_exists() -> None:
    assert set(FORM.mode_by_occasion.values()) == {mode.name for mode in FORM.modes}


@pytest.mark.parametrize(("scale", "steps"), [("s4", (1, 2, 3, 4)), ("s3", (1, 2, 3))])
def test_a_scale_has_its_steps_and_the_two_answers_that_are_no_score(scale: str, steps: tuple[int, ...]) -> None:
    choices = FORM.choice_lists[scale]
    assert choices.scores == steps
    assert [choice.shown("sv") for choice in choices.choices if choice.non_answer] == ["VE", "EA"]
    assert [choice.shown("en") for choice in choices.choices if choice.non_answer] == ["DK", "NA"]


@pytest.mark.parametrize(
    ("scale", "score", "shown_before", "asked_for"),
    [
        ("s4", 4, None, True),
        ("s4", 4, "Budget 2026, s. 12", False),
        ("s4", 3, None, False),
        ("s3", 3, None, True),
        ("s4", "dont_know", None, False),
        ("s4", None, None, False),
    ],
)
def test_evidence_is_asked_for_at_the_top_step_until_something_was_shown(
    *, scale: str, score: int | str | None, shown_before: str | None, asked_for: bool
) -> None:
    answers = Answers({} if score is None else {"score": score}, around={"scale": scale}, earlier=shown_before)
    invited = question("self_assessment", "m01", "evidence").invited
    assert invited is not None
    assert truth(invited, answers) is asked_for


def test_the_roles_that_a_rule_looks_for_can_be_chosen() -> None:
    names = [choice.name for choice in FORM.choice_lists["roles"].choices]
    assert {"politician", "manager", "key_person"} < set(names)
