"""What every test may ask for, and what happens to a test whose program is missing.

On a developer's machine a test that needs LibreOffice, Chromium, the corpus or the like is skipped and says what
it lacked. With `SHEETS_PIPELINE_REQUIRE_ALL=1`, as in continuous integration, every skip is a failure instead.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
CORPUS = "SHEETS_PIPELINE_CORPUS"
REQUIRE_ALL = os.environ.get("SHEETS_PIPELINE_REQUIRE_ALL", "") not in {"", "0"}

# The same examples every time: a failure on one machine is a failure on all. No deadline: nothing here is timed.
settings.register_profile("same-everywhere", derandomize=True, deadline=None, database=None)
settings.load_profile("same-everywhere")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def require_program() -> Callable[[str], str]:
    """`require_program("soffice")` is the program's path; where there is none the test is skipped by that name."""

    def path_of(program: str) -> str:
        found = shutil.which(program)
        if found is None:
            pytest.skip(f"needs {program}")
        return found

    return path_of


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of workbooks that others made, odd and hostile."""
    folder = os.environ.get(CORPUS)
    if not folder:
        pytest.skip(f"needs {CORPUS}, the folder of workbooks that others made")
    return Path(folder)


Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def _refuse_skip(report: Report) -> Report:
    if REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"SHEETS_PIPELINE_REQUIRE_ALL allows no skip: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _refuse_skip((yield))
