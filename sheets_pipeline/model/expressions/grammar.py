"""The grammar of expressions, from text to tree. Lark is imported when the first expression is parsed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sheets_pipeline.model.expressions.expression import Expression, ExpressionError
from sheets_pipeline.model.expressions.mistakes import explain, nearest
from sheets_pipeline.model.expressions.tree import (
    CONTEXT_NAMES,
    FUNCTIONS,
    ITSELF,
    Constant,
    Context,
    Node,
    Operation,
    Reference,
)

if TYPE_CHECKING:
    from lark import Lark, Token, Tree
    from lark.exceptions import UnexpectedInput

GRAMMAR = r"""
?start: either
?either: both | either OR both -> binary
?both: negated | both AND negated -> binary
?negated: comparison | _NOT negated -> negation
?comparison: sum | sum COMPARE sum -> binary
?sum: product | sum PLUS product -> binary | sum MINUS product -> binary
?product: signed | product TIMES signed -> binary
?signed: atom | MINUS signed -> negative
?atom: NUMBER | TEXT | REFERENCE | CONTEXT | ITSELF | call | "(" either ")"
call: NAME "(" (either ("," either)*)? ")"

OR.2: /or\b/
AND.2: /and\b/
_NOT.2: /not\b(?!\s*\()/
COMPARE: "!=" | "<=" | ">=" | "=" | "<" | ">"
PLUS: "+"
MINUS: "-"
TIMES.2: "*" | /div\b/ | /mod\b/
NUMBER: /\d+(\.\d+)?/
TEXT: /'[^']*'|"[^"]*"/
REFERENCE: /\$\{[^{}]*\}/
CONTEXT: /\$[A-Za-z_]+/
ITSELF: "."
NAME: /[A-Za-z][A-Za-z0-9_-]*(?=\s*\()/
%ignore /\s+/
"""
_REFERENCE = re.compile(r"[a-z][a-z0-9_]*(/[a-z0-9_]+)*")


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(GRAMMAR, parser="lalr")


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The expression an author wrote; raises ExpressionError with the column and what to write instead."""
    from lark.exceptions import UnexpectedInput

    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        raise explain(text, error.column, ended=_has_ended(error)) from None
    return Expression(text, _Reading(text).node(tree))


def _has_ended(error: UnexpectedInput) -> bool:
    """Whether it is the end that lark did not expect (it gives that the place of the last token)."""
    token = getattr(error, "token", None)
    return token is not None and token.type == "$END"


class _Reading:
    """Lark's tree as nodes; knows the text for the sake of its complaints."""

    def __init__(self, text: str) -> None:
        self.text = text

    def node(self, tree: Tree[Token] | Token) -> Node:
        from lark import Token

        if isinstance(tree, Token):
            return self.atom(tree)
        if tree.data == "binary":
            left, sign, right = tree.children
            return Operation(str(sign), (self.node(left), self.node(right)))
        if tree.data == "negative":
            return _negative(self.node(tree.children[1]))
        if tree.data == "negation":
            return Operation("not", (self.node(tree.children[0]),))
        name, *operands = tree.children
        assert isinstance(name, Token)  # noqa: S101 - the grammar's rule `call` begins with its NAME
        return self.call(name, tuple(self.node(operand) for operand in operands))

    def atom(self, token: Token) -> Node:
        content = str(token)
        if token.type == "NUMBER":
            return Constant(Decimal(content) if "." in content else int(content))
        if token.type == "TEXT":
            return Constant(content[1:-1])
        if token.type == "ITSELF":
            return Reference(ITSELF)
        return self.context(token) if token.type == "CONTEXT" else self.reference(token)

    def reference(self, token: Token) -> Node:
        name = token[2:-1].strip()
        if not _REFERENCE.fullmatch(name):
            raise self.error(
                token,
                f"“{name}” is no name",
                "names are lower-case letters, digits and _, with / before a part of a question: ${people/women}",
            )
        return Reference(name)

    def context(self, token: Token) -> Node:
        if token[1:] not in CONTEXT_NAMES:
            known = " ".join(f"${name}" for name in CONTEXT_NAMES)
            raise self.error(token, f"“{token}” is not known", f"use one of {known}, or ${{name}} for an answer")
        return Context(token[1:])

    def call(self, token: Token, operands: tuple[Node, ...]) -> Node:
        name = str(token)
        if name not in FUNCTIONS:
            raise self.error(token, f"there is no function “{name}”", nearest(name, FUNCTIONS))
        fewest, most = FUNCTIONS[name]
        if not fewest <= len(operands) <= most:
            wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
            raise self.error(token, f"{name}() has {len(operands)} operands", f"give it {wanted}")
        return self.checked(token, name, operands)

    def checked(self, token: Token, name: str, operands: tuple[Node, ...]) -> Node:
        """What a function demands of its operands beyond their number."""
        if name in {"true", "false"}:
            return Constant(name == "true")
        if name == "date":
            return self.date(token, operands[0])
        if name == "regex":
            self.pattern(token, operands[1])
        if name in {"selected", "count-selected"} and not isinstance(operands[0], Reference):
            raise self.error(token, f"{name}() asks about an answer", f"write {name}(${{name}}…)")
        if name == "selected" and not _is_text(operands[1]):
            raise self.error(token, "selected() compares with a choice", "give the choice's name in quotes")
        return Operation(name, operands)

    def date(self, token: Token, operand: Node) -> Constant:
        try:
            if isinstance(operand, Constant) and isinstance(operand.value, str):
                return Constant(date.fromisoformat(operand.value))
        except ValueError:
            pass
        raise self.error(token, "date() takes one day in quotes", "write date('2026-01-31')")

    def pattern(self, token: Token, operand: Node) -> None:
        if not (isinstance(operand, Constant) and isinstance(operand.value, str)):
            raise self.error(token, "regex() takes a pattern in quotes", "write regex(., '[0-9]{4}')")
        try:
            re.compile(operand.value)
        except re.error as error:
            raise self.error(token, f"the pattern cannot be read ({error})", "mend the pattern") from None

    def error(self, token: Token, problem: str, fix: str) -> ExpressionError:
        return ExpressionError(problem, text=self.text, column=token.column or 1, fix=fix)


def _is_text(node: Node) -> bool:
    return isinstance(node, Constant) and isinstance(node.value, str)


def _negative(node: Node) -> Node:
    """A number with a minus is a number."""
    if isinstance(node, Constant) and isinstance(node.value, int | Decimal) and not isinstance(node.value, bool):
        return Constant(-node.value)
    return Operation("negative", (node,))
