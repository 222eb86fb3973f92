"""One measure: what is hidden for its own sake, and what must go with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sheets_pipeline.analysis.disclosure.cells import (
    ABOUT_PEOPLE,
    COUNT,
    FEWEST_PEOPLE,
    MISSING,
    PAIRS,
    SHARES,
    SUPPRESSED,
    TOTAL,
    Field,
    cell,
    is_small,
    smallest_count,
    without,
)
from sheets_pipeline.analysis.disclosure.ranges import MANY, Part, narrowed
from sheets_pipeline.model.results import MeasureGroup

Why = dict[str, str]
Hidden = Mapping[Field, Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How much is hidden: fewer people than `min_group` behind a value, and for the `public` unnumbered shares too."""

    public: bool = False
    min_group: int = FEWEST_PEOPLE


def suppressed(
    groups: Sequence[MeasureGroup],
    *,
    public: bool,
    min_group: int = FEWEST_PEOPLE,
    also: Hidden | None = None,
) -> tuple[tuple[MeasureGroup, ...], Counter[str]]:
    """One measure's groups with `..` in place of what may not be shown, and how many values that was, by reason.

    Reasons: `few_people` behind a baseline or outcome, `small_count` (1-4), `no_number` of people behind a share
    (public files only), `complementary`, and `by_organisation` where `..` was typed. `also` is hidden elsewhere and
    so here. What the public does not see holds everything that others do not see, so that no file tells on another.
    """
    policy = Policy(public=public, min_group=min_group)
    people = people_behind(groups)
    found = list(groups)
    reasons: Counter[str] = Counter()
    for field in ABOUT_PEOPLE:
        why = _reasons(found, field, people, policy, frozenset((also or {}).get(field, ())))
        found = [without(one, field) if one.group in why else one for one in found]
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


def _reasons(
    groups: Sequence[MeasureGroup],
    field: Field,
    people: Mapping[str, int | None],
    policy: Policy,
    also: frozenset[str],
) -> Why:
    """Group → reason for every value of a row that is hidden: first for everybody, then for the public."""
    why = {one.group: reason for one in groups if (reason := _own_reason(one, field, people[one.group], policy))}
    elsewhere = {one.group for one in groups if one.group in also and cell(one, field)[0] is not None}
    why |= dict.fromkeys(sorted(elsewhere - why.keys()), "complementary")
    why |= _with_it(groups, field, people, policy, why)
    if policy.public and field != "people":
        unnumbered = [one.group for one in groups if one.group not in why and _is_unnumbered(one, field, people)]
        why |= dict.fromkeys(unnumbered, "no_number")
        why |= _with_it(groups, field, people, policy, why)
    return why


def _own_reason(one: MeasureGroup, field: Field, people: int | None, policy: Policy) -> str:
    value, code = cell(one, field)
    if code == SUPPRESSED:
        return "by_organisation"
    if value is None:
        return ""
    if field == "people":
        return "small_count" if is_small(value, policy.min_group) else ""
    if people is not None and people < policy.min_group:
        return "few_people"
    return "small_count" if one.unit == COUNT and is_small(value, policy.min_group) else ""


def _is_unnumbered(one: MeasureGroup, field: Field, people: Mapping[str, int | None]) -> bool:
    return cell(one, field)[0] is not None and one.unit in SHARES and people[one.group] is None


def _with_it(
    groups: Sequence[MeasureGroup], field: Field, people: Mapping[str, int | None], policy: Policy, why: Why
) -> Why:
    """What must go too, so that no hidden value follows from the others and the total.

    A total gives away a group whose partner is shown, or leaves too little for the hidden ones to share, so the total
    goes; a hidden total whose groups are all shown is their sum, so the smallest of them goes.
    """
    values = {one.group: value for one in groups if (value := cell(one, field)[0]) is not None}
    shown = {group: value for group, value in values.items() if group not in why}
    missing = {one.group for one in groups if cell(one, field)[1] == MISSING}
    hidden = why.keys() - {TOTAL}
    if TOTAL in shown:
        alone = any(len(hidden & set(pair)) == 1 and not missing & set(pair) for pair in PAIRS)
        narrow = hidden and hidden & _narrowed(groups, field, people, policy, why)
        return {TOTAL: "complementary"} if alone or narrow else {}
    parts = {group: value for group, value in shown.items() if group != TOTAL}
    if TOTAL in why and parts and not hidden and not missing:
        return {min(parts, key=lambda group: (parts[group], group)): "complementary"}
    return {}


def _narrowed(
    groups: Sequence[MeasureGroup], field: Field, people: Mapping[str, int | None], policy: Policy, why: Why
) -> frozenset[str]:
    """The groups that the total says too much about."""
    total = next(one for one in groups if one.group == TOTAL)
    value = cell(total, field)[0] or 0
    unit = COUNT if field == "people" else total.unit
    parts = {one.group: _part(one, field, people[one.group], policy, why) for one in groups if one.group != TOTAL}
    kept = {name: part for name, part in parts.items() if part is not None}
    return narrowed(unit, Fraction(value), kept, policy.min_group)


def _part(one: MeasureGroup, field: Field, people: int | None, policy: Policy, why: Why) -> Part | None:
    """A group as its readers know it; None for one that does not apply, which counts as nothing.

    Readers who know the rule know that a hidden number of people is a small one.
    """
    value, code = cell(one, field)
    if value is None and code not in {MISSING, SUPPRESSED}:
        return None
    known = None if value is None or one.group in why else Fraction(value)
    if people is None:
        return Part(known, 0, MANY)
    small = is_small(Decimal(people), policy.min_group)
    return Part(known, 1, smallest_count(policy.min_group) - 1) if small else Part(known, people, people)
