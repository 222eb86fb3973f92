"""The first store: submissions, answers, issues, decisions, deliveries, runs and the outbox.

What stands here never changes; `tables` shows the latest store, and a test compares the two.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_KEY = ("round", "subject", "form", "unit", "occasion")


def upgrade() -> None:
    _submissions()
    _what_belongs_to_them()
    _deliveries()
    _ledger()


def _text(name: str, *, key: bool = False, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=null)


def _integer(name: str, *, key: bool = False, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, primary_key=key, nullable=null)


def _submissions() -> None:
    op.create_table("definitions", _text("hash", key=True), _text("form"), _text("version"))
    op.create_table(
        "submissions",
        _integer("number", key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *map(_text, _KEY),
        *map(_text, ("state", "verdict", "checksum", "form_version")),
        sa.Column("definition", sa.Text, sa.ForeignKey("definitions.hash"), nullable=False),
        *map(_text, ("parameters", "unread", "withdrawn_rows", "fingerprint", "received")),
        _text("saved", null=True),
        *map(_text, ("source", "name", "sender", "run")),
        sa.UniqueConstraint("checksum", *_KEY, name="one_version_a_file"),
    )
    in_force = sa.text("state = 'in_force'")
    op.create_index("versions_of_a_key", "submissions", _KEY)
    op.create_index("one_in_force", "submissions", _KEY, unique=True, sqlite_where=in_force, postgresql_where=in_force)


def _what_belongs_to_them() -> None:
    number = sa.ForeignKey("submissions.number", ondelete="CASCADE")
    op.create_table(
        "answers",
        sa.Column("submission", sa.Integer, number, primary_key=True),
        _text("path", key=True),
        _text("value"),
        sa.Column("amount", sa.Float),
        *map(_text, ("raw", "sheet")),
        *map(_integer, ("row", "column")),
        _text("origin_checksum", null=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "issues",
        _text("checksum", key=True),
        _text("submission_id", key=True),
        _integer("position", key=True),
        *map(_text, ("code", "severity")),
        _text("sheet", null=True),
        _integer("row", null=True),
        _integer("column", null=True),
        *map(_text, ("question", "path", "value", "params", "also")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "decisions",
        sa.Column("submission_id", sa.Text, sa.ForeignKey("submissions.id"), primary_key=True),
        _text("at", key=True),
        _text("action", key=True),
        *map(_text, ("because", "who")),
        sqlite_with_rowid=False,
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        *(_text(name, key=True) for name in ("source", "path", "checksum")),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("mtime_ns", sa.BigInteger, nullable=False),
        *map(_text, ("name", "fingerprint", "verdict", "received", "run")),
        sqlite_with_rowid=False,
    )
    op.create_index("deliveries_of_a_file", "deliveries", ("checksum",))


def _ledger() -> None:
    completed = sa.text("local_date <> '' AND state = 'completed'")
    op.create_table(
        "runs",
        _text("id", key=True),
        *map(_text, ("job", "local_date", "state", "started")),
        _text("finished", null=True),
        _text("facts"),
    )
    op.create_index(
        "one_completed_a_day",
        "runs",
        ("job", "local_date"),
        unique=True,
        sqlite_where=completed,
        postgresql_where=completed,
    )
    op.create_table(
        "run_steps",
        sa.Column("run", sa.Text, sa.ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True),
        _integer("position", key=True),
        *map(_text, ("name", "state", "at", "facts")),
    )
    op.create_table(
        "outbox",
        *(_text(name, key=True) for name in ("occasion", "recipient", "content")),
        *map(_text, ("state", "facts", "run")),
    )
