"""Answers chosen from a list, scale scores, and yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.forms import Choice, ChoiceList
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values.asked import EMPTY, Asked, Parsed, read_as, unread
from sheets_pipeline.model.values.cleaning import folded, line

_YES = frozenset({"ja", "j", "yes", "y", "x", "sant", "true", "✓", "✔", "☑", "☒", "√", "✗", "✘"})
_NO = frozenset({"nej", "n", "no", "falskt", "false", "☐"})
_MOST_TO_NAME = 8
_CODE = re.compile(r"(?P<code>[^\s:.)\-]+)\s*(?:[-:.)]\s*|\s)(?P<rest>.*\S)")
_PAIR = re.compile(r"(?:mellan |between )?(\d+)\s*(?:-|/|och|eller|till|and|or|to)\s*(\d+)")
_LEANING = re.compile(r"(\d+)\s*([+-])")
_DECIMALS = re.compile(r"(\d+)[,.](\d+)")


@dataclass(frozen=True, slots=True)
class _Spellings:
    """How one list is spelled by those who answer in one language, and what was made of what they typed so far.

    `plainly` holds what the workbook itself shows and says, `freely` what people also type, `coded` short codes.
    """

    choices: ChoiceList
    plainly: Mapping[str, Choice]
    freely: Mapping[str, Choice]
    coded: Mapping[str, Choice]
    read: dict[tuple[str, type, CellValue], Parsed] = field(default_factory=dict)


_MOST_READ = 10_000
_SPELLED: dict[tuple[int, str], _Spellings] = {}


def _spelled(choices: ChoiceList, language: str) -> _Spellings:
    """Spelled out once: a list is kept with its spellings, so that its identity is never another's."""
    key = (id(choices), language)
    found = _SPELLED.get(key)
    if found is None:
        found = _Spellings(choices, _plainly(choices, language), _freely(choices), _coded(choices))
        _SPELLED[key] = found
    return found


def select_one(raw: CellValue, asked: Asked) -> Parsed:
    """The name of a choice; a list that is not known here leaves what was typed."""
    if asked.choices is None:
        return Parsed(line(_as_text(raw)))
    return _remembered(raw, asked, asked.choices)


def scale(raw: CellValue, asked: Asked) -> Parsed:
    """The score as an integer, or the name of a non-answer."""
    if asked.choices is None:
        return unread("VALUE_NOT_IN_LIST", expected="")
    if isinstance(raw, date | time | timedelta):
        return unread("DATE_INSTEAD_OF_NUMBER")
    return _remembered(raw, asked, asked.choices)


def _remembered(raw: CellValue, asked: Asked, choices: ChoiceList) -> Parsed:
    """Most answers of a night are the same few."""
    spelled = _spelled(choices, asked.language)
    key = (asked.type, type(raw), raw)
    found = spelled.read.get(key)
    if found is None:
        found = _read(_as_text(raw), asked, spelled)
        if len(spelled.read) >= _MOST_READ:
            spelled.read.clear()
        spelled.read[key] = found
    return found


def _read(typed: str, asked: Asked, spelled: _Spellings) -> Parsed:
    lower = _between(typed, spelled.choices.scores) if asked.type == "scale" else None
    if lower is not None:
        return unread("BETWEEN_STEPS", lower=lower, upper=lower + 1)
    return _chosen(typed, asked, spelled) or _not_in_list(asked, spelled.choices)


def _not_in_list(asked: Asked, choices: ChoiceList) -> Parsed:
    names = [choice.shown(asked.language) for choice in choices.choices]
    more = ["…"] if len(names) > _MOST_TO_NAME else []
    return unread("VALUE_NOT_IN_LIST", expected=", ".join([*names[:_MOST_TO_NAME], *more]))


def _as_text(raw: CellValue) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _between(typed: str, scores: tuple[int, ...]) -> int | None:
    """The lower of the two steps that someone hesitated between; None when it was something else."""
    low, high = _hesitation(folded(typed))
    return low if low < high and {low, high} <= set(scores) else None


def _hesitation(typed: str) -> tuple[int, int]:
    if match := _PAIR.fullmatch(typed):
        low, high = sorted((int(match[1]), int(match[2])))
        return low, high
    if match := _LEANING.fullmatch(typed):
        step = int(match[1])
        return (step, step + 1) if match[2] == "+" else (step - 1, step)
    match = _DECIMALS.fullmatch(typed)
    return (int(match[1]), int(match[1]) + 1) if match and int(match[2]) else (0, 0)


