"""The tables. What must be unique is so in the database, whatever the code or a second process does.

Times are UTC text of one length, so that they sort alike everywhere. `submissions.number` is this store's own and
only joins tables; `submissions.id` comes from key and checksum and is the same in every store.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)

metadata = MetaData()
KEY = ("round", "subject", "form", "unit", "occasion")


class Moment(TypeDecorator[datetime]):
    """A time as `2026-02-03T10:15:00.000000Z`, read back in UTC."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's
        if value is None:
            return None
        return f"{utc(value).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401, ARG002 - its
        return datetime.fromisoformat(value) if value else None


def utc(value: datetime) -> datetime:
    """The time in UTC; one without a zone is taken as UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


definitions = Table(
    "definitions",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("version", Text, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("round", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("occasion", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("checksum", Text, nullable=False),
    Column("form_version", Text, nullable=False),
    Column("definition", Text, ForeignKey("definitions.hash"), nullable=False),
    Column("parameters", Text, nullable=False),
    Column("unread", Text, nullable=False),
    Column("withdrawn_rows", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("received", Moment, nullable=False),
    Column("saved", Moment),
    Column("source", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("run", Text, nullable=False),
    UniqueConstraint("checksum", *KEY, name="one_version_a_file"),
    Index("versions_of_a_key", *KEY),
    Index(
        "one_in_force",
        *KEY,
        unique=True,
        sqlite_where=text("state = 'in_force'"),
        postgresql_where=text("state = 'in_force'"),
    ),
)

# No further index here: a second one on a table that only grows costs more with every row.
answers = Table(
    "answers",
    metadata,
    Column("submission", Integer, ForeignKey("submissions.number", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("amount", Float),
    Column("raw", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("column", Integer, nullable=False),
    Column("origin_checksum", Text),
    sqlite_with_rowid=False,
)

issues = Table(
    "issues",
    metadata,
    Column("checksum", Text, primary_key=True),
    Column("submission_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("sheet", Text),
    Column("row", Integer),
    Column("column", Integer),
    Column("question", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("params", Text, nullable=False),
    Column("also", Text, nullable=False),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    Column("submission_id", Text, ForeignKey("submissions.id"), primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("action", Text, primary_key=True),
    Column("because", Text, nullable=False),
    Column("who", Text, nullable=False),
    sqlite_with_rowid=False,
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("source", Text, primary_key=True),
    Column("path", Text, primary_key=True),
    Column("checksum", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("received", Moment, nullable=False),
    Column("run", Text, nullable=False),
    Index("deliveries_of_a_file", "checksum"),
    sqlite_with_rowid=False,
)

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("job", Text, nullable=False),
    Column("local_date", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("facts", Text, nullable=False),
    Index(
        "one_completed_a_day",
        "job",
        "local_date",
        unique=True,
        sqlite_where=text("local_date <> '' AND state = 'completed'"),
        postgresql_where=text("local_date <> '' AND state = 'completed'"),
    ),
)

run_steps = Table(
    "run_steps",
    metadata,
    Column("run", Text, ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("occasion", Text, primary_key=True),
    Column("recipient", Text, primary_key=True),
    Column("content", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("run", Text, nullable=False),
)

publications = Table(
    "publications",
    metadata,
    Column("id", Text, primary_key=True),
    Column("round", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("audience", Text, nullable=False),
    Column("viewer", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("as_of", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
)

publication_files = Table(
    "publication_files",
    metadata,
    Column("publication", Text, ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("checksum", Text, nullable=False),
    sqlite_with_rowid=False,
)

publication_figures = Table(
    "publication_figures",
    metadata,
    Column("publication", Text, ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True),
    Column("figure", Text, primary_key=True),
    Column("shown", Text, nullable=False),
    Column("exact", Text, nullable=False),
    Column("people", Text, nullable=False),
    Column("unit", Text, nullable=False),
    sqlite_with_rowid=False,
)

round_marks = Table(
    "round_marks",
    metadata,
    Column("round", Text, primary_key=True),
    Column("at", Moment, primary_key=True),
    Column("action", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("because", Text, nullable=False),
    Column("manifest", Text, nullable=False),
    sqlite_with_rowid=False,
)
