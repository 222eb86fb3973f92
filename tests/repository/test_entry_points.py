"""What pip is told to look up by name is there: the program, and each of the product's own extensions."""

from __future__ import annotations

import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

from sheets_pipeline.model.values import QuestionType
from sheets_pipeline.plugins import GROUPS

PROJECT = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

KINDS: dict[str, type] = {"sheets_pipeline.rules": tuple, "sheets_pipeline.question_types": QuestionType}
"""What a group's entries are where they are not functions."""


def test_every_entry_point_leads_to_something() -> None:
    groups = {"scripts": PROJECT["scripts"], **PROJECT.get("entry-points", {})}
    for group, points in groups.items():
        for name, value in points.items():
            found = EntryPoint(name, value, group).load()
            kind = KINDS.get(group)
            assert isinstance(found, kind) if kind else callable(found), f"{group}: {name}"


def test_extensions_are_registered_in_the_groups_that_the_door_knows() -> None:
    assert set(PROJECT.get("entry-points", {})) <= {f"sheets_pipeline.{group}" for group in GROUPS}
