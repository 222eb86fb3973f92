"""Suppression that protects people: small groups, small counts, and what subtraction would give back.

Everything that leaves the archive passes here, whatever its audience. Targets are intentions, not facts about people,
and are never suppressed. Combinations of several publications are not looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sheets_pipeline.model.results import MeasureGroup

FEWEST_PEOPLE = 5
SHARES = frozenset({"percent", "per_1000", "index", "points"})
COUNT = "number"
MISSING, NOT_APPLICABLE, SUPPRESSED = "-", ".", ".."
PAIRS = (("women", "men"), ("girls", "boys"))
TOTAL = "total"
_UNKNOWN = frozenset({MISSING, SUPPRESSED})


def suppressed(groups: Sequence[MeasureGroup], *, public: bool) -> tuple[tuple[MeasureGroup, ...], Counter[str]]:
    """One measure's groups with `..` in place of what may not be shown, and how many values that was, by reason.

    Reasons: `few_people` behind a baseline or outcome, `small_count` (1-4), `no_number` of people behind a share
    (public files only), `complementary`, and `by_organisation` where `..` was typed.
    """
    people = people_behind(groups)
    found = list(groups)
    reasons: Counter[str] = Counter()
    for field in ("baseline", "actual", "people"):
        why = _primary(found, field, people, public=public)
        why.update(dict.fromkeys(complementary(found, field, frozenset(why)), "complementary"))
        found = [_without(one, field) if one.group in why else one for one in found]
        reasons.update(why.values())
    return tuple(found), reasons


def people_behind(groups: Iterable[MeasureGroup]) -> dict[str, int | None]:
    """Group → how many people its values speak of; a total without a number of its own has the sum of its groups'."""
    counts = {one.group: one.people for one in groups}
    parts = [counts[group] for pair in PAIRS for group in pair if group in counts]
    known = [count for count in parts if count is not None]
    if counts.get(TOTAL) is None and TOTAL in counts:
        counts[TOTAL] = sum(known) if known and len(known) == len(parts) else None
    return counts


def _primary(
    groups: Iterable[MeasureGroup], field: str, people: Mapping[str, int | None], *, public: bool
) -> dict[str, str]:
    """Group → reason for every value of a row that may not be shown for its own sake."""
    reasons = {one.group: _reason(one, field, people[one.group], public=public) for one in groups}
    return {group: reason for group, reason in reasons.items() if reason}


def _reason(one: MeasureGroup, field: str, people: int | None, *, public: bool) -> str:
    value, code = cell(one, field)
    if code == SUPPRESSED:
        return "by_organisation"
    if value is None:
        return ""
    if field == "people":
        return "small_count" if _small(value) else ""
    if people is not None and people < FEWEST_PEOPLE:
        return "few_people"
    if one.unit == COUNT and _small(value):
        return "small_count"
    return "no_number" if public and people is None and one.unit in SHARES else ""


def _small(value: Decimal) -> bool:
    return 0 < value < FEWEST_PEOPLE


def complementary(groups: Sequence[MeasureGroup], field: str, primary: frozenset[str]) -> frozenset[str]:
    """What must go too, so that no suppressed value follows from the others and the total.

    A total gives away a group whose partner is shown, so the total goes; a suppressed total whose groups are all
    shown is their sum, so the smallest of them goes. A group that does not apply counts as nothing.
    """
    shown = {
        one.group: value for one in groups if (value := cell(one, field)[0]) is not None and one.group not in primary
    }
    missing = {one.group for one in groups if cell(one, field)[1] == MISSING}
    if TOTAL in shown:
        alone = any(len(primary & set(pair)) == 1 and not missing & set(pair) for pair in PAIRS)
        return frozenset({TOTAL}) if alone else frozenset()
    parts = {group: value for group, value in shown.items() if group != TOTAL}
    if TOTAL in primary and parts and not (primary - {TOTAL}) and not missing:
        return frozenset({min(parts, key=lambda group: (parts[group], group))})
    return frozenset()


def cell(one: MeasureGroup, field: str) -> tuple[Decimal | None, str]:
    """(value, code) of one row of a measure: `baseline`, `target`, `actual` or `people`."""
    value = {"baseline": one.baseline, "target": one.target, "actual": one.actual}.get(field)
    if field == "people" and one.people is not None:
        value = Decimal(one.people)
    codes = {
        "baseline": one.baseline_code,
        "target": one.target_code,
        "actual": one.actual_code,
        "people": one.people_code,
    }
    return value, codes[field]


def _without(one: MeasureGroup, field: str) -> MeasureGroup:
    if field == "baseline":
        return replace(one, baseline=None, baseline_code=SUPPRESSED)
    if field == "actual":
        return replace(one, actual=None, actual_code=SUPPRESSED)
    return replace(one, people=None, people_code=SUPPRESSED)
