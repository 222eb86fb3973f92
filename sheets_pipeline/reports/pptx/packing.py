"""The finished file: whom it is by and of, nothing left of the template's own past, the same bytes each time."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pptx.opc.constants import RELATIONSHIP_TYPE

from sheets_pipeline.reports.document import Document

if TYPE_CHECKING:
    from pptx.presentation import Presentation

TAGS = {"sv": "sv-SE", "en": "en-GB"}
EARLIEST = (1980, 1, 1, 0, 0, 0)
LEFTOVERS = {RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES}
_DATED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
_SPOKEN = re.compile(rb'(<a:(?:rPr|endParaRPr|defRPr)\b[^>]*?\blang=")[^"]*')


def packed(presentation: Presentation, document: Document) -> bytes:
    """Save with fixed properties, then write every part again with the language and the times of the document."""
    _properties(presentation, document)
    _without_leftovers(presentation)
    file = io.BytesIO()
    presentation.save(file)
    return _rewritten(file.getvalue(), document)


def _properties(presentation: Presentation, document: Document) -> None:
    known = presentation.core_properties
    day = datetime(*document.created)  # noqa: DTZ001 - the format has no time zone
    known.title, known.subject, known.language = document.title, document.programme, TAGS[document.language]
    known.author = known.last_modified_by = "sheets-pipeline"
    known.keywords = known.comments = known.category = ""
    known.revision, known.created, known.modified = 1, day, day
    known.content_status = document.standing


def _without_leftovers(presentation: Presentation) -> None:
    """Thumbnail, statistics and printer settings tell of the template, not of this presentation."""
    package = presentation.part.package
    for relation in list(package.iter_rels()):
        if relation.reltype in LEFTOVERS:
            package.drop_rel(relation.rId)
    for relation in list(presentation.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            presentation.part.drop_rel(relation.rId)


def _rewritten(data: bytes, document: Document) -> bytes:
    made = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(ZipInfo(part.filename, EARLIEST), _part(part.filename, old.read(part), document), ZIP_DEFLATED)
    return made.getvalue()


def _part(name: str, data: bytes, document: Document) -> bytes:
    """Embedded workbooks get the document's day; layouts, masters and notes speak its language."""
    if name.endswith(".xlsx"):
        return _rewritten(data, document)
    if name == "docProps/core.xml":
        day = datetime(*document.created).strftime("%Y-%m-%dT%H:%M:%SZ").encode()  # noqa: DTZ001 - the format has no time zone
        return _DATED.sub(rb"\g<1>" + day + rb"\g<2>", data)
    if name.endswith(".xml") and name.startswith(("ppt/slide", "ppt/notes", "ppt/presentation")):
        return _SPOKEN.sub(rb"\g<1>" + TAGS[document.language].encode(), data)
    return data
