"""The report on paper: an accessible PDF (PDF/UA-1) with the same words, numbers and charts as the page.

Same document, same bytes: the time in the file is the day of the figures, and no font of the machine is used.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

from sheets_pipeline import texts
from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.pdf.content import Content
from sheets_pipeline.reports.pdf.typesetting import typeset

CONTEXT = "pdf"
WORDS = {
    "contents": "Contents",
    "behind": "The figures behind the charts",
    "table_on": "The figures as a table: page {page}",
    "page_of": "page {page} of {pages}",
    "attached": "attached to this file",
}


def render_pdf(document: Document, theme: Theme = CALM) -> bytes:
    """The whole report; raises RenderError where typst would have to break PDF/UA."""
    say = partial(texts.text, language=document.language, context=CONTEXT)
    words = {name: say(msgid) for name, msgid in WORDS.items()}
    data = Content(document.language, theme, say).document(document)
    return typeset("report.typ", {**data, "words": words}, ("ua-1",), datetime(*document.created, tzinfo=UTC))
