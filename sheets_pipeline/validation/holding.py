"""Whether a version is plausibly the next one. If not, it is asked about, and the earlier one stays in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.programme import Occasion
from sheets_pipeline.model.reading import Earlier
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.validation.case import Case, without_cell
from sheets_pipeline.validation.rule import Rule
from sheets_pipeline.validation.scores import FEWEST_TO_SPEAK_OF, scored

_MOST_GONE = 5
_GONE_PART = 10


def _changed_from(case: Case) -> Earlier | None:
    """The version in force, when this one says anything else."""
    earlier = case.surroundings.same_key
    return earlier if earlier and _values(case) != dict(earlier.values) else None


def _values(case: Case) -> dict[str, Value]:
    return {path: answer.value for path, answer in case.reading.answers.items()}


def _point_closed(case: Case) -> Iterator[Issue]:
    """After the point's meeting, or after the next point's when nothing had ever come for this one."""
    edition = case.surroundings.round.edition
    point = edition.occasion(case.reading.key.occasion)
    if point is None or point.kind != "point":
        return
    following = next((other for other in edition.points if other.order > point.order), None)
    closing = point if _changed_from(case) else following
    if case.surroundings.same_key and closing is not point:
        return
    day = _meeting(case, closing)
    if day and case.surroundings.received.date() > day:
        yield remark("POINT_CLOSED", occasion=point.label, date=_meeting(case, point) or day)


def _meeting(case: Case, point: Occasion | None) -> date | None:
    here, subject = case.surroundings.round, case.reading.key.subject
    organisation = here.organisation(subject)
    cluster = organisation.cluster if organisation else subject
    return here.meeting_date(point.meeting, cluster) if point and point.meeting else None


def _fewer_answers(case: Case) -> Iterator[Issue]:
    """Over five, or over a tenth, of the earlier answers are gone; one alone is never enough.

    What stands there unread is not gone, nor is what stood where the file has no cell any more: that answer stays.
    Rows that were taken away are gone with what stood in them.
    """
    earlier = _changed_from(case)
    if earlier is None:
        return
    there = case.reading.answers.keys() | case.reading.unread | without_cell(case.reading)
    lost = earlier.values.keys() - there
    if len(lost) > _MOST_GONE or (len(lost) > 1 and len(lost) * _GONE_PART > len(earlier.values)):
        yield remark("FEWER_ANSWERS", gone=len(lost), before=len(earlier.values))


def _other_sender(case: Case) -> Iterator[Issue]:
    folder, subject, here = case.surroundings.folder_organisation, case.reading.key.subject, case.surroundings.round
    sender, organisation = here.organisation(folder), here.organisation(subject)
    in_cluster = sender is not None and sender.cluster == subject
    if folder and folder != subject and not in_cluster and subject != here.id:
        yield remark("OTHER_SENDER", organisation=organisation.name if organisation else subject, sender=folder)


def _copied_from(case: Case) -> Iterator[Issue]:
    """At least twenty scores and every comment equal; scores all alike without a comment are no copy of anything."""
    scores, comments = scored(case), _comments(case, case.values)
    if len(scores) < FEWEST_TO_SPEAK_OF or (not comments and len(set(scores.values())) == 1):
        return
    for organisation, values in sorted(case.surroundings.others.items()):
        if all(values.get(path) == value for path, value in scores.items()) and comments == _comments(case, values):
            yield remark("COPIED_FROM", count=len(scores), organisation=organisation)
            return


def _comments(case: Case, values: Mapping[str, Value]) -> dict[str, Value]:
    slots = case.slots
    return {
        path: value
        for path, value in values.items()
        if path in slots and slots[path].item and slots[path].type == "longtext"
    }


def _older(case: Case) -> Iterator[Issue]:
    earlier, saved = _changed_from(case), case.surroundings.saved
    if earlier and earlier.saved and saved and _moment(saved) < _moment(earlier.saved):
        yield remark("OLDER_THAN_ACCEPTED", saved=saved, in_force=earlier.saved)


def _moment(saved: datetime) -> datetime:
    """A workbook's saved time without a zone is in UTC, as Office writes it."""
    return saved if saved.tzinfo else saved.replace(tzinfo=UTC)


def _two_channels(case: Case) -> Iterator[Issue]:
    """Come another way than the version in force, and not built on it."""
    earlier, now = _changed_from(case), case.surroundings.source
    if earlier is None or not now or not earlier.source or earlier.source == now:
        return
    if case.reading.part.built_on != earlier.checksum:
        values, before = _values(case), earlier.values
        differing = sum(1 for path in values.keys() | before.keys() if values.get(path) != before.get(path))
        yield remark("TWO_CHANNELS", earlier=earlier.source, now=now, count=differing)


RULES = (
    Rule("point_closed", "cross", _point_closed),
    Rule("fewer_answers", "cross", _fewer_answers),
    Rule("other_sender", "cross", _other_sender),
    Rule("copied_from", "cross", _copied_from),
    Rule("older_than_accepted", "cross", _older),
    Rule("two_channels", "cross", _two_channels),
)
