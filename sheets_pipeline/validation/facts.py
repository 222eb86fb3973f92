"""Facts and plans beside what was said before: a known count that has jumped, and plans that leave services out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.validation.case import Case
from sheets_pipeline.validation.rule import Rule

_LARGE_CHANGE = Decimal("0.4")
_TOO_SMALL_TO_COMPARE = 100
_PLANS, _KIND, _SERVICE, _SERVICE_FROM = "plans", "kind", "service", "bm3"


def _population(case: Case) -> Iterator[Issue]:
    """A count that is known beforehand (residents, employees) rarely changes by two fifths between deliveries."""
    earlier = _known_before(case)
    for slots in case.questions.known_counts.values():
        before, now = _sum(earlier, slots), _sum(case.values, slots)
        if before >= _TOO_SMALL_TO_COMPARE and abs(now - before) > before * _LARGE_CHANGE and now:
            yield case.about(slots[0], "POPULATION_CHANGED", before=before, now=now)


def _known_before(case: Case) -> Mapping[str, Value]:
    return case.surroundings.same_key.values if case.surroundings.same_key else case.previous


def _sum(values: Mapping[str, Value], slots: tuple[Slot, ...]) -> int:
    """Over the cells that have a number now and had one before would hide a lost cell; a lost cell is a change."""
    figures = (values.get(slot.path) for slot in slots)
    return sum(figure for figure in figures if isinstance(figure, int))


def _service(case: Case) -> Iterator[Issue]:
    """Over the round at least one plan should be about a service for residents."""
    kinds = [slot for slot in case.reading.slots if slot.section == _PLANS and slot.question.name == _KIND]
    answered = [slot for slot in kinds if slot.path in case.values]
    if answered and case.reached(_SERVICE_FROM) and all(case.values[slot.path] != _SERVICE for slot in answered):
        yield case.about(answered[0], "NO_SERVICE_PLAN")


RULES = (
    Rule("population", "cross", _population),
    Rule("service_plan", "cross", _service),
)
