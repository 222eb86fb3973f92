"""Reading what is stored, on a connection whose transaction sees one state of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, select, tuple_

from sheets_pipeline.model.issues import Issue, worst
from sheets_pipeline.model.reading import Earlier
from sheets_pipeline.model.receipts import Decided, FileMark, Known, Place, StoredVersion
from sheets_pipeline.model.submissions import Answer, Submission, SubmissionKey, Value
from sheets_pipeline.store.chain import Link, order, standings
from sheets_pipeline.store.rows import (
    AnyRow,
    answer_of,
    issue_of,
    key_of,
    place_of,
    submission_of,
    utc_place,
    value_of,
    version_of,
)
from sheets_pipeline.store.tables import KEY, answers, decisions, deliveries, issues, submissions

_IN_FORCE = submissions.c.state == "in_force"
_ORDER = tuple(submissions.c[name] for name in KEY)
_ANSWER = tuple(
    answers.c[name] for name in ("submission", "path", "value", "raw", "sheet", "row", "column", "origin_checksum")
)
_AT_ONCE = 200
Values = dict[str, Value]


def submissions_in_force(connection: Connection, round_id: str) -> Iterator[Submission]:
    """Every submission in force, in the order of their keys, its answers in the order of their paths."""
    query = select(submissions).where(submissions.c.round == round_id, _IN_FORCE).order_by(*_ORDER)
    rows = connection.execute(query).all()
    for start in range(0, len(rows), _AT_ONCE):
        batch = rows[start : start + _AT_ONCE]
        typed = _answers(connection, [row.number for row in batch])
        yield from (submission_of(row, tuple(typed[row.number])) for row in batch)


def _answers(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Answer]]:
    """The answers of these versions by number, in the order of their paths."""
    found: dict[int, list[Answer]] = {number: [] for number in numbers}
    query = select(*_ANSWER).where(answers.c.submission.in_(numbers)).order_by(answers.c.submission, answers.c.path)
    for number, *columns in connection.execute(query):
        found[number].append(answer_of(*columns))
    return found


def submission(connection: Connection, id_: str) -> Submission | None:
    """One version with its answers, those kept from an earlier version included."""
    row = connection.execute(select(submissions).where(submissions.c.id == id_)).first()
    if row is None:
        return None
    return submission_of(row, tuple(_answers(connection, [row.number])[row.number]))


def versions(connection: Connection, *, of: Mapping[str, str], prefix: str = "") -> tuple[StoredVersion, ...]:
    """Versions by columns of `submissions`, numbered within their key; `prefix` is the beginning of an id."""
    keys = select(*_ORDER).where(*(submissions.c[name] == value for name, value in of.items() if name in KEY))
    if prefix:
        keys = keys.where(submissions.c.id.startswith(prefix, autoescape=True))
    wanted = keys.distinct().subquery()
    same_key = and_(*(submissions.c[name] == wanted.c[name] for name in KEY))
    rows = connection.execute(select(submissions).join(wanted, same_key).order_by(*_ORDER)).all()
    states = {name: value for name, value in of.items() if name not in KEY}
    return tuple(
        version
        for version in _numbered(rows)
        if version.id.startswith(prefix) and all(getattr(version, name) == value for name, value in states.items())
    )


def _numbered(rows: Iterable[AnyRow]) -> Iterator[StoredVersion]:
    for _, group in groupby(rows, key=key_of):
        found = sorted((version_of(row, 0) for row in group), key=lambda version: order(version.place))
        yield from (replace(version, number=number) for number, version in enumerate(found, 1))


def earlier(connection: Connection, places: Mapping[SubmissionKey, Place | None]) -> dict[SubmissionKey, Earlier]:
    """The version in force of each key; with a place, the one that was in force when a version of that place came."""
    of_key: dict[SubmissionKey, list[AnyRow]] = {}
    for row in connection.execute(select(submissions).where(of_keys(places))):
        of_key.setdefault(key_of(row), []).append(row)
    decided = last_decisions(connection, [row.id for rows in of_key.values() for row in rows])
    found = {key: _in_force(rows, places[key], decided) for key, rows in of_key.items()}
    values = _values(connection, [row.number for row in found.values() if row])
    return {
        key: Earlier(
            key=key,
            values=values[row.number],
            checksum=row.checksum,
            received=row.received,
            saved=row.saved,
            source=row.source,
        )
        for key, row in found.items()
        if row
    }


def of_keys(keys: Iterable[SubmissionKey]) -> ColumnElement[bool]:
    """The condition that a submission is one of these keys."""
    return tuple_(*_ORDER).in_([tuple(getattr(key, name) for name in KEY) for key in sorted(keys)])


def _in_force(rows: Iterable[AnyRow], before: Place | None, decided: Mapping[str, tuple[Any, Any]]) -> AnyRow | None:
    """With `before`: put that place among the other files' versions and see which one it follows."""
    if before is None:
        return next((row for row in rows if row.state == "in_force"), None)
    others = {row.id: row for row in rows if row.checksum != before.checksum}
    links = [Link(id_, row.verdict, place_of(row), *decided.get(id_, ())) for id_, row in others.items()]
    return others.get(standings([*links, Link("", "held", utc_place(before))])[""].before)


