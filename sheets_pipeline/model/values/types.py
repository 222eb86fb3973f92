"""Every question type in both directions: reading a cell, and what to write in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sheets_pipeline import plugins
from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import choices, dates, quantities, wording
from sheets_pipeline.model.values.asked import Asked, Parsed
from sheets_pipeline.texts import long_date, number


@dataclass(frozen=True, slots=True)
class QuestionType:
    """A type of cell. `parse` is never given an empty cell; `marks` says whether `-` could be meant as one there."""

    parse: Callable[[CellValue, Asked], Parsed]
    present: Callable[[Value, Asked], CellValue]
    marks: bool = False


TEXT = QuestionType(wording.one_line, wording.present_text)
LONGTEXT = QuestionType(wording.many_lines, wording.present_text)
INTEGER = QuestionType(quantities.integer, quantities.present_number, marks=True)
DECIMAL = QuestionType(quantities.decimal, quantities.present_number, marks=True)
PERCENT = QuestionType(quantities.percent, quantities.present_percent, marks=True)
YEAR = QuestionType(quantities.year, quantities.present_number, marks=True)
DATE = QuestionType(dates.parse, dates.present, marks=True)
URL = QuestionType(wording.url, wording.present_text)
EMAIL = QuestionType(wording.email, wording.present_text)
BOOLEAN = QuestionType(choices.boolean, choices.present_boolean)
SELECT_ONE = QuestionType(choices.select_one, choices.present_choice)
SCALE = QuestionType(choices.scale, choices.present_choice)

BUILT_IN: Mapping[str, QuestionType] = {
    "text": TEXT,
    "longtext": LONGTEXT,
    "integer": INTEGER,
    "decimal": DECIMAL,
    "percent": PERCENT,
    "year": YEAR,
    "date": DATE,
    "url": URL,
    "email": EMAIL,
    "boolean": BOOLEAN,
    "select_one": SELECT_ONE,
    "scale": SCALE,
}


def question_type(name: str) -> QuestionType:
    """The type of that name: one of the product's own, or one that an installed package registers."""
    if name in BUILT_IN:
        return BUILT_IN[name]
    found: QuestionType = plugins.load("question_types", name)
    return found


def words(value: Value, asked: Asked) -> str:
    """A value as people read it in running text, in the asked language."""
    if isinstance(value, bool):
        return choices.yes_no(value, asked.language)
    if asked.type == "year":
        return str(value)
    if isinstance(value, Decimal | int):
        figure = number(Decimal(value), asked.language)
        return f"{figure} %" if asked.type == "percent" else figure
    if not isinstance(value, str):
        return long_date(value, asked.language)
    return str(question_type(asked.type).present(value, asked) or "")
