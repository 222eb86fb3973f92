"""Saving what was judged: submissions with answers and remarks, and which version is in force afterwards.

Everything runs inside one writing transaction, so that what is read stays true. A version known under the same
fingerprint is left alone; under another its judgement takes the place of the earlier one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from sheets_pipeline.model.receipts import Judged, Place, Saved
from sheets_pipeline.model.submissions import SubmissionKey
from sheets_pipeline.store.chain import Link, Standing, standings
from sheets_pipeline.store.keeping import refresh_kept
from sheets_pipeline.store.loading import last_decisions, of_keys
from sheets_pipeline.store.portable import insert_many, insert_new
from sheets_pipeline.store.rows import (
    AnyRow,
    Fields,
    answer_row,
    columns_of,
    issue_fields,
    key_of,
    place_of,
    submission_fields,
    submission_id,
)
from sheets_pipeline.store.tables import KEY, answers, definitions, issues, submissions

_ARRIVAL = ("received", "source", "name", "sender")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be written, by submission id: rows the store has, judgements new to it, and all columns of those."""

    known: Mapping[str, AnyRow]
    judged: Mapping[str, Judged]
    fields: Mapping[str, Fields]
    standings: Mapping[str, Standing]

    def added(self) -> list[str]:
        return [one for one in self.judged if one not in self.known]

    def judged_anew(self) -> list[str]:
        return [one for one in self.judged if one in self.known]


def save(connection: Connection, judged: Sequence[Judged], run: str) -> tuple[Saved, ...]:
    """Save these versions, all or none; one `Saved` each, in their order."""
    ids = [submission_id(one.submission.key, one.submission.checksum) for one in judged]
    known = _known(connection, {one.submission.key for one in judged})
    fields = _with_first_arrival(ids, judged, known)
    fresh = {
        id_: one
        for id_, one in zip(ids, judged, strict=True)
        if id_ not in known or known[id_].fingerprint != one.fingerprint
    }
    _touch(connection, known, fields)
    plan = _Plan(known, fresh, fields, _standings(connection, known, fields))
    _write(connection, plan, run)
    return tuple(Saved(one, plan.standings[one].state) for one in ids)


def stand_anew(connection: Connection, keys: Iterable[SubmissionKey]) -> None:
    """Find again what is in force for these keys, after a decision or an earlier arrival."""
    known = _known(connection, keys)
    _write(connection, _Plan(known, {}, {}, _standings(connection, known, {})), "")


def arrive(connection: Connection, arrivals: Mapping[str, Fields]) -> None:
    """Note further arrivals of bytes by checksum (received, source, name); the first arrival is the one that counts."""
    rows = connection.execute(select(submissions).where(submissions.c.checksum.in_(arrivals))).all()
    found = {row.id: {"sender": row.sender} | arrivals[row.checksum] for row in rows}
    moved = {row.id: row for row in rows if _came(found[row.id]) < _came(columns_of(row))}
    _touch(connection, moved, found)
    if moved:
        stand_anew(connection, {key_of(row) for row in moved.values()})


def _known(connection: Connection, keys: Iterable[SubmissionKey]) -> dict[str, AnyRow]:
    return {row.id: row for row in connection.execute(select(submissions).where(of_keys(keys)))}


def _with_first_arrival(ids: Sequence[str], judged: Sequence[Judged], known: Mapping[str, AnyRow]) -> dict[str, Fields]:
    """The columns of each version; of several arrivals of the same bytes the first is the one that counts."""
    found: dict[str, Fields] = {}
    for id_, one in zip(ids, judged, strict=True):
        fields = submission_fields(one)
        arrivals: list[Fields] = [fields]
        arrivals += [found[id_]] if id_ in found else []
        arrivals += [columns_of(known[id_])] if id_ in known else []
        first = min(arrivals, key=_came)
        found[id_] = fields | {name: first[name] for name in _ARRIVAL}
    return found


def _came(fields: Fields) -> tuple[Any, ...]:
    """What arrivals of the same bytes are sorted by."""
    return tuple(fields[name] for name in _ARRIVAL)


