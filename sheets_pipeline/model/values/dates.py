"""Dates as people write them in plans: `2026-03-01`, `1 mars 2026`, `1/3 2026`, a day number, or a period."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import periods
from sheets_pipeline.model.values.asked import Asked, Finding, Parsed, read_as, unread
from sheets_pipeline.model.values.cleaning import folded
from sheets_pipeline.texts import long_date

ONGOING = "ongoing"
"""The value of a date that says there is none (`löpande`): a word in a date's place, as `-` in a figure's."""

_ONGOING_WORDS = frozenset(
    (
        *"löpande fortlöpande kontinuerligt tillsvidare ongoing continuous continuously rolling".split(),
        "tills vidare",
        "until further notice",
    ),
)
_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day number has no time zone
_FIRST_SERIAL, _LAST_SERIAL = 25_569, 73_415  # 1970-01-01 and 2100-12-31
_SERIAL = re.compile(r"[2-7]\d{4}")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_MONTH_LAST = 12
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?z?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_ISO = re.compile(r"(\d{2})-(\d{2})-(\d{2})|(\d{2})(\d{2})(\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})\s?[/.]\s?(\d{1,2})(?:\s?[-/. ]\s?(\d{4}|\d{2}))?")
_DAY_WORD = re.compile(r"(\d{1,2})(?::?[ae]|st|nd|rd|th)?(?: of)? ([a-zåäö]+)\.?,?(?: ?-?(\d{4}|\d{2}))?")
_WORD_DAY = re.compile(r"([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_LEADING_WORDS = re.compile(
    r"^(?:(?:måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)(?:en)?,? )?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
    r"(?:(?:i slutet av|slutet av|senast|före|innan|under|till|i) )*(?:den )?"
    r"(?:(?:by the end of|end of|by|before|during|until|in|on) )*(?:the )?",
)


def parse(raw: CellValue, asked: Asked) -> Parsed:
    """A day; a period gives its last weekday, `löpande` gives `ongoing`, and a day without a year is asked about."""
    if isinstance(raw, datetime):
        return Parsed(raw.date())
    if isinstance(raw, date):
        return Parsed(raw)
    if isinstance(raw, bool | time | timedelta):
        return unread("NOT_A_DATE")
    if isinstance(raw, int | float):
        return _from_number(raw, asked)
    return _from_text(str(raw), asked)


def _from_number(raw: float, asked: Asked) -> Parsed:
    """A spreadsheet's day number, a year, or digits without hyphens such as 20260301."""
    if _FIRST_SERIAL <= raw <= _LAST_SERIAL:
        return _told((_DAY_ZERO + timedelta(days=int(raw))).date(), asked)
    is_digits = isfinite(raw) and raw == int(raw) and not _SERIAL.fullmatch(str(int(raw)))
    return _from_text(str(int(raw)), asked) if is_digits else unread("NOT_A_DATE")


def _told(day: date, asked: Asked) -> Parsed:
    return read_as(day, long_date(day, asked.language))


def _from_text(raw: str, asked: Asked) -> Parsed:
    typed = folded(raw)
    if typed in _ONGOING_WORDS:
        return Parsed(ONGOING)
    if _SERIAL.fullmatch(typed):
        return _from_number(int(typed), asked)
    typed = _LEADING_WORDS.sub("", typed)
    return _written_day(typed) or _numbered_day(typed, asked) or _period(typed, asked) or unread("NOT_A_DATE")


def _period(typed: str, asked: Asked) -> Parsed | None:
    found = periods.last_weekday(typed)
    if isinstance(found, Finding):
        return Parsed(None, (found,))
    return _told(found, asked) if found else None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    whole = int(year) + 2000 if int(year) < 100 else int(year)  # noqa: PLR2004 - two digits are this century
    try:
        return date(whole, int(month), int(day)) if _FIRST_YEAR <= whole <= _LAST_YEAR else None
    except ValueError:
        return None


def _numbered_day(typed: str, asked: Asked) -> Parsed | None:
    """Figures only, in the orders people use."""
    match = _ISO.fullmatch(typed) or _COMPACT.fullmatch(typed)
    if match:
        found = _day(*match.groups())
        return Parsed(found) if found else unread("NOT_A_DATE")
    short = _SHORT_ISO.fullmatch(typed)
    found = _day(*(part for part in short.groups() if part)) if short else None
    if found:
        return _told(found, asked)
    match = _DAY_MONTH.fullmatch(typed)
    return _day_and_month(match, asked) if match else None


def _day_and_month(match: re.Match[str], asked: Asked) -> Parsed:
    """`1/3 2026` is 1 March in Swedish; in English it may be 3 January, which is asked about."""
    first, second, year = match.groups()
    if _day(2000, second, first) is None:  # 2000 was a leap year: any day that exists passes
        return unread("NOT_A_DATE")
    if asked.language != "sv" and "/" in match[0] and int(first) <= _MONTH_LAST and first != second:
        return unread("AMBIGUOUS_DATE")
    if year is None:
        return unread("DATE_WITHOUT_YEAR")
    found = _day(year, second, first)
    return _told(found, asked) if found else unread("NOT_A_DATE")


def _written_day(typed: str) -> Parsed | None:
    """A day with the month's name."""
    match = _DAY_WORD.fullmatch(typed)
    if match:
        day, word, year = match.groups()
    elif match := _WORD_DAY.fullmatch(typed):
        word, day, year = match.groups()
    else:
        return None
    month = periods.month_number(word)
    if month is None:
        return None
    if year is None:
        return unread("DATE_WITHOUT_YEAR") if _day(2000, month, day) else unread("NOT_A_DATE")
    found = _day(year, month, day)
    return Parsed(found) if found else unread("NOT_A_DATE")


def present(value: Value, asked: Asked) -> CellValue:
    """A date for a date's cell; `löpande` and marks as words."""
    if value == ONGOING:
        return "löpande" if asked.language == "sv" else ONGOING
    return value if isinstance(value, str | date) else str(value)
