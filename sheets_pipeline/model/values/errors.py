"""What stands in a cell whose formula failed, in the languages people have Excel in."""

from __future__ import annotations

import re

from sheets_pipeline.model.cells import CellValue, ErrorValue

_ERROR = re.compile(
    r"#(REF!|N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|REFERENS!|SAKNAS!|VÄRDEFEL!|DIVISION/0!|NAMN\?|OGILTIGT!|"
    r"SKÄRNING!|SPILL!)|Err:\d{3}|Fel:\d{3}",
)


def error_text(raw: CellValue) -> str:
    """The error as the cell shows it, pasted as text or not; empty for anything else."""
    if isinstance(raw, ErrorValue):
        return raw.text
    if not isinstance(raw, str):
        return ""
    typed = raw.strip()
    return typed if _ERROR.fullmatch(typed) else ""
