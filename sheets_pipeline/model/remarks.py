"""Making a remark about an answer, and telling it in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any

from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.cells import CellRef, CellValue
from sheets_pipeline.model.forms import Form, Item, Question, Section, Texts, text_in
from sheets_pipeline.model.issues import Issue, Severity
from sheets_pipeline.model.slots import Slot, key_label
from sheets_pipeline.model.values import Finding, as_typed
from sheets_pipeline.texts import long_date, number, text

_ROW = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Described:
    """A remark in words: what it is about, what is the matter, what is expected, and how to mend it."""

    question: str
    message: str
    expected: str
    fix: str


@dataclass(frozen=True, slots=True)
class Asking:
    """What an answer path asks: its question, the item it is a column of, and the group or option."""

    question: Question
    section: Section
    item: Item | None = None
    key: str = ""


def remark(code: str, *, severity: Severity | None = None, cell: CellRef | None = None, **params: object) -> Issue:
    """An issue with its catalogue severity, unless a form says another."""
    return Issue(code, severity or CATALOGUE[code].severity, cell, params=params)


def remark_on(
    slot: Slot,
    finding: Finding,
    cell: CellRef | None,
    raw: CellValue,
    language: str,
    severity: Severity | None = None,
) -> Issue:
    """An issue about one answer, as found by `values.parse` or a rule."""
    return Issue(
        finding.code,
        severity or CATALOGUE[finding.code].severity,
        cell,
        question=slot.item.name if slot.item else slot.question.name,
        path=slot.path,
        value=as_typed(raw, language),
        params=finding.params,
    )


def describe(issue: Issue, form: Form | None, language: str) -> Described:
    """The remark in a language; `form` gives the question's words (None for remarks about a whole file).

    A rule of the form's own speaks with the form's own `constraint_message`.
    """
    code = CATALOGUE[issue.code]
    words = _words(issue, form, language)
    own = words["constraint_message"] if issue.code == "CONSTRAINT" else ""
    return Described(
        words["question"],
        own or _filled(code.message, issue.code, words, language),
        _filled(code.expected, issue.code, words, language),
        _filled(code.fix, issue.code, words, language),
    )


def _filled(msgid: str, code: str, words: Mapping[str, str], language: str) -> str:
    """A placeholder without its word becomes nothing: a remark is never kept back by its own text."""
    if not msgid:
        return ""
    chosen = text(msgid, language, context=code)
    named = {name: words.get(name, "") for _, name, _, _ in Formatter().parse(chosen) if name}
    return chosen.format(**named).strip()


def _words(issue: Issue, form: Form | None, language: str) -> dict[str, str]:
    asking = asked_at(form, issue.path) if form and issue.path else None
    own: Mapping[str, Texts] = {
        "form_title": form.title if form else {},
        "constraint_message": asking.question.constraint_message if asking else {},
        "hint": asking.question.hint if asking else {},
    }
    return {
        **{name: text_in(texts, language) for name, texts in own.items()},
        "question": question_text(form, issue.path, language) if form else "",
        "value": issue.value,
        "cell": str(issue.cell or ""),
        **{name: _word(value, language) for name, value in issue.params.items()},
    }


def _word(value: Any, language: str) -> str:  # noqa: ANN401 - whatever a rule has to tell
    if isinstance(value, Mapping):
        return text_in(value, language)
    if isinstance(value, datetime):
        return f"{long_date(value, language)} {value:{'kl. %H.%M' if language == 'sv' else '%H:%M'}}"
    if isinstance(value, date):
        return long_date(value, language)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return number(value, language)
    if isinstance(value, tuple | list):
        return ", ".join(_word(each, language) for each in value)
    return str(value)


def question_text(form: Form, path: str, language: str) -> str:
    """What an answer path asks, in one line: item or question, with the group or option; a table by its title."""
    asking = asked_at(form, path)
    if asking is None:
        name = _ROW.sub("", path).rpartition("/")[2]
        return next((text_in(one.title, language) for one in form.walk() if one.name == name), "")
    label = text_in(asking.item.label if asking.item else asking.question.label, language)
    label = f"{asking.item.number} {label}" if asking.item else label
    if asking.item and asking.question.type != "scale":
        label = f"{label} – {text_in(asking.question.label, language)}"
    return f"{label} – {key_label(asking.question, asking.key, form, language)}" if asking.key else label


def asked_at(form: Form, path: str) -> Asking | None:
    """The question at an answer path, whichever rows and parameters; None where the form has none."""
    names = _ROW.sub("", path).split("/")
    within = form.sections
    while len(names) > 1 and (inner := _repeated(within, names[0])):
        found = _question(inner, names[1:])
        if found:
            return found
        within, names = inner.children, names[1:]
    return next((found for section in within if (found := _question(section, names))), None)


def _repeated(sections: tuple[Section, ...], name: str) -> Section | None:
    return next((one for one in sections if one.name == name and one.shape in {"table", "card"}), None)


def _question(section: Section, names: list[str]) -> Asking | None:
    if section.shape == "items":
        item = next((one for one in section.items if one.name == names[0]), None)
        question = _named(section, names[1]) if item and len(names) > 1 else None
        return Asking(question, section, item, "/".join(names[2:])) if question else None
    question = _named(section, names[0])
    return Asking(question, section, key="/".join(names[1:])) if question else None


def _named(section: Section, name: str) -> Question | None:
    return next((question for question in section.questions if question.name == name), None)
