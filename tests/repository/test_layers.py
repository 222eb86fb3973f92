"""The contracts in pyproject.toml must break when the architecture is broken: one that cannot fail says nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")
LAYERS, CYCLES, ROOMS = "One direction", "No cycles", "One library, one room"


@pytest.mark.parametrize(
    ("module", "statement", "contract"),
    [
        ("store/planted.py", "from sheets_pipeline import analysis", LAYERS),
        ("model/planted.py", "from sheets_pipeline import forms", LAYERS),
        ("errors.py", "from sheets_pipeline import texts", LAYERS),
        ("elsewhere.py", "from sheets_pipeline import errors", LAYERS),
        ("model/planted.py", "from sheets_pipeline.model import planted_too", CYCLES),
        ("validation/planted.py", "import pandas as pd", ROOMS),
        ("reports/planted.py", "from sqlalchemy import select", ROOMS),
        ("store/planted.py", "from xlsxwriter.workbook import Workbook", ROOMS),
        ("workbooks/planted.py", "import smtplib", ROOMS),
    ],
)
def test_a_forbidden_import_breaks_its_contract(copy: Path, module: str, statement: str, contract: str) -> None:
    with (copy / "sheets_pipeline" / module).open("a", encoding="utf-8") as planted:
        planted.write(f"\n{statement}\n")

    result = lint_imports(copy)

    assert result.returncode == 1
    assert contract in broken_contracts(result.stdout)


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The package and the contracts, in a folder where an import may be planted."""
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copytree(
        root / "sheets_pipeline", tmp_path / "sheets_pipeline", ignore=shutil.ignore_patterns("__pycache__")
    )
    for stage in ("analysis", "forms", "reports", "store", "validation", "workbooks"):
        (tmp_path / "sheets_pipeline" / stage).mkdir(exist_ok=True)
        (tmp_path / "sheets_pipeline" / stage / "__init__.py").touch()
    half_a_cycle = tmp_path / "sheets_pipeline/model/planted_too.py"
    half_a_cycle.write_text("from sheets_pipeline.model import planted\n", encoding="utf-8")
    return tmp_path


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = [LINT_IMPORTS, "--config", folder / "pyproject.toml", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def broken_contracts(output: str) -> str:
    return "\n".join(line for line in output.splitlines() if line.endswith("BROKEN") or " BROKEN (" in line)
