"""Question types: a cell's content as a value, and a value as what to write in a cell.

Values: text is `str`; integers, years and scores are `int`; decimals and percentages are `Decimal` (45 % is 45); dates
are `date`; booleans `bool`; a choice is its name. In place of a figure a mark may stand (`-`, `.`, `..`), in place of a
date `ongoing` (typed `löpande`), in place of a score the name of a non-answer: whoever computes looks at its type.
"""

from __future__ import annotations

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.forms import ChoiceList, Question
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values.asked import EMPTY, Asked, Finding, Parsed, is_blank, unread
from sheets_pipeline.model.values.dates import ONGOING
from sheets_pipeline.model.values.errors import error_text
from sheets_pipeline.model.values.quantities import MARKS, marked
from sheets_pipeline.model.values.types import QuestionType, question_type, words
from sheets_pipeline.model.values.wording import as_typed

__all__ = [
    "MARKS",
    "ONGOING",
    "Finding",
    "Parsed",
    "QuestionType",
    "as_typed",
    "parse",
    "present",
    "shown",
]


def parse(slot: Slot, raw: CellValue, language: str, *, percent_format: bool = False) -> Parsed:
    """Read a cell. `percent_format` says that its number format is a percentage."""
    if is_blank(raw):
        return EMPTY
    if error := error_text(raw):
        return unread("CELL_ERROR", error=error)
    asked = Asked(slot.type, slot.question, slot.choices, language, percent_format)
    kind = question_type(slot.type)
    found = marked(raw, asked) if kind.marks else None
    return found or kind.parse(raw, asked)


def present(
    slot_type: str,
    question: Question,
    choices: ChoiceList | None,
    value: Value | None,
    language: str,
) -> CellValue:
    """What to write in a cell: numbers as numbers (45 % as 0.45), dates as dates, choices as drop-downs list them."""
    if value is None:
        return None
    return question_type(slot_type).present(value, Asked(slot_type, question, choices, language, percent_format=True))


def shown(
    slot_type: str,
    question: Question,
    choices: ChoiceList | None,
    value: Value | None,
    language: str,
) -> str:
    """A value as text for people: `1 234,5`, `45 %`, `3 mars 2026`, `Ja`; empty for no value."""
    if value is None:
        return ""
    return words(value, Asked(slot_type, question, choices, language))
