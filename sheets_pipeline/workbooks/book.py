"""What a workbook is made of, before a spreadsheet program is chosen: layouts, fillings, start and feedback."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sheets_pipeline.model.cells import CellRef, CellValue
from sheets_pipeline.model.issues import Severity
from sheets_pipeline.model.layout import Layout
from sheets_pipeline.model.submissions import FormPart, Manifest, Value


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on one cell, as the reader sees it."""

    severity: Severity
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What stands in a layout's cells: answers by path, last time's answers, and what was typed and remarked on.

    `typed` holds what could not be read, kept as it was typed. `reached` are the occasions from which a question may be
    required (`required_from`).
    """

    answers: Mapping[str, Value] = field(default_factory=dict)
    previous: Mapping[str, Value] = field(default_factory=dict)
    typed: Mapping[str, CellValue] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    reached: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class BookPart:
    """One form in the workbook; `subtitle` says for whom and when (`Barn- och utbildningsnämnden · Inför träff 1`)."""

    part: FormPart
    layout: Layout
    filling: Filling
    subtitle: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What the first sheet says. `due` is None while the meeting has no date."""

    title: str
    organisation: str
    round: str
    due: date | None
    contact: str
    inbox: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One remark in the sheet *Återkoppling*; `cell` is in this workbook, `was` the cell in the file that was sent."""

    severity: Severity
    question: str
    value: str
    message: str
    fix: str
    cell: CellRef | None
    was: str


@dataclass(frozen=True, slots=True)
class Echo:
    """A question and the answer as it was understood."""

    question: str
    answer: str
    cell: CellRef | None


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell in which two copies differ; `tag` and `path` say which answer it is."""

    tag: str
    question: str
    first: str
    second: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The first sheet of a feedback workbook. `resolved` and `remaining` count since last time (None: first time)."""

    headline: str
    rows: tuple[FeedbackRow, ...]
    echoes: tuple[Echo, ...] = ()
    resolved: int | None = None
    remaining: int = 0
    differences: tuple[Difference, ...] = ()
    names: tuple[str, str] = ("A", "B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A whole workbook. `created` stands in its properties, so that the same content gives the same bytes."""

    manifest: Manifest
    parts: tuple[BookPart, ...]
    start: Start
    created: datetime
    feedback: Feedback | None = None
