"""Expressions as spreadsheet formulas that Excel, LibreOffice and Google Sheets understand alike.

An empty cell counts as 0 in a formula and a text is greater than any number; the formulas ask first (`ISNUMBER`,
`<>""`), so that they say what the evaluator says. Only plain functions: no INDIRECT, no arrays, nothing volatile.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sheets_pipeline.model.expressions.expression import Expression, NotPortableError
from sheets_pipeline.model.expressions.folding import folded
from sheets_pipeline.model.expressions.pieces import (
    FALSE,
    NOTHING,
    Piece,
    condition,
    constant,
    either,
    guarded,
    holds,
    literal,
    numeric,
    present,
    together,
    value_or,
)
from sheets_pipeline.model.expressions.tree import EQUALITIES, ORDERINGS, Constant, Context, Node, Operation, Reference
from sheets_pipeline.model.submissions import Value

Shown: TypeAlias = Callable[[str, Value], Sequence[Value]]
Operands: TypeAlias = tuple[Node, ...]
EMPTY = Constant("")
_WILDCARDS = re.compile(r"[~*?]")
_SIGNS = {"!=": "<>", "div": "/"}


def _itself(_: str, value: Value) -> Sequence[Value]:
    return (value,)


def as_formula(
    expression: Expression,
    address: Callable[[str], str],
    context: Mapping[str, Value],
    *,
    shown: Shown = _itself,
) -> str:
    """The formula without its `=`, in English names with commas; "" stands for nothing.

    `address` gives the cell or range of a name (`.` is the cell itself) and raises KeyError for a name without one. A
    `select_multiple` has either one cell an option, `address("roles/chief")`, or one range of drop-downs,
    `address("roles")`. `shown(name, value)` are the ways in which that cell may hold a value: the label of a choice,
    the words for true. Raises NotPortableError when no formula says it.
    """
    if expression.reasons:
        raise NotPortableError("; ".join(expression.reasons))
    writer = _Writer(address, shown)
    try:
        return value_or(writer.piece(folded(expression.root, context)), NOTHING)
    except KeyError as error:
        raise NotPortableError(f"{error.args[0]} has no cell in this workbook") from error


@dataclass(frozen=True, slots=True)
class _Writer:
    address: Callable[[str], str]
    shown: Shown

    def piece(self, node: Node) -> Piece:
        if isinstance(node, Constant):
            return constant(node.value)
        if isinstance(node, Reference):
            return Piece(self.cell(node.name), "cell")
        if isinstance(node, Context):
            raise NotPortableError(f"${node.name} is not known when the workbook is built")
        return self.operation(node)

    def operation(self, node: Operation) -> Piece:
        if node.name in EQUALITIES:
            return self.equality(node.operands, wanted=node.name == "=")
        if node.name in ORDERINGS:
            return self.order(node.name, node.operands)
        return _WRITERS[node.name](self, node.name, node.operands)

    def cell(self, name: str) -> str:
        """The address of one cell."""
        place = self.address(name)
        if ":" in place:
            raise NotPortableError(f"{name} is several cells; say which, or use sum, count, min or max")
        return place

    def claim(self, node: Node) -> Piece:
        """The node as a condition: only true is true."""
        if isinstance(node, Reference):
            return self.equals(node, value=True)
        if isinstance(node, Operation) and node.name == "if":
            question, one, other = (self.claim(operand).text for operand in node.operands)
            return Piece(f"IF({question},{one},{other})", "boolean")
        if isinstance(node, Operation) and node.name == "coalesce":
            raise NotPortableError("coalesce() as a condition has no formula: compare it with true()")
        piece = self.piece(node)
        return piece if piece.kind == "boolean" else FALSE

    def equality(self, operands: Operands, *, wanted: bool) -> Piece:
        left, right = operands
        if EMPTY in operands:
            return self.emptiness(left if right == EMPTY else right, wanted=wanted)
        if isinstance(left, Constant):
            left, right = right, left
        if isinstance(left, Reference) and isinstance(right, Constant):
            return self.equals(left, value=right.value) if wanted else self.differs(left, right.value)
        one, other = self.piece(left), self.piece(right)
        claim = condition(f"{one.inner}{'=' if wanted else '<>'}{other.inner}", safe=one.safe and other.safe)
        return holds((*present(one), *present(other)), claim)

    def emptiness(self, node: Node, *, wanted: bool) -> Piece:
        sign = "=" if wanted else "<>"
        if isinstance(node, Reference) and ":" in (place := self.address(node.name)):
            return condition(f"COUNTA({place}){sign}0")
        piece = self.piece(node)
        if piece.kind in {"cell", "mixed"}:
            return condition(f'{piece.inner}{sign}""')
        return Piece(guarded(piece.guards, literal(not wanted), literal(wanted)), "boolean")

    def equals(self, reference: Reference, *, value: Value) -> Piece:
        cell = self.cell(reference.name)
        ways = self.shown(reference.name, value)
        same = either([condition(f"{cell}={literal(way)}") for way in ways])
        blank_too = any(not way for way in ways)
        return together((condition(f'{cell}<>""'), same)) if blank_too else same

    def differs(self, reference: Reference, value: Value) -> Piece:
        cell = self.cell(reference.name)
        ways = [condition(f"{cell}<>{literal(way)}") for way in self.shown(reference.name, value)]
        return together((condition(f'{cell}<>""'), *ways))

    def order(self, sign: str, operands: Operands) -> Piece:
        one, other = (self.piece(operand) for operand in operands)
        claim = condition(f"{one.inner}{sign}{other.inner}", safe=one.safe and other.safe)
        return holds((*numeric(one), *numeric(other)), claim)

    def junction(self, name: str, operands: Operands) -> Piece:
        claims = [self.claim(operand) for operand in _flat(name, operands)]
        return together(claims) if name == "and" else either(claims)

    def negation(self, _: str, operands: Operands) -> Piece:
        return Piece(f"NOT({self.claim(operands[0]).text})", "boolean")

    def arithmetic(self, name: str, operands: Operands) -> Piece:
        one, other = (self.piece(operand) for operand in operands)
        guards = (*numeric(one), *numeric(other))
        if name in {"div", "mod"} and not isinstance(operands[1], Constant):
            guards = (*guards, condition(f"{other.inner}<>0", safe=other.safe))
        if name in {"div", "mod"} and operands[1] == Constant(0):
            return constant("")
        if name == "mod":
            return Piece(f"MOD({one.text},{other.text})", "number", guards, safe=not guards)
        text = f"{one.inner}{_SIGNS.get(name, name)}{other.inner}"
        return Piece(text, "number", guards, safe=not guards, compound=True)

    def negative(self, _: str, operands: Operands) -> Piece:
        piece = self.piece(operands[0])
        return Piece(f"-{piece.inner}", "number", numeric(piece), safe=False, compound=True)

    def rounded(self, _: str, operands: Operands) -> Piece:
        number, digits = self.piece(operands[0]), self.piece((*operands, Constant(0))[1])
        guards = (*numeric(number), *numeric(digits))
        return Piece(f"ROUND({number.text},{digits.text})", "number", guards, safe=not guards)

    def choice(self, _: str, operands: Operands) -> Piece:
        question = self.claim(operands[0]).text
        one, other = (self.piece(operand) for operand in operands[1:])
        text = f"IF({question},{value_or(one, NOTHING)},{value_or(other, NOTHING)})"
        whole = one.kind == other.kind and not one.guards and not other.guards and one.kind != "cell"
        return Piece(text, one.kind if whole else "mixed")

    def first(self, _: str, operands: Operands) -> Piece:
        text = NOTHING
        for operand in reversed(operands):
            text = value_or(self.piece(operand), text)
        return Piece(text, "mixed")

    def length(self, _: str, operands: Operands) -> Piece:
        return Piece(f"LEN({self.piece(operands[0]).text})", "number")

    def total(self, name: str, operands: Operands) -> Piece:
        """SUM, MIN or MAX of the numbers there are; empty when there are none."""
        cells = [self.address(operand.name) for operand in operands if isinstance(operand, Reference)]
        numbers = [piece.text for operand in operands if (piece := self.constant(operand)) and piece.kind == "number"]
        listed = ",".join((*cells, *numbers))
        if not listed:
            return constant("")
        guards = () if numbers else (condition(f"COUNT({listed})>0"),)
        return Piece(f"{name.upper()}({listed})", "number", guards)

    def constant(self, node: Node) -> Piece | None:
        return constant(node.value) if isinstance(node, Constant) else None

    def count(self, _: str, operands: Operands) -> Piece:
        given = [self.address(operand.name) for operand in operands if isinstance(operand, Reference)]
        given += [literal(operand.value) for operand in operands if isinstance(operand, Constant) and operand != EMPTY]
        return Piece(f"COUNTA({','.join(given)})" if given else "0", "number")

    def selected(self, _: str, operands: Operands) -> Piece:
        name, choice = _selection(operands)
        option = f"{name}/{choice}"
        if self.has_cell(option):
            return self.equals(Reference(option), value=True)
        if ":" not in (place := self.address(name)):
            return self.equals(Reference(name), value=choice)
        counts = [f"COUNTIF({place},{_criterion(way)})" for way in self.shown(name, choice)]
        return condition(f"{'+'.join(counts) or 0}>0")

    def has_cell(self, name: str) -> bool:
        try:
            return bool(self.address(name))
        except KeyError:
            return False

    def count_selected(self, _: str, operands: Operands) -> Piece:
        """What is filled in, less the cells that say no."""
        name = operands[0].name if isinstance(operands[0], Reference) else ""
        place = self.address(name)
        refusals = "".join(f"-COUNTIF({place},{_criterion(way)})" for way in self.shown(name, False))  # noqa: FBT003 - the answer itself
        return Piece(f"COUNTA({place}){refusals}", "number", compound=bool(refusals))


def _flat(name: str, operands: Operands) -> Operands:
    """`a and b and c` as one list."""
    flat: list[Node] = []
    for operand in operands:
        same = isinstance(operand, Operation) and operand.name == name
        flat.extend(_flat(name, operand.operands) if same and isinstance(operand, Operation) else (operand,))
    return tuple(flat)


def _selection(operands: Operands) -> tuple[str, str]:
    reference, choice = operands
    if not (isinstance(reference, Reference) and isinstance(choice, Constant)):
        raise NotPortableError("selected() without a choice's name in quotes has no formula")
    return reference.name, str(choice.value)


def _criterion(way: Value) -> str:
    """What COUNTIF looks for: whole cells, no wildcards."""
    if not isinstance(way, str):
        return literal(way)
    return literal("=" * way.startswith(("=", "<", ">")) + _WILDCARDS.sub(r"~\g<0>", way))


_WRITERS: dict[str, Callable[[_Writer, str, Operands], Piece]] = {
    "and": _Writer.junction,
    "or": _Writer.junction,
    "not": _Writer.negation,
    **dict.fromkeys(("+", "-", "*", "div", "mod"), _Writer.arithmetic),
    "negative": _Writer.negative,
    "round": _Writer.rounded,
    "if": _Writer.choice,
    "coalesce": _Writer.first,
    "string-length": _Writer.length,
    **dict.fromkeys(("min", "max", "sum"), _Writer.total),
    "count": _Writer.count,
    "selected": _Writer.selected,
    "count-selected": _Writer.count_selected,
}
