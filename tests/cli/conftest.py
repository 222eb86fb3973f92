"""A project for every test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pipeline.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office.laid_out(tmp_path / "omgång 2026")
