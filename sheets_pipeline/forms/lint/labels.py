"""Texts: complete in every language, and short enough for where a spreadsheet shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheets_pipeline.forms.documents import Place
from sheets_pipeline.forms.lint.forms import Asked, Linted, SectionPlace
from sheets_pipeline.model.forms import FormSheet, Section, Texts, text_in
from sheets_pipeline.texts import LANGUAGES

LONGEST_HINT = 255
LONGEST_SHEET = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_RESERVED = {"history", "historik"}


def check(linted: Linted) -> None:
    for place, texts in _texts(linted):
        _complete(linted, place, texts)
    for asked in linted.questions():
        _short_enough(linted, asked)
        if asked.question.constraint and not asked.question.constraint_message:
            message = f"question {asked.question.name}: say how to mend an answer: add constraint_message"
            linted.add((*asked.place, "constraint"), "constraint_message", message, "warning")
    for language in LANGUAGES:
        _sheet_titles(linted, language)


def _complete(linted: Linted, place: Place, texts: Texts) -> None:
    if not texts:
        return
    missing = [language for language in LANGUAGES if not texts.get(language)]
    if missing:
        what = " ".join(str(part) for part in place if isinstance(part, str))
        linted.add(place, "text_missing", f"{what}: the text in {' and '.join(missing)} is missing")
    for language in texts:
        if language not in LANGUAGES:
            known = ", ".join(LANGUAGES)
            linted.add((*place, language), "language", f"language “{language}” is not known: use {known}")


def _short_enough(linted: Linted, asked: Asked) -> None:
    question = asked.question
    for key, texts in (("hint", question.hint), ("constraint_message", question.constraint_message)):
        for language, text in texts.items():
            if len(text) > LONGEST_HINT:
                message = f"question {question.name}: {key} in {language} has {len(text)} characters"
                message += f": a cell shows {LONGEST_HINT}, shorten it"
                linted.add((*asked.place, key, language), "too_long", message)


def _texts(linted: Linted) -> Iterator[tuple[Place, Texts]]:
    form = linted.form
    yield from ((("title",), form.title), (("instruction",), form.instruction), (("answered_by",), form.answered_by))
    for group in ("title_by_type", "levels", "level_notes", "part_titles", "group_titles"):
        yield from (((group, name), texts) for name, texts in getattr(form, group).items())
    yield from ((("modes", at, "label"), mode.label) for at, mode in enumerate(form.modes))
    for at, sheet in enumerate(form.sheets):
        for key in ("title", "note", "title_children"):
            yield ("sheets", at, key), getattr(sheet, key)
    for name, listed in form.choice_lists.items():
        yield from (((("choice_lists", name, key)), getattr(listed, key)) for key in ("label", "note"))
        for at, choice in enumerate(listed.choices):
            for key in ("label", "hint", "typed"):
                yield ("choice_lists", name, "choices", at, key), getattr(choice, key)
    for at, migration in enumerate(form.migrations):
        yield from ((("migrations", at, "removed", path), why) for path, why in migration.removed.items())
    for one in linted.sections():
        yield from _section_texts(one)


def _section_texts(one: SectionPlace) -> Iterator[tuple[Place, Texts]]:
    yield (*one.place, "title"), one.section.title
    yield (*one.place, "note"), one.section.note
    for at, question in enumerate(one.section.questions):
        for key in ("label", "hint", "constraint_message"):
            yield (*one.place, "questions", at, key), getattr(question, key)
    for at, item in enumerate(one.section.items):
        for key in ("label", "hint"):
            yield (*one.place, "items", at, key), getattr(item, key)


def _sheet_titles(linted: Linted, language: str) -> None:
    taken: dict[str, int] = {}
    for at, sheet in enumerate(linted.form.sheets):
        place: Place = ("sheets", at, "title")
        for title in _titles(linted, sheet, language):
            _sheet_title(linted, place, title)
            if title.casefold() in taken:
                linted.add(place, "sheet_title", f"two sheets would be called “{title}”: give one another title")
            taken.setdefault(title.casefold(), at)


def _titles(linted: Linted, sheet: FormSheet, language: str) -> list[str]:
    """The sheets' names in a workbook; a card has one for each card that is printed, and one for its tables."""
    title, children = text_in(sheet.title, language), text_in(sheet.title_children, language)
    cards = [section for section in _shown(linted, sheet) if section.shape == "card"]
    if not cards:
        return [title]
    last = max(max(card.prepared, card.maximum or 0) for card in cards)
    return [f"{title} {last}", f"{title} {last} {children}"] if children else [f"{title} {last}"]


def _shown(linted: Linted, sheet: FormSheet) -> list[Section]:
    return [section for section in linted.form.sections if section.name in sheet.sections]


def _sheet_title(linted: Linted, place: Place, title: str) -> None:
    if len(title) > LONGEST_SHEET:
        message = f"the sheet's name “{title}” has {len(title)} characters: a spreadsheet takes {LONGEST_SHEET}"
        linted.add(place, "sheet_title", f"{message}, shorten the title")
    if _FORBIDDEN.search(title) or title.startswith("'") or title.endswith("'"):
        linted.add(
            place, "sheet_title", f"the sheet's name “{title}” may not have any of [ ] : * ? / \\ or begin with '"
        )
    if title.casefold() in _RESERVED:
        linted.add(place, "sheet_title", f"spreadsheets keep the name “{title}” for themselves: choose another")
