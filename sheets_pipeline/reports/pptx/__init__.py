"""The report as a presentation: native charts and tables to edit, a title on every slide, notes with source and method.

A user's own template is used by the names of its layouts. Same document and template, same bytes.
"""

from __future__ import annotations

from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.pptx.deck import Deck
from sheets_pipeline.reports.pptx.house import opened
from sheets_pipeline.reports.pptx.packing import packed
from sheets_pipeline.reports.pptx.telling import tell


def render_pptx(document: Document, template: bytes | None = None, theme: Theme = CALM) -> bytes:
    """The whole presentation; raises RenderError for a template that cannot be used."""
    presentation = opened(template, document.language)
    tell(Deck(presentation, document, theme))
    return packed(presentation, document)
