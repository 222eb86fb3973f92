"""The whole store as one text that is the same however, in what order and in how many runs its content came about.

Left out are the ledger of runs, the ids of runs, and this store's own numbers for submissions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Table, select

from sheets_pipeline.model.submissions import canonical_json
from sheets_pipeline.store.rows import columns_of
from sheets_pipeline.store.tables import answers, metadata, run_steps, runs, submissions, utc

_LEDGER = (runs, run_steps)
_OWN = frozenset(("run", "number", "submission"))


def canonical_dump(connection: Connection) -> str:
    """One line a row, `table {…}`, sorted."""
    tables = [table for table in metadata.sorted_tables if table not in _LEDGER]
    return "".join(f"{line}\n" for table in tables for line in sorted(_lines(connection, table)))


def _lines(connection: Connection, table: Table) -> Iterator[str]:
    columns = [column for column in table.columns if column.name not in _OWN]
    query = select(*columns)
    if table is answers:
        query = select(submissions.c.id.label("of"), *columns).join(
            submissions, submissions.c.number == answers.c.submission
        )
    for row in connection.execute(query):
        yield f"{table.name} {canonical_json({name: _plain(value) for name, value in columns_of(row).items()})}"


def _plain(value: object) -> object:
    return utc(value).isoformat() if isinstance(value, datetime) else value
