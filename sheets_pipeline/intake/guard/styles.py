"""Which cell styles show a number as a percentage."""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_pipeline.intake.guard.xml import SMALL, elements

_BUILT_IN = frozenset({"9", "10"})
_HINT = re.compile(rb"%|numFmtId\s*=\s*[\"'](?:9|10)[\"']")
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def percent_styles(part: str, data: bytes) -> frozenset[str]:
    """The indexes (as texts) of the cell formats in `styles.xml` that are percentages."""
    return _remembered(part, data) if len(data) <= SMALL else _percent_styles(part, data)


@lru_cache(maxsize=32)
def _remembered(part: str, data: bytes) -> frozenset[str]:
    return _percent_styles(part, data)


def _percent_styles(part: str, data: bytes) -> frozenset[str]:
    if _HINT.search(data) is None:
        return frozenset()
    percent = set(_BUILT_IN)
    formats: list[str] = []
    in_cell_formats = False
    for name, attributes in elements(part, data):
        if name == "numFmt" and "%" in _LITERAL.sub("", attributes.get("formatCode", "")):
            percent.add(attributes.get("numFmtId", ""))
        elif name == "xf" and in_cell_formats:
            formats.append(attributes.get("numFmtId", "0"))
        elif name != "xf" and name not in {"alignment", "protection", "extLst", "ext"}:
            in_cell_formats = name == "cellXfs"
    return frozenset(str(index) for index, number in enumerate(formats) if number in percent)
