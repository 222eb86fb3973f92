"""An export profile: which sheets and columns an export has, what they are called, and the codes in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from sheets_pipeline.errors import UsageError

COLUMN_TYPES = frozenset({"text", "longtext", "integer", "number", "date", "boolean"})


@dataclass(frozen=True, slots=True)
class Code:
    """A value as the export writes it, and what it means."""

    id: str
    code: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: `name` is its heading, `id` its English id.

    `codes` names a list of the profile; `titles` a kind of ids whose words the results know; `choices` a question
    (`form.question`) whose choices are written in Swedish.
    """

    id: str
    name: str
    type: str
    meaning: Mapping[str, str]
    width: int = 12
    decimals: int | None = None
    codes: str = ""
    titles: str = ""
    choices: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetProfile:
    """One sheet, and the CSV file of the same name."""

    id: str
    name: str
    grain: Mapping[str, str]
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A whole export. `file` is the workbook's name without ending; `readme` are the lines of its first sheet."""

    id: str
    version: str
    file: str
    title: Mapping[str, str]
    readme: tuple[str, ...]
    sheets: tuple[SheetProfile, ...]
    codes: Mapping[str, Mapping[str, Code]] = field(default_factory=dict)

    def sheet(self, sheet_id: str) -> SheetProfile:
        """The sheet of that id; raises KeyError."""
        return {sheet.id: sheet for sheet in self.sheets}[sheet_id]

    def code(self, codes: str, value: str) -> str:
        """How the export writes a value; the value itself when the list does not have it."""
        found = self.codes[codes].get(value)
        return found.code if found else value


@cache
def profile(name: str) -> Profile:
    """A profile that ships with the program; raises UsageError for a name that none has."""
    import yaml

    file = resources.files("sheets_pipeline.exports") / "profiles" / f"{name}.yaml"
    if not file.is_file():
        raise UsageError(f"no such export profile: {name}", hint=f"There is {', '.join(profiles())}.")
    return _profile(yaml.safe_load(file.read_text(encoding="utf-8")))


def profiles() -> tuple[str, ...]:
    """The names of the profiles that ship with the program."""
    folder = resources.files("sheets_pipeline.exports") / "profiles"
    return tuple(sorted(one.name.removesuffix(".yaml") for one in folder.iterdir() if one.name.endswith(".yaml")))


def _profile(data: Mapping[str, Any]) -> Profile:
    return Profile(
        id=data["id"],
        version=data["version"],
        file=data["file"],
        title=data["title"],
        readme=tuple(data["readme"]),
        sheets=tuple(_sheet(sheet) for sheet in data["sheets"]),
        codes={
            name: {
                key: Code(key, entry["code"], {"sv": entry["sv"], "en": entry["en"]}) for key, entry in codes.items()
            }
            for name, codes in data["codes"].items()
        },
    )


def _sheet(data: Mapping[str, Any]) -> SheetProfile:
    columns = tuple(_column(column) for column in data["columns"])
    return SheetProfile(id=data["id"], name=data["name"], grain=data["grain"], columns=columns)


def _column(data: Mapping[str, Any]) -> Column:
    settings = {key: value for key, value in data.items() if key not in {"sv", "en"}}
    return Column(**settings, meaning={"sv": data["sv"], "en": data["en"]})
