"""An earlier good answer stays in force where the newer version's own cell holds an error.

Kept answers are rows of the newer version with `origin_checksum` set, so that whoever reads a version reads one table.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from sheets_pipeline.store.chain import Standing, kept
from sheets_pipeline.store.rows import AnyRow, columns_of
from sheets_pipeline.store.tables import answers, submissions

_NOTHING = "[]"


def refresh_kept(
    connection: Connection, chain: Mapping[str, Standing], unread: Mapping[str, str], numbers: Mapping[str, int]
) -> None:
    """Write again what versions keep from those before them. `unread` is JSON; `chain` is in the order of arrival."""
    faulty = {id_: json.loads(paths) for id_, paths in unread.items() if paths != _NOTHING}
    if not faulty:
        return
    connection.execute(
        delete(answers).where(
            answers.c.submission.in_([numbers[id_] for id_ in faulty]), answers.c.origin_checksum.is_not(None)
        )
    )
    needed = _needed(chain, faulty)
    part = {id_: standing for id_, standing in chain.items() if id_ in needed}
    taken = kept(_own(connection, needed, numbers), {id_: faulty.get(id_, ()) for id_ in part}, part)
    rows = [_row(found, numbers[id_]) for id_, answers_kept in taken.items() for found in answers_kept.values()]
    if rows:
        connection.execute(insert(answers), rows)


def _needed(chain: Mapping[str, Standing], faulty: Collection[str]) -> set[str]:
    """The versions that keep something, and those that they may keep it from."""
    needed: set[str] = set()
    for follower in faulty:
        version = follower
        while version in faulty and chain[version].before and chain[version].state != "rejected":
            needed |= {version, chain[version].before}
            version = chain[version].before
    return needed


def _own(connection: Connection, needed: Collection[str], numbers: Mapping[str, int]) -> dict[str, dict[str, AnyRow]]:
    """Version → path → the answer in its own file, with that file's checksum."""
    own: dict[str, dict[str, AnyRow]] = {id_: {} for id_ in needed}
    if own:
        rows = connection.execute(
            select(answers, submissions.c.checksum, submissions.c.id)
            .join(submissions, submissions.c.number == answers.c.submission)
            .where(answers.c.submission.in_([numbers[id_] for id_ in needed]), answers.c.origin_checksum.is_(None))
        )
        for row in rows:
            own[row.id][row.path] = row
    return own


def _row(found: AnyRow, number: int) -> dict[str, Any]:
    """An earlier answer as a row of the version that keeps it."""
    fields = columns_of(found)
    return {name: fields[name] for name in answers.c.keys()} | {  # noqa: SIM118 - not a dict
        "submission": number,
        "origin_checksum": fields["checksum"],
    }
