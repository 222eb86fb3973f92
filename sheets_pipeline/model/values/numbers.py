"""Numbers as people write them: `3`, `3,0`, `1 234,5`, `45 %`; and what looks like a number but may mean two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Context, Decimal

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.values.asked import Finding
from sheets_pipeline.model.values.cleaning import line

# A spreadsheet computes with 15 significant digits: 0.1 + 0.2 is shown, and meant, as 0.3.
_SPREADSHEET_DIGITS = Context(prec=15)
_MINUS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2010": "-", "\u2011": "-"})
_UNIT = re.compile(r"\s*(kr|sek|st\.?|:-)$", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(%|procent|per ?cent)$", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_SPACED = re.compile(r"[+-]?\d{1,3}( \d{3})+([.,]\d+)?")
_POINTED = re.compile(r"[+-]?\d{1,3}(\.\d{3}){2,}(,\d+)?|[+-]?\d{1,3}(\.\d{3})+,\d+")
_COMMAED = re.compile(r"[+-]?\d{1,3}(,\d{3}){2,}(\.\d+)?|[+-]?\d{1,3}(,\d{3})+\.\d+")
_ONE_POINT = re.compile(r"[+-]?[1-9]\d{0,2}\.\d{3}")
_ONE_COMMA = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read, and whether a percent sign stood after it."""

    value: Decimal
    percent: bool = False


def read(raw: CellValue, language: str) -> Number | Finding:
    """The number in a cell, or why there is none."""
    if isinstance(raw, bool):
        return Finding("NOT_A_NUMBER")
    if isinstance(raw, int):
        return Number(Decimal(raw))
    if isinstance(raw, float):
        return _from_float(raw)
    if isinstance(raw, date | time | timedelta):
        return Finding("DATE_INSTEAD_OF_NUMBER")
    return _from_text(str(raw), language)


def _from_float(raw: float) -> Number | Finding:
    exact = Decimal(repr(raw))
    if not exact.is_finite():
        return Finding("NOT_A_NUMBER")
    return Number(plain(_SPREADSHEET_DIGITS.plus(exact)))


def _from_text(raw: str, language: str) -> Number | Finding:
    typed = line(raw).translate(_MINUS)
    number = _PERCENT.sub("", typed)
    percent = number != typed
    number = _UNIT.sub("", number)
    ambiguous = _ONE_POINT if language == "sv" else _ONE_COMMA
    if ambiguous.fullmatch(number):
        return Finding("AMBIGUOUS_NUMBER", _two_meanings(number))
    digits = _digits(number)
    return Number(plain(Decimal(digits)), percent) if digits else Finding("NOT_A_NUMBER")


def _two_meanings(number: str) -> dict[str, str]:
    whole = number.replace(".", "").replace(",", "")
    return {"whole": whole, "decimal": number.replace(".", ",")}


def _digits(number: str) -> str:
    """The number as Python writes it; empty when it is none."""
    if not number.isascii():
        return ""
    if _SPACED.fullmatch(number) or _PLAIN.fullmatch(number):
        return number.replace(" ", "").replace(",", ".")
    if _POINTED.fullmatch(number):
        return number.replace(".", "").replace(",", ".")
    if _COMMAED.fullmatch(number):
        return number.replace(",", "")
    return ""


def plain(value: Decimal) -> Decimal:
    """One form for one number: `3`, not `3.0` or `3E+0`, and no minus before zero."""
    if value == 0:
        return Decimal(0)
    shorter = value.normalize(Context(prec=60))
    return shorter if shorter.as_tuple().exponent <= 0 else shorter.quantize(Decimal(1), context=Context(prec=400))  # type: ignore[operator]
