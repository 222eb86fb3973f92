"""What documents for Office have in common: their language, and parts that are the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sheets_pipeline.reports.document import Document

TAGS = {"sv": "sv-SE", "en": "en-GB"}
MADE_BY = "sheets-pipeline"
EARLIEST = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Change = Callable[[str, bytes], bytes]


def day_of(document: Document) -> datetime:
    """The day of a document's figures, as the properties of a file say it."""
    return datetime(*document.created)  # noqa: DTZ001 - the formats have no time zone


def clean(text: str) -> str:
    """A text without the characters that XML has no way to write."""
    return _NEVER.sub("", text)


def rewritten(data: bytes, document: Document, change: Change) -> bytes:
    """A package written again: each part through `change`, embedded workbooks too, all dated by the document."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = _part(part.filename, old.read(part), document, change)
            new.writestr(ZipInfo(part.filename, EARLIEST), content, ZIP_DEFLATED)
    return made.getvalue()


def _part(name: str, data: bytes, document: Document, change: Change) -> bytes:
    if name.endswith(".xlsx"):
        return rewritten(data, document, change)
    if name == CORE:
        day = day_of(document).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
        return _DATED.sub(rb"\g<1>" + day + rb"\g<2>", data)
    return change(name, data)
