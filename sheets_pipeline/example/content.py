"""What the made-up organisations answer, as data files beside this module."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

SEED = 2026


@cache
def read(name: str) -> dict[str, Any]:
    """One of the files of `content/`: `organisations`, `comments` or `plans`."""
    text = files("sheets_pipeline.example").joinpath("content", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def profile(organisation: str) -> dict[str, Any]:
    """An organisation's own part of `organisations.toml`."""
    found: dict[str, Any] = read("organisations")[organisation]
    return found


def plan(organisation: str) -> dict[str, Any]:
    """An organisation's improvement plan."""
    found: dict[str, Any] = next(one for one in read("plans")["plans"] if one["organisation"] == organisation)
    return found
