"""Of whom a file could be a copy: found without looking at everybody, and never missing one who answered alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.pipeline.others import Others
from tests.pipeline.trial import filled, grid, reading

SCORES: Mapping[str, Value] = {"m01_1/score": 3, "m01_2/score": 4}


def of(subject: str, answers: Mapping[str, Value]) -> Reading:
    read = reading(grid(filled(answers)))
    return replace(read, key=replace(read.key, subject=subject))


def test_only_those_with_the_same_scores_are_looked_at() -> None:
    others = Others({"9902": {**SCORES, "staff": 3}, "9903": {**SCORES, "m01_1/score": 2}, "9904": {}})

    assert others.like(of("9901", SCORES)) == {"9902": {**SCORES, "staff": 3}}


def test_who_has_answered_more_may_still_be_the_one_copied_from() -> None:
    others = Others({"9902": SCORES})

    assert others.like(of("9901", {"m01_1/score": 3})) == {"9902": SCORES}


def test_nobody_is_a_copy_of_itself_or_its_units() -> None:
    others = Others({"9901": SCORES, "9901/bun": SCORES})

    assert others.like(of("9901", SCORES)) == {}


def test_what_a_subject_sent_last_is_what_counts() -> None:
    others = Others({"9902": SCORES})
    assert others.like(of("9901", SCORES))

    others.learn(of("9902", {**SCORES, "m01_1/score": 1}))
    others.learn(of("9903", SCORES))

    assert list(others.like(of("9901", SCORES))) == ["9903"]


def test_a_form_without_scores_is_compared_with_nobody() -> None:
    assert Others({"9902": {"staff": 3}}).like(of("9901", {"staff": 3})) == {}
