"""Every type in both directions: what is written in a cell is read as the same value again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import MARKS, ONGOING, parse, present, shown
from sheets_pipeline.model.values.cleaning import line, text
from sheets_pipeline.model.values.types import BUILT_IN
from tests.model.asked import SCALE, STATUS, cell

LANGUAGES = st.sampled_from(("sv", "en"))
LETTERS = st.text(max_size=40)
NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=3, allow_nan=False, allow_infinity=False)


def again(kind: str, value: Value, language: str, **details: object) -> Value | None:
    """Written in a cell and read back; percentages stand in cells with a percent format."""
    slot = cell(kind, **details)
    written = present(slot.type, slot.question, slot.choices, value, language)
    return parse(slot, written, language, percent_format=kind == "percent").value


@given(LETTERS, LANGUAGES)
def test_text(typed: str, language: str) -> None:
    slot = cell("text")
    value = parse(slot, typed, language).value
    assert value is None or (again("text", value, language) == value == line(str(typed)))


@given(LETTERS, LANGUAGES)
def test_longtext(typed: str, language: str) -> None:
    value = parse(cell("longtext"), typed, language).value
    assert value is None or (again("longtext", value, language) == value == text(typed))


@given(st.integers(0, 10**12), LANGUAGES)
def test_integer(value: int, language: str) -> None:
    assert again("integer", value, language) == value


@given(NUMBERS, LANGUAGES)
def test_decimal(value: Decimal, language: str) -> None:
    assert again("decimal", value, language) == value


@given(st.decimals(min_value=0, max_value=100, places=4), LANGUAGES)
def test_percent(value: Decimal, language: str) -> None:
    assert again("percent", value, language) == value


@given(st.dates(date(1900, 3, 1), date(2100, 12, 31)), LANGUAGES)
def test_date(value: date, language: str) -> None:
    assert again("date", value, language) == value
    assert parse(cell("date"), value.isoformat(), language).value == value


@given(st.integers(1900, 2100), LANGUAGES)
def test_year(value: int, language: str) -> None:
    assert again("year", value, language) == value


@given(st.booleans(), LANGUAGES)
def test_boolean(value: bool, language: str) -> None:  # noqa: FBT001 - the value is what is tested
    assert again("boolean", value, language) is value
    assert again("boolean", value, language, question_type="select_multiple") is (True if value else None)


@given(st.sampled_from([1, 2, 3, 4, "dont_know"]), LANGUAGES)
def test_scale(value: Value, language: str) -> None:
    assert again("scale", value, language) == value


@given(st.sampled_from([choice.name for choice in STATUS.choices]), LANGUAGES)
def test_select_one(value: str, language: str) -> None:
    assert again("select_one", value, language) == value


@given(st.sampled_from(MARKS), st.sampled_from(["decimal", "integer", "percent"]), LANGUAGES)
def test_marks(value: str, kind: str, language: str) -> None:
    assert again(kind, value, language, question_type="split") == value


@given(LANGUAGES)
def test_ongoing(language: str) -> None:
    assert again("date", ONGOING, language) == ONGOING


@given(st.sampled_from(["https://exempelby.se/a?b=c#d", "http://a.example.org"]), LANGUAGES)
def test_url(value: str, language: str) -> None:
    assert again("url", value, language) == value
    assert again("email", "namn@exempel.se", language) == "namn@exempel.se"


@given(NUMBERS, LANGUAGES)
def test_a_number_as_it_is_shown_is_read_as_itself(value: Decimal, language: str) -> None:
    """Unless it may mean two numbers, which is then said."""
    slot = cell("decimal")
    found = parse(slot, shown("decimal", slot.question, None, value, language), language)
    assert found.value == value or [one.code for one in found.findings] == ["AMBIGUOUS_NUMBER"]


ANYTHING = st.one_of(
    st.text(max_size=20),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(ANYTHING, st.sampled_from(sorted(BUILT_IN)), LANGUAGES, st.booleans())
def test_whatever_stands_in_a_cell_is_read_or_said(raw: CellValue, kind: str, language: str, percent: bool) -> None:  # noqa: FBT001
    found = parse(cell(kind), raw, language, percent_format=percent)
    assert all(one.code in CATALOGUE for one in found.findings)
    if found.value is None:
        assert found.findings or not line(str(raw))
        assert all(CATALOGUE[one.code].severity == "error" for one in found.findings)
    else:
        assert all(CATALOGUE[one.code].severity == "info" for one in found.findings)


@pytest.mark.parametrize(
    ("kind", "value", "swedish", "english"),
    [
        ("decimal", Decimal("1234.5"), "1\u00a0234,5", "1,234.5"),
        ("percent", Decimal(45), "45 %", "45 %"),
        ("date", date(2026, 3, 1), "1 mars 2026", "1 March 2026"),
        ("date", ONGOING, "löpande", "ongoing"),
        ("boolean", True, "Ja", "Yes"),
        ("year", 2026, "2026", "2026"),
        ("scale", 3, "3", "3"),
        ("scale", "dont_know", "VE", "DK"),
        ("select_one", "done", "Klar", "Done"),
        ("text", "0114", "0114", "0114"),
        ("decimal", "..", "..", ".."),
    ],
)
def test_values_as_people_read_them(kind: str, value: Value, swedish: str, english: str) -> None:
    slot = cell(kind)
    assert shown(kind, slot.question, slot.choices, value, "sv") == swedish
    assert shown(kind, slot.question, slot.choices, value, "en") == english


def test_numbers_stand_as_numbers_and_scores_as_digits() -> None:
    question = cell("scale").question
    assert present("scale", question, SCALE, 3, "sv") == 3
    assert present("decimal", question, None, Decimal("2.50"), "sv") == 2.5
    assert present("percent", question, None, Decimal(45), "sv") == 0.45
    assert (
        present("boolean", cell("boolean", question_type="select_multiple").question, None, value=True, language="sv")
        == "x"
    )
    assert present("text", question, None, None, "sv") is None
    assert present("longtext", question, None, "å" * 40_000, "sv") == "å" * 32_767
