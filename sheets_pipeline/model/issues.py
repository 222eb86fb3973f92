"""Remarks about the data: where, what, and what to do. Values, never raised.

The words of each code stand in `catalogue`; they are looked up in the reader's language when an issue is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.submissions import VERDICTS_WORST_FIRST, VerdictName

Severity = Literal["error", "warning", "info"]
Stage = Literal["file", "identity", "structure", "cell", "cross", "decision"]
Audience = Literal["sender", "administrator"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class IssueCode:
    """One kind of remark. `message`, `expected` and `fix` are English texts with `{placeholders}`.

    `stops` is the verdict that the remark alone brings about for its form (`held`, `rejected`, `unreadable`).
    """

    code: str
    severity: Severity
    stage: Stage
    message: str
    fix: str
    expected: str = ""
    audience: Audience = "sender"
    stops: VerdictName | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """One remark. `params` fill the placeholders of the code's texts; `value` is what was found, as shown.

    `question` is the question's name, `path` the answer's path; both are empty for remarks about a whole file.
    """

    code: str
    severity: Severity
    cell: CellRef | None = None
    question: str = ""
    path: str = ""
    value: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[CellRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one form of a file, with the remarks that led to it, the most important first."""

    name: VerdictName
    issues: tuple[Issue, ...]


def worst(verdicts: Iterable[VerdictName]) -> VerdictName:
    """The verdict that a file gets from those of its forms; `accepted` for none."""
    found = set(verdicts)
    return next((name for name in VERDICTS_WORST_FIRST if name in found), "accepted")
