"""Which answers an expression can name from where it stands: the same row or item, the cards around it, the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sheets_pipeline.forms.documents import Place
from sheets_pipeline.forms.lint.forms import Linted, SectionPlace
from sheets_pipeline.model.expressions import Expression
from sheets_pipeline.model.expressions.tree import EQUALITIES, ITSELF, LISTS, Constant, Node, Operation, Reference
from sheets_pipeline.model.forms import DATE_KEY, ChoiceList, Form, Question, Section
from sheets_pipeline.model.slots import cells_of

_TAKES_MANY = {*LISTS, "selected", "count-selected"}


@dataclass(frozen=True, slots=True)
class Named:
    """What a name in `${…}` means. `many`: one answer a row; `several`: one question in several cells."""

    question: Question
    type: str
    choices: ChoiceList | None
    place: Place
    many: bool = False
    several: bool = False


def visible(linted: Linted, within: SectionPlace) -> dict[str, Named]:
    """Every name that can be used in a section, with what it means there."""
    names: dict[str, Named] = {}
    own = within.place
    names.update(_questions(linted.form, within.section, own, "", many=False))
    for depth, section in reversed(list(enumerate(within.around))):
        place = own[: 2 + 2 * depth]
        _add(names, _questions(linted.form, section, place, "", many=False))
        _add(names, _children(linted.form, section, place, ""))
    _add(names, _children(linted.form, within.section, own, ""))
    for at, section in enumerate(linted.form.sections):
        _add(names, _from_the_form(linted.form, section, ("sections", at)))
    return names


def _add(names: dict[str, Named], more: Iterator[tuple[str, Named]]) -> None:
    for name, named in more:
        names.setdefault(name, named)


def _from_the_form(form: Form, section: Section, place: Place) -> Iterator[tuple[str, Named]]:
    if section.shape == "fields":
        yield from _questions(form, section, place, "", many=False)
    elif section.shape == "items":
        for item in section.items:
            yield from _questions(form, section, place, f"{item.name}/", many=False)
    else:
        yield from _questions(form, section, place, f"{section.name}/", many=True)
        yield from _children(form, section, place, f"{section.name}/")


def _children(form: Form, section: Section, place: Place, prefix: str) -> Iterator[tuple[str, Named]]:
    for at, child in enumerate(section.children):
        below = (*place, "children", at)
        yield from _questions(form, child, below, f"{prefix}{child.name}/", many=True)
        yield from _children(form, child, below, f"{prefix}{child.name}/")


def _questions(form: Form, section: Section, place: Place, prefix: str, *, many: bool) -> Iterator[tuple[str, Named]]:
    for at, question in enumerate(section.questions):
        here = (*place, "questions", at)
        listed = form.choice_list(question, form.scales[0] if form.scales else None)
        several = question.type in {"split", "select_multiple"}
        name = f"{prefix}{question.name}"
        yield name, Named(question, question.cell_type if several else question.type, listed, here, many, several)
        for key, kind in cells_of(question, listed):
            if key:
                choices = listed if kind == "select_one" else None
                yield f"{name}/{key}", Named(question, kind if key != DATE_KEY else "date", choices, here, many)


def paths(form: Form) -> set[str]:
    """Every answer path of a form without row ids, and the paths of its questions and sections as wholes."""
    found: set[str] = set()
    for at, section in enumerate(form.sections):
        found |= {name for name, _ in _from_the_form(form, section, ("sections", at))}
    return found | {path.rpartition("/")[0] for path in found if "/" in path} | {s.name for s in form.walk()}


@dataclass(frozen=True, slots=True)
class Use:
    """One reference, and whether several answers may stand in its place."""

    name: str
    takes_many: bool


def uses(expression: Expression) -> tuple[Use, ...]:
    return tuple(dict.fromkeys(use for use in _uses(expression.root, takes_many=False) if use.name != ITSELF))


def _uses(node: Node, *, takes_many: bool) -> Iterator[Use]:
    if isinstance(node, Reference):
        yield Use(node.name, takes_many)
    if isinstance(node, Operation):
        many = node.name in _TAKES_MANY or (node.name in EQUALITIES and Constant("") in node.operands)
        for operand in node.operands:
            yield from _uses(operand, takes_many=many)
