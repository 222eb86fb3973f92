"""Rows of `compare`: shifts put together by item, section, organisation, cluster or round.

Scales, levels and the two series (items, headline questions) are never mixed: each has rows of its own. By default
mentors and participants have, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, TypeVar

from sheets_pipeline.analysis.audience import HIDDEN_TOGETHER, Visible
from sheets_pipeline.analysis.significance import with_tests
from sheets_pipeline.analysis.titles import Titles, title
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.results import By, Comparison, Series, Shift

_Thing = TypeVar("_Thing")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Means:
    """The means of one subject's matched items at both points, and how many pairs they rest on."""

    before: Fraction
    after: Fraction
    pairs: int

    @property
    def change(self) -> Fraction:
        """After minus before."""
        return self.after - self.before


def compare(shifts: Iterable[Shift], by: By, round_: Round, titles: Titles, seen: Visible) -> tuple[Comparison, ...]:
    """The rows of one kind for what an audience may see, tests included where there may be any.

    An organisation row is about one organisation (or one unit of it) over its items; every other row is over
    organisations, each with the mean of its matched items, its units averaged.
    """
    here = [one for one in shifts if round_.organisation(one.organisation) and one.organisation not in seen.withdrawn]
    if by == "organisation":
        own = [one for one in here if one.organisation in seen.named]
        groups = grouped(own, lambda one: (*_kind(one), *_subject(one))).values()
        return _ordered([organisation_row(group, round_) for group in groups], round_, titles)
    groups = grouped(here, lambda one: (*_kind(one), role_of(one, by, round_), key_of(one, by, round_))).values()
    return _ordered(with_tests([_aggregate(group, by, round_, titles, seen) for group in groups]), round_, titles)


def section_rows(shifts: Iterable[Shift], round_: Round, titles: Titles) -> tuple[Comparison, ...]:
    """One organisation's sections, each in its series: means only where half of what applies is scored at both."""
    rows = []
    for group in grouped(shifts, lambda one: (*_kind(one), *_subject(one), one.section)).values():
        first = group[0]
        row = replace(organisation_row(group, round_), key=first.section, by="section")
        row = replace(row, label=title(titles, "section", first.section))
        rows.append(row if means(group, half=True) or not row.n else _withheld(row))
    return tuple(rows)


def organisation_row(group: Sequence[Shift], round_: Round) -> Comparison:
    """One organisation (or unit) over the items given, all of one scale, level and series."""
    first = group[0]
    found = means(group)
    changes = [one.change for one in group if one.change is not None]
    organisation = round_.organisation(first.organisation)
    row = Comparison(
        key=first.organisation,
        label={"sv": organisation.name} if organisation else {},
        by="organisation",
        unit=first.unit,
        role=organisation.role if organisation else "",
        n=1 if found else 0,
        could_rise=sum(one.before < one.top for one in group if one.matched and one.before is not None),
        notes=_matching_notes(group, half=bool(means(group, half=True))),
        **_common(first, group),
        **_changes(changes),
    )
    return _with_means(row, [found] if found else [])


def means(group: Iterable[Shift], *, half: bool = False) -> Means | None:
    """One subject's means over its matched items; None without any, or with `half` where too few are scored."""
    items = list(group)
    pairs = [
        (one.before, one.after) for one in items if one.matched and one.before is not None and one.after is not None
    ]
    if not pairs or (half and not _half_scored(items)):
        return None
    count = len(pairs)
    return Means(
        Fraction(sum(before for before, _ in pairs), count), Fraction(sum(after for _, after in pairs), count), count
    )


def _half_scored(items: Sequence[Shift]) -> bool:
    """At least half of the items that apply are scored, at each point by itself and at both together."""
    earlier = [one for one in items if one.before_code != "not_applicable"]
    later = [one for one in items if one.after_code != "not_applicable"]
    both = [one for one in earlier if one.after_code != "not_applicable"]
    return (
        2 * sum(one.before is not None for one in earlier) >= len(earlier)
        and 2 * sum(one.after is not None for one in later) >= len(later)
        and 2 * sum(one.matched for one in both) >= len(both)
    )


def subject_means(group: Iterable[Shift], *, half: bool) -> dict[str, Means]:
    """Organisation → its means, the mean of its units' means where several units answered."""
    units = grouped(group, _subject)
    found: dict[str, list[Means]] = {}
    for (organisation, _), items in units.items():
        one = means(items, half=half)
        if one:
            found.setdefault(organisation, []).append(one)
    return {organisation: _averaged(several) for organisation, several in found.items()}


def _averaged(several: Sequence[Means]) -> Means:
    count = len(several)
    return Means(
        sum((one.before for one in several), start=Fraction(0)) / count,
        sum((one.after for one in several), start=Fraction(0)) / count,
        sum(one.pairs for one in several),
    )


