from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

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
