"""What is wrong with a form definition: where, what, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from sheets_pipeline.errors import FormError
from sheets_pipeline.forms.documents import Document, Place
from sheets_pipeline.model.issues import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault; `line` counts from 1, 0 where a definition has no file. `code` is stable: `unknown_key`."""

    file: str
    line: int
    code: str
    message: str
    severity: Severity = "error"

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}" if self.line else f"{self.file}: {self.message}"


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


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one FormError for all the errors among the faults, by file and line."""
    errors = sorted((one for one in faults if one.severity == "error"), key=lambda one: (one.file, one.line))
    if errors:
        raise FormError(
            tuple(str(fault) for fault in errors), hint="Mend the lines named above; docs/forms.md has the words."
        )


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice for a word that is not known: the one that looks like it, or all there are."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return f"did you mean “{close[0]}”?"
    return f"known are: {', '.join(words)}" if words else "there are none"
