"""The product's own words in the reader's language.

English texts stand in the code; translations are gettext files, `locale/<language>/<room>.po`, read in memory. A text
is looked up with `msgctxt` (an issue code, a column's name) so that one English word may have several translations.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path

LANGUAGES = ("sv", "en")
_LOCALES = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """(context, msgid) → the translation's forms (one, or one and many)."""
    from babel.messages.pofile import read_po

    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for path in sorted((_LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id and message.string:
                    msgid = message.id if isinstance(message.id, str) else message.id[0]
                    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string)
                    found[message.context or "", msgid] = forms
    return found


def text(msgid: str, language: str, *, context: str = "", **params: object) -> str:
    """The text in a language with its `{placeholders}` filled in; English where a translation is missing."""
    forms = _catalogue(language).get((context, msgid)) if language != "en" else None
    chosen = forms[0] if forms and forms[0] else msgid
    return chosen.format(**params) if params else chosen


def plural(one: str, many: str, count: int, language: str, *, context: str = "", **params: object) -> str:
    """The form that goes with a count, `{count}` filled in; Swedish and English both say one, or many."""
    forms = _catalogue(language).get((context, one)) if language != "en" else None
    singular, several = forms if forms and len(forms) > 1 else (one, many)
    return (singular if count == 1 else several).format(count=count, **params)


def has(msgid: str, language: str, *, context: str = "") -> bool:
    """Whether a language has its own text (English always has)."""
    return language == "en" or (context, msgid) in _catalogue(language)


def number(value: Decimal | float, language: str, *, decimals: int | None = None, signed: bool = False) -> str:
    """A number as people write it: decimal comma in Swedish, thousands apart, rounded half up once.

    `decimals` fixes the number of decimals; without it as many as the value has. `signed` writes + and a true minus.
    """
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if decimals is not None:
        exact = rounded(exact, decimals)
    digits = f"{abs(exact):,f}"
    if language == "sv":
        digits = digits.replace(",", "\u00a0").replace(".", ",")
    sign = "\u2212" if exact < 0 else ("+" if signed and exact > 0 else ("±" if signed else ""))
    return sign + digits


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Half up, away from zero at exactly half: the only rounding in the product."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


_MONTHS_SV = "januari februari mars april maj juni juli augusti september oktober november december".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()


def long_date(day: date, language: str) -> str:
    """`3 mars 2026` or `3 March 2026`."""
    months = _MONTHS_SV if language == "sv" else _MONTHS_EN
    return f"{day.day} {months[day.month - 1]} {day.year}"
