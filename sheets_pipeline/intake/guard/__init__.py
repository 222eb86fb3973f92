"""The guard: decides whether a file may be read at all, and writes down what a reader would not tell.

`inspect` is a pure function of the bytes. It raises `DeliveryError` with one stable code a danger
(`model.file_codes`), or returns the witnesses and the only copy that a reader ever sees.
"""

from __future__ import annotations

from sheets_pipeline.intake.guard.admission import admit
from sheets_pipeline.intake.guard.container import Container
from sheets_pipeline.intake.guard.excel import inspect_excel
from sheets_pipeline.intake.guard.inspection import Inspection, Note
from sheets_pipeline.intake.guard.limits import LIMITS, Limits
from sheets_pipeline.intake.guard.open_document import inspect_open_document, is_open_document

__all__ = ["LIMITS", "Inspection", "Limits", "Note", "inspect"]


def inspect(data: bytes, name: str, limits: Limits = LIMITS) -> Inspection:
    """Let a workbook in, or raise `DeliveryError`. `name` only tells lock files and old .xls apart from others."""
    admit(data, name, limits)
    container = Container(data, limits)
    if is_open_document(container):
        return inspect_open_document(container, limits)
    return inspect_excel(container, limits)
