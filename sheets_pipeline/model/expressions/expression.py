"""The parsed expression, and what can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sheets_pipeline.model.expressions.tree import ITSELF, LISTS, Constant, Context, Node, Operation, Reference, walk
from sheets_pipeline.model.submissions import Value

_PIPELINE_ONLY = {
    "regex": "regex() has no formula that every spreadsheet knows",
    "today": "today() changes from day to day",
    "pulldata": "pulldata() reads another form",
}


class ExpressionError(ValueError):
    """An expression that cannot be understood: `column` (from 1) is where, `fix` what to write instead."""

    def __init__(self, problem: str, *, text: str, column: int, fix: str) -> None:
        super().__init__(f"{problem} at column {column} of “{text}”; {fix}")
        self.problem = problem
        self.text = text
        self.column = column
        self.fix = fix

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (self.problem, self.text, self.column, self.fix))


class NotPortableError(ValueError):
    """An expression that no plain spreadsheet formula says; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression; `text` is what the author wrote. Made by `parse`."""

    text: str
    root: Node

    @property
    def constant(self) -> Value | None:
        """The value of an expression that says nothing but that value (`yes`)."""
        return self.root.value if isinstance(self.root, Constant) else None

    @property
    def references(self) -> tuple[str, ...]:
        """The names in `${…}` in order of appearance, once each; `.` is not among them."""
        names = (node.name for node in walk(self.root) if isinstance(node, Reference))
        return tuple(dict.fromkeys(name for name in names if name != ITSELF))

    @property
    def context_names(self) -> tuple[str, ...]:
        """The names after `$` in order of appearance; `as_of` too where `today()` reads it."""
        return tuple(dict.fromkeys(name for node in walk(self.root) if (name := _context_name(node))))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it cannot be rendered as a formula; empty when it can."""
        return _reasons(self.root)

    @property
    def portable(self) -> bool:
        """Whether `as_formula` can say it."""
        return not self.reasons


def _context_name(node: Node) -> str:
    if isinstance(node, Context):
        return node.name
    return "as_of" if isinstance(node, Operation) and node.name == "today" else ""


@lru_cache(maxsize=4096)
def _reasons(root: Node) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for node in walk(root) if (reason := reason_against(node))))


def reason_against(node: Node) -> str:
    """Why this node alone has no formula, or an empty text."""
    if node == Context("as_of"):
        return "$as_of changes from day to day"
    if not isinstance(node, Operation):
        return ""
    if node.name in {*LISTS, "string-length"} and any(isinstance(operand, Operation) for operand in node.operands):
        return f"{node.name}() of something calculated has no plain formula"
    return _PIPELINE_ONLY.get(node.name, "")


def _again(problem: str, text: str, column: int, fix: str) -> ExpressionError:
    return ExpressionError(problem, text=text, column=column, fix=fix)
