"""Integers, decimals, percentages and years; and the marks that stand where a figure is missing."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import numbers
from sheets_pipeline.model.values.asked import Asked, Finding, Parsed, read_as, unread
from sheets_pipeline.model.values.cleaning import line
from sheets_pipeline.texts import number as number_text

MARKS = ("-", ".", "..")
"""No figure exists · not applicable · confidential or too few."""

FIRST_YEAR, LAST_YEAR = 1900, 2100
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
_FEW = re.compile(r"<\s?[1-5]|f\u00e4rre \u00e4n (5|fem)|under (5|fem)|fewer than (5|five)", re.IGNORECASE)
_YEAR_WORDS = re.compile(r"^(\u00e5r|year)\s+", re.IGNORECASE)
_ALL = Decimal(100)


def mark(raw: CellValue) -> Parsed | None:
    """A mark in place of a figure, as a value; None for anything else."""
    typed = line(raw) if isinstance(raw, str) else ""
    if typed in _DASHES:
        return Parsed("-")
    if typed in MARKS:
        return Parsed(typed)
    if typed in {"...", "\u2026"} or _FEW.fullmatch(typed):
        return read_as("..", "..")
    return None


def marked(raw: CellValue, asked: Asked) -> Parsed | None:
    """What a mark means in this cell: a value where marks are taken, otherwise a remark."""
    found = mark(raw)
    return found if found is None or asked.takes_marks else unread("MARK_NOT_ALLOWED")


def integer(raw: CellValue, asked: Asked) -> Parsed:
    """A count: whole, and not below zero unless the form has a rule of its own."""
    found = numbers.read(raw, asked.language)
    if isinstance(found, Finding):
        return Parsed(None, (found,))
    if found.value != found.value.to_integral_value():
        return unread("NOT_AN_INTEGER")
    if found.value < 0 and asked.question.constraint is None:
        return unread("NEGATIVE_NUMBER")
    return Parsed(int(found.value))


def decimal(raw: CellValue, asked: Asked) -> Parsed:
    """Any number. A cell that shows a percentage is read as it shows: 45 % is 45."""
    found = numbers.read(raw, asked.language)
    if isinstance(found, Finding):
        return Parsed(None, (found,))
    if isinstance(raw, str) and not found.percent:
        return Parsed(found.value)
    if not isinstance(raw, str) and not asked.percent_format:
        return Parsed(found.value)
    value = found.value if found.percent else numbers.plain(found.value * _ALL)
    return read_as(value, number_text(value, asked.language) + " %")


def percent(raw: CellValue, asked: Asked) -> Parsed:
    """A share in per cent: 45 % is 45. What may be a hundred times too large or small is asked about, never guessed."""
    found = numbers.read(raw, asked.language)
    if isinstance(found, Finding):
        return Parsed(None, (found,))
    if found.percent:
        return Parsed(found.value)
    formatted = asked.percent_format and not isinstance(raw, str)
    value = numbers.plain(found.value * _ALL) if formatted else found.value
    if (formatted and value > _ALL) or (not formatted and 0 < value < 1):
        return unread("PERCENT_DOUBTFUL", **_two_shares(found.value, asked.language))
    return Parsed(value)


def _two_shares(value: Decimal, language: str) -> dict[str, str]:
    return {
        "small": number_text(numbers.plain(value), language) + " %",
        "large": number_text(numbers.plain(value * _ALL), language) + " %",
    }


def year(raw: CellValue, asked: Asked) -> Parsed:
    """A year from 1900 to 2100; a cell that Excel shows as a date gives the year that was typed."""
    if isinstance(raw, date):
        return _year_of_date(raw)
    typed = _YEAR_WORDS.sub("", line(raw)) if isinstance(raw, str) else raw
    found = numbers.read(typed, asked.language)
    if isinstance(found, Finding) or found.value != found.value.to_integral_value():
        return unread("NOT_A_YEAR")
    return _year(int(found.value))


def _year(value: int) -> Parsed:
    return Parsed(value) if FIRST_YEAR <= value <= LAST_YEAR else unread("NOT_A_YEAR")


def _year_of_date(day: date) -> Parsed:
    """2026 typed in a cell with a date format is day number 2026: 18 July 1905."""
    serial = day.toordinal() - _SERIAL_DAY_ZERO.toordinal()
    found = _year(serial if FIRST_YEAR <= serial <= LAST_YEAR else day.year)
    return read_as(found.value, str(found.value)) if found.value is not None else found


def present_number(value: Value, _asked: Asked) -> CellValue:
    """A number for a number's cell; a mark as it is."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def present_percent(value: Value, _asked: Asked) -> CellValue:
    """45 as 0.45, for a cell with a percent format."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return float(Decimal(value) / _ALL)
    return value
