"""Parts of a spreadsheet formula with what has to hold for them to have a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context as DecimalContext
from decimal import Decimal
from typing import Literal, TypeAlias

from sheets_pipeline.model.expressions.expression import NotPortableError
from sheets_pipeline.model.submissions import Value

LONGEST_TEXT = 255
_DIGITS = DecimalContext(prec=15)
# `cell`: whatever stands in a cell; `mixed`: a value or "" (an `if` with an empty branch)
PieceKind: TypeAlias = Literal["number", "text", "boolean", "cell", "mixed"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A formula part. `guards` must all be true for it to have a value.

    `safe` says that it gives no error even where a guard is false; `compound` that it needs parentheses inside
    another part.
    """

    text: str
    kind: PieceKind
    guards: tuple[Piece, ...] = ()
    safe: bool = True
    compound: bool = False

    @property
    def inner(self) -> str:
        """The text as it stands inside another part."""
        return f"({self.text})" if self.compound else self.text


NOTHING = '""'
TRUE = Piece("TRUE", "boolean")
FALSE = Piece("FALSE", "boolean")


def condition(text: str, *, safe: bool = True) -> Piece:
    """A part that is true or false."""
    return Piece(text, "boolean", safe=safe, compound=True)


def literal(value: Value) -> str:
    """A constant as a formula writes it; raises NotPortableError for texts longer than a formula holds."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, date):
        return f"DATE({value.year},{value.month},{value.day})"
    return f"{_DIGITS.create_decimal(value).normalize():f}" if isinstance(value, Decimal) else str(value)


def _quoted(value: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise NotPortableError(f"a text of {len(value)} characters: a formula holds {LONGEST_TEXT}")
    return '"' + value.replace('"', '""') + '"'


def constant(value: Value) -> Piece:
    """A constant; the empty text is a piece that never has a value."""
    text = literal(value)
    if isinstance(value, bool):
        return Piece(text, "boolean")
    if isinstance(value, str):
        return Piece(text, "text", guards=() if value else (FALSE,))
    return Piece(text, "number", compound=text.startswith("-"))


def together(conditions: Sequence[Piece]) -> Piece:
    """All of them, each once; nested ANDs are not flattened, they are rare."""
    distinct = list(dict.fromkeys(one for one in conditions if one != TRUE))
    if FALSE in distinct:
        return FALSE
    if len(distinct) < 2:  # noqa: PLR2004 - AND takes two or more
        return distinct[0] if distinct else TRUE
    safe = all(one.safe for one in distinct)
    return replace(condition(f"AND({','.join(one.text for one in distinct)})", safe=safe), compound=False)


def either(conditions: Sequence[Piece]) -> Piece:
    """Any of them."""
    if len(conditions) < 2:  # noqa: PLR2004 - OR takes two or more
        return conditions[0] if conditions else FALSE
    return replace(condition(f"OR({','.join(one.text for one in conditions)})"), compound=False)


def guarded(guards: Sequence[Piece], value: str, otherwise: str) -> str:
    """The value where every guard holds; guards that could give errors are asked after those that cannot."""
    text = value
    for guard in reversed([guard for guard in guards if not guard.safe]):
        text = f"IF({guard.text},{text},{otherwise})"
    first = together([guard for guard in guards if guard.safe])
    if first == FALSE:
        return otherwise
    return text if first == TRUE else f"IF({first.text},{text},{otherwise})"


def holds(guards: Sequence[Piece], claim: Piece) -> Piece:
    """The claim where every guard holds, else false."""
    if all(guard.safe for guard in guards) and claim.safe:
        return together((*guards, claim))
    return Piece(guarded(guards, claim.text, "FALSE"), "boolean")


def numeric(piece: Piece) -> tuple[Piece, ...]:
    """What has to hold for a part to be a number."""
    if piece.kind in {"cell", "mixed"}:
        return (replace(condition(f"ISNUMBER({piece.text})"), compound=False),)
    return piece.guards if piece.kind == "number" else (FALSE,)


def present(piece: Piece) -> tuple[Piece, ...]:
    """What has to hold for a part not to be empty."""
    return (condition(f'{piece.inner}<>""'),) if piece.kind in {"cell", "mixed"} else piece.guards


def value_or(piece: Piece, otherwise: str) -> str:
    """The part's value, or something else where it is empty."""
    if piece.kind == "mixed" and otherwise == NOTHING:
        return piece.text
    return guarded(present(piece), piece.text, otherwise)
