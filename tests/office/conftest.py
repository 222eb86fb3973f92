from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sheets_pipeline.project import Project, lay_out_project
from tests.office.built import Bench, bench
from tests.office.office import Office, python_with_uno


@pytest.fixture(scope="session")
def office(require_program: Callable[[str], str]) -> Iterator[Office]:
    """LibreOffice, started once for all tests of a worker."""
    program = require_program("soffice")
    python = python_with_uno()
    if python is None:
        pytest.skip("needs python3-uno")
    started = Office(program, python)
    yield started
    started.stop()


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The starter project, as `init` lays it out."""
    folder = tmp_path_factory.mktemp("office") / "project"
    lay_out_project(folder)
    return Project(folder)


@pytest.fixture
def facts(project: Project, tmp_path: Path) -> Bench:
    """A municipality's facts."""
    return bench(project, "9901", "start", tmp_path)


@pytest.fixture
def assessment(project: Project, tmp_path: Path) -> Bench:
    """A self-assessment ahead of meeting 1, every statement."""
    return bench(project, "9901", "meeting_1", tmp_path)


@pytest.fixture
def plans(project: Project, tmp_path: Path) -> Bench:
    """An improvement plan."""
    return bench(project, "9901", "plan", tmp_path)
