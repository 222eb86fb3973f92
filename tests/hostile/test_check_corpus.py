"""Every workbook of the corpus through `check --cells`: refused by name, or read as nobody's form of ours.

That a file has one gibibyte and twenty seconds at most is the reading process's own limit; a file that wants more is
refused with READER_MEMORY or READER_TIMEOUT, which none of these may be.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sheets_pipeline.cli.commands import run

if TYPE_CHECKING:
    import pytest

SECONDS = 20

FINDINGS = {
    "01": "OLD_XLS",
    "04": "OLD_XLS",
    "09": "CELL_OUT_OF_RANGE",
    "17": "error cells",
    "18": "error cells",
    "23": "PART_NAMES_MENDED",
    "35": "PART_NAMES_MENDED",
    "36": "ENCODING_MENDED",
}
"""What is to be noticed in the files that need a look."""


def witnessed(entry: dict[str, Any]) -> set[str]:
    """What the reader saw beside the values."""
    cells = entry.get("cells") or {"witnesses": {"error_cells": []}}
    return {"error cells"} if cells["witnesses"]["error_cells"] else set()


def checked(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What `check --cells --json` says of one file, within its limits."""
    started = time.monotonic()
    code = run(["check", str(path), "--cells", "--json", "--as-of", "2026-11-22"])
    spent = time.monotonic() - started
    out, err = capsys.readouterr()
    assert code == 1
    assert "Traceback" not in err
    assert spent < SECONDS + 5, "the limit of the worker, and starting it"
    [entry] = json.loads(out)["files"]
    found: dict[str, Any] = entry
    return found


def test_every_file_is_refused_by_name_or_read_as_not_ours(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = json.loads((corpus / "index.json").read_text(encoding="utf-8"))
    for known in index:
        entry = checked(corpus / known["file"], capsys)
        codes = [issue["code"] for issue in entry["issues"]]
        assert not {"READER_MEMORY", "READER_TIMEOUT"} & set(codes), known["file"]
        if known["verdict"] == "REFUSE":
            assert entry["verdict"] == "unreadable", known["file"]
            assert "NOT_OUR_FORM" not in codes
        elif known["verdict"] == "ACCEPT":
            assert entry["verdict"] == "rejected", known["file"]
            assert codes == ["NOT_OUR_FORM"], known["file"]
            assert entry["cells"]["sheets"], known["file"]
        else:
            assert entry["verdict"] in {"rejected", "unreadable"}, known["file"]
            assert FINDINGS.get(known["file"][:2], "") in {*codes, *witnessed(entry), ""}, known["file"]
