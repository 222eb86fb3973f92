"""Taking out of an expression what is known before anyone answers: the context, and what follows from it.

A workbook is built for one occasion, level and mode; `$occasion = 'final' and ${score} = 4` is false or `${score} = 4`
there. Formulas get short enough for a cell rule this way (255 characters).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sheets_pipeline.model.expressions.evaluation import evaluate
from sheets_pipeline.model.expressions.expression import Expression, NotPortableError
from sheets_pipeline.model.expressions.tree import (
    EQUALITIES,
    ORDERINGS,
    Constant,
    Context,
    Node,
    Operation,
    kind_of,
)
from sheets_pipeline.model.submissions import Value

_EMPTY = Constant("")


class _Nowhere:
    """The scope of an expression that refers to nothing."""

    def value(self, name: str) -> Value | None:
        raise KeyError(name)

    def values(self, name: str) -> Sequence[Value]:
        raise KeyError(name)

    def context(self, name: str) -> Value | None:
        raise KeyError(name)

    def pulldata(self, form: str, path: str, occasion: str) -> Value | None:
        raise KeyError(form, path, occasion)


def folded(node: Node, context: Mapping[str, Value]) -> Node:
    """The same expression for one context; raises NotPortableError where a context name has no value."""
    if isinstance(node, Context):
        return Constant(_known(node, context))
    if not isinstance(node, Operation):
        return node
    if node.name in {*EQUALITIES, *ORDERINGS} and _compares_nothing(node, context):
        return Constant(value=False)
    operands = tuple(folded(operand, context) for operand in node.operands)
    if all(isinstance(operand, Constant) for operand in operands):
        return _reckoned(Operation(node.name, operands))
    return _decided(node.name, operands)


def _known(node: Context, context: Mapping[str, Value]) -> Value:
    if node.name not in context:
        raise NotPortableError(f"${node.name} is not known when the workbook is built")
    return context[node.name]


def _compares_nothing(node: Operation, context: Mapping[str, Value]) -> bool:
    """Whether an operand is a context name without a value, and the other is not the '' that asks about just that."""
    empty = any(isinstance(operand, Context) and _known(operand, context) == "" for operand in node.operands)
    return empty and _EMPTY not in node.operands


def _reckoned(node: Operation) -> Constant:
    value = evaluate(Expression("", node), _Nowhere())
    return _EMPTY if value is None else Constant(value)


def _decided(name: str, operands: tuple[Node, ...]) -> Node:
    """`and`, `or`, `not` and `if` where a constant already decides."""
    if name in {"and", "or"}:
        return _junction(name, operands)
    if name == "if" and isinstance(operands[0], Constant):
        return operands[1] if operands[0].value is True else operands[2]
    return Operation(name, operands)


def _junction(name: str, operands: tuple[Node, ...]) -> Node:
    deciding = name == "or"
    constants = [operand.value is True for operand in operands if isinstance(operand, Constant)]
    if deciding in constants:
        return Constant(value=deciding)
    rest = tuple(operand for operand in operands if not isinstance(operand, Constant))
    if len(rest) == 1 and kind_of(rest[0]) == "boolean":
        return rest[0]
    return Operation(name, rest)
