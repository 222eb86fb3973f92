"""References: to answers that exist, in a way that has one answer, and never round in a circle."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheets_pipeline.forms.documents import Place
from sheets_pipeline.forms.faults import nearest
from sheets_pipeline.forms.lint.forms import Linted, Written
from sheets_pipeline.forms.lint.scopes import Named, Use, paths, uses, visible
from sheets_pipeline.model.expressions.tree import ITSELF, Constant, Operation, Reference, walk

PREVIOUS = "previous"
_ROW = re.compile(r"\[[^\]]*\]")


def check(linted: Linted) -> None:
    for written in linted.expressions():
        names = visible(linted, written.within)
        for use in uses(written.expression):
            _use(linted, written, use, names)
        _itself(linted, written)
        for node in walk(written.expression.root):
            if isinstance(node, Operation) and node.name == "pulldata":
                _pulldata(linted, written, node)
    _circles(linted)


def _use(linted: Linted, written: Written, use: Use, names: dict[str, Named]) -> None:
    named = names.get(use.name)
    if named is None:
        message = f"{written.what}: there is no answer “{use.name}” to be seen from here: {nearest(use.name, names)}"
        linted.add(written.place, "unknown_reference", message)
    elif use.takes_many:
        return
    elif named.many:
        message = f"{written.what}: ${{{use.name}}} is one answer a row: use sum, count, min or max of it"
        linted.add(written.place, "many_answers", message)
    elif named.several:
        linted.add(written.place, "many_answers", f"{written.what}: {_which(use.name, named)}")


def _which(name: str, named: Named) -> str:
    if named.question.type == "split":
        group = next(iter(named.question.groups), "women")
        return f"${{{name}}} is split: say which group, ${{{name}/{group}}}, or use sum, count, min or max"
    return f"${{{name}}} has several answers: use selected(${{{name}}}, '…') or count-selected(${{{name}}})"


def _itself(linted: Linted, written: Written) -> None:
    """`.` is an answer that is there; whether it is asked for cannot depend on it."""
    name = written.question.name if written.question else ""
    if written.key == "constraint":
        return
    if Reference(ITSELF) in walk(written.expression.root):
        linted.add(written.place, "itself", f"{written.what}: “.” is for constraints: name another answer")
    if written.key == "required" and name in written.expression.references:
        linted.add(written.place, "itself", f"{written.what}: an answer cannot be required because of itself")


def _pulldata(linted: Linted, written: Written, node: Operation) -> None:
    form, path, occasion = (one.value if isinstance(one, Constant) else None for one in node.operands)
    if form is not None and form not in linted.forms:
        message = f"{written.what}: there is no form “{form}”: {nearest(str(form), linted.forms)}"
        linted.add(written.place, "unknown_form", message)
    elif form is not None and path is not None and path != ITSELF:
        known = paths(linted.forms[str(form)])
        if _ROW.sub("", str(path)) not in known:
            message = f"{written.what}: {form} has no answer “{path}”: {nearest(str(path), known)}"
            linted.add(written.place, "unknown_reference", message)
    if occasion is not None and occasion not in {*linted.occasions, PREVIOUS}:
        known_occasions = (*linted.occasions, PREVIOUS)
        message = f"{written.what}: there is no occasion “{occasion}”: {nearest(str(occasion), known_occasions)}"
        linted.add(written.place, "unknown_occasion", message)


def _circles(linted: Linted) -> None:
    """Whether a question is asked, or its value calculated, must not depend on itself by way of others."""
    edges: dict[Place, set[Place]] = {}
    for place, target in _dependencies(linted):
        edges.setdefault(place, set()).add(target)
    for asked in linted.questions():
        if asked.place in _reached(edges, asked.place):
            message = f"question {asked.question.name}: its relevant or calculation comes back to itself"
            linted.add(asked.place, "circle", f"{message}: take one of the references away")


def _dependencies(linted: Linted) -> Iterator[tuple[Place, Place]]:
    for written in linted.expressions():
        if written.key not in {"relevant", "calculation"}:
            continue
        names = visible(linted, written.within)
        for name in written.expression.references:
            if name in names:
                for place in _dependents(linted, written):
                    yield place, names[name].place


def _dependents(linted: Linted, written: Written) -> list[Place]:
    """The question an expression stands on, or every question in the section it stands on."""
    if written.question is not None:
        return [written.place[:-1]]
    section = written.within.place
    return [asked.place for asked in linted.questions() if asked.place[: len(section)] == section]


def _reached(edges: dict[Place, set[Place]], start: Place) -> set[Place]:
    found: set[Place] = set()
    waiting = list(edges.get(start, ()))
    while waiting:
        place = waiting.pop()
        if place not in found:
            found.add(place)
            waiting.extend(edges.get(place, ()))
    return found
