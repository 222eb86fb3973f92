"""Workbooks of the example that LibreOffice has saved, kept beside this module; `make example-files` renews them.

A kept file stands in for its workbook only while it is what that workbook would be: `index.json` holds, for each, a
hash of the form definitions and the answers of the workbook that LibreOffice was given.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from sheets_pipeline.workbooks.edit import Edited

SAVED = {
    ("before", "9903", "meeting_1"): "9903_infor-traff-1.ods",
    ("before", "9904", "meeting_1"): "9904_infor-traff-1.xlsx",
    ("before", "9910", "start"): "9910_start.xlsx",
}
INDEX = "index.json"


def kept_file(workbook: tuple[str, str, str], edited: Edited) -> tuple[str, bytes] | None:
    """(suffix, bytes) of the file kept for a workbook; None when there is none or it was made of another content."""
    name = SAVED.get(workbook)
    if name is None or _index().get(name) != edited.digest():
        return None
    folder = files("sheets_pipeline.example").joinpath("saved")
    return name[name.rindex(".") :], folder.joinpath(name).read_bytes()


@cache
def _index() -> dict[str, str]:
    place = files("sheets_pipeline.example").joinpath("saved", INDEX)
    found: dict[str, str] = json.loads(place.read_text(encoding="utf-8")) if place.is_file() else {}
    return found
