"""Numbers for people: rounded once, when they are made, so that every writer shows the same text or rounded value."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sheets_pipeline import texts


@dataclass(frozen=True, slots=True)
class Number:
    """A number for people: the exact value, the value as shown (rounded half up, once), and the text of that."""

    exact: Fraction
    shown: Decimal
    text: str
    decimals: int
    signed: bool = False

    def __str__(self) -> str:
        return self.text


Cell = str | Number


def number(exact: Fraction | Decimal | int, language: str, *, decimals: int = 1, signed: bool = False) -> Number:
    """Round once and say it in words of figures: 7/3 is `2,3` in Swedish."""
    fraction = Fraction(exact)
    shown = texts.rounded(Decimal(fraction.numerator) / Decimal(fraction.denominator), decimals)
    return Number(fraction, shown, texts.number(shown, language, signed=signed), decimals, signed)


def whole(count: int, language: str, *, signed: bool = False) -> Number:
    """A count, or a step on a scale."""
    return number(count, language, decimals=0, signed=signed)
