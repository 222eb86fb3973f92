"""A store is opened at this program's version, or refused with its reason."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from sheets_pipeline.errors import LockedError, SheetsPipelineError, StoreError
from sheets_pipeline.store import opening
from sheets_pipeline.store.repository import Store
from sheets_pipeline.store.tables import metadata
from tests.store.examples import in_force, version


def database(url: str) -> sqlite3.Connection:
    """The file itself, as any other program would open it."""
    return sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)


def test_the_steps_lead_to_the_tables_that_the_program_uses(url: str) -> None:
    Store.open(url).close()
    engine = create_engine(url)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    with database(url) as made:
        by_program = {name: sql for name, sql in made.execute("SELECT name, sql FROM sqlite_master") if sql}
    fresh = create_engine("sqlite://")
    metadata.create_all(fresh)
    with fresh.connect() as connection:
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master").all()
    spaces = {name: " ".join(sql.split()) for name, sql in by_program.items()}
    assert {name: " ".join(sql.split()) for name, sql in rows if sql}.items() <= spaces.items()


def test_the_known_versions_are_those_of_the_steps(root: Path) -> None:
    config = Config()
    config.set_main_option("script_location", str(root / "sheets_pipeline/store/migrations"))
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == opening.REVISIONS


def test_a_newer_store_is_refused_and_left_alone(url: str) -> None:
    Store.open(url).close()
    with database(url) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(StoreError, match=r"newer program.*0999"):
        Store.open(url)


def test_a_migration_that_was_cut_off_left_nothing_and_runs_again(
    url: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed = (
        "import os, sys, sheets_pipeline.store.opening as o\n"
        "from sqlalchemy import event, Engine\n"
        "event.listen(Engine, 'before_cursor_execute', "
        "lambda c, k, sql, *rest: os._exit(9) if 'CREATE TABLE runs' in sql else None)\n"
        "o.open_engine(sys.argv[1])"
    )
    monkeypatch.chdir(root)
    done = subprocess.run([sys.executable, "-c", killed, url], check=False)
    assert done.returncode == 9
    with database(url) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    with Store.open(url) as store:
        store.save([version("v1.xlsx", {"a": 1})], "run")
        assert in_force(store) == {"a": 1}


def test_a_store_that_is_up_to_date_opens_without_the_migrator(url: str, root: Path) -> None:
    Store.open(url).close()
    program = (
        "import sys\n"
        "from sheets_pipeline.store.repository import Store\n"
        "Store.open(sys.argv[1]).close()\n"
        "print(sorted(name for name in sys.modules if name.partition('.')[0] in ('alembic', 'mako', 'pandas')))"
    )
    done = subprocess.run([sys.executable, "-c", program, url], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_sqlite_must_promise(url: str) -> None:
    Store.open(url).close()
    engine = opening.open_engine(url)
    with engine.connect() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    engine.dispose()
    assert found == ["wal", 2, 1, 30_000]


def test_uniqueness_is_the_databases_own(url: str) -> None:
    with Store.open(url) as store:
        store.save([version("v1.xlsx", {"a": 1}, hour=1), version("v2.xlsx", {"a": 2}, hour=2)], "run")
    with database(url) as connection:
        with pytest.raises(sqlite3.IntegrityError, match=r"submissions\.round"):
            connection.execute("UPDATE submissions SET state = 'in_force'")
        with pytest.raises(sqlite3.IntegrityError, match=r"submissions\.checksum"):
            connection.execute("UPDATE submissions SET checksum = 'same'")


@pytest.mark.parametrize("url", ["data/store.sqlite", "", "nosuchdatabase://somewhere/else"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="not the address of a store") as caught:
        Store.open(url)
    assert "sqlite:///" in caught.value.hint


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    path.write_bytes(b"PK\x03\x04" + b"a workbook, not a store" * 100)
    with pytest.raises(StoreError, match="no store, or a damaged one"):
        Store.open(f"sqlite:///{path}")


def test_a_store_that_another_program_keeps_busy(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0)
    with Store.open(url) as store:
        other = database(url)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedError):
            store.save([version("v1.xlsx", {"a": 1})], "run")
        assert in_force(store) == {}, "reading goes on meanwhile"
        other.close()


def test_a_full_disk_is_said_so_and_nothing_is_half_stored(url: str, root: Path) -> None:
    """A limit on the size of files stands in for the disk: to a program both say no in the middle of a write."""
    Store.open(url).close()
    program = (
        "import resource, sys\n"
        "from sheets_pipeline.errors import DiskError\n"
        "from sheets_pipeline.store.repository import Store\n"
        "from tests.store.examples import version\n"
        "with Store.open(sys.argv[1]) as store:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "    try:\n"
        "        store.save([version('v1.xlsx', {str(n): 'x' * 3000 for n in range(200)})], 'run')\n"
        "    except DiskError as fault:\n"
        "        print(type(fault).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, url], cwd=root, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("DiskError\n", 0), done.stderr
    with Store.open(url) as store:
        assert list(store.in_force("2026")) == []
        store.save([version("v1.xlsx", {"a": 1})], "run")
        assert in_force(store) == {"a": 1}


def test_a_message_never_holds_a_password_or_an_answer(url: str) -> None:
    with Store.open(url) as store:
        (saved,) = store.save([version("v1.xlsx", {"a": "hemligt \ud83d"})], "run")
    assert saved.fault
    assert "hemligt" not in saved.fault
    with pytest.raises(SheetsPipelineError) as caught:
        Store.open("nosuchdatabase://me:hemligt@somewhere/else")
    assert "hemligt" not in caught.value.message