def _touch(connection: Connection, known: Mapping[str, AnyRow], fields: Mapping[str, Fields]) -> None:
    """Move the arrival of versions that the store has to an earlier one."""
    moved = [
        {"of": row.number} | {name: fields[id_][name] for name in _ARRIVAL}
        for id_, row in known.items()
        if id_ in fields and any(fields[id_][name] != getattr(row, name) for name in _ARRIVAL)
    ]
    _update(connection, moved)


def _standings(
    connection: Connection, known: Mapping[str, AnyRow], fields: Mapping[str, Fields]
) -> dict[str, Standing]:
    """Every version's standing among those of its key, with what these fields bring."""
    decided = last_decisions(connection, known)
    links: dict[SubmissionKey, list[Link]] = defaultdict(list)
    for id_, row in known.items():
        if id_ not in fields:
            links[key_of(row)].append(Link(id_, row.verdict, place_of(row), *decided.get(id_, ())))
    for id_, one in fields.items():
        key = SubmissionKey(**{name: one[name] for name in KEY})
        place = Place(one["received"], one["saved"], one["checksum"])
        links[key].append(Link(id_, one["verdict"], place, *decided.get(id_, ())))
    return {id_: standing for chain in links.values() for id_, standing in standings(chain).items()}


def _write(connection: Connection, plan: _Plan, run: str) -> None:
    """The order keeps "one in force a key" true after every statement."""
    states = {
        id_: plan.standings[id_].state for id_, row in plan.known.items() if plan.standings[id_].state != row.state
    }
    _update(connection, [_state(plan, id_, state) for id_, state in states.items() if state != "in_force"])
    numbers = _write_submissions(connection, plan, run)
    _update(connection, [_state(plan, id_, state) for id_, state in states.items() if state == "in_force"])
    _write_contents(connection, plan, numbers)
    refresh_kept(connection, plan.standings, _unread(plan), numbers)


def _state(plan: _Plan, id_: str, state: str) -> Fields:
    return {"of": plan.known[id_].number, "state": state}


def _update(connection: Connection, rows: Sequence[Fields]) -> None:
    if rows:
        columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "of"}
        connection.execute(update(submissions).where(submissions.c.number == bindparam("of")).values(columns), rows)


def _write_submissions(connection: Connection, plan: _Plan, run: str) -> dict[str, int]:
    """Write the rows of new judgements; the number of every version concerned, by id."""
    numbers = {id_: row.number for id_, row in plan.known.items()}
    insert_new(connection, definitions, _definitions(plan))
    _update(connection, [plan.fields[id_] | {"of": numbers[id_], "run": run} for id_ in plan.judged_anew()])
    added = [plan.fields[id_] | {"run": run, "state": plan.standings[id_].state} for id_ in plan.added()]
    if added:
        rows = connection.execute(insert(submissions).returning(submissions.c.id, submissions.c.number), added)
        numbers |= {row.id: row.number for row in rows}
    return numbers


def _definitions(plan: _Plan) -> list[Fields]:
    of = {plan.fields[id_]["definition"]: plan.fields[id_] for id_ in plan.judged}
    return [{"hash": one, "form": of[one]["form"], "version": of[one]["form_version"]} for one in sorted(of)]


def _write_contents(connection: Connection, plan: _Plan, numbers: Mapping[str, int]) -> None:
    """Answers and remarks of new judgements, in place of those of an earlier judgement of the same bytes."""
    again = plan.judged_anew()
    if again:
        connection.execute(delete(answers).where(answers.c.submission.in_([numbers[id_] for id_ in again])))
        connection.execute(delete(issues).where(issues.c.submission_id.in_(again)))
    contents = ((numbers[id_], one.submission.answers) for id_, one in plan.judged.items())
    insert_many(connection, answers, (answer_row(number, answer) for number, found in contents for answer in found))
    remarks = [
        issue_fields(one.submission.checksum, id_, position, issue)
        for id_, one in plan.judged.items()
        for position, issue in enumerate(one.issues)
    ]
    if remarks:
        connection.execute(insert(issues), remarks)


def _unread(plan: _Plan) -> dict[str, str]:
    """The paths with an error in each version, as JSON."""
    known = {id_: row.unread for id_, row in plan.known.items()}
    return known | {id_: plan.fields[id_]["unread"] for id_ in plan.judged}