def _aggregate(
    group: Sequence[Shift], by: By, round_: Round, titles: Titles, seen: Visible
) -> tuple[Comparison, tuple[Fraction, ...]]:
    """A row over organisations, and the shifts of those in it; hidden organisations are out unless they are many."""
    contributing = subject_means(group, half=by == "section")
    hidden = seen.hidden & contributing.keys()
    together = len(hidden) >= HIDDEN_TOGETHER and by != "cluster"
    items = [one for one in group if together or one.organisation in seen.named]
    subjects = [found for organisation, found in contributing.items() if together or organisation in seen.named]
    left_out = 0 if together else len(hidden)
    first, top = group[0], max(one.top for one in group)
    key = key_of(first, by, round_)
    row = Comparison(
        key=key,
        label=_label(key, by, round_, titles),
        by=by,
        role=role_of(first, by, round_),
        n=len(subjects),
        could_rise=sum(one.before < top for one in subjects),
        left_out=left_out,
        notes=_aggregate_notes(items, subjects, left_out),
        **_common(first, items),
        **_changes([one.change for one in subjects]),
    )
    row = replace(_with_means(row, subjects), matched=sum(one.pairs for one in subjects))
    return row, tuple(one.change for one in subjects)


def _with_means(row: Comparison, subjects: Sequence[Means]) -> Comparison:
    if not subjects:
        return row
    overall = _averaged(subjects)
    return replace(row, before=overall.before, after=overall.after, shift=overall.change)


def _withheld(row: Comparison) -> Comparison:
    notes = tuple(note for note in row.notes if note != "few_matched")
    return replace(row, before=None, after=None, shift=None, notes=(*notes, "below_half"))


def _common(first: Shift, counted: Sequence[Shift]) -> dict[str, Any]:
    """The fields of a row that count answers, whatever the row is about; `first` says of which kind they are."""
    reasons = Counter(one.reason for one in counted if one.reason)
    return {
        "scale": first.scale,
        "level": first.level,
        "series": first.series,
        "matched": sum(one.matched for one in counted),
        "not_comparable": reasons.total(),
        "reasons": dict(sorted(reasons.items())),
        "dont_know_before": sum(one.before_code == "dont_know" for one in counted),
        "dont_know_after": sum(one.after_code == "dont_know" for one in counted),
        "not_applicable_before": sum(one.before_code == "not_applicable" for one in counted),
        "not_applicable_after": sum(one.after_code == "not_applicable" for one in counted),
    }


def _changes(changes: Sequence[int | Fraction]) -> dict[str, Any]:
    return {
        "up": sum(change > 0 for change in changes),
        "same": sum(change == 0 for change in changes),
        "down": sum(change < 0 for change in changes),
    }


def _matching_notes(group: Sequence[Shift], *, half: bool) -> tuple[str, ...]:
    reasons = {one.reason for one in group}
    any_matched = any(one.matched for one in group)
    said = {
        "nothing_matched": not any_matched,
        "few_matched": any_matched and not half,
        "quick_and_full": "not_asked" in reasons,
        "other_scale": "other_scale" in reasons,
    }
    return tuple(note for note, true in said.items() if true)


def _aggregate_notes(items: Sequence[Shift], subjects: Sequence[Means], left_out: int) -> tuple[str, ...]:
    reasons = {one.reason for one in items}
    units = Counter(organisation for organisation, _ in {_subject(one) for one in items})
    said = {
        "nothing_matched": not subjects,
        "quick_and_full": "not_asked" in reasons,
        "other_scale": "other_scale" in reasons,
        "units_averaged": any(count > 1 for count in units.values()),
        "left_out": left_out > 0,
    }
    return tuple(note for note, true in said.items() if true)


def key_of(shift: Shift, by: By, round_: Round) -> str:
    """What a shift is put together by."""
    if by == "item":
        return shift.item
    if by == "section":
        return shift.section
    if by == "round":
        return round_.id
    organisation = round_.organisation(shift.organisation)
    return organisation.cluster if organisation and by == "cluster" else shift.organisation


def role_of(shift: Shift, by: By, round_: Round) -> str:
    """The role that a row is about: always told apart in a cluster, elsewhere unless the round says otherwise."""
    organisation = round_.organisation(shift.organisation)
    return organisation.role if organisation and (round_.mentors_apart or by == "cluster") else ""


def _label(key: str, by: By, round_: Round, titles: Titles) -> Mapping[str, str]:
    if by == "round":
        return round_.name
    if by == "cluster":
        cluster = round_.cluster(key)
        return {"sv": cluster.name if cluster else key}
    return title(titles, by, key)


def _ordered(rows: Sequence[Comparison], round_: Round, titles: Titles) -> tuple[Comparison, ...]:
    """Rows by level, scale, series and role, then as the form, the register or the clusters have them."""
    places = {name: place for place, name in enumerate(_names(round_, titles))}
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.level != "overall",
                row.scale,
                row.series != "items",
                row.role != "participant",
                places.get(f"{row.by}/{row.key}", len(places)),
                row.unit,
            ),
        )
    )


def _names(round_: Round, titles: Titles) -> tuple[str, ...]:
    organisations = (f"organisation/{one.code}" for one in round_.organisations)
    clusters = (f"cluster/{one.id}" for one in round_.clusters)
    return (*organisations, *clusters, *titles)


def _kind(shift: Shift) -> tuple[str, str, Series]:
    return shift.scale, shift.level, shift.series


def _subject(shift: Shift) -> tuple[str, str]:
    return shift.organisation, shift.unit


def grouped(things: Iterable[_Thing], key: Callable[[_Thing], _Key]) -> dict[_Key, list[_Thing]]:
    """Things by key, in order of first appearance."""
    found: dict[_Key, list[_Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return found
