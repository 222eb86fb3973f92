"""Gathers the faults of one document while it is read and checked."""

from __future__ import annotations

from sheets_pipeline.forms.documents import Document, Place
from sheets_pipeline.forms.faults import Fault, refuse
from sheets_pipeline.model.issues import Severity


class Report:
    """Gathers the faults of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.faults: list[Fault] = []

    def add(self, place: Place, code: str, message: str, severity: Severity = "error") -> None:
        """A fault at a place of the document."""
        fault = Fault(self.document.file, self.document.line(place), code, message, severity)
        if fault not in self.faults:
            self.faults.append(fault)

    def finish(self) -> None:
        """Raise FormError when there was any error."""
        refuse(self.faults)
