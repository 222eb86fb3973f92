"""Continuous integration must not go green because something was not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NEEDS_A_PROGRAM_NOBODY_HAS = "def test_it(require_program):\n    require_program('no-such-program')\n"
SKIPS_AS_A_WHOLE = "import pytest\npytest.importorskip('no_such_module')\ndef test_it():\n    pass\n"


@pytest.mark.parametrize("test", [NEEDS_A_PROGRAM_NOBODY_HAS, SKIPS_AS_A_WHOLE])
def test_a_missing_program_skips_by_name_here_and_fails_in_ci(root: Path, tmp_path: Path, test: str) -> None:
    (tmp_path / "conftest.py").write_text((root / "tests/conftest.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "test_it.py").write_text(test, encoding="utf-8")

    skipped, failed = run_pytest(tmp_path, require_all=""), run_pytest(tmp_path, require_all="1")

    assert "1 skipped" in skipped.stdout
    assert "no-such-program" in skipped.stdout or "no_such_module" in skipped.stdout
    assert failed.returncode not in {0, 5}
    assert "allows no skip" in failed.stdout


def run_pytest(folder: Path, *, require_all: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-rs", "-p", "no:cacheprovider", "--rootdir", folder, folder],
        cwd=folder,
        env={**os.environ, "SHEETS_PIPELINE_REQUIRE_ALL": require_all},
        capture_output=True,
        text=True,
        check=False,
    )
