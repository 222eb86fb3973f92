"""The codebook: every column of every sheet with its English id, and every code that may stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.exports.profile import Code, Column, SheetProfile
from sheets_pipeline.exports.source import LANGUAGE, Source
from sheets_pipeline.exports.table import Row
from sheets_pipeline.model.forms import ChoiceList, Form, text_in


def codebook_rows(source: Source) -> Iterator[Row]:
    """A row a column, followed by a row a code."""
    for sheet in source.profile.sheets:
        for column in sheet.columns:
            yield _row(sheet, column)
            for code in _codes(source, column):
                yield _row(sheet, column) | {
                    "code": code.code,
                    "code_id": code.id,
                    "code_text_sv": text_in(code.texts, LANGUAGE),
                    "code_text_en": text_in(code.texts, "en"),
                }


def _row(sheet: SheetProfile, column: Column) -> dict[str, str]:
    return {
        "sheet": sheet.name,
        "column": column.name,
        "column_id": column.id,
        "meaning_sv": column.meaning["sv"],
        "meaning_en": column.meaning["en"],
        "code": "",
        "code_id": "",
        "code_text_sv": "",
        "code_text_en": "",
    }


def _codes(source: Source, column: Column) -> tuple[Code, ...]:
    if column.codes:
        return tuple(source.profile.codes[column.codes].values())
    if column.titles:
        return _titled(source, column.titles)
    return _chosen(source, column.choices) if column.choices else ()


def _titled(source: Source, kind: str) -> tuple[Code, ...]:
    """The ids of a kind that the results have words for, such as sections or occasions."""
    prefix = f"{kind}/"
    names = [name.removeprefix(prefix) for name in source.results.titles if name.startswith(prefix)]
    return tuple(Code(name, name, source.results.titles[prefix + name]) for name in names)


def _chosen(source: Source, question: str) -> tuple[Code, ...]:
    """The choices of a form's question; written as the sheet writes them."""
    form_id, _, name = question.partition(".")
    forms = [form for form in source.forms.values() if form.form_id == form_id]
    if not forms:
        return ()
    listed = _choices(max(forms, key=lambda form: (form.version, form.definition)), name)
    choices = listed.choices if listed else ()
    return tuple(Code(choice.name, source.chosen(choice.name, choice.label), choice.label) for choice in choices)


def _choices(form: Form, name: str) -> ChoiceList | None:
    questions = (question for section in form.walk() for question in section.questions)
    found = next((question for question in questions if question.name == name), None)
    return form.choice_list(found, None) if found else None
