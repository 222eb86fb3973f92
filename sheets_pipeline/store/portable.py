"""Adding rows in ways that SQLite and PostgreSQL say differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table


def insert_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, replace: bool = False) -> int:
    """Add rows by their primary key, leaving those that are there (or taking their place); how many were written."""
    if not rows:
        return 0
    statement: Any = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    keys = [column.name for column in table.primary_key]
    if replace:
        others = {name: statement.excluded[name] for name in rows[0] if name not in keys}
        statement = statement.on_conflict_do_update(index_elements=keys, set_=others)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=keys)
    return int(connection.execute(statement, list(rows)).rowcount)


def insert_many(connection: Connection, table: Table, rows: Iterable[Sequence[Any]]) -> None:
    """Add rows whose values stand in the order of the table's columns and need no conversion.

    Handing the driver ready rows costs half of what Core takes to prepare each of them.
    """
    compiled: Any = insert(table).compile(dialect=connection.dialect)
    ready = list(rows)
    if not ready:
        return
    if compiled.positional:
        connection.exec_driver_sql(str(compiled), [tuple(row) for row in ready])
    else:
        names = [column.name for column in table.columns]
        connection.exec_driver_sql(str(compiled), [dict(zip(names, row, strict=True)) for row in ready])
