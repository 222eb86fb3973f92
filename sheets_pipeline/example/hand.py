"""How an answer looks when someone has typed it: as the sheet wants it, with words, or as text with commas."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import present, shown
from sheets_pipeline.workbooks.edit import Typed

_HARD_SPACE = "\N{NO-BREAK SPACE}"


def typed(slot: Slot, value: Value, hand: str, turn: int, language: str) -> Typed:
    """What stands in the cell; `hand` is `plain`, `words` or `text`, and every third answer (`turn`) shows it."""
    content = present(slot.type, slot.question, slot.choices, value, language)
    plain: Typed = content if isinstance(content, str | int | float | date) else None
    if hand == "plain" or turn % 3 or isinstance(value, bool):
        return plain
    if slot.type == "scale" and isinstance(value, int):
        return _score(slot, value, hand, turn, language)
    if isinstance(value, date):
        return shown(slot.type, slot.question, slot.choices, value, language) if hand == "words" else value.isoformat()
    if isinstance(value, int | Decimal) and slot.type != "year" and hand == "text":
        figure = shown(slot.type, slot.question, slot.choices, value, language)
        return figure.replace(_HARD_SPACE, " ") if turn % 2 else figure
    return plain


def _score(slot: Slot, value: int, hand: str, turn: int, language: str) -> str:
    """`3 – Till stor del på plats`, `3,0` or a 3 with a space that came along from a text."""
    if hand == "words":
        choice = slot.choices.find(str(value)) if slot.choices else None
        label = text_in(choice.label, language) if choice else ""
        return f" {value} – {label}"
    return f"{value},0" if turn % 2 else f"{value}{_HARD_SPACE}"
