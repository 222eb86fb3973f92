"""What an expression is made of. Operators are operations like functions, named by their sign or word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from sheets_pipeline.model.submissions import Value

ITSELF = "."
CONTEXT_NAMES = ("occasion", "level", "mode", "edition", "organisation_type", "as_of", "scale")
EQUALITIES = ("=", "!=")
ORDERINGS = ("<", "<=", ">", ">=")
ARITHMETIC = ("+", "-", "*", "div", "mod", "negative")
LISTS = ("min", "max", "sum", "count")


@dataclass(frozen=True, slots=True)
class Constant:
    """A number, a text, a date, true or false."""

    value: Value


@dataclass(frozen=True, slots=True)
class Reference:
    """An answer by name (`people/women`), or `.` for the answer that the expression stands on."""

    name: str


@dataclass(frozen=True, slots=True)
class Context:
    """Something the workbook was built for, such as `$occasion`."""

    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    """A function or operator with its operands."""

    name: str
    operands: tuple[Node, ...]


Node: TypeAlias = Constant | Reference | Context | Operation
Kind = Literal["number", "text", "boolean", "date", "any"]

# name → (fewest, most) operands that an author may write
FUNCTIONS: dict[str, tuple[int, int]] = {
    "if": (3, 3),
    "selected": (2, 2),
    "count-selected": (1, 1),
    "regex": (2, 2),
    "string-length": (1, 1),
    "round": (1, 2),
    "min": (1, 30),
    "max": (1, 30),
    "sum": (1, 30),
    "count": (1, 30),
    "coalesce": (1, 30),
    "today": (0, 0),
    "pulldata": (3, 3),
    "date": (1, 1),
    "true": (0, 0),
    "false": (0, 0),
    "not": (1, 1),
}

_KINDS: dict[str, Kind] = {
    **dict.fromkeys((*EQUALITIES, *ORDERINGS, "and", "or", "not", "selected", "regex"), "boolean"),
    **dict.fromkeys(
        ("*", "div", "mod", "negative", "round", "sum", "count", "count-selected", "string-length"), "number"
    ),
    "today": "date",
}


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, from left to right."""
    yield node
    if isinstance(node, Operation):
        for operand in node.operands:
            yield from walk(operand)


def kind_of(node: Node) -> Kind:
    """What a node gives when it gives anything; `any` where that depends on the answers."""
    if isinstance(node, Constant):
        return kind_of_value(node.value)
    if isinstance(node, Operation):
        return _KINDS.get(node.name) or _kind_of_operands(node)
    return "date" if node == Context("as_of") else "any"


def kind_of_value(value: Value) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "text"
    return "date" if isinstance(value, date) else "number"


def _kind_of_operands(node: Operation) -> Kind:
    """Plus and minus keep dates apart from numbers; choices between operands have the kind they share."""
    operands = node.operands[1:] if node.name == "if" else node.operands
    kinds: set[Kind] = {kind_of(operand) for operand in operands if operand != Constant("")}
    if node.name == "+":
        return "date" if "date" in kinds else ("number" if kinds == {"number"} else "any")
    if node.name == "-":
        return "number" if len(kinds) == 1 and kinds <= {"number", "date"} else "any"
    return kinds.pop() if len(kinds) == 1 else "any"
