"""Whether each answer keeps to its question: the form's constraint, its pattern, length and number of choices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import MARKS, ONGOING
from sheets_pipeline.validation.case import Case
from sheets_pipeline.validation.rule import Rule

LONGEST_CELL = 32_767


def _constraint(case: Case) -> Iterator[Issue]:
    """Checked where there is an answer, once a question with options, and never against what could not be read."""
    for owner, slots in case.questions.constrained.items():
        question = slots[0].question
        answered = [slot for slot in slots if _comparable(slot, case.values.get(slot.path))]
        several = question.type == "select_multiple"
        for slot in answered[:1] if several else answered:
            if _is_judged(case, slot) and not case.holds(question.constraint, slot):
                found = case.about(slot, "CONSTRAINT", severity=question.constraint_severity)
                yield replace(found, path=owner, value=_chosen(case, slots)) if several else found


def _comparable(slot: Slot, value: Value | None) -> bool:
    """A mark, or a date that is `ongoing`, is nothing that a rule could be about."""
    return value is not None and not (slot.type not in {"text", "longtext"} and value in {*MARKS, ONGOING})


def _is_judged(case: Case, slot: Slot) -> bool:
    names = slot.question.constraint.references if slot.question.constraint else ()
    return case.relevance(slot) != "no" and not any(case.scope(slot).is_unread(name) for name in names)


def _chosen(case: Case, slots: tuple[Slot, ...]) -> str:
    language = case.reading.part.parameters.language
    listed = case.form.choice_list(slots[0].question, None)
    names = [
        slot.key if slot.type == "boolean" else str(case.values[slot.path])
        for slot in slots
        if case.values.get(slot.path)
    ]
    choices = [(name, listed.find(name) if listed else None) for name in names]
    return ", ".join(choice.shown(language) if choice else name for name, choice in choices)


def _pattern(case: Case) -> Iterator[Issue]:
    for path, value in case.values.items():
        slot = case.slots.get(path)
        if slot and slot.question.pattern and not re.fullmatch(slot.question.pattern, str(value)):
            yield case.about(slot, "PATTERN_MISMATCH")


def _length(case: Case) -> Iterator[Issue]:
    for path, value in case.values.items():
        slot = case.slots.get(path)
        if slot and slot.type in {"text", "longtext"} and isinstance(value, str):
            maximum = min(slot.question.max_length or LONGEST_CELL, LONGEST_CELL)
            if len(value) > maximum:
                found = case.about(slot, "TEXT_TOO_LONG", length=len(value), maximum=maximum)
                yield replace(found, value="")  # the length is what matters, and the text is long


def _choices(case: Case) -> Iterator[Issue]:
    for owner, slots in case.questions.limited.items():
        maximum = slots[0].question.max_choices
        ticked = [slot for slot in slots if case.values.get(slot.path) is True]
        if maximum and len(ticked) > maximum:
            found = case.about(ticked[maximum], "TOO_MANY_CHOICES", chosen=len(ticked), maximum=maximum)
            yield replace(found, path=owner, value="")


RULES = (
    Rule("constraint", "cell", _constraint),
    Rule("pattern", "cell", _pattern),
    Rule("length", "cell", _length),
    Rule("choices", "cell", _choices),
)
