"""Sections → blocks of lines: which rows a section needs and what each of them holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from sheets_pipeline.model.forms import Form, Question, Section, text_in
from sheets_pipeline.model.layout.columns import fields_columns, items_columns, split_columns, table_columns
from sheets_pipeline.model.layout.keys import VALUE_COLUMN
from sheets_pipeline.model.layout.types import Block, BlockShape, Column, Line, LineKind
from sheets_pipeline.model.slots import Slot, asked_items, hands_slots, joined, prepared_rows, question_slots
from sheets_pipeline.model.submissions import Parameters


@dataclass(frozen=True, slots=True)
class Draft:
    """A line before it has a row."""

    kind: LineKind
    path: str
    label: str
    hint: str = ""
    number: str = ""
    slots: Mapping[str, Slot] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockDraft:
    """A block before it has rows."""

    id: str
    shape: BlockShape
    section: Section
    row_path: str
    title: str
    note: str
    columns: tuple[Column, ...]
    drafts: tuple[Draft, ...]

    def placed(self, title_row: int, *, own_header: bool) -> Block:
        """The block from `title_row` on: title, hidden key row, header if it has its own, lines, hidden end row."""
        key_row = title_row + 1
        head_row = key_row + 1 if own_header else None
        first = key_row + (2 if own_header else 1)
        lines = tuple(
            Line(first + place, draft.kind, draft.path, draft.label, draft.hint, draft.number, draft.slots)
            for place, draft in enumerate(self.drafts)
        )
        return Block(
            id=self.id,
            shape=self.shape,
            section=self.section,
            title=self.title,
            note=self.note,
            row_path=self.row_path,
            title_row=title_row,
            key_row=key_row,
            head_row=head_row,
            end_row=first + len(lines),
            columns=self.columns,
            lines=lines,
        )


def items_block(
    section: Section, form: Form, parameters: Parameters, sheet: str, shown: Sequence[str], *, meeting: bool
) -> BlockDraft:
    """A line an item."""
    language = parameters.language
    columns = items_columns(section, shown, form, parameters, meeting=meeting)
    keys = {column.key for column in columns}
    drafts = []
    for item in asked_items(section, form, parameters):
        slots = {
            slot.path.removeprefix(f"{item.name}/"): slot
            for question in section.questions
            for slot in (
                *question_slots(form, section, question, parameters, "", item),
                *hands_slots(form, section, question, parameters, item),
            )
        }
        drafts.append(
            Draft(
                "headline" if item.headline else "item",
                item.name,
                text_in(item.label, language),
                text_in(item.hint, language) if meeting or len(section.questions) == 1 else "",
                item.number,
                {key: slot for key, slot in slots.items() if key in keys},
            ),
        )
    return _draft(f"{sheet}.{section.name}", "items", section, "", parameters, columns, drafts)


def question_blocks(
    section: Section, form: Form, parameters: Parameters, sheet: str, row: str, *, mixed: bool
) -> Iterator[BlockDraft]:
    """The fields and split questions of a section, as runs of the same kind."""
    runs = groupby(section.questions, key=lambda question: question.type == "split")
    for place, (is_split, run) in enumerate(runs):
        questions = tuple(run)
        identity = f"{sheet}.{row or section.name}.{place}"
        if is_split:
            columns = split_columns(questions, form, parameters, beside_fields=mixed)
            drafts = [_split_line(question, section, form, parameters, row) for question in questions]
            yield _draft(identity, "split", section, row, parameters, columns, drafts, first=place == 0)
        else:
            lines = [line for question in questions for line in _field_lines(question, section, form, parameters, row)]
            columns = fields_columns(parameters)
            yield _draft(identity, "fields", section, row, parameters, columns, lines, first=place == 0)


def table_block(section: Section, form: Form, parameters: Parameters, sheet: str, parent: str) -> BlockDraft:
    """A line a printed row."""
    place = joined(parent, section.name)
    columns = table_columns(section, form, parameters)
    drafts = [
        table_line(section, form, parameters, f"{place}[{row}]") for row in prepared_rows(section, parameters, place)
    ]
    return _draft(f"{sheet}.{place}", "table", section, place, parameters, columns, drafts)


def table_line(section: Section, form: Form, parameters: Parameters, row: str) -> Draft:
    """The line of one table row; also used for rows that people add."""
    slots = {
        slot.path.removeprefix(f"{row}/"): slot
        for question in section.questions
        for slot in question_slots(form, section, question, parameters, row)
    }
    identity = row[row.rindex("[") + 1 : -1]
    return Draft("row", row, identity, "", identity, slots)


def _split_line(question: Question, section: Section, form: Form, parameters: Parameters, row: str) -> Draft:
    slots = {slot.key: slot for slot in question_slots(form, section, question, parameters, row)}
    return _question_draft("question", question, joined(row, question.name), parameters, slots)


def _field_lines(question: Question, section: Section, form: Form, parameters: Parameters, row: str) -> Iterator[Draft]:
    slots = tuple(question_slots(form, section, question, parameters, row))
    path = joined(row, question.name)
    if not slots or not slots[0].key:
        single = {VALUE_COLUMN: slots[0]} if slots else {}
        yield _question_draft("question", question, path, parameters, single)
        return
    yield _question_draft("heading", question, path, parameters, {})
    choices = form.choice_list(question, parameters.scale)
    for slot in slots:
        choice = choices.find(slot.key) if choices and slot.type == "boolean" else None
        label = text_in(choice.label, parameters.language) if choice else f"{slot.key}."
        hint = text_in(choice.hint, parameters.language) if choice else ""
        yield Draft("option", slot.path, label, hint, "", {VALUE_COLUMN: slot})


def _question_draft(
    kind: LineKind, question: Question, path: str, parameters: Parameters, slots: Mapping[str, Slot]
) -> Draft:
    language = parameters.language
    return Draft(kind, path, text_in(question.label, language), text_in(question.hint, language), "", slots)


def _draft(
    identity: str,
    shape: BlockShape,
    section: Section,
    row: str,
    parameters: Parameters,
    columns: tuple[Column, ...],
    drafts: Sequence[Draft],
    *,
    first: bool = True,
) -> BlockDraft:
    language = parameters.language
    title = text_in(section.title, language) if first else ""
    if first and shape != "table" and row:
        title = f"{title} {int(row[row.rindex('[') + 2 : -1])}"
    return BlockDraft(
        id=identity,
        shape=shape,
        section=section,
        row_path=row,
        title=title,
        note=text_in(section.note, language) if first else "",
        columns=columns,
        drafts=tuple(drafts),
    )
