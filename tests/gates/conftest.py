"""The programs that judge, and what they judge: reports of extreme rounds, and all that the demo makes."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from sheets_pipeline.cli.commands import run
from sheets_pipeline.cli.demo import play
from sheets_pipeline.example import WAVES
from sheets_pipeline.reports.html import render_html
from tests.gates.browser import Browser
from tests.gates.extremes import EXTREMES

FORMATS = ("html", "xlsx", "pptx", "docx")


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
def page(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """`page("one")` is that extreme's page, as a file."""
    folder = tmp_path_factory.mktemp("pages")

    @cache
    def written(name: str) -> Path:
        path = folder / f"{name}.html"
        path.write_text(render_html(EXTREMES[name].document()), encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `data` folder of the demo, played to its end, with every kind of report in every format added."""
    folder = tmp_path_factory.mktemp("demo") / "project"
    assert play(folder, "sv") == 0
    for about in (), ("--brief",), ("--cluster", "k1"), ("--organisation", "9902"):
        asked = ("report", "--project", str(folder), "--as-of", f"{WAVES[-1].collected}", *about)
        formats = [word for name in FORMATS for word in ("--format", name)]
        assert run([*asked, *formats, "--to", str(folder / "data/reports" / "".join(about))]) == 0
    return folder / "data"
