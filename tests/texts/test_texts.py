"""Texts, counts, numbers and dates as people write them in Swedish and in English."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sheets_pipeline.texts import has, long_date, number, plural, rounded, text

SPACE = "\u00a0"


def test_a_text_in_both_languages_with_what_is_filled_in() -> None:
    assert text("{answered} of {required} answered", "sv", answered=18, required=36) == "18 av 36 besvarade"
    assert text("{answered} of {required} answered", "en", answered=18, required=36) == "18 of 36 answered"


def test_one_english_word_has_a_swedish_word_for_each_place() -> None:
    assert text("Start", "sv", context="sheet") == "Start"
    assert text("feedback", "sv", context="file name") == "aterkoppling"
    assert text("feedback", "sv", context="cli") == "återkoppling"


def test_a_text_without_a_translation_is_told_in_english() -> None:
    assert text("Nobody has said this before", "sv") == "Nobody has said this before"
    assert not has("Nobody has said this before", "sv")
    assert has("Nobody has said this before", "en")


def test_braces_are_left_alone_where_nothing_is_filled_in() -> None:
    assert text("results_{round}", "sv", context="file name") == "resultat_{round}"


@pytest.mark.parametrize(
    ("count", "swedish", "english"),
    [
        (0, "Ungefär 0 minuter", "About 0 minutes"),
        (1, "Ungefär 1 minut", "About 1 minute"),
        (2, "Ungefär 2 minuter", "About 2 minutes"),
        (21, "Ungefär 21 minuter", "About 21 minutes"),
    ],
)
def test_one_or_many(count: int, swedish: str, english: str) -> None:
    one, many = "About {count} minute", "About {count} minutes"
    assert plural(one, many, count, "sv") == swedish
    assert plural(one, many, count, "en") == english


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (Decimal("1234.5"), f"1{SPACE}234,5", "1,234.5"),
        (1234567, f"1{SPACE}234{SPACE}567", "1,234,567"),
        (0.1, "0,1", "0.1"),
        (Decimal(-3), "−3", "−3"),
        (Decimal("2.50"), "2,50", "2.50"),
        (1e-7, "0,0000001", "0.0000001"),
    ],
)
def test_numbers(value: Decimal | float, swedish: str, english: str) -> None:
    assert number(value, "sv") == swedish
    assert number(value, "en") == english


@pytest.mark.parametrize(
    ("value", "shown"), [(Decimal("0.4"), "+0,4"), (Decimal("-0.4"), "−0,4"), (Decimal(0), "±0,0"), (0.04, "±0,0")]
)
def test_signed_numbers_have_a_true_minus(value: Decimal | float, shown: str) -> None:
    assert number(value, "sv", decimals=1, signed=True) == shown


@pytest.mark.parametrize(
    ("exact", "decimals", "expected"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.125", 2, "0.13"), ("0.124999", 2, "0.12"), ("3", 1, "3.0")],
)
def test_half_is_rounded_away_from_nought(exact: str, decimals: int, expected: str) -> None:
    assert rounded(Decimal(exact), decimals) == Decimal(expected)
    assert str(rounded(Decimal(exact), decimals)) == expected


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        (date(2026, 3, 1), "1 mars 2026", "1 March 2026"),
        (date(2025, 12, 31), "31 december 2025", "31 December 2025"),
        (date(2026, 5, 5), "5 maj 2026", "5 May 2026"),
    ],
)
def test_dates(day: date, swedish: str, english: str) -> None:
    assert long_date(day, "sv") == swedish
    assert long_date(day, "en") == english
