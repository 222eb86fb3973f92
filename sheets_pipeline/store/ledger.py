"""What was done and when: files settled, decisions, runs with their steps, and messages that are sent once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.receipts import Decided, Message, RunRecord, Settlement
from sheets_pipeline.model.submissions import canonical_json
from sheets_pipeline.store.portable import insert_new
from sheets_pipeline.store.rows import AnyRow, Fields, issue_fields, key_of
from sheets_pipeline.store.saving import arrive, stand_anew
from sheets_pipeline.store.tables import decisions, deliveries, issues, outbox, run_steps, runs, submissions, utc

_DECIDABLE = ("accepted", "remarks", "held")


def settle(connection: Connection, settlements: Sequence[Settlement], run: str) -> None:
    """Note that these files are done with; a further arrival of known bytes counts where it is the earliest."""
    insert_new(connection, deliveries, [_delivery(one, run) for one in settlements], replace=True)
    _write_file_issues(connection, settlements)
    arrivals: dict[str, Fields] = {}
    for one in sorted(settlements, key=lambda one: (utc(one.received), one.mark.source, one.name), reverse=True):
        arrivals[one.checksum] = {"received": utc(one.received), "source": one.mark.source, "name": one.name}
    arrive(connection, arrivals)


def _delivery(one: Settlement, run: str) -> dict[str, Any]:
    return {
        "source": one.mark.source,
        "path": one.mark.path,
        "checksum": one.checksum,
        "size": one.mark.size,
        "mtime_ns": one.mark.mtime_ns,
        "name": one.name,
        "fingerprint": one.fingerprint,
        "verdict": one.verdict,
        "received": one.received,
        "run": run,
    }


def _write_file_issues(connection: Connection, settlements: Sequence[Settlement]) -> None:
    """The remarks on whole files, in place of earlier ones on the same bytes."""
    of = {one.checksum: one.issues for one in settlements}
    connection.execute(delete(issues).where(issues.c.checksum.in_(of), issues.c.submission_id == ""))
    rows = [issue_fields(file, "", position, issue) for file in of for position, issue in enumerate(of[file])]
    if rows:
        connection.execute(insert(issues), rows)


def decide(connection: Connection, decision: Decided) -> None:
    """Note a decision and let it take effect; UsageError for a version that is not there or has no answers."""
    row = connection.execute(select(submissions).where(submissions.c.id == decision.submission)).first()
    if row is None:
        raise UsageError(f"no submission {decision.submission}", hint="`submissions list` shows their ids.")
    if row.verdict not in _DECIDABLE:
        raise UsageError(
            f"submission {decision.submission} was not received, so there is nothing in it to decide about",
            hint="Let the organisation send the right workbook.",
        )
    fields = {
        "submission_id": decision.submission,
        "at": decision.at,
        "action": decision.action,
        "because": decision.because,
        "who": decision.who,
    }
    insert_new(connection, decisions, [fields], replace=True)
    stand_anew(connection, [key_of(row)])


def start_run(connection: Connection, record: RunRecord) -> None:
    """Open a run in the ledger."""
    connection.execute(
        insert(runs).values(
            id=record.id,
            job=record.job,
            local_date=record.local_date,
            state=record.state,
            started=record.started,
            finished=record.finished,
            facts=canonical_json(dict(record.facts)),
        )
    )


def finish_run(connection: Connection, run: str, state: str, at: datetime, facts: Mapping[str, Any]) -> None:
    """Close a run: `completed`, or what else became of it."""
    values = {"state": state, "finished": at, "facts": canonical_json(dict(facts))}
    connection.execute(update(runs).where(runs.c.id == run).values(values))


def add_step(connection: Connection, run: str, name: str, state: str, at: datetime, facts: Mapping[str, Any]) -> None:
    """Note the next step of a run."""
    last = connection.execute(select(func.max(run_steps.c.position)).where(run_steps.c.run == run)).scalar()
    position = 0 if last is None else last + 1
    row = {"run": run, "position": position, "name": name, "state": state, "at": at, "facts": canonical_json(facts)}
    connection.execute(insert(run_steps).values(row))


def steps(connection: Connection, run: str) -> tuple[tuple[str, str, dict[str, Any]], ...]:
    """A run's steps in order: name, state, facts."""
    rows = connection.execute(select(run_steps).where(run_steps.c.run == run).order_by(run_steps.c.position))
    return tuple((row.name, row.state, json.loads(row.facts)) for row in rows)


def history(connection: Connection, job: str, limit: int) -> tuple[RunRecord, ...]:
    """The last runs (of one job, or of all), the latest first."""
    query = select(runs).order_by(runs.c.started.desc(), runs.c.id).limit(limit)
    return tuple(map(_record, connection.execute(query.where(runs.c.job == job) if job else query)))


def completed(connection: Connection, job: str, local_date: str) -> bool:
    """Whether a scheduled job has been completed for that day."""
    chosen = (runs.c.job == job, runs.c.local_date == local_date, runs.c.state == "completed")
    return connection.execute(select(runs.c.id).where(*chosen)).first() is not None


def _record(row: AnyRow) -> RunRecord:
    return RunRecord(row.id, row.job, row.state, row.started, row.finished, row.local_date, json.loads(row.facts))


def add_message(connection: Connection, message: Message, run: str) -> bool:
    """Put a message in the outbox; false when it is there already, whatever became of it."""
    row = {
        "occasion": message.occasion,
        "recipient": message.recipient,
        "content": message.content,
        "state": message.state,
        "facts": canonical_json(dict(message.facts)),
        "run": run,
    }
    return insert_new(connection, outbox, [row]) > 0


def mark_message(connection: Connection, message: Message, state: str) -> None:
    """Note what became of a message."""
    chosen = [outbox.c[name] == getattr(message, name) for name in ("occasion", "recipient", "content")]
    connection.execute(update(outbox).where(*chosen).values(state=state))


def messages(connection: Connection, state: str) -> tuple[Message, ...]:
    """The messages of one state (of all, for none), in a fixed order."""
    query = select(outbox).order_by(*outbox.primary_key)
    rows = connection.execute(query.where(outbox.c.state == state) if state else query)
    return tuple(Message(row.occasion, row.recipient, row.content, row.state, json.loads(row.facts)) for row in rows)
