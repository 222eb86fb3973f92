"""Opening a store: what the database must promise, the version it has, and errors in our own words."""

from __future__ import annotations

import contextlib
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from sheets_pipeline.errors import DiskError, LockedError, SheetsPipelineError, StoreError
from sheets_pipeline.files import disk_faults
from sheets_pipeline.store.place import refuse_shared_place

if TYPE_CHECKING:
    from sqlalchemy.engine import URL
    from sqlalchemy.pool import ConnectionPoolEntry

REVISIONS = ("0001", "0002")
BUSY_SECONDS = 30
_WRITING = "writing"


def open_engine(url: str) -> Engine:
    """An engine on a store of this program's version; a store that is not there is made, an older one migrated.

    Raises StoreError for a newer store or a shared place, DiskError, and LockedError while another program writes.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite" and address.database:
        folder = Path(address.database).absolute().parent
        refuse_shared_place(folder)
        with disk_faults(folder):
            folder.mkdir(parents=True, exist_ok=True)
    with translated(address):
        engine = create_engine(address, hide_parameters=True)  # a message never holds answers
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _configure)
            event.listen(engine, "begin", _begin)
        if _revision(engine) != REVISIONS[-1]:
            _migrate(engine)
    return engine


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the right to write from its start, so that what it reads stays true until it commits."""
    with translated(engine.url), _writer(engine) as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the store throughout."""
    with translated(engine.url), engine.connect() as connection, connection.begin():
        yield connection


@contextlib.contextmanager
def translated(address: URL) -> Iterator[None]:
    """Turn the database's errors into DiskError, LockedError or StoreError, which name the store without a password."""
    try:
        yield
    except DBAPIError as fault:
        raise _own_words(address.render_as_string(hide_password=True), fault) from fault


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError) as fault:
        shown = re.sub(r"//[^@/]*@", "//***@", url)  # a password stands there
        raise StoreError(
            f"{shown!r} is not the address of a store", hint="Write sqlite:///data/store.sqlite."
        ) from fault
    return address


def _configure(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # `_begin` says when a transaction starts, and it holds for tables too
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    connection.execute("PRAGMA foreign_keys = ON")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def _writer(engine: Engine) -> Connection:
    return engine.connect().execution_options(**{_WRITING: True})


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITING) else "BEGIN")


def _revision(engine: Engine) -> str:
    """The version of the store; empty for an empty database."""
    with engine.connect() as connection, connection.begin():
        return _revision_of(connection)


def _revision_of(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or ""
    if revision and revision not in REVISIONS:
        raise StoreError(
            f"the store was made by a newer program (version {revision}; this one knows up to {REVISIONS[-1]})",
            hint="Update sheets-pipeline; nothing was changed in the store.",
        )
    return str(revision)


def _migrate(engine: Engine) -> None:
    """All steps in one transaction: one that is cut off leaves the store as it was."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    with _writer(engine) as connection, connection.begin():
        if _revision_of(connection) != REVISIONS[-1]:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _own_words(store: str, fault: DBAPIError) -> SheetsPipelineError:
    code = getattr(fault.orig, "sqlite_errorcode", 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedError(f"{store}: another program keeps the store busy", hint="Try again in a while.")
        case sqlite3.SQLITE_FULL:
            return DiskError(
                f"{store}: the disk is full", hint="Free some space and run again; nothing was half stored."
            )
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return DiskError(
                f"{store}: the store cannot be written", hint="Give the account that runs this the right to."
            )
        case sqlite3.SQLITE_IOERR:
            return DiskError(f"{store}: the disk fails ({fault.orig})", hint="Check the disk.")
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return StoreError(f"{store}: this is no store, or a damaged one", hint="Restore it from a backup.")
    return StoreError(f"{store}: {fault.orig}")
