"""What is wrong with a form definition: where, what, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from sheets_pipeline.errors import FormError
from sheets_pipeline.model.issues import Severity

_HINT = "Mend the lines named above; docs/forms.md has the words."


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


class FaultyFormError(FormError):
    """A FormError that keeps its faults as values, for lint."""

    def __init__(self, found: Iterable[Fault], *, hint: str = _HINT) -> None:
        self.found = tuple(found)
        super().__init__(tuple(str(fault) for fault in self.found), hint=hint)


def refuse(faults: Iterable[Fault]) -> None:
    """Raise one FormError for all the errors among the faults, by file and line."""
    errors = sorted((one for one in faults if one.severity == "error"), key=lambda one: (one.file, one.line))
    if errors:
        raise FaultyFormError(errors)


def nearest(word: str, known: Iterable[str]) -> str:
    """Advice for a word that is not known: the one that looks like it, or all there are."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return f"did you mean “{close[0]}”?"
    return f"known are: {', '.join(words)}" if words else "there are none"
