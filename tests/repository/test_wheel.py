"""The product is what pip installs: built from the source archive, in an empty environment, with no checkout near."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

STARTER = {folder: f"sheets_pipeline/starter/{folder}" for folder in ("config", "jobs", "workbook_templates")}


@pytest.fixture(scope="module")
def archives(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source archive and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, root], cwd=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(archives: Path) -> Path:
    return next(archives.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel_names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def kept(root: Path, require_program: Callable[[str], str]) -> set[str]:
    """The checkout's files that git keeps or would keep."""
    listing = [require_program("git"), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("needs a git checkout")
    return {path for path in listed.stdout.split("\0") if path and (root / path).is_file()}


def test_the_wheel_holds_the_package_and_the_starter_project_and_nothing_else(
    wheel_names: set[str], kept: set[str]
) -> None:
    package = {path for path in kept if path.startswith("sheets_pipeline/")}
    starter = {f"{STARTER[top]}/{rest}" for top, _, rest in (path.partition("/") for path in kept) if top in STARTER}

    assert {name for name in wheel_names if ".dist-info/" not in name} == package | starter


def test_the_wheel_holds_what_is_not_python_too(wheel_names: set[str]) -> None:
    assert {"sheets_pipeline/py.typed", "sheets_pipeline/starter/config/programme.toml"} <= wheel_names
    assert any(name.startswith("sheets_pipeline/locale/sv/") and name.endswith(".po") for name in wheel_names)
    assert any(name.endswith("/licenses/LICENSE") for name in wheel_names)


def test_the_source_archive_can_be_worked_on(archives: Path, kept: set[str]) -> None:
    with tarfile.open(next(archives.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert kept - names == set()


@pytest.fixture(scope="module")
def program(root: Path, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`sheets-pipeline`, installed from the wheel as a user would, in an environment that holds nothing else."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    pip: list[str | Path] = [scripts / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run([*pip, "--constraint", root / "constraints.txt", wheel], cwd=folder)
    return scripts / "sheets-pipeline"


def test_help_says_what_the_program_can_do(program: Path, tmp_path: Path) -> None:
    printed = run([program, "--help"], cwd=tmp_path)
    for command in ("init", "demo", "workbooks", "check", "collect", "compare", "report", "export"):
        assert command in printed


def test_demo_prints_where_each_result_is(program: Path, tmp_path: Path) -> None:
    printed = run([program, "demo", "--to", tmp_path / "demo"], cwd=tmp_path)

    made = {path.suffix for path in (tmp_path / "demo").rglob("*") if path.is_file()}
    assert {".xlsx", ".html", ".csv"} <= made
    for result in ("feedback", "reports", "exports"):
        assert str(tmp_path / "demo/data" / result) in printed.replace("\n", "")
        assert any((tmp_path / "demo/data" / result).rglob("*.*"))


def test_init_lays_out_a_project_whose_forms_are_right(program: Path, root: Path, tmp_path: Path) -> None:
    printed = run([program, "init", tmp_path / "round"], cwd=tmp_path)

    assert str(tmp_path / "round") in printed.replace("\n", "")
    for folder in STARTER:
        laid_out = {path.relative_to(tmp_path / "round") for path in (tmp_path / "round" / folder).rglob("*.*")}
        assert laid_out == {
            path.relative_to(root) for path in (root / folder).rglob("*.*") if ".local." not in path.name
        }
    run([program, "forms", "lint"], cwd=tmp_path / "round")


def run(command: list[str | Path], cwd: Path) -> str:
    """What the command printed; it must end well, and see nothing of the checkout or of its tests' settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SHEETS_"))}
    result = subprocess.run(
        command, cwd=cwd, env={**environment, "COLUMNS": "200"}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout
