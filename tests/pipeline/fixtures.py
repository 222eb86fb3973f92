"""A project for every test, and one reading process for all of them, which saves nothing but starting it each time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sheets_pipeline.pipeline import checking, collecting
from sheets_pipeline.workbooks.worker import ReaderPool
from tests.pipeline.office import Office

__all__ = ["lasting_reader", "office", "one_reader", "own_reader"]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.laid_out(tmp_path / "omgång 2026")


class _Lasting(ReaderPool):
    """A pool that outlives the run it was opened for."""

    def close(self) -> None:
        """Kept open for the next run."""


@pytest.fixture(scope="session")
def lasting_reader() -> Iterator[ReaderPool]:
    pool = _Lasting(1)
    yield pool
    ReaderPool.close(pool)


@pytest.fixture
def own_reader() -> None:
    """For a test that changes a form after it was read: a reader knows the forms it has seen."""


@pytest.fixture(autouse=True)
def one_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, lasting_reader: ReaderPool) -> None:
    if "own_reader" not in request.fixturenames:
        for module in (checking, collecting):
            monkeypatch.setattr(module, "ReaderPool", lambda *_: lasting_reader)
