"""Text, addresses and links: kept as typed, apart from signs nobody sees."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import numbers
from sheets_pipeline.model.values.asked import EMPTY, Asked, Parsed, read_as, unread
from sheets_pipeline.model.values.cleaning import LONGEST_TEXT, line, text

_URL = re.compile(r"https?://[^\s/?#.]+(\.[^\s/?#.]+)+([/?#]\S*)?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>,;:\"()]+@[^\s@<>,;:\"()]+\.[^\s@<>,;:\"().]{2,}")
_EMAIL_WITH_NAME = re.compile(r"(?:mailto:|[^<>]*<)\s*([^<>]+?)\s*>?", re.IGNORECASE)


def as_typed(raw: CellValue, language: str) -> str:
    """A cell's content as text, as near as can be to what the person sees there."""
    if isinstance(raw, bool):
        return {"sv": ("FALSKT", "SANT")}.get(language, ("FALSE", "TRUE"))[raw]
    if isinstance(raw, int | float):
        return _figures(raw, language)
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time(0) else raw.isoformat(" ", "minutes")
    if isinstance(raw, date | time | timedelta):
        return raw.isoformat("minutes") if isinstance(raw, time) else str(raw)
    return "" if raw is None else text(str(raw))


def _figures(raw: float, language: str) -> str:
    """Digits not set apart: a long number may be a name for something, and is to be found as one."""
    found = numbers.read(raw, language)
    digits = f"{found.value:f}" if isinstance(found, numbers.Number) else str(raw)
    return digits.replace(".", ",") if language == "sv" else digits


def one_line(raw: CellValue, asked: Asked) -> Parsed:
    """A short text on one line; what Excel made a date of is kept as the date it became, and said."""
    typed = line(as_typed(raw, asked.language))
    if isinstance(raw, date | time | timedelta):
        return read_as(typed, typed)
    return Parsed(typed) if typed else EMPTY


def many_lines(raw: CellValue, asked: Asked) -> Parsed:
    """A longer text with its line breaks."""
    typed = as_typed(raw, asked.language)
    return Parsed(typed) if typed else EMPTY


def url(raw: CellValue, asked: Asked) -> Parsed:
    """A web address, whole: one without https:// is not completed by guessing."""
    typed = line(as_typed(raw, asked.language))
    return Parsed(typed) if _URL.fullmatch(typed) else unread("NOT_A_URL")


def email(raw: CellValue, asked: Asked) -> Parsed:
    """An e-mail address; `Namn <adress>` gives the address, and says so."""
    typed = line(as_typed(raw, asked.language))
    if _EMAIL.fullmatch(typed):
        return Parsed(typed)
    inner = _EMAIL_WITH_NAME.fullmatch(typed)
    if inner and _EMAIL.fullmatch(inner[1]):
        return read_as(inner[1], inner[1])
    return unread("NOT_AN_EMAIL")


def present_text(value: Value, _asked: Asked) -> CellValue:
    """Text as it is, cut at what a cell can hold."""
    return str(value)[:LONGEST_TEXT]
