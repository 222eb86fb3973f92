"""A form as its author means it, in XLSForm's words: sections, questions, items, choices.

Nothing here knows rows or columns (see `layout`) or files (see the stage `forms`). Texts are mappings from
language to text; every name is ASCII snake_case and never changes meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sheets_pipeline.model.expressions import Expression

Texts = Mapping[str, str]
Shape = Literal["fields", "items", "table", "card"]
Cadence = Literal["point", "round", "meeting", "living"]
Level = Literal["overall", "unit", "both"]
MissingSeverity = Literal["error", "warning", "info"]

QUESTION_TYPES = (
    "text",
    "longtext",
    "integer",
    "decimal",
    "percent",
    "date",
    "year",
    "url",
    "email",
    "boolean",
    "select_one",
    "select_multiple",
    "scale",
    "calculate",
    "split",
)
NUMERIC_TYPES = frozenset({"integer", "decimal", "percent", "year", "scale"})
GROUPS = ("women", "men", "girls", "boys", "total")
DATE_KEY = "date"
SCALE_PARAMETER = "$scale"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer of a list; `typed` is what the cell takes when that is shorter than the label (`4`, `VE`)."""

    name: str
    label: Texts
    value: int | None = None
    hint: Texts = field(default_factory=dict)
    typed: Texts = field(default_factory=dict)
    also_typed: tuple[str, ...] = ()
    non_answer: bool = False

    def shown(self, language: str) -> str:
        """What a drop-down lists for this choice."""
        return text_in(self.typed, language) or text_in(self.label, language)


@dataclass(frozen=True, slots=True)
class ChoiceList:
    """The possible answers of a question, in order; a scale's choices carry values."""

    name: str
    choices: tuple[Choice, ...]
    label: Texts = field(default_factory=dict)
    note: Texts = field(default_factory=dict)

    def find(self, name: str) -> Choice | None:
        """The choice of that name."""
        return next((choice for choice in self.choices if choice.name == name), None)

    @property
    def scores(self) -> tuple[int, ...]:
        """The values that count as scores, ascending; empty for a list that is no scale."""
        return tuple(sorted(choice.value for choice in self.choices if choice.value is not None))


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: a cell, a row of cells for groups (`split`), or a cell an option (`select_multiple`).

    `required` and `invited` are conditions (None: never); `required_from` names the occasion before which an
    empty cell is no remark. `of` is the type of each cell of a split; `dated` gives a split a date of its own.
    """

    name: str
    type: str
    label: Texts
    hint: Texts = field(default_factory=dict)
    required: Expression | None = None
    required_from: str | None = None
    missing_severity: MissingSeverity = "error"
    invited: Expression | None = None
    invited_from: str | None = None
    relevant: Expression | None = None
    constraint: Expression | None = None
    constraint_message: Texts = field(default_factory=dict)
    constraint_severity: MissingSeverity = "error"
    calculation: Expression | None = None
    choices: str | None = None
    choices_from: str | None = None
    appearance: str = ""
    groups: tuple[str, ...] = ()
    of: str | None = None
    dated: bool = False
    marks: bool = False
    max_length: int | None = None
    max_choices: int | None = None
    pattern: str | None = None
    unit: str = ""
    prefill: str | None = None
    locked: bool = False
    confirm: bool = False
    default: str | None = None
    revision: int = 1
    equivalent_revisions: tuple[int, ...] = ()
    personal: bool = False

    @property
    def cell_type(self) -> str:
        """The type that each cell of this question holds."""
        return (self.of or "decimal") if self.type == "split" else self.type


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One statement of an items section; its answers are the section's questions (score, comment, …)."""

    name: str
    number: str
    label: Texts
    hint: Texts = field(default_factory=dict)
    level: Level = "both"
    headline: bool = False
    revision: int = 1
    equivalent_revisions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a form; see forms.md for the shapes.

    `children` are the tables and cards inside a card. `prefix` (P, K, R) begins the printed ids of rows and
    cards, `prepared` is how many are printed. A section is named by `name` in answer paths only when its shape
    is table or card: `plans[P01]/measures[K02]/baseline/women`.
    """

    name: str
    shape: Shape
    title: Texts
    note: Texts = field(default_factory=dict)
    part: str = ""
    questions: tuple[Question, ...] = ()
    items: tuple[Item, ...] = ()
    children: tuple[Section, ...] = ()
    relevant: Expression | None = None
    prefix: str = ""
    prepared: int = 0
    maximum: int | None = None
    min_rows: int = 0
    crosswalk: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSheet:
    """A sheet of the workbook: which sections it shows and, for items, which of their columns.

    `view` is `plain` or `meeting` (six columns for the projector). A card section has a sheet a card, and its
    child tables stand on a companion sheet with `title_children`.
    """

    name: str
    title: Texts
    sections: tuple[str, ...]
    columns: tuple[str, ...] = ()
    view: str = "plain"
    note: Texts = field(default_factory=dict)
    title_children: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """What became of an older version's answers: renamed paths, and paths that were removed with the reason."""

    from_version: str
    renamed: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mode:
    """How much of the form is asked (`quick`, `full`), with the minutes it takes."""

    name: str
    label: Texts
    minutes: int
    headline_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form definition. `definition` is the SHA-256 of `source` in canonical JSON (overlay included)."""

    form_id: str
    version: str
    title: Texts
    cadence: Cadence
    sheets: tuple[FormSheet, ...]
    sections: tuple[Section, ...]
    choice_lists: Mapping[str, ChoiceList]
    title_by_type: Mapping[str, Texts] = field(default_factory=dict)
    instruction: Texts = field(default_factory=dict)
    answered_by: Texts = field(default_factory=dict)
    minutes: int = 0
    modes: tuple[Mode, ...] = ()
    levels: Mapping[str, Texts] = field(default_factory=dict)
    level_notes: Mapping[str, Texts] = field(default_factory=dict)
    scales: tuple[str, ...] = ()
    mode_by_occasion: Mapping[str, str] = field(default_factory=dict)
    part_titles: Mapping[str, Texts] = field(default_factory=dict)
    group_titles: Mapping[str, Texts] = field(default_factory=dict)
    migrations: tuple[Migration, ...] = ()
    definition: str = ""
    overlay: str = ""
    source: Mapping[str, Any] = field(default_factory=dict)

    def section(self, name: str) -> Section:
        """The section of that name, at any depth; raises KeyError."""
        for section in self.walk():
            if section.name == name:
                return section
        raise KeyError(name)

    def walk(self) -> Iterator[Section]:
        """Every section, parents before children."""
        stack = list(reversed(self.sections))
        while stack:
            section = stack.pop()
            yield section
            stack.extend(reversed(section.children))

    def choice_list(self, question: Question, scale: str | None) -> ChoiceList | None:
        """The list a question answers from; `$scale` is the scale that the workbook was built for."""
        name = scale if question.choices == SCALE_PARAMETER else (question.choices or question.choices_from)
        return self.choice_lists.get(name or "")


def text_in(texts: Texts, language: str) -> str:
    """The text in a language, else in Swedish, else whichever there is."""
    return texts.get(language) or texts.get("sv") or next(iter(texts.values()), "")
