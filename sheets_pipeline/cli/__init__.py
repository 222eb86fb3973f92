"""The command line. Commands are imported when they are called, so that `--help` is quick."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from sheets_pipeline.cli.commands import run

    sys.exit(run(sys.argv[1:]))
