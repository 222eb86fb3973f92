"""Two installations a year apart must hold the same libraries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

EXTRAS = ("all", "dev", "test")
WINDOWS = {"os_name": "nt", "platform_system": "Windows", "sys_platform": "win32"}


@pytest.fixture(scope="module")
def pins(root: Path) -> dict[str, str]:
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {plain(name): version for name, version in pairs}


@pytest.mark.parametrize("system", [{}, WINDOWS], ids=["here", "windows"])
def test_every_library_that_an_installation_brings_is_pinned(pins: dict[str, str], system: dict[str, str]) -> None:
    brought = set(requirements("sheets-pipeline", EXTRAS, system))
    assert brought - set(pins) == set()


def test_nothing_is_pinned_that_no_installation_brings(pins: dict[str, str]) -> None:
    brought = {name for system in ({}, WINDOWS) for name in requirements("sheets-pipeline", EXTRAS, system)}
    assert set(pins) - brought == set()


def test_the_tests_run_with_the_pinned_versions(pins: dict[str, str]) -> None:
    installed = {plain(each.name): each.version for each in metadata.distributions()}
    differing = {name: (pin, installed[name]) for name, pin in pins.items() if installed.get(name, pin) != pin}
    assert differing == {}


def test_this_file_knows_every_extra(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert tuple(sorted(project["optional-dependencies"])) == EXTRAS


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements(name: str, extras: tuple[str, ...], environment: dict[str, str]) -> Iterator[str]:
    """Names of all that `name[extras]` needs in that environment, and of what these need in turn."""
    waiting, seen = [(name, extras)], set()
    while waiting:
        wanted = waiting.pop()
        if wanted in seen:
            continue
        seen.add(wanted)
        for needed in needed_by(*wanted, environment):
            yield plain(needed.name)
            waiting.append((plain(needed.name), tuple(sorted(needed.extras))))


def needed_by(name: str, extras: tuple[str, ...], environment: dict[str, str]) -> list[Requirement]:
    try:
        stated = metadata.requires(name) or []
    except metadata.PackageNotFoundError:  # a library of the other system: it is pinned, and not here to be asked
        return []
    return [
        needed
        for needed in map(Requirement, stated)
        if needed.marker is None
        or any(needed.marker.evaluate({**environment, "extra": extra}) for extra in (*extras, ""))
    ]
