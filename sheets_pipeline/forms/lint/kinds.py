"""Comparisons that can never be what their author meant: a choice that is not in its list, a text against a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sheets_pipeline.forms.faults import nearest
from sheets_pipeline.forms.lint.forms import CONDITIONS, Linted, Written
from sheets_pipeline.forms.lint.scopes import Named, visible
from sheets_pipeline.model.expressions.tree import (
    ARITHMETIC,
    EQUALITIES,
    ITSELF,
    ORDERINGS,
    Constant,
    Context,
    Kind,
    Node,
    Operation,
    Reference,
    kind_of,
    walk,
)
from sheets_pipeline.model.forms import NUMERIC_TYPES, SCALE_PARAMETER, ChoiceList
from sheets_pipeline.model.programme import ORGANISATION_TYPES
from sheets_pipeline.model.submissions import Value

_WORDS: Mapping[Kind, str] = {
    "number": "a number",
    "text": "a text",
    "boolean": "true or false",
    "date": "a date",
    "any": "anything",
}
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(NUMERIC_TYPES - {"scale"}, "number"),
    **dict.fromkeys(("text", "longtext", "url", "email", "select_one"), "text"),
    "boolean": "boolean",
    "date": "date",
}


def check(linted: Linted) -> None:
    for written in linted.expressions():
        names = visible(linted, written.within)
        if written.question is not None:
            names[ITSELF] = names[written.question.name]
        types = _Types(linted, written, names)
        if written.key in CONDITIONS:
            types.condition(written.expression.root)
        for node in walk(written.expression.root):
            if isinstance(node, Operation):
                types.operation(node)


@dataclass(frozen=True, slots=True)
class _Types:
    linted: Linted
    written: Written
    names: Mapping[str, Named]

    def complain(self, code: str, message: str) -> None:
        self.linted.add(self.written.place, code, f"{self.written.what}: {message}")

    def kind(self, node: Node) -> Kind:
        if isinstance(node, Reference):
            named = self.names.get(node.name)
            return _KINDS.get(named.type, "any") if named and not named.several else "any"
        return kind_of(node)

    def condition(self, node: Node) -> None:
        kind = self.kind(node)
        if kind not in {"boolean", "any"}:
            self.complain("not_a_condition", f"{_WORDS[kind]} is neither true nor false: compare it with something")

    def operation(self, node: Operation) -> None:
        if node.name in {"and", "or", "not"}:
            for operand in node.operands:
                self.condition(operand)
        elif node.name == "if":
            self.condition(node.operands[0])
        elif node.name in EQUALITIES:
            self.equality(*node.operands)
        elif node.name in ORDERINGS:
            self.order(*node.operands)
        elif node.name in ARITHMETIC:
            self.reckoning(node)
        elif node.name == "selected":
            self.choice(*node.operands)

    def equality(self, left: Node, right: Node) -> None:
        if Constant("") in (left, right):
            return
        kinds = {self.kind(left), self.kind(right)} - {"any"}
        if len(kinds) > 1:
            one, other = (_WORDS[kind] for kind in sorted(kinds))
            self.complain("kinds", f"{one} is compared with {other}: they are never the same")
        elif isinstance(right, Constant):
            self.choice(left, right)
        elif isinstance(left, Constant):
            self.choice(right, left)

    def order(self, left: Node, right: Node) -> None:
        kinds = {self.kind(left), self.kind(right)} - {"any"}
        for kind in sorted(kinds & {"text", "boolean"}):
            self.complain("kinds", f"{_WORDS[kind]} has no order: only numbers and dates are less or more")
        if kinds == {"number", "date"}:
            self.complain("kinds", "a date is compared with a number: write date('2026-01-31')")

    def reckoning(self, node: Operation) -> None:
        for operand in node.operands:
            kind = self.kind(operand)
            if kind in {"text", "boolean"} or (kind == "date" and node.name not in {"+", "-"}):
                self.complain("kinds", f"{_WORDS[kind]} cannot be reckoned with in “{node.name}”")

    def choice(self, asked: Node, answer: Node) -> None:
        """A constant that is compared with an answer from a list, or with the context, must be one of those."""
        if not isinstance(answer, Constant):
            return
        known = self.answers(asked)
        if known and answer.value not in known:
            name = asked.name if isinstance(asked, Reference | Context) else ""
            words = nearest(str(answer.value), (str(value) for value in known))
            self.complain("unknown_choice", f"“{answer.value}” is not among the answers of {name}: {words}")

    def answers(self, node: Node) -> set[Value]:
        """What a list question or a context name can be; empty when that is not known."""
        if isinstance(node, Context):
            return _context_values(self.linted, node.name)
        named = self.names.get(node.name) if isinstance(node, Reference) else None
        if named is None or named.choices is None or named.type not in {"select_one", "select_multiple", "scale"}:
            return set()
        lists: Iterable[ChoiceList] = [named.choices]
        if named.question.choices == SCALE_PARAMETER:
            form = self.linted.form
            lists = [form.choice_lists[scale] for scale in form.scales if scale in form.choice_lists]
        return {one.name if one.value is None else one.value for listed in lists for one in listed.choices}


def _context_values(linted: Linted, name: str) -> set[Value]:
    known: dict[str, Iterable[Value]] = {
        "occasion": linted.occasions,
        "level": linted.form.levels,
        "mode": [mode.name for mode in linted.form.modes],
        "scale": linted.form.scales,
        "organisation_type": ORGANISATION_TYPES,
    }
    return set(known.get(name, ()))
