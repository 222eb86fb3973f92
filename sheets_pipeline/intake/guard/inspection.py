"""What the guard hands on about a file that it lets in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from sheets_pipeline.model.cells import Visibility, Witnesses

_STAMP = re.compile(rb"<(?:\w+:)?(modified|date)(?:\s[^>]*)?>\s*([^<\s]+)\s*<")


@dataclass(frozen=True, slots=True)
class Note:
    """Something odd that was mended on the way in: a code of `model.file_codes.NOTES`."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Inspection:
    """`workbook` is the copy that the reader reads; `visibility` lists the sheets with cells in their order."""

    kind: Literal["excel", "opendocument"]
    workbook: bytes
    visibility: Mapping[str, Visibility]
    witnesses: Witnesses
    notes: tuple[Note, ...] = ()


def saved_at(properties: bytes) -> datetime | None:
    """When the workbook says it was last saved, in UTC; a time without a zone is taken for UTC."""
    match = _STAMP.search(properties)
    if match is None:
        return None
    try:
        stamp = datetime.fromisoformat(match[2].decode("ascii"))
        return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
