"""Everything the code says has its Swedish, and every Swedish text is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from sheets_pipeline.texts import has
from tests.texts import said as collector
from tests.texts.said import NotWordsError, Said, said, said_in

LOCALES = collector.PACKAGE / "locale" / "sv"
SAID = said()
ROOMS = sorted(collector.ROOMS)
CATALOGUES = sorted(path.stem for path in LOCALES.glob("*.po"))
PLACEHOLDER = re.compile(r"\{\w+\}")
NEVER_TO_A_SENDER = re.compile(
    r"\b(fel|felet|felen|felaktig\w*|underkän\w*|avvis\w*|refuser\w*|rejected)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a catalogue: English and Swedish, each in one form, or for one and for many."""

    context: str
    english: tuple[str, ...]
    swedish: tuple[str, ...]


def entries(room: str) -> list[Entry]:
    with (LOCALES / f"{room}.po").open("rb") as file:
        found = [message for message in read_po(file, locale="sv", abort_invalid=True) if message.id]
    return [Entry(one.context or "", forms(one.id), forms(one.string)) for one in found]


def forms(value: str | Sequence[str | None] | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(one for one in value or () if one)


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def label(one: Said) -> str:
    return f"{one.place} {one.msgid[:40]}"


@pytest.mark.parametrize("room", ROOMS)
def test_the_rooms_say_something(room: str) -> None:
    assert len([one for one in SAID if one.room == room]) > 5


@pytest.mark.parametrize("one", SAID, ids=label)
def test_what_is_said_has_its_swedish(one: Said) -> None:
    assert has(one.msgid, "sv", context=one.context), f"{one.place}: no Swedish for {one.context!r}: {one.msgid!r}"


@pytest.mark.parametrize("room", CATALOGUES)
def test_every_swedish_text_is_said(room: str) -> None:
    """Where the catalogue speaks in a context of the rooms that are looked at here."""
    known = {(one.context, one.msgid) for one in SAID}
    contexts = {one.context for one in SAID}
    here = [(entry.context, entry.english[0]) for entry in entries(room) if entry.context in contexts]
    assert [one for one in here if one not in known] == []
    assert here or room not in ROOMS


@pytest.mark.parametrize("room", ROOMS)
def test_a_text_for_one_and_many_has_both_in_swedish(room: str) -> None:
    many = {(one.context, one.msgid): one.many for one in SAID}
    for entry in entries(room):
        one, *rest = entry.english
        assert (rest[0] if rest else "") == many[entry.context, one]
        assert len(entry.swedish) == len(entry.english), one


@pytest.mark.parametrize("room", CATALOGUES)
def test_swedish_fills_in_what_english_fills_in(room: str) -> None:
    for entry in entries(room):
        expected = set().union(*map(placeholders, entry.english))
        assert entry.swedish, entry.english
        for words in entry.swedish:
            assert placeholders(words) == expected, words


@pytest.mark.parametrize("room", CATALOGUES)
def test_nobody_is_told_that_they_failed(room: str) -> None:
    told = [PLACEHOLDER.sub("", words) for entry in entries(room) for words in entry.swedish]
    assert [words for words in told if NEVER_TO_A_SENDER.search(words)] == []


@pytest.mark.parametrize("room", CATALOGUES)
def test_the_texts_are_set_as_swedish_is(room: str) -> None:
    """Quotation marks ”so”, no straight ones; no double spaces within; the same closing mark as the English."""
    for entry in entries(room):
        english = entry.english[0]
        for words in entry.swedish:
            assert '"' not in words, words
            assert "“" not in words, words
            assert "  " not in words.strip(), words
            assert len(words) == len(words.strip()) or words[0] == english[0] == " ", words
            assert words.endswith(("?", ":")) == english.endswith(("?", ":")), words


def test_no_text_stands_in_two_catalogues() -> None:
    """One context and text has one translation: the catalogues are read as one."""
    seen: dict[tuple[str, str], str] = {}
    twice = []
    for room in CATALOGUES:
        for entry in entries(room):
            place = (entry.context, entry.english[0])
            if place in seen:
                twice.append((seen[place], room, place))
            seen[place] = room
    assert twice == []


def _written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> Iterator[Said]:
    monkeypatch.setattr(collector, "PACKAGE", tmp_path)
    (tmp_path / "texts.py").write_text(source, "utf-8")
    return said_in(tmp_path / "texts.py", "room")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("text('Hello', language, context='start')", ["Hello"]),
        ("text('Hello' if new else 'Again', language)", ["Hello", "Again"]),
        (
            "def greet():\n    words = {'a': 'Hello', 'b': 'Again'}\n    return text(words[kind], language)",
            ["Hello", "Again"],
        ),
        ("[text(word, language) for word in ('Yes', 'No')]", ["Yes", "No"]),
        ("frame.table(['form', 'state'], rows)", ["form", "state"]),
    ],
)
def test_texts_are_found_wherever_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, expected: list[str]
) -> None:
    assert [one.msgid for one in _written(tmp_path, monkeypatch, source)] == expected


@pytest.mark.parametrize(
    "source",
    [
        "text(f'Hello {name}', language)",
        "text('Hello ' + name, language)",
        "text(organisation.greeting, language)",
        "def greet(words):\n    return text(words, language)",
        "text('Hello', language, context=room)",
    ],
)
def test_what_cannot_be_translated_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    with pytest.raises(NotWordsError):
        list(_written(tmp_path, monkeypatch, source))


def test_every_word_from_elsewhere_is_still_said() -> None:
    files = {place.partition(":")[0] for place in (one.place for one in SAID)}
    assert {file for file, _ in collector.FROM_ELSEWHERE} <= files
