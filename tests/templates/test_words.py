"""What people read in the forms: complete in both languages, short enough for a cell, and kind."""

from __future__ import annotations

import re

import pytest

from sheets_pipeline.model.forms import Form
from tests.templates.shipped import FORMS, texts

LONGEST_HINT = 255
LONGEST_SHEET = 31
CARDS = " 10"  # the number that a card's sheet gets after its title
UNKIND = re.compile(r"\b(fel|felaktig\w*|underkän\w+|rejected|invalid|wrong answer)\b", re.IGNORECASE)

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


@every_form
def test_every_text_is_there_in_swedish_and_english(form: Form) -> None:
    lacking = [
        place
        for place, said in texts(form.source)
        if set(said) != {"sv", "en"} or not all(map(str.strip, said.values()))
    ]
    assert lacking == []


@every_form
def test_swedish_and_english_are_not_the_same_sentence(form: Form) -> None:
    """A sentence left untranslated would be; single words and numbers may be."""
    same = [place for place, said in texts(form.source) if said["sv"] == said["en"] and len(said["sv"].split()) > 2]
    assert same == []


@every_form
def test_hints_and_messages_fit_where_a_spreadsheet_shows_them(form: Form) -> None:
    long = [
        place
        for place, said in texts(form.source)
        if place.endswith(("/hint", "/constraint_message")) and max(map(len, said.values())) > LONGEST_HINT
    ]
    assert long == []


@every_form
def test_sheets_have_names_that_a_spreadsheet_takes(form: Form) -> None:
    for sheet in form.sheets:
        for language, title in sheet.title.items():
            children = f" {sheet.title_children.get(language, '')}"
            assert len(title + CARDS + children) <= LONGEST_SHEET, sheet.name
            assert not set(title) & set("[]:*?/\\'"), sheet.name


@every_form
def test_nothing_is_said_to_a_sender_in_words_that_judge(form: Form) -> None:
    assert [place for place, said in texts(form.source) if any(UNKIND.search(text) for text in said.values())] == []


@every_form
def test_sentences_have_no_double_spaces_or_straight_quotes_in_running_text(form: Form) -> None:
    odd = [place for place, said in texts(form.source) if any("  " in text or '"' in text for text in said.values())]
    assert odd == []


@every_form
def test_every_remark_a_rule_can_make_says_what_to_do(form: Form) -> None:
    silent = [
        question.name
        for section in form.walk()
        for question in section.questions
        if question.constraint and not question.constraint_message
    ]
    assert silent == []
