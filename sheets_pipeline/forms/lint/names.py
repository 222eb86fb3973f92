"""Names: ASCII snake_case, unique where an answer path needs them to be, and versions that can be ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from sheets_pipeline.forms.documents import Place
from sheets_pipeline.forms.lint.forms import Linted, SectionPlace
from sheets_pipeline.model.forms import Item, Question

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CHOICE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_]*")  # official codes have capitals: A1, B3
VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
Named: TypeAlias = tuple[str, Place]


def check(linted: Linted) -> None:
    form = linted.form
    _shape(linted, [(form.form_id, ("form_id",))])
    _versions(linted)
    _listed(linted, "sheet", ((one.name, ("sheets", at)) for at, one in enumerate(form.sheets)))
    _listed(linted, "mode", ((one.name, ("modes", at)) for at, one in enumerate(form.modes)))
    _listed(linted, "section", ((one.section.name, one.place) for one in linted.sections()))
    _listed(linted, "item", _items(linted))
    _unique(linted, "item number", _numbers(linted))
    for one in linted.sections():
        named = ((question.name, (*one.place, "questions", at)) for at, question in enumerate(one.section.questions))
        _listed(linted, f"section {one.section.name}: question", named)
    _unique(linted, "answer path", _top_level(linted))
    _choices(linted)
    for one in linted.sections():
        _revisions(linted, one)


def _listed(linted: Linted, what: str, named: Iterable[Named]) -> None:
    names = list(named)
    _shape(linted, names)
    _unique(linted, what, names)


def _shape(linted: Linted, named: Iterable[Named]) -> None:
    for name, place in named:
        if not _NAME.fullmatch(name):
            message = f"“{name}” is no name: use a–z, 0–9 and _, beginning with a letter"
            linted.add((*place, "name"), "name", message)


def _unique(linted: Linted, what: str, named: Iterable[Named]) -> None:
    first: dict[str, Place] = {}
    for name, place in named:
        if name in first:
            line = linted.report.document.line(first[name])
            linted.add(place, "duplicate_name", f"{what} “{name}” stands on line {line} too: give one another name")
        first.setdefault(name, place)


def _items(linted: Linted) -> Iterator[Named]:
    for one in linted.sections():
        for at, item in enumerate(one.section.items):
            yield item.name, (*one.place, "items", at)


def _numbers(linted: Linted) -> Iterator[Named]:
    for one in linted.sections():
        for at, item in enumerate(one.section.items):
            yield item.number, (*one.place, "items", at, "number")


def _top_level(linted: Linted) -> Iterator[Named]:
    """First parts of answer paths: questions of fields, items, tables and cards."""
    yield from _items(linted)
    for at, section in enumerate(linted.form.sections):
        if section.shape in {"table", "card"}:
            yield section.name, ("sections", at)
        if section.shape == "fields":
            yield from ((one.name, ("sections", at, "questions", to)) for to, one in enumerate(section.questions))


def _choices(linted: Linted) -> None:
    for name, listed in linted.form.choice_lists.items():
        if "." in name:
            continue  # made from another form's items
        place = ("choice_lists", name)
        if not _NAME.fullmatch(name):
            linted.add(place, "name", f"choice list “{name}”: use a–z, 0–9 and _, beginning with a letter")
        named = [(choice.name, (*place, "choices", at)) for at, choice in enumerate(listed.choices)]
        for choice, at in named:
            if not _CHOICE.fullmatch(choice):
                message = f"choice list {name}: “{choice}” is no name: use letters a–z, digits and _"
                linted.add((*at, "name"), "name", message)
        _unique(linted, f"choice list {name}: choice", named)


def _versions(linted: Linted) -> None:
    if not VERSION.fullmatch(linted.form.version):
        message = f"version “{linted.form.version}” must have three numbers, such as 1.0.0"
        linted.add(("version",), "version", message)


def _revisions(linted: Linted, one: SectionPlace) -> None:
    parts: list[tuple[Place, Question | Item]] = [
        *(((*one.place, "questions", at), question) for at, question in enumerate(one.section.questions)),
        *(((*one.place, "items", at), item) for at, item in enumerate(one.section.items)),
    ]
    for place, part in parts:
        if part.revision < 1:
            linted.add((*place, "revision"), "revision", f"{part.name}: revision begins at 1")
        if not all(1 <= number < part.revision for number in part.equivalent_revisions):
            message = f"{part.name}: equivalent_revisions are earlier ones: whole numbers from 1 to {part.revision - 1}"
            linted.add((*place, "equivalent_revisions"), "revision", message)
