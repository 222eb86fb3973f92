"""`init --edition`: the round of a new project follows the edition that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sheets_pipeline.errors import UsageError
from sheets_pipeline.project import lay_out_project, open_project

if TYPE_CHECKING:
    from pathlib import Path


def test_the_round_follows_the_edition_that_was_named(tmp_path: Path) -> None:
    project = open_project(lay_out_project(tmp_path / "round", "e2023"))
    assert project.round().edition.id == "e2023"


def test_an_unknown_edition_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="e1999") as told:
        lay_out_project(tmp_path / "round", "e1999")
    assert "e2023" in told.value.hint
    assert not (tmp_path / "round").exists()
