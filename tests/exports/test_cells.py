"""How single values are written."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.errors import RenderError, UsageError
from sheets_pipeline.exports.profile import Column, SheetProfile, profile
from sheets_pipeline.exports.swedish_csv import FORMULA_STARTS, shown, swedish_csv
from sheets_pipeline.exports.table import RowValue, Table, content
from sheets_pipeline.exports.xlsx import LONGEST_TEXT, MOST_ROWS, xlsx

FOUR = Column(id="mean", name="medel", type="number", meaning={}, decimals=4)
ANY = Column(id="value", name="varde", type="number", meaning={})
SHEET = SheetProfile(id="one", name="ett", grain={"sv": ""}, columns=(ANY,))


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (Fraction(7, 3), FOUR, "2,3333"),
        (Fraction(1, 32), FOUR, "0,0313"),
        (Fraction(-1, 32), FOUR, "-0,0313"),
        (Fraction(3), FOUR, "3"),
        (Decimal("45.50"), ANY, "45,5"),
        (Decimal(100), ANY, "100"),
        (Decimal("1E+3"), ANY, "1000"),
        (Decimal("-0.5"), ANY, "-0,5"),
        (Decimal("-0.0"), ANY, "0"),
        (0, ANY, "0"),
        (True, ANY, "ja"),
        (date(2026, 3, 1), ANY, "2026-03-01"),
        ("", ANY, ""),
        (None, ANY, ""),
        ("0114", ANY, "0114"),
        ("-", ANY, "-"),
        ("..", ANY, ".."),
    ],
)
def test_a_value_in_csv(value: RowValue, column: Column, text: str) -> None:
    assert shown(content(value, column)) == text


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_a_text_that_could_be_run_gets_an_apostrophe(start: str) -> None:
    assert shown(f"{start}1+1") == f"'{start}1+1"


@given(st.text())
def test_no_text_begins_as_a_formula(text: str) -> None:
    written = shown(text)
    assert written == "-" or not written.startswith(FORMULA_STARTS)
    assert written.removeprefix("'") == text.removeprefix("'")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=20))
def test_quotes_semicolons_and_line_ends_survive(text: str) -> None:
    data = swedish_csv(Table(SHEET, ((text,),))).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(data, newline=""), delimiter=";")) == [["varde"], [shown(text)]]


def test_a_text_too_long_for_a_cell_says_where_the_rest_is() -> None:
    data = xlsx("Export", [("A", "B")], [Table(SHEET, (("x" * (LONGEST_TEXT + 1),),))], date(2026, 1, 1))
    value = openpyxl.load_workbook(io.BytesIO(data))["ett"]["A2"].value
    assert isinstance(value, str)
    assert len(value) == LONGEST_TEXT
    assert value.endswith("(hela texten finns i CSV-filen)")


def test_more_rows_than_a_sheet_holds_are_refused_not_dropped() -> None:
    with pytest.raises(RenderError):
        xlsx("Export", [], [Table(SHEET, (("x",),) * MOST_ROWS)], date(2026, 1, 1))


def test_an_unknown_profile_is_said() -> None:
    with pytest.raises(UsageError, match="no such export profile"):
        profile("nowhere")
