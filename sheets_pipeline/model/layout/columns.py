"""The columns of each kind of block, and how wide they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sheets_pipeline import texts
from sheets_pipeline.model.forms import DATE_KEY, Form, Question, Section, text_in
from sheets_pipeline.model.layout.keys import VALUE_COLUMN
from sheets_pipeline.model.layout.types import Column, ColumnRole
from sheets_pipeline.model.slots import DONT_KNOW, HANDS, cells_of
from sheets_pipeline.model.submissions import Parameters

FIRST = 1
_WIDTHS = {
    "text": 30.0,
    "longtext": 42.0,
    "integer": 12.0,
    "decimal": 12.0,
    "percent": 12.0,
    "date": 16.0,
    "year": 10.0,
    "url": 34.0,
    "email": 30.0,
    "boolean": 12.0,
    "select_one": 26.0,
    "scale": 9.0,
    "calculate": 16.0,
}
LABEL_WIDTH = 58.0
ANSWER_WIDTH = 58.0
MEETING_LABEL_WIDTH = 66.0
STATUS_WIDTH = 13.0
NUMBER_WIDTH = 7.0


@dataclass(frozen=True, slots=True)
class _Draft:
    role: ColumnRole
    title: str
    key: str
    width: float


def _numbered(drafts: Sequence[_Draft], first: int) -> tuple[Column, ...]:
    return tuple(
        Column(first + place, draft.role, draft.title, draft.key, draft.width) for place, draft in enumerate(drafts)
    )


def items_columns(
    section: Section,
    shown: Sequence[str],
    form: Form,
    parameters: Parameters,
    *,
    meeting: bool,
) -> tuple[Column, ...]:
    """Statement, then each shown question; a scale is followed by its word and last time's answer."""
    language = parameters.language
    width = MEETING_LABEL_WIDTH if meeting else LABEL_WIDTH
    drafts = [_Draft("label", texts.text("Statement", language, context="column"), "", width)]
    for question in section.questions:
        if shown and question.name not in shown:
            continue
        if question.type == "scale" and parameters.counts:
            drafts += _counts(question, form, parameters)
        drafts += _cell_drafts(question, form, parameters)
        if question.type == "scale":
            drafts.append(_Draft("word", texts.text("Means", language, context="column"), "", 22))
            drafts.append(_Draft("previous", texts.text("Last time", language, context="column"), "", 10))
    drafts.append(_status(language))
    return _numbered(drafts, FIRST)


def fields_columns(parameters: Parameters, *, answer_width: float = ANSWER_WIDTH) -> tuple[Column, ...]:
    """Question, answer, status."""
    language = parameters.language
    return _numbered(
        [
            _Draft("label", texts.text("Question", language, context="column"), "", LABEL_WIDTH),
            _Draft("answer", texts.text("Answer", language, context="column"), VALUE_COLUMN, answer_width),
            _status(language),
        ],
        FIRST,
    )


def split_columns(
    questions: Sequence[Question],
    form: Form,
    parameters: Parameters,
    *,
    beside_fields: bool,
) -> tuple[Column, ...]:
    """Question, then a date where any has one, then the groups that any of the questions asks for.

    Beside fields the groups start after the wide answer column, which holds the dates.
    """
    language = parameters.language
    label = _Draft("label", texts.text("Value", language, context="column"), "", LABEL_WIDTH)
    date_title = texts.text("Measured on", language, context="column")
    dated = any(question.dated for question in questions)
    groups = [group for group in form.group_titles if any(group in question.groups for question in questions)]
    wide = _Draft("answer", date_title, DATE_KEY, ANSWER_WIDTH if beside_fields else _WIDTHS["date"])
    drafts = [label]
    if dated:
        drafts.append(wide)
    drafts += [_Draft("answer", text_in(form.group_titles[group], language), group, 12) for group in groups]
    drafts.append(_status(language))
    columns = _numbered(drafts, FIRST)
    if beside_fields and not dated:
        columns = (columns[0], *(replace(column, index=column.index + 1) for column in columns[1:]))
    return columns


def table_columns(section: Section, form: Form, parameters: Parameters) -> tuple[Column, ...]:
    """The printed number, then a column a question (or an option, or a drop-down)."""
    language = parameters.language
    drafts = [_Draft("number", texts.text("No.", language, context="column"), "", NUMBER_WIDTH)]
    for question in section.questions:
        drafts += _cell_drafts(question, form, parameters)
    return _numbered(drafts, FIRST)


def _cell_drafts(question: Question, form: Form, parameters: Parameters) -> Iterator[_Draft]:
    language = parameters.language
    title = text_in(question.label, language)
    if question.type == "calculate":
        yield _Draft("word", title, question.name, _WIDTHS["calculate"])
        return
    choices = form.choice_list(question, parameters.scale)
    for key, kind in cells_of(question, choices):
        choice = choices.find(key) if choices and key else None
        option = (
            text_in(choice.label, language) if choice else (text_in(form.group_titles.get(key, {}), language) or key)
        )
        name = f"{question.name}/{key}" if key else question.name
        yield _Draft("answer", f"{title}: {option}" if key else title, name, _WIDTHS.get(kind, 20))


def _counts(question: Question, form: Form, parameters: Parameters) -> Iterator[_Draft]:
    choices = form.choice_list(question, parameters.scale)
    for choice in choices.choices if choices else ():
        if choice.value is not None or choice.name == DONT_KNOW:
            yield _Draft("count", choice.shown(parameters.language), f"{HANDS.name}/{choice.name}", 6)


def _status(language: str) -> _Draft:
    return _Draft("status", texts.text("Status", language, context="column"), "", STATUS_WIDTH)