def last_decisions(connection: Connection, ids: Iterable[str]) -> dict[str, tuple[Any, Any]]:
    """The last decision about each version: what, and when."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = connection.execute(
        select(decisions).where(decisions.c.submission_id.in_(wanted)).order_by(decisions.c.at, decisions.c.action)
    )
    return {row.submission_id: (row.action, row.at) for row in rows}


def decided(connection: Connection) -> tuple[Decided, ...]:
    """Everything that people decided, in the order of time."""
    rows = connection.execute(select(decisions).order_by(decisions.c.at, decisions.c.submission_id, decisions.c.action))
    return tuple(Decided(row.submission_id, row.action, row.because, row.who, row.at) for row in rows)


def _values(connection: Connection, numbers: Sequence[int]) -> dict[int, Values]:
    found: dict[int, Values] = {number: {} for number in numbers}
    if found:
        columns = (answers.c.submission, answers.c.path, answers.c.value)
        for number, path, value in connection.execute(select(*columns).where(answers.c.submission.in_(numbers))):
            found[number][path] = value_of(value)
    return found


def values_of_subjects(
    connection: Connection, round_id: str, subjects: Iterable[str]
) -> dict[str, dict[tuple[str, str, str], Values]]:
    """The values in force of these subjects: subject → (form, unit, occasion) → path → value."""
    found: dict[str, dict[tuple[str, str, str], Values]] = {subject: {} for subject in subjects}
    wanted = (submissions.c.subject, submissions.c.form, submissions.c.unit, submissions.c.occasion)
    chosen = (submissions.c.round == round_id, submissions.c.subject.in_(found), _IN_FORCE)
    for subject, form, unit, occasion, path, value in connection.execute(_with_values(*wanted).where(*chosen)):
        values = found[subject].setdefault((form, unit, occasion), {})
        if path is not None:
            values[path] = value_of(value)
    return found


def values_of_all(connection: Connection, round_id: str, form: str, occasion: str) -> dict[str, Values]:
    """The values in force of one form and occasion by subject; a unit's own answers stand under `subject/unit`."""
    found: dict[str, Values] = defaultdict(dict)
    chosen = (
        submissions.c.round == round_id,
        submissions.c.form == form,
        submissions.c.occasion == occasion,
        _IN_FORCE,
    )
    rows = connection.execute(_with_values(submissions.c.subject, submissions.c.unit).where(*chosen))
    for subject, unit, path, value in rows:
        if path is not None:
            found[f"{subject}/{unit}" if unit else subject][path] = value_of(value)
    return dict(found)


def _with_values(*columns: Any) -> Select[Any]:  # noqa: ANN401 - any column
    return (
        select(*columns, answers.c.path, answers.c.value)
        .outerjoin(answers, answers.c.submission == submissions.c.number)
        .order_by(*_ORDER, answers.c.path)
    )


def issues_of(connection: Connection, *, checksum: str = "", submission_id: str = "") -> tuple[Issue, ...]:
    """The remarks on a submission, or (with a checksum) those on a whole file."""
    if submission_id:
        chosen = issues.c.submission_id == submission_id
    else:
        chosen = and_(issues.c.checksum == checksum, issues.c.submission_id == "")
    return tuple(map(issue_of, connection.execute(select(issues).where(chosen).order_by(issues.c.position))))


def known(connection: Connection, checksums: Iterable[str], fingerprint: str) -> dict[str, Known]:
    """Those of these bytes that were judged under this fingerprint, settled or not, by checksum."""
    wanted = sorted(set(checksums))
    stored: dict[str, list[Any]] = defaultdict(list)
    rows = connection.execute(
        select(submissions.c.checksum, submissions.c.id, submissions.c.verdict)
        .where(submissions.c.checksum.in_(wanted), submissions.c.fingerprint == fingerprint)
        .order_by(submissions.c.id)
    )
    for row in rows:
        stored[row.checksum].append(row)
    settled = connection.execute(
        select(deliveries.c.checksum, deliveries.c.verdict).where(
            deliveries.c.checksum.in_(wanted), deliveries.c.fingerprint == fingerprint
        )
    )
    verdicts: dict[str, Any] = {checksum: worst(row.verdict for row in found) for checksum, found in stored.items()}
    done = {row.checksum: row.verdict for row in settled}
    return {
        checksum: Known(checksum, verdict, tuple(row.id for row in stored[checksum]), settled=checksum in done)
        for checksum, verdict in (verdicts | done).items()
    }


def settled_marks(connection: Connection, source: str, fingerprint: str) -> frozenset[FileMark]:
    """The marks of files that were settled under a fingerprint."""
    rows = connection.execute(
        select(deliveries.c.path, deliveries.c.size, deliveries.c.mtime_ns).where(
            deliveries.c.source == source, deliveries.c.fingerprint == fingerprint
        )
    )
    return frozenset(FileMark(source, path, size, mtime_ns) for path, size, mtime_ns in rows)
