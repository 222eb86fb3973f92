"""Scores beside each other and beside last time's: no score is wrong, and some are worth a word."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.validation.case import Case
from sheets_pipeline.validation.rule import Rule

FEWEST_TO_SPEAK_OF = 20
_IMPROVE = "improve"
_MOST_TO_IMPROVE = 5
_FULL = "full"


def scored(case: Case) -> dict[str, Value]:
    """Path → answer on the scale, non-answers included."""
    types = case.questions.types
    return {path: value for path, value in case.values.items() if types.get(path) == "scale"}


def _all_alike(case: Case) -> Iterator[Issue]:
    scores = scored(case)
    if _enough(case, scores) and len(set(scores.values())) == 1:
        path, value = next(iter(scores.items()))
        yield case.about(case.slots[path], "ALL_ALIKE", count=len(scores), score=value)


def _same_as_last_time(case: Case) -> Iterator[Issue]:
    scores, before = scored(case), case.previous
    matched = {path: value for path, value in scores.items() if path in before}
    if _enough(case, matched) and all(before[path] == value for path, value in matched.items()):
        yield case.about(case.slots[next(iter(matched))], "SAME_AS_LAST_TIME", count=len(matched))


def _enough(case: Case, scores: dict[str, Value]) -> bool:
    return case.reading.part.parameters.mode == _FULL and len(scores) >= FEWEST_TO_SPEAK_OF


def _large_fall(case: Case) -> Iterator[Issue]:
    """From the highest step to the lowest, with nothing said about it."""
    for path, value in scored(case).items():
        slot = case.slots[path]
        steps = slot.choices.scores if slot.choices else ()
        if steps and value == steps[0] and case.previous.get(path) == steps[-1] and not _has_words(case, slot):
            yield case.about(slot, "LARGE_FALL", before=steps[-1], now=value)


def _has_words(case: Case, slot: Slot) -> bool:
    return slot.item is not None and any(
        other.type == "longtext" and other.item == slot.item and other.path in case.values
        for other in case.reading.slots
    )


def _improve(case: Case) -> Iterator[Issue]:
    wished = [
        slot
        for slot in case.reading.slots
        if slot.item and slot.question.name == _IMPROVE and case.values.get(slot.path) is True
    ]
    most = wished[0].question.max_choices or _MOST_TO_IMPROVE if wished else 0
    if len(wished) > most:
        yield case.about(wished[most], "TOO_MANY_IMPROVE", count=len(wished), maximum=most)


RULES = (
    Rule("all_alike", "cross", _all_alike),
    Rule("same_as_last_time", "cross", _same_as_last_time),
    Rule("large_fall", "cross", _large_fall),
    Rule("improve", "cross", _improve),
)
