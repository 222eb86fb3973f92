"""`--help` answers at once because nothing heavy is loaded for it: what a command needs, it imports when it runs."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"alembic", "jinja2", "openpyxl", "pandas", "pydantic", "python_calamine", "sqlalchemy", "xlsxwriter"}

SHOW_HELP = """
import sys
from sheets_pipeline.cli import main
sys.argv = ["sheets-pipeline", "--help"]
try:
    main()
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def test_help_loads_no_heavy_library() -> None:
    shown = subprocess.run([sys.executable, "-c", SHOW_HELP], capture_output=True, text=True, check=True)

    assert "Usage" in shown.stdout
    assert HEAVY & set(shown.stderr.split()) == set()
