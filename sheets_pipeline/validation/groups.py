"""Figures for women, men, girls and boys beside their total: counts add up, shares lie between; small groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.validation.case import Case
from sheets_pipeline.validation.rule import Rule

_PAIRS = (("women", "men"), ("girls", "boys"))
_TOTAL = "total"
_COUNT_UNIT = "number"
_SHARE_UNITS = frozenset({"percent", "per_1000", "index", "points"})
_SMALLEST_GROUP = 5
# Statistics Sweden adds small random changes to counts, so that groups and total rarely agree to the last person.
_NOISE, _NOISE_SHARE = Decimal(5), Decimal("0.01")
_ROUNDING = Decimal("0.5")

Figures = Mapping[str, Decimal]


def _splits(case: Case) -> Iterator[tuple[tuple[Slot, ...], Figures]]:
    for slots in case.questions.split.values():
        yield slots, {slot.key: figure for slot in slots if (figure := _figure(case, slot)) is not None}


def _figure(case: Case, slot: Slot) -> Decimal | None:
    value = case.values.get(slot.path)
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _kind(case: Case, slot: Slot) -> str:
    """`count`, `share`, or nothing for figures (money, time, medians) whose groups say nothing of their total."""
    if slot.question.cell_type == "integer":
        return "count" if not slot.question.unit else ""
    if slot.question.cell_type == "percent":
        return "share"
    unit = slot.question.unit or case.scope(slot).value("unit")
    if unit == _COUNT_UNIT:
        return "count"
    return "share" if unit in _SHARE_UNITS else ""


def _whole_pairs(figures: Figures, slots: tuple[Slot, ...]) -> list[str]:
    """The groups that make up the total: each pair whole, or none when half of one is lacking."""
    asked = {slot.key for slot in slots}
    used = [pair for pair in _PAIRS if asked.intersection(pair) and any(group in figures for group in pair)]
    whole = all(group in figures for pair in used for group in pair)
    return [group for pair in used for group in pair] if whole else []


def _totals(case: Case) -> Iterator[Issue]:
    for slots, figures in _splits(case):
        groups = _whole_pairs(figures, slots)
        kind = _kind(case, slots[0])
        if groups and kind and _TOTAL in figures:
            at = next(slot for slot in slots if slot.key == _TOTAL)
            yield from _against_total(case, at, figures[_TOTAL], [figures[group] for group in groups], kind)


def _against_total(case: Case, at: Slot, total: Decimal, parts: list[Decimal], kind: str) -> Iterator[Issue]:
    if kind == "count":
        if abs(sum(parts) - total) > max(_NOISE, total * _NOISE_SHARE):
            yield case.about(at, "TOTAL_DIFFERS", sum=sum(parts), total=total)
    elif not min(parts) - _ROUNDING <= total <= max(parts) + _ROUNDING:
        yield case.about(at, "TOTAL_OUTSIDE_GROUPS", low=min(parts), high=max(parts), total=total)


def _small(case: Case) -> Iterator[Issue]:
    """Said where the figure is a number of people behind a measure, or itself such a number."""
    for slots, _ in _splits(case):
        in_measure = bool(slots[0].row) and _kind(case, slots[0]) == "count"
        for slot in slots if in_measure else ():
            figure = _figure(case, slot)
            if figure is not None and 0 < figure < _SMALLEST_GROUP:
                yield case.about(slot, "SMALL_GROUP")


RULES = (
    Rule("totals", "cross", _totals),
    Rule("small_groups", "cross", _small),
)
