"""Periods that stand for a day: weeks, months, quarters, terms and years, each by its last Monday-to-Friday."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from sheets_pipeline.model.values.asked import Finding

_FRIDAY = 4
_MONTHS = (
    ("januari", "jan", "january"),
    ("februari", "feb", "february"),
    ("mars", "mar", "march"),
    ("april", "apr"),
    ("maj", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("augusti", "aug", "august"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_SEASONS = {
    **dict.fromkeys(("vår", "våren", "spring"), 5),
    **dict.fromkeys(("vt", "vårterminen", "vårtermin", "spring term"), 6),
    **dict.fromkeys(("sommar", "sommaren", "summer"), 8),
    **dict.fromkeys(("höst", "hösten", "autumn", "fall"), 11),
    **dict.fromkeys(
        ("ht", "höstterminen", "hösttermin", "autumn term", "årsskiftet", "året", "år", "helåret", "year"), 12
    ),
    **dict.fromkeys(("första halvåret", "halvår 1", "h1", "first half"), 6),
    **dict.fromkeys(("andra halvåret", "halvår 2", "h2", "second half"), 12),
}
_WINTER = frozenset({"vinter", "vintern", "winter"})
_ORDINALS = {
    word: number
    for number, words in enumerate(("första 1:a first", "andra 2:a second", "tredje 3:e third", "fjärde 4:e fourth"), 1)
    for word in words.split()
}
_WEEK = re.compile(r"(?:v|v\.|vecka|veckan|w|wk|week)\s?(?:\d{1,2}\s?-\s?)?(\d{1,2})(?:,? ?(?:år )?-?(\d{4}|\d{2}))?")
_ISO_WEEK = re.compile(r"(\d{4})[ -]?(?:v|v\.|vecka|w|week)\s?(\d{1,2})")
_PART = re.compile(r"(kvartal|kv|kv\.|q|quarter|tertial|t)\s?([1-4])(?:,? ?(\d{4}))?")
_ORDINAL_PART = re.compile(r"([a-zåäö0-9:]+) (kvartalet|kvartal|quarter|tertialet|tertial)(?: of)?(?:,? ?(\d{4}))?")
_PART_FIRST = re.compile(r"(\d{4})[ -]?(kvartal|kv|q|quarter|tertial|t)\s?([1-4])")
_NAMED = re.compile(r"(?:[a-zåäö]+\s?-\s?)?([a-zåäö][a-zåäö ]*[a-zåäö12])(?: of)?(?:,? ?(\d{4}))?")
_YEAR_MONTH = re.compile(r"(\d{4})-?(\d{2})")
_YEAR = re.compile(r"\d{4}")


def month_number(name: str) -> int | None:
    """`mars`, `mar` or `March` is 3."""
    return _MONTH_NUMBERS.get(name.rstrip("."))


def last_weekday(typed: str) -> date | Finding | None:
    """The last weekday of a period in folded text; a finding when its year is missing, None for no period."""
    return _week(typed) or _part(typed) or _year_or_month(typed) or _named(typed)


def _with_year(year: str | None, month: int) -> date | Finding:
    if year is None:
        return Finding("DATE_WITHOUT_YEAR")
    whole = int(year)
    return _back(date(whole, month, monthrange(whole, month)[1])) if _plausible(whole) else Finding("NOT_A_DATE")


def _plausible(year: int) -> bool:
    return 1900 <= year <= 2100  # noqa: PLR2004 - the years that forms ask about


def _back(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def _week(typed: str) -> date | Finding | None:
    if match := _WEEK.fullmatch(typed):
        number, year = match.groups()
    elif match := _ISO_WEEK.fullmatch(typed):
        year, number = match.groups()
    else:
        return None
    if year is None:
        return Finding("DATE_WITHOUT_YEAR")
    whole = int(year) + 2000 if len(year) == len("26") else int(year)
    try:
        return date.fromisocalendar(whole, int(number), _FRIDAY + 1)
    except ValueError:
        return Finding("NOT_A_DATE")


def _part(typed: str) -> date | Finding | None:
    """A quarter, or a third of a year."""
    if match := _PART.fullmatch(typed):
        kind, number, year = match[1], int(match[2]), match[3]
    elif match := _PART_FIRST.fullmatch(typed):
        year, kind, number = match[1], match[2], int(match[3])
    elif (match := _ORDINAL_PART.fullmatch(typed)) and match[1] in _ORDINALS:
        number, kind, year = _ORDINALS[match[1]], match[2], match[3]
    else:
        return None
    months = 4 if kind.startswith("t") else 3
    return _with_year(year, number * months) if number * months <= len(_MONTHS) else Finding("NOT_A_DATE")


def _named(typed: str) -> date | Finding | None:
    match = _NAMED.fullmatch(typed)
    if not match:
        return None
    name, year = match.groups()
    if name in _WINTER:
        return Finding("AMBIGUOUS_DATE")
    month = month_number(name) or _SEASONS.get(name)
    return _with_year(year, month) if month else None


def _year_or_month(typed: str) -> date | Finding | None:
    if _YEAR.fullmatch(typed):
        return _with_year(typed, len(_MONTHS)) if _plausible(int(typed)) else None
    match = _YEAR_MONTH.fullmatch(typed)
    return _with_year(match[1], int(match[2])) if match and 1 <= int(match[2]) <= len(_MONTHS) else None
