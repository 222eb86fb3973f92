"""The hidden keys by which answers are found again, whatever was inserted, moved or renamed.

A key is a text cell that begins with `§`. Every answer row carries its key in a hidden column at the left of the
answers and again at their right; every block of rows has a hidden row with its columns' keys. A key names its part
of the workbook (`tag`: the form, with `@unit` for a unit's own), its block, and the row's path or the column's name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

KeyKind = Literal["sheet", "block", "column", "row", "end"]
_LETTERS: dict[KeyKind, str] = {"sheet": "s", "block": "b", "column": "c", "row": "r", "end": "e"}
_KINDS: dict[str, KeyKind] = {letter: kind for kind, letter in _LETTERS.items()}
_MARK = "§"
_PARTS = 4
LABEL_COLUMN = "_label"
VALUE_COLUMN = "value"
MERGE_BLOCK = "_merge"


@dataclass(frozen=True, slots=True)
class Key:
    """One hidden key; `name` is a row's path or a column's key (empty for sheets, blocks and ends)."""

    kind: KeyKind
    tag: str
    block: str
    name: str = ""

    def __str__(self) -> str:
        return f"{_MARK}{_LETTERS[self.kind]}|{self.tag}|{self.block}|{self.name}"


def parse_key(text: object) -> Key | None:
    """The key that a cell holds, None for anything else."""
    if not isinstance(text, str) or not text.startswith(_MARK):
        return None
    parts = text[1:].strip().split("|")
    if len(parts) != _PARTS or parts[0] not in _KINDS:
        return None
    return Key(_KINDS[parts[0]], parts[1], parts[2], parts[3])


def answer_path(row: str, column: str) -> str:
    """The answer path that a row's path and a column's key make together."""
    return row if column == VALUE_COLUMN else f"{row}/{column}"


def tag_of(form: str, unit: str) -> str:
    """How a form's part of a workbook is named in its keys."""
    return f"{form}@{unit}" if unit else form
