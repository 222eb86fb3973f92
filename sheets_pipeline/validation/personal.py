"""Personal and coordination numbers: found anywhere in a file, never repeated.

A number counts when its date exists and its last figure is right (Luhn, as Skatteverket describes); a coordination
number has 60 added to the day. Both the ten-figure form and the twelve-figure form, with `-`, `+`, a space or nothing
before the last four (a dash may have a space on either side), and the date with dashes of its own (1981-12-18-9876).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.validation.case import Case
from sheets_pipeline.validation.rule import Rule

_SPACE = r"[ \u00a0]"
_BEFORE_LAST = rf"(?:{_SPACE}?[-+\u2010-\u2015\u2212]{_SPACE}?|{_SPACE})?"
_NUMBER = re.compile(
    r"(?<!\d)(?<!\d[.,])(?P<century>18|19|20)?(?P<year>\d{2})(?P<dash>-)?(?P<month>\d{2})(?(dash)-)(?P<day>\d{2})"
    rf"(?(dash)-|{_BEFORE_LAST})(?P<last>\d{{4}})(?!\d|-\d)"
)
_PARTS = ("century", "year", "month", "day", "last")
_DATE = re.compile(r"\d{6}|\d{2}-\d{2}-\d{4}")  # a quick look, since hardly any text holds one
_COORDINATION = 60
_CENTURIES = ("19", "20")
_NINE = 9
_SMALLEST = 10**9
_HIDDEN = "…"


def holds_personal_number(text: str) -> bool:
    """Whether a personal or coordination number stands anywhere in a text."""
    return _DATE.search(text) is not None and any(_is_valid(*match.group(*_PARTS)) for match in _NUMBER.finditer(text))


def _is_valid(century: str | None, year: str, month: str, day: str, last: str) -> bool:
    centuries = (century,) if century else _CENTURIES
    return _luhn(year + month + day + last) and any(_is_date(f"{each}{year}", month, day) for each in centuries)


def _is_date(year: str, month: str, day: str) -> bool:
    number = int(day)
    try:
        date(int(year), int(month), number - _COORDINATION if number > _COORDINATION else number)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(digits))
    return sum(number - _NINE if number > _NINE else number for number in doubled) % 10 == 0


def _as_text(raw: CellValue | Value) -> str:
    """The content as text; nothing for a figure that has fewer digits than such a number."""
    if isinstance(raw, int | float) and abs(raw) < _SMALLEST:
        return ""
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _answers(case: Case) -> Iterable[Issue]:
    for path, answer in case.reading.answers.items():
        slot = case.slots.get(path)
        if slot and any(map(holds_personal_number, {_as_text(answer.raw), _as_text(answer.value)})):
            yield replace(case.about(slot, "PERSONAL_NUMBER"), value="")


def without_personal_numbers(issues: Iterable[Issue]) -> list[Issue]:
    """Remarks that would repeat such a number are replaced by the one that says that it is there.

    A remark that decides what becomes of the form (another round, an unknown organisation) stays, without the number.
    """
    return [told for issue in issues for told in (_veiled(issue) if _repeats(issue) else (issue,))]


def _repeats(issue: Issue) -> bool:
    return any(holds_personal_number(str(text)) for text in (issue.value, *issue.params.values()))


def _veiled(issue: Issue) -> tuple[Issue, ...]:
    found = replace(remark("PERSONAL_NUMBER", cell=issue.cell), question=issue.question, path=issue.path)
    if CATALOGUE[issue.code].stops is None:
        return (found,)
    params = {name: _HIDDEN if holds_personal_number(str(told)) else told for name, told in issue.params.items()}
    return (replace(issue, value="", params=params), found)


RULES = (Rule("personal_numbers", "cell", _answers),)
