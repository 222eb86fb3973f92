"""What people write by habit from other languages, and what to write here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from sheets_pipeline.model.expressions.expression import ExpressionError

# what stands at the place of the complaint (or right before it) → what to write instead
_HABITS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), fix)
    for pattern, fix in (
        (r"==", "write = to compare"),
        (r"<>", "write != for “is not”"),
        (r"=>", "write >= for “at least”"),
        (r"=<", "write <= for “at most”"),
        (r"&&?", "write and"),
        (r"\|\|?", "write or"),
        (r"!", "write not(…), or != to compare"),
        (r"/", "write div to divide"),
        (r"%", "write mod for the remainder, or a decimal such as 0.45 for 45 percent"),
        (r"[“”‘’„]", "write straight quotes, ' or \""),  # noqa: RUF001 - the very signs that are refused
        (r"['\"]", "end the text with the quote that began it"),
        (r"\$\{[^}]*$", "end the name with }"),
        (r"\$\{", "put an operator between the two, such as + or and"),
        (r"\$", "write ${name} for an answer"),
        (r"[≤≥≠]", "write <= >= or !="),
        (r"\d+,\d", "write a decimal point, not a comma"),
        (r",", "a comma stands only between the operands of a function"),
        (r"\^", "write the multiplication out: ${a} * ${a}"),
        (r"\d", "put an operator between the two, such as + or and"),
        (r"[=<>]", "compare twice with and between: ${a} < ${b} and ${b} < ${c}"),
        (r"in\b", "write the alternatives out: ${a} = 'x' or ${a} = 'y'"),
        (r"(and|or|not|div|mod)\b", "put something to work on beside it"),
        (r"(AND|OR|NOT|TRUE|FALSE|True|False|true|false)\b", "write and, or, not(…), true() or false()"),
        (r"[^\W\d]\w*", "write ${name} for an answer, or 'name' in quotes for a choice or a text"),
    )
)
_REACH = 2


def explain(text: str, column: int, *, ended: bool) -> ExpressionError:
    """The complaint about what the grammar does not allow at a column."""
    if not text.strip():
        return ExpressionError("the expression is empty", text=text, column=1, fix="write a condition, or leave it out")
    if ended:
        return _unfinished(text)
    place = column - 1
    problem = f"“{text[place : place + 1]}” does not fit"
    return ExpressionError(problem, text=text, column=column, fix=_fix(text, place))


def _fix(text: str, place: int) -> str:
    if text[place] == ")" and text.count(")") > text.count("("):
        return "take away the ) that closes nothing"
    for pattern, fix in _HABITS:
        for start in range(place, max(-1, place - _REACH), -1):
            match = pattern.match(text, start)
            if match and match.end() > place:
                return fix
    return "see the list of operators and functions in docs/forms.md"


def _unfinished(text: str) -> ExpressionError:
    missing = text.count("(") - text.count(")")
    fix = "close the parenthesis with )" if missing > 0 else "finish the comparison or calculation"
    return ExpressionError("the expression ends too early", text=text, column=len(text.rstrip()) + 1, fix=fix)


def nearest(name: str, known: Iterable[str]) -> str:
    """Advice for a name that is not known: the ones that look like it, or all there are."""
    names = list(known)
    close = difflib.get_close_matches(name.lower(), names, n=2)
    return f"did you mean {' or '.join(close)}?" if close else f"use one of {' '.join(names)}"
