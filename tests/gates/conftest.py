"""The programs that judge, and what they judge: reports of extreme rounds, and all that the demo makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from sheets_pipeline.cli.demo import play
from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.html import render_html
from tests.gates.browser import Browser
from tests.gates.extremes import EXTREMES


@pytest.fixture(scope="session")
def modules(root: Path) -> Path:
    """`build/gates`, with the programs of package.json at the versions it names."""
    wanted = json.loads((root / "tests/gates/package.json").read_text(encoding="utf-8"))["devDependencies"]
    folder = root / "build/gates"
    for name, version in wanted.items():
        installed = folder / "node_modules" / name / "package.json"
        if not installed.is_file() or json.loads(installed.read_text(encoding="utf-8"))["version"] != version:
            pytest.skip(f"needs {name} {version}, which `make test` installs with npm")
    return folder


@pytest.fixture(scope="session")
def browser(modules: Path, require_program: Callable[[str], str]) -> Browser:
    return Browser(require_program("node"), require_program("chromium"), modules)


@pytest.fixture(scope="session")
def document() -> Callable[[str], Document]:
    """`document("one")` is the report of that extreme."""

    @cache
    def built(name: str) -> Document:
        return build(EXTREMES[name].results(), EXTREMES[name].language)

    return built


@pytest.fixture(scope="session")
def page(document: Callable[[str], Document], tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`page("one")` is that extreme's page, as a file."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def written(name: str) -> Path:
        path = folder / f"{name}.html"
        path.write_text(render_html(document(name)), encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `data` folder of the demo, played to its end."""
    folder = tmp_path_factory.mktemp("demo") / "project"
    assert play(folder, "sv") == 0
    return folder / "data"
