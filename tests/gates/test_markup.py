"""Every page is valid HTML and CSS by the Nu checker, without as much as a warning."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.gates.extremes import EXTREMES, LARGE, LARGEST

Checker = Callable[[Iterable[Path]], list[str]]


@pytest.fixture(scope="session")
def nu_checker(modules: Path, require_program: Callable[[str], str]) -> Checker:
    """What the Nu checker has to say of some files, a line a remark."""
    java, jar = require_program("java"), modules / "node_modules/vnu-jar/build/dist/vnu.jar"

    def check(files: Iterable[Path]) -> list[str]:
        done = subprocess.run(
            [java, "-Xss8m", "-jar", jar, "--format", "json", "--stdout", *files],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.stdout, done.stderr
        return [
            f"{Path(one['url']).name}:{one.get('lastLine', '')} {one['message']}"
            for one in json.loads(done.stdout)["messages"]
        ]

    return check


def test_the_extremes_are_valid(nu_checker: Checker, page: Callable[[str], Path]) -> None:
    assert nu_checker(page(name) for name in EXTREMES.keys() - LARGE.keys() - LARGEST.keys()) == []


@pytest.mark.check_reports
def test_the_largest_pages_are_valid(nu_checker: Checker, page: Callable[[str], Path]) -> None:
    assert nu_checker(page(name) for name in (*LARGE, *LARGEST)) == []


@pytest.mark.check_reports
def test_the_pages_of_the_demo_are_valid(nu_checker: Checker, demo: Path) -> None:
    found = sorted(demo.rglob("*.html"))
    assert found
    assert nu_checker(found) == []


def test_a_mistake_is_found(nu_checker: Checker, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text('<!doctype html><html lang="sv"><title>Rapport</title><p id="a"><img src="b.png"><p id="a">')
    said = nu_checker([wrong])
    assert any("Duplicate ID" in line for line in said)
    assert any("alt" in line for line in said)
