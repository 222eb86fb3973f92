"""The finished file: whom it is by and of, and nothing left of the template's own past."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from pptx.opc.constants import RELATIONSHIP_TYPE

from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.office import MADE_BY, TAGS, day_of, rewritten

if TYPE_CHECKING:
    from pptx.presentation import Presentation

LEFTOVERS = {RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES}
SPEAKING = ("ppt/slide", "ppt/notes", "ppt/presentation")
_SPOKEN = re.compile(rb'(<a:(?:rPr|endParaRPr|defRPr)\b[^>]*?\blang=")[^"]*')


def packed(presentation: Presentation, document: Document) -> bytes:
    """The file with fixed properties: the same bytes for the same document."""
    _properties(presentation, document)
    _without_leftovers(presentation)
    file = io.BytesIO()
    presentation.save(file)
    return rewritten(file.getvalue(), document, lambda name, data: _spoken(name, data, document.language))


def _properties(presentation: Presentation, document: Document) -> None:
    known = presentation.core_properties
    known.title, known.subject, known.language = document.title, document.programme, TAGS[document.language]
    known.author = known.last_modified_by = MADE_BY
    known.keywords = known.comments = known.category = ""
    known.revision, known.content_status = 1, document.standing
    known.created = known.modified = day_of(document)


def _without_leftovers(presentation: Presentation) -> None:
    """Thumbnail, statistics and printer settings tell of the template, not of this presentation."""
    package = presentation.part.package
    for relation in list(package.iter_rels()):
        if relation.reltype in LEFTOVERS:
            package.drop_rel(relation.rId)
    for relation in list(presentation.part.rels.values()):
        if relation.reltype == RELATIONSHIP_TYPE.PRINTER_SETTINGS:
            presentation.part.drop_rel(relation.rId)


def _spoken(name: str, data: bytes, language: str) -> bytes:
    """Layouts, masters and notes speak the document's language, whatever the template's was."""
    if name.endswith(".xml") and name.startswith(SPEAKING):
        return _SPOKEN.sub(rb"\g<1>" + TAGS[language].encode(), data)
    return data
