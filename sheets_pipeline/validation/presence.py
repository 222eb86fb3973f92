"""What is missing, what is welcome, and what does not apply."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheets_pipeline.model.forms import DATE_KEY, Section
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.model.slots import Slot, joined
from sheets_pipeline.validation.case import Case
from sheets_pipeline.validation.rule import Rule

_PAIRS = (("women", "men"), ("girls", "boys"))
_TOTAL = "total"
_FROM_TOTAL_ALONE = "yes_no"


def _required(case: Case) -> Iterator[Issue]:
    for owner, slots in case.questions.required.items():
        first = slots[0]
        if not case.reached(first.question.required_from) or not case.is_asked(first):
            continue
        if case.holds(first.question.required, first):
            yield from _missing(case, owner, slots)


def _missing(case: Case, owner: str, slots: Sequence[Slot]) -> Iterator[Issue]:
    severity = slots[0].question.missing_severity
    for slot in _empty_cells(case, slots):
        if case.place(slot.path):  # where the row itself is gone, that has been said
            found = case.about(slot, "REQUIRED_MISSING", severity=severity)
            yield replace(found, path=owner) if slots[0].question.type == "select_multiple" else found


def _empty_cells(case: Case, slots: Sequence[Slot]) -> list[Slot]:
    """The cells to point at: those that lack a value, or the first where one is enough."""
    empty = [slot for slot in slots if not _has_something(case, slot)]
    if slots[0].question.type == "split":
        return _empty_groups(case, slots, empty)
    return [] if len(empty) < len(slots) else empty[:1]


def _has_something(case: Case, slot: Slot) -> bool:
    answer = case.reading.answers.get(slot.path)
    return (
        slot.path in case.reading.unread
        or (answer is not None and answer.value is not False)
        or (answer is not None and slot.question.type != "select_multiple")
    )


def _empty_groups(case: Case, slots: Sequence[Slot], empty: Sequence[Slot]) -> list[Slot]:
    """Adults fill women and men, children girls and boys; a lone total goes with a mark for the groups."""
    lacking = {slot.key: slot for slot in empty}
    answered = {slot.key for slot in slots} - lacking.keys()
    pairs = [pair for pair in _PAIRS if answered.intersection(pair)]
    if not pairs and not (_TOTAL in answered and _total_is_enough(case, slots[0])):
        groups = [slot for slot in empty if slot.key != DATE_KEY]
        return groups[:1]
    wanted = [DATE_KEY, *(group for pair in pairs for group in pair)]
    return [lacking[key] for key in wanted if key in lacking]


def _total_is_enough(case: Case, slot: Slot) -> bool:
    return case.scope(slot).value("unit") == _FROM_TOTAL_ALONE


def _rows(case: Case) -> Iterator[Issue]:
    for section in case.form.walk():
        if section.min_rows and _is_due(case, section):
            for place in _places(case, section):
                yield from _too_few(case, section, place)


def _is_due(case: Case, section: Section) -> bool:
    """A table is not asked for before the first of its required questions is."""
    thresholds = [question.required_from for question in section.questions if question.required]
    return not thresholds or any(case.reached(threshold) for threshold in thresholds)


def _places(case: Case, section: Section) -> Iterator[str]:
    """Where the section stands: once in the form, or once in each card that is in use."""
    chain = case.sections[section.name]
    if len(chain) == 1:
        yield section.name
        return
    for row in sorted(case.filled_rows):
        if row.rpartition("/")[2].partition("[")[0] == chain[1].name:
            yield joined(row, section.name)


def _too_few(case: Case, section: Section, place: str) -> Iterator[Issue]:
    begins = f"{place}["
    slot = next((one for one in case.reading.slots if one.row.startswith(begins)), None)
    filled = sum(1 for row in case.filled_rows if row.startswith(begins) and "/" not in row[len(begins) :])
    if slot and filled < section.min_rows and case.relevance(slot) == "yes":
        found = remark("TOO_FEW_ROWS", cell=case.place(slot.path), rows=filled, minimum=section.min_rows)
        yield replace(found, question=section.name, path=place)


def _invited(case: Case) -> Iterator[Issue]:
    for slots in case.questions.invited.values():
        first = slots[0]
        question = first.question
        if not case.reached(question.invited_from) or not case.is_asked(first):
            continue
        if all(not _has_something(case, slot) for slot in slots) and case.holds(question.invited, first):
            yield case.about(first, "EVIDENCE_INVITED" if first.item else "ANSWER_INVITED")


def _not_relevant(case: Case) -> Iterator[Issue]:
    """An answer to a question that the other answers rule out; what the workbook came with is nobody's answer."""
    for path in case.reading.answers:
        slot = case.slots.get(path)
        if slot and not slot.question.locked and slot.question.prefill is None and case.relevance(slot) == "no":
            yield case.about(slot, "NOT_RELEVANT")


RULES = (
    Rule("required", "cell", _required),
    Rule("rows", "cell", _rows),
    Rule("invited", "cell", _invited),
    Rule("not_relevant", "cell", _not_relevant),
)
