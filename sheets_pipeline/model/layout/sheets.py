"""A form's sheets: blocks placed one below another, with the widths, frozen rows and hidden keys they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheets_pipeline.model.forms import Form, FormSheet, Section, text_in
from sheets_pipeline.model.layout.blocks import BlockDraft, items_block, question_blocks, table_block
from sheets_pipeline.model.layout.keys import tag_of
from sheets_pipeline.model.layout.types import Block, Layout, SheetLayout
from sheets_pipeline.model.slots import joined, prepared_rows
from sheets_pipeline.model.submissions import Parameters

KEY_COLUMN = 0
TITLE_ROW = 1
_LEGEND_ROW = 2
_SHEET_TITLE_LENGTH = 31
_MOST_CARDS = 999


def lay_out(form: Form, parameters: Parameters, unit: str = "") -> Layout:
    """Place every answer of a form. The same form and parameters always give the same layout."""
    sheets = tuple(
        _of_unit(sheet, unit) for form_sheet in form.sheets for sheet in _sheets_of(form_sheet, form, parameters)
    )
    return Layout(tag=tag_of(form.form_id, unit), form=form, parameters=parameters, sheets=sheets)


def _of_unit(sheet: SheetLayout, unit: str) -> SheetLayout:
    """A unit's own sheet says so in its name, since the organisation's may stand in the same workbook."""
    if not unit:
        return sheet
    mark = f" {unit.upper()}"
    return replace(sheet, title=sheet.title[: _SHEET_TITLE_LENGTH - len(mark)] + mark)


def _sheets_of(form_sheet: FormSheet, form: Form, parameters: Parameters) -> Iterator[SheetLayout]:
    sections = [form.section(name) for name in form_sheet.sections]
    cards = [section for section in sections if section.shape == "card"]
    plain = [section for section in sections if section.shape != "card"]
    title = text_in(form_sheet.title, parameters.language)
    if plain:
        yield _sheet(form_sheet, title, _plain_blocks(form_sheet, plain, form, parameters), form, parameters, "")
    for section in cards:
        for number, row in _numbered(section, prepared_rows(section, parameters, section.name)).items():
            yield from _card_sheets(form_sheet, section, form, parameters, row, number)


def _numbered(section: Section, rows: Sequence[str]) -> dict[int, str]:
    """The cards' ids by their numbers, which tell their sheets apart; raises ValueError where they do not."""
    found = {int(row.removeprefix(section.prefix)): row for row in rows}
    if len(found) < len(rows) or any(not 0 < number <= _MOST_CARDS for number in found):
        message = f"the cards of {section.name} are not numbered as they are printed"
        raise ValueError(message)
    return found


def _card_sheets(
    form_sheet: FormSheet, section: Section, form: Form, parameters: Parameters, row: str, number: int
) -> Iterator[SheetLayout]:
    """A sheet with the card's own questions and inner cards, and one with its tables."""
    path = f"{section.name}[{row}]"
    title = f"{text_in(form_sheet.title, parameters.language)} {number}"
    yield _sheet(
        form_sheet, title, _card_blocks(form_sheet.name, section, form, parameters, path), form, parameters, path
    )
    tables = [child for child in section.children if child.shape == "table"]
    if tables:
        drafts = [table_block(child, form, parameters, form_sheet.name, path) for child in tables]
        children = f"{title} {text_in(form_sheet.title_children, parameters.language).lower()}"
        yield _sheet(form_sheet, children, drafts, form, parameters, path)


def _plain_blocks(
    form_sheet: FormSheet, sections: Sequence[Section], form: Form, parameters: Parameters
) -> list[BlockDraft]:
    meeting = form_sheet.view == "meeting"
    shapes = {
        "split" if question.type == "split" else "fields"
        for section in sections
        if section.shape == "fields"
        for question in section.questions
    }
    drafts: list[BlockDraft] = []
    for section in sections:
        if section.shape == "items":
            drafts.append(
                items_block(section, form, parameters, form_sheet.name, form_sheet.columns, meeting=meeting),
            )
        elif section.shape == "table":
            drafts.append(table_block(section, form, parameters, form_sheet.name, ""))
        else:
            mixed = len(shapes) > 1
            drafts += question_blocks(section, form, parameters, form_sheet.name, "", mixed=mixed)
    return drafts


def _card_blocks(sheet: str, section: Section, form: Form, parameters: Parameters, path: str) -> list[BlockDraft]:
    drafts = list(question_blocks(section, form, parameters, sheet, path, mixed=True))
    for child in section.children:
        if child.shape == "card":
            place = joined(path, child.name)
            for row in prepared_rows(child, parameters, place):
                inner = f"{place}[{row}]"
                drafts += question_blocks(child, form, parameters, sheet, inner, mixed=True)
    return drafts


def _sheet(
    form_sheet: FormSheet, title: str, drafts: Sequence[BlockDraft], form: Form, parameters: Parameters, card: str
) -> SheetLayout:
    """Place the blocks; a header that all of them share stands once, frozen at the top."""
    status = max((column.index for draft in drafts for column in draft.columns), default=1)
    drafts = [_with_status_at(draft, status) for draft in drafts]
    shared = len({tuple((column.index, column.title) for column in draft.columns) for draft in drafts}) == 1
    legend = _legend(form, parameters) if form_sheet.view == "meeting" else ()
    header_row = (_LEGEND_ROW + (1 if legend else 0)) if shared else None
    freeze_row = (header_row + 1) if header_row is not None else TITLE_ROW + 1
    blocks = _placed(drafts, freeze_row, shared=shared)
    return SheetLayout(
        key=form_sheet.name,
        title=title[:_SHEET_TITLE_LENGTH],
        view=form_sheet.view,
        note=text_in(form_sheet.note, parameters.language),
        legend=legend,
        blocks=blocks,
        header_row=header_row,
        freeze_row=freeze_row,
        widths=_widths(blocks),
        right_key=status + 1,
        protected=not any(block.shape == "table" for block in blocks),
        card=card,
    )


def _placed(drafts: Sequence[BlockDraft], first: int, *, shared: bool) -> tuple[Block, ...]:
    blocks: list[Block] = []
    row = first
    for draft in drafts:
        follows_on = draft.shape == "fields" and not draft.title
        block = draft.placed(row, own_header=not shared and not follows_on)
        blocks.append(block)
        row = block.end_row + 1
    return tuple(blocks)


def _with_status_at(draft: BlockDraft, index: int) -> BlockDraft:
    """All status columns of a sheet stand below one another."""
    columns = tuple(replace(column, index=index) if column.role == "status" else column for column in draft.columns)
    return replace(draft, columns=columns)


def _widths(blocks: Sequence[Block]) -> dict[int, float]:
    widths: dict[int, float] = {}
    for block in blocks:
        for column in block.columns:
            widths[column.index] = max(widths.get(column.index, 0), column.width)
    return widths


def _legend(form: Form, parameters: Parameters) -> tuple[tuple[str, str], ...]:
    """(what is typed, what it means) for each step of the scale in use."""
    scale = form.choice_lists.get(parameters.scale)
    if scale is None:
        return ()
    language = parameters.language
    return tuple((choice.shown(language), text_in(choice.label, language)) for choice in scale.choices)
