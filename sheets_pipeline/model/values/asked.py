"""What a cell is asked for, and what came of reading it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.forms import ChoiceList, Question
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values.cleaning import line


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to say about one cell: an issue code and what fills the placeholders of its texts."""

    code: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """The value of a cell. None with findings is a cell that could not be read; None without is an empty cell."""

    value: Value | None
    findings: tuple[Finding, ...] = ()


EMPTY = Parsed(None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a type needs to know to read or write one cell."""

    type: str
    question: Question
    choices: ChoiceList | None
    language: str
    percent_format: bool = False

    @property
    def is_option(self) -> bool:
        """Whether the cell takes an x or nothing: an option of a `select_multiple`, or a boolean shown as one."""
        return self.type == "boolean" and (
            self.question.type == "select_multiple" or self.question.appearance == "option"
        )

    @property
    def takes_marks(self) -> bool:
        """Whether `-`, `.` and `..` are answers here."""
        return self.question.marks or self.question.type == "split"


def unread(code: str, **params: object) -> Parsed:
    """A cell that no value could be made of."""
    return Parsed(None, (Finding(code, params),))


def read_as(value: Value, shown: str) -> Parsed:
    """A value read in a way that is not obvious, which the sender is told."""
    return Parsed(value, (Finding("READ_AS", {"read": shown}),))


def is_blank(raw: CellValue) -> bool:
    """Whether a cell holds nothing that anyone can see."""
    if not isinstance(raw, str):
        return raw is None
    return not (raw[:1].isalnum() or line(raw))  # most texts show themselves by their first sign
