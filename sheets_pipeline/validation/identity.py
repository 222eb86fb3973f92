"""Whether a form belongs here at all: this round, an organisation and occasion of it, and anything answered."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.programme import FOLLOW_UP
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.validation.case import Case
from sheets_pipeline.validation.rule import Rule

ANY_OCCASION = ("", "round")
_OWN_EARLIER = frozenset({"last_version"})


def _round(case: Case) -> Iterator[Issue]:
    named, current = case.reading.key.round, case.surroundings.round
    if named != current.id:
        yield remark("OTHER_ROUND", round=named, current=current.name)


def _closed(case: Case) -> Iterator[Issue]:
    """What comes for the follow-up is an addendum to a closed round."""
    if case.surroundings.closed and case.reading.key.occasion != FOLLOW_UP:
        yield remark("ROUND_CLOSED", round=case.surroundings.round.id)


def _subject(case: Case) -> Iterator[Issue]:
    subject, here = case.reading.key.subject, case.surroundings.round
    if here.organisation(subject) is None and here.cluster(subject) is None and subject != here.id:
        yield remark("UNKNOWN_ORGANISATION", organisation=subject)


def _occasion(case: Case) -> Iterator[Issue]:
    occasion = case.reading.key.occasion
    if occasion not in ANY_OCCASION and case.surroundings.round.edition.occasion(occasion) is None:
        yield remark("UNKNOWN_OCCASION", occasion=occasion)


def _answered(case: Case) -> Iterator[Issue]:
    """What the workbook came with does not count as answered, but for what the organisation itself wrote last time."""
    if not case.reading.unread and not any(_is_own(case, path) for path in case.reading.answers):
        yield remark("UNANSWERED", form=case.form.form_id)


def _is_own(case: Case, path: str) -> bool:
    slot = case.slots.get(path)
    if slot is None or slot.question.locked:
        return False
    question, value = slot.question, case.reading.value(path)
    given = question.prefill is None or question.prefill in _OWN_EARLIER
    return given and str(value) != question.default


RULES = (
    Rule("round", "identity", _round),
    Rule("closed", "identity", _closed),
    Rule("organisation", "identity", _subject),
    Rule("occasion", "identity", _occasion),
    Rule("answered", "identity", _answered),
)
