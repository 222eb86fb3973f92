"""Strict reading of one mapping of a definition: every key asked for once, anything else is a fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal, TypeVar

from sheets_pipeline.forms.documents import Place, Plain
from sheets_pipeline.forms.faults import nearest
from sheets_pipeline.forms.report import Report
from sheets_pipeline.model.expressions import Expression, ExpressionError, parse
from sheets_pipeline.model.forms import Texts

Word = TypeVar("Word", bound=str)
_KINDS = {bool: "yes or no", int: "a whole number", float: "a decimal number", list: "a list", dict: "a group of keys"}


class Fields:
    """One mapping at its place; a wrong value is reported and stands as its default, so that all faults come out."""

    def __init__(self, data: Plain, place: Place, report: Report, what: str) -> None:
        self.place = place
        self.report = report
        self.what = what
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self.asked: set[str] = set()
        if not isinstance(data, dict):
            self.fault("", "wrong_type", f"{what}: here keys and values are expected, not {described(data)}")

    def fault(self, key: str, code: str, message: str) -> None:
        self.report.add((*self.place, key) if key else self.place, code, message)

    def raw(self, key: str) -> Plain:
        """The value as it stands; None when it is missing."""
        self.asked.add(key)
        return self.data.get(key)

    def wrong(self, key: str, expected: str) -> None:
        found = described(self.data[key])
        self.fault(key, "wrong_type", f"{self.what}: {key} must be {expected}, not {found}")

    def demand(self, key: str) -> None:
        """Report a key that has to be there."""
        if self.data.get(key) in (None, "", [], {}):
            self.fault("", "missing_key", f"{self.what}: {key} is missing: add “{key}: …”")

    def text(self, key: str, default: str = "") -> str:
        value = self.raw(key)
        if value is None:
            return default
        if not isinstance(value, str):
            self.wrong(key, "a text (put it in quotes)")
            return default
        return value.strip()

    def some_text(self, key: str) -> str | None:
        return self.text(key) or None

    def one_of(self, key: str, words: Iterable[Word], default: Word) -> Word:
        value = self.text(key, default)
        for word in words:
            if word == value:
                return word
        self.fault(key, "unknown_word", f"{self.what}: {key} “{value}” is not known: {nearest(value, words)}")
        return default

    def integer(self, key: str, default: int = 0) -> int:
        value = self.some_integer(key)
        return default if value is None else value

    def some_integer(self, key: str) -> int | None:
        value = self.raw(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.wrong(key, "a whole number")
            return None
        return value

    def flag(self, key: str) -> bool:
        value = self.raw(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.wrong(key, "yes or no")
        return False

    def integers(self, key: str) -> tuple[int, ...]:
        return tuple(value for value in self.listed(key) if self.fits(key, value, int, "a list of whole numbers"))

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(value for value in self.listed(key) if self.fits(key, value, str, "a list of names"))

    def fits(self, key: str, value: Plain, kind: type, expected: str) -> bool:
        if isinstance(value, kind) and not isinstance(value, bool):
            return True
        self.wrong(key, expected)
        return False

    def listed(self, key: str) -> list[Plain]:
        value = self.raw(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(key, "a list, as in [one, two]")
            return []
        return value

    def texts(self, key: str) -> Texts:
        """Language → text."""
        return self.language_texts(key, self.raw(key), (*self.place, key))

    def language_texts(self, key: str, value: Plain, place: Place) -> Texts:
        if value is None:
            return {}
        if not isinstance(value, dict):
            message = f"{self.what}: {key} must say its language: {{sv: …, en: …}}"
            self.report.add(place, "wrong_type", message)
            return {}
        return {language: self.language_text(key, place, language, text) for language, text in value.items()}

    def language_text(self, key: str, place: Place, language: str, text: Plain) -> str:
        if not isinstance(text, str):
            message = f"{self.what}: {key} in “{language}” must be a text (put it in quotes), not {described(text)}"
            self.report.add((*place, language), "wrong_type", message)
            return ""
        return text.strip()

    def texts_by_name(self, key: str) -> dict[str, Texts]:
        """Name → language → text."""
        group = self.group(key)
        return {
            name: self.language_texts(f"{key}: {name}", value, (*self.place, key, name))
            for name, value in group.items()
        }

    def group(self, key: str) -> dict[str, Plain]:
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.wrong(key, "a group of keys")
            return {}
        return value

    def parts(self, key: str, what: str) -> Iterator[Fields]:
        """The mappings of a list, each named by its own `name` in complaints."""
        for number, value in enumerate(self.listed(key)):
            name = value.get("name", number + 1) if isinstance(value, dict) else number + 1
            yield Fields(value, (*self.place, key, number), self.report, f"{what} {name}")

    def condition(self, key: str) -> Expression | None:
        """An expression; `yes` is always, `no` or nothing is None."""
        value = self.raw(key)
        if value is None or value is False:
            return None
        if value is True:
            return parse("true()")
        if not isinstance(value, str | int):
            self.wrong(key, "an expression in quotes")
            return None
        try:
            return parse(str(value).replace("\n", " ").strip())
        except ExpressionError as error:
            self.fault(key, "expression", f"{self.what}: {key}: {error}")
            return None

    def finish(self) -> None:
        """Report every key that nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                self.fault(key, "unknown_key", f"{self.what}: there is no key “{key}”: {nearest(key, self.asked)}")


def described(value: Plain) -> str:
    """What stands there, in an author's words."""
    if value is None:
        return "nothing"
    kind: Literal["a text"] | str = _KINDS.get(type(value), "a text")  # noqa: PYI051
    return f"{kind} ({value})" if isinstance(value, str | int | float) else kind