def _whole(typed: str) -> bool:
    return bool(re.fullmatch(r"\d+[,.]0+", typed))


def _value(choice: Choice) -> Value:
    return choice.name if choice.value is None else choice.value


def _chosen(typed: str, asked: Asked, spelled: _Spellings) -> Parsed | None:
    key = folded(typed)
    key = key.split(",")[0].split(".")[0] if _whole(key) else key
    if key in spelled.plainly:
        return _answer(spelled.plainly[key], asked)
    if key in spelled.freely:
        return _told(spelled.freely[key], asked)
    return _by_code(key, asked, spelled)


def _answer(choice: Choice, asked: Asked) -> Parsed:
    value = _value(choice)
    return Parsed(value) if asked.type == "scale" else Parsed(choice.name)


def _told(choice: Choice, asked: Asked) -> Parsed:
    found = _answer(choice, asked)
    return read_as(found.value, _words(choice, asked.language)) if found.value is not None else found


def _words(choice: Choice, language: str) -> str:
    shown, label = choice.shown(language), choice.label.get(language, "")
    return f"{shown} ({label})" if label and label != shown else shown


def _plainly(choices: ChoiceList, language: str) -> dict[str, Choice]:
    """Folded spelling → choice; what the workbook itself shows comes before other languages and names."""
    found: dict[str, Choice] = {}
    for choice in choices.choices:
        found.setdefault(folded(choice.shown(language)), choice)
    for choice in choices.choices:
        for spelling in (*choice.label.values(), *choice.typed.values(), choice.name):
            found.setdefault(folded(spelling), choice)
        if choice.value is not None:
            found.setdefault(str(choice.value), choice)
    return found


def _freely(choices: ChoiceList) -> dict[str, Choice]:
    return {folded(spelling): choice for choice in reversed(choices.choices) for spelling in choice.also_typed}


def _by_code(key: str, asked: Asked, spelled: _Spellings) -> Parsed | None:
    """`3 – Till stor del på plats`: the code decides, unless the words are another choice's."""
    match = _CODE.fullmatch(key)
    choice = spelled.coded.get(match["code"]) if match else None
    if match is None or choice is None:
        return None
    worded = spelled.plainly.get(match["rest"])
    if worded is choice:
        return _answer(choice, asked)
    return None if worded or match["rest"][0].isdecimal() else _told(choice, asked)


def _coded(choices: ChoiceList) -> dict[str, Choice]:
    codes = {folded(code): choice for choice in choices.choices for code in choice.typed.values()}
    return codes | {str(choice.value): choice for choice in choices.choices if choice.value is not None}


def present_choice(value: Value, asked: Asked) -> CellValue:
    """A score as a number, another choice as the drop-down lists it, what is in no list as it is."""
    if isinstance(value, Decimal):
        return int(value)
    if isinstance(value, bool | int | date):
        return value
    choice = asked.choices.find(value) if asked.choices else None
    return choice.shown(asked.language) if choice else value


def boolean(raw: CellValue, asked: Asked) -> Parsed:
    """True or False. An option that is not ticked is empty: `nej` in an option's cell says no more than nothing."""
    answer, obvious = _yes_or_no(raw)
    if asked.is_option and (answer is False or raw == "-"):
        return EMPTY
    if answer is None:
        return unread("NOT_AN_X" if asked.is_option else "NOT_YES_NO")
    return Parsed(answer) if obvious else read_as(answer, yes_no(answer, asked.language))


def _yes_or_no(raw: CellValue) -> tuple[bool | None, bool]:
    """(the answer, whether it is obvious)."""
    if isinstance(raw, bool):
        return raw, True
    typed = folded(_as_text(raw))
    if typed in {"0", "1"}:
        return typed == "1", False
    if typed in _YES:
        return True, True
    return (False, True) if typed in _NO else (None, True)


def yes_no(value: bool, language: str) -> str:  # noqa: FBT001 - the value is what it is about
    """Ja or Nej."""
    words = ("Ja", "Nej") if language == "sv" else ("Yes", "No")
    return words[0] if value else words[1]


def present_boolean(value: Value, asked: Asked) -> CellValue:
    """An x for an option, otherwise Ja or Nej; an option that is not ticked is an empty cell."""
    if asked.is_option:
        return "x" if value else None
    return yes_no(bool(value), asked.language)
