"""The page for authors names every word of the dialect."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from sheets_pipeline.forms.data_choices import PROGRAMME_LISTS
from sheets_pipeline.model.expressions.tree import CONTEXT_NAMES, FUNCTIONS
from sheets_pipeline.model.forms import (
    GROUPS,
    QUESTION_TYPES,
    Choice,
    Form,
    FormSheet,
    Item,
    Migration,
    Mode,
    Question,
    Section,
)

MADE_BY_THE_PROGRAM = {"definition", "overlay", "source"}


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "forms.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("part", [Form, FormSheet, Section, Item, Question, Choice, Mode, Migration])
def test_every_key_is_explained(page: str, part: type) -> None:
    names = {field.name for field in fields(part)} - MADE_BY_THE_PROGRAM

    assert {name for name in names if not re.search(rf"\b{name}\b", page)} == set()


@pytest.mark.parametrize(
    "words", [QUESTION_TYPES, GROUPS, tuple(FUNCTIONS), tuple(f"${name}" for name in CONTEXT_NAMES), PROGRAMME_LISTS]
)
def test_every_word_is_explained(page: str, words: tuple[str, ...]) -> None:
    assert [word for word in words if word not in page] == []


def test_the_page_is_short(page: str) -> None:
    assert len(page.splitlines()) <= 200
