"""Matched items: the later score minus the earlier one, or the reason why the two may not be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_pipeline.analysis.dataset import Forms, Observation, observations
from sheets_pipeline.model.results import Shift
from sheets_pipeline.model.submissions import Submission

Subject = tuple[str, str]


def shifts(before: Iterable[Submission], after: Iterable[Submission], forms: Forms) -> tuple[Shift, ...]:
    """A shift for every item that either point holds, subject (organisation and unit) by subject.

    Each side holds at most one self-assessment a subject. Nothing is dropped: what cannot be compared has its reason.
    """
    return matched(observations(before, forms), observations(after, forms))


def matched(before: Iterable[Observation], after: Iterable[Observation]) -> tuple[Shift, ...]:
    """The same over observations."""
    earlier, later = _by_subject(before), _by_subject(after)
    return tuple(
        shift
        for subject in sorted(earlier.keys() | later.keys())
        for shift in _of_subject(earlier.get(subject, {}), later.get(subject, {}))
    )


def _by_subject(observed: Iterable[Observation]) -> dict[Subject, dict[str, Observation]]:
    found: dict[Subject, dict[str, Observation]] = {}
    for one in observed:
        found.setdefault(one.subject, {})[one.item] = one
    return found


def _of_subject(before: dict[str, Observation], after: dict[str, Observation]) -> Iterator[Shift]:
    """Items in the order of the later form, then those that only the earlier one has."""
    names = dict.fromkeys((*after, *before))
    absent = "not_in_version" if before and after else "one_point_only"
    level_changed = bool(before and after) and _level(before) != _level(after)
    for name in names:
        first, last = before.get(name), after.get(name)
        here = last or first
        if here is not None and not _asked_never(first, last):
            reason = "other_level" if level_changed else _reason(first, last, absent)
            yield _shift(here, first, last, reason)


def _asked_never(first: Observation | None, last: Observation | None) -> bool:
    return {one.code for one in (first, last) if one is not None} == {"not_asked"}


def _level(observed: dict[str, Observation]) -> str:
    return next(iter(observed.values())).level


def _shift(here: Observation, first: Observation | None, last: Observation | None, reason: str) -> Shift:
    return Shift(
        organisation=here.organisation,
        unit=here.unit,
        level=here.level,
        scale=here.scale,
        section=here.section,
        item=here.item,
        headline=here.headline,
        before=first.score if first else None,
        after=last.score if last else None,
        before_code=first.code if first else "",
        after_code=last.code if last else "",
        reason=reason,
        top=here.steps[-1],
    )


def _reason(first: Observation | None, last: Observation | None, absent: str) -> str:
    """Why two observations may not be compared, the deepest reason first; empty when they may."""
    if first is None or last is None:
        return absent
    if (first.scale, first.steps) != (last.scale, last.steps):
        return "other_scale"
    if not _same_meaning(first, last):
        return "revision"
    codes = {first.code, last.code}
    return next((code for code in ("not_asked", "not_applicable", "dont_know") if code in codes), _other(codes))


def _other(codes: set[str]) -> str:
    return "unanswered" if codes != {""} else ""


def _same_meaning(first: Observation, last: Observation) -> bool:
    """Same revision of item and question, or revisions that either form declares equivalent."""
    return all(
        earlier == later or earlier in of_later or later in of_earlier
        for earlier, later, of_earlier, of_later in zip(
            first.revisions, last.revisions, first.equivalents, last.equivalents, strict=True
        )
    )
