"""Expressions over answers, exactly: numbers are fractions while they are reckoned with, never floats.

Empty operands: arithmetic on nothing is nothing, a comparison with nothing is false (but for `= ''` and `!= ''`),
and nothing is not true. Texts are compared without regard to case, as spreadsheets do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Context as DecimalContext
from decimal import Decimal
from fractions import Fraction
from math import floor
from operator import ge, gt, le, lt
from typing import Any, Protocol, TypeAlias

from sheets_pipeline.model.expressions.expression import Expression
from sheets_pipeline.model.expressions.tree import Constant, Node, Operation, Reference
from sheets_pipeline.model.submissions import Value

Found: TypeAlias = Value | Fraction | None
Operands: TypeAlias = tuple[Node, ...]
_DIGITS = DecimalContext(prec=28)
_EMPTY = (None, "")
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}


class Scope(Protocol):
    """Where an expression's names are looked up: one answer's row, the cards around it, the form.

    `values` are the answered values of a repeated or split reference, the chosen names of a `select_multiple`, or the
    one value of anything else. `pulldata` gets the form, the path (`.`: the same one) and the occasion.
    """

    def value(self, name: str) -> Value | None: ...

    def values(self, name: str) -> Sequence[Value]: ...

    def context(self, name: str) -> Value | None: ...

    def pulldata(self, form: str, path: str, occasion: str) -> Value | None: ...


def evaluate(expression: Expression, scope: Scope) -> Value | None:
    """The value, None for nothing; fractions that no decimal says exactly have 28 digits."""
    found = _value(expression.root, scope)
    if isinstance(found, Fraction):
        return _plain(found)
    return None if found == "" else found


def truth(expression: Expression, scope: Scope) -> bool:
    """Whether a condition holds: only `true` is true."""
    return _value(expression.root, scope) is True


def _plain(number: Fraction) -> int | Decimal:
    if number.denominator == 1:
        return number.numerator
    return _DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))


def _value(node: Node, scope: Scope) -> Found:
    if isinstance(node, Operation):
        return _OPERATIONS[node.name](node.operands, scope)
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Reference):
        return scope.value(node.name)
    return scope.context(node.name)


def _true(node: Node, scope: Scope) -> bool:
    return _value(node, scope) is True


def _number(value: Found) -> Fraction | None:
    """The value as an exact number; None for anything that is no number."""
    if isinstance(value, bool):
        return None
    return Fraction(value) if isinstance(value, int | Decimal | Fraction) else None


def _comparable(value: Found) -> tuple[str, object]:
    """(kind, value): only values of one kind are compared."""
    if isinstance(value, bool):
        return "boolean", value
    if isinstance(value, str):
        return "text", value.casefold()
    if isinstance(value, date):
        return "date", value
    return "number", _number(value)


def _equality(*, wanted: bool) -> Callable[[Operands, Scope], bool]:
    def compare(operands: Operands, scope: Scope) -> bool:
        left, right = operands
        if _says_nothing(right) or _says_nothing(left):
            return _is_empty(left if _says_nothing(right) else right, scope) is wanted
        one, other = _value(left, scope), _value(right, scope)
        if one in _EMPTY or other in _EMPTY:
            return False
        if type(one) is int and type(other) is int:
            return (one == other) is wanted
        return (_comparable(one) == _comparable(other)) is wanted

    return compare


def _says_nothing(node: Node) -> bool:
    return isinstance(node, Constant) and node.value == ""


def _is_empty(node: Node, scope: Scope) -> bool:
    if _value(node, scope) not in _EMPTY:
        return False
    return not (isinstance(node, Reference) and any(value not in _EMPTY for value in scope.values(node.name)))


def _order(sign: str) -> Callable[[Operands, Scope], bool]:
    order = _ORDERS[sign]

    def compare(operands: Operands, scope: Scope) -> bool:
        kind, left = _comparable(_value(operands[0], scope))
        other, right = _comparable(_value(operands[1], scope))
        if left is None or right is None or kind != other or kind not in {"number", "date"}:
            return False
        return order(left, right)

    return compare


def _and(operands: Operands, scope: Scope) -> bool:
    for operand in operands:  # noqa: SIM110 - conditions are most of the work of judging, and a generator costs as much
        if _value(operand, scope) is not True:
            return False
    return True


def _or(operands: Operands, scope: Scope) -> bool:
    for operand in operands:  # noqa: SIM110 - as above
        if _value(operand, scope) is True:
            return True
    return False


def _plus(operands: Operands, scope: Scope) -> Found:
    left, right = (_value(operand, scope) for operand in operands)
    if isinstance(left, date):
        return _later(left, _number(right))
    if isinstance(right, date):
        return _later(right, _number(left))
    one, other = _number(left), _number(right)
    return None if one is None or other is None else one + other


def _minus(operands: Operands, scope: Scope) -> Found:
    left, right = (_value(operand, scope) for operand in operands)
    if isinstance(left, date) and isinstance(right, date):
        return (left - right).days
    one, other = _number(left), _number(right)
    if isinstance(left, date):
        return None if other is None else _later(left, -other)
    return None if one is None or other is None else one - other


def _later(day: date, days: Fraction | None) -> date | None:
    """A day so many whole days later; None for parts of days and outside the calendar."""
    if days is None or days.denominator != 1:
        return None
    try:
        return day + timedelta(days=days.numerator)
    except OverflowError:
        return None


def _arithmetic(reckon: Callable[[Fraction, Fraction], Fraction]) -> Callable[[Operands, Scope], Found]:
    def result(operands: Operands, scope: Scope) -> Found:
        left, right = (_number(_value(operand, scope)) for operand in operands)
        if left is None or right is None:
            return None
        try:
            return reckon(left, right)
        except ZeroDivisionError:
            return None

    return result


def _negative(operands: Operands, scope: Scope) -> Found:
    number = _number(_value(operands[0], scope))
    return None if number is None else -number


def _if(operands: Operands, scope: Scope) -> Found:
    condition, one, other = operands
    return _value(one if _true(condition, scope) else other, scope)


def _listed(node: Node, scope: Scope) -> Sequence[Found]:
    return scope.values(node.name) if isinstance(node, Reference) else (_value(node, scope),)


def _answered(operands: Operands, scope: Scope) -> list[Found]:
    return [value for operand in operands for value in _listed(operand, scope) if value not in _EMPTY]


def _numbers(values: Iterable[Found]) -> list[Fraction]:
    return [number for value in values if (number := _number(value)) is not None]


def _sum(operands: Operands, scope: Scope) -> Found:
    """The sum of the numbers there are; nothing when there are none."""
    numbers = _numbers(_answered(operands, scope))
    return sum(numbers, Fraction(0)) if numbers else None


def _extreme(choose: Callable[[Iterable[object]], object]) -> Callable[[Operands, Scope], Found]:
    """The least or greatest number there is; of dates where there are no numbers."""

    def result(operands: Operands, scope: Scope) -> Found:
        values = _answered(operands, scope)
        candidates: list[Fraction] | list[date] = _numbers(values)
        candidates = candidates or [value for value in values if isinstance(value, date)]
        found: Found = choose(candidates) if candidates else None  # type: ignore[assignment]
        return found

    return result


def _selected(operands: Operands, scope: Scope) -> bool:
    choice = _value(operands[1], scope)
    return any(_comparable(value) == _comparable(choice) for value in _listed(operands[0], scope))


def _regex(operands: Operands, scope: Scope) -> bool:
    """Whether the whole text fits the pattern."""
    value, pattern = (_value(operand, scope) for operand in operands)
    return value not in _EMPTY and re.fullmatch(str(pattern), _text(value)) is not None


def _length(operands: Operands, scope: Scope) -> int:
    value = _value(operands[0], scope)
    return 0 if value is None else len(_text(value))


def _text(value: Found) -> str:
    return str(_plain(value)) if isinstance(value, Fraction) else str(value)


def _round(operands: Operands, scope: Scope) -> Found:
    """Half away from zero, as spreadsheets round."""
    number = _number(_value(operands[0], scope))
    digits = _number(_value(operands[1], scope)) if len(operands) > 1 else Fraction(0)
    if number is None or digits is None:
        return None
    unit = Fraction(10) ** int(digits)
    rounded = floor(abs(number) * unit + Fraction(1, 2)) / unit
    return rounded if number >= 0 else -rounded


def _coalesce(operands: Operands, scope: Scope) -> Found:
    values = (_value(operand, scope) for operand in operands)
    return next((value for value in values if value not in _EMPTY), None)


def _pulldata(operands: Operands, scope: Scope) -> Found:
    form, path, occasion = (_text(_value(operand, scope)) for operand in operands)
    return scope.pulldata(form, path, occasion)


_OPERATIONS: dict[str, Callable[[Operands, Scope], Found]] = {
    "=": _equality(wanted=True),
    "!=": _equality(wanted=False),
    **{sign: _order(sign) for sign in _ORDERS},
    "+": _plus,
    "-": _minus,
    "*": _arithmetic(lambda one, other: one * other),
    "div": _arithmetic(lambda one, other: one / other),
    "mod": _arithmetic(lambda one, other: one % other),
    "negative": _negative,
    "and": _and,
    "or": _or,
    "not": lambda operands, scope: not _true(operands[0], scope),
    "if": _if,
    "selected": _selected,
    "count-selected": lambda operands, scope: len(_answered(operands, scope)),
    "regex": _regex,
    "string-length": _length,
    "round": _round,
    "min": _extreme(min),  # type: ignore[arg-type]
    "max": _extreme(max),  # type: ignore[arg-type]
    "sum": _sum,
    "count": lambda operands, scope: len(_answered(operands, scope)),
    "coalesce": _coalesce,
    "today": lambda _, scope: scope.context("as_of"),
    "pulldata": _pulldata,
}
