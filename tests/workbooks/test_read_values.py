"""What other programs write is what is read, and what python-calamine cannot tell is put back."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.model.cells import CellRef, CellValue, ErrorValue, Grid
from tests.hostile.dangers import CELL, ods, ods_cell, ods_row, ods_table, packed, parts, row, sheet, with_strings
from tests.hostile.reading import grid_of


def cells(data: bytes, name: str = "svar.xlsx") -> dict[str, CellValue]:
    first = grid_of((name, data)).sheets[0]
    return {first.ref(*place).a1: value for place, value in first.cells.items()}


def by_xlsxwriter(values: dict[str, object], **formats: str) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("Självskattning & mål")
        for a1, value in values.items():
            page.write(a1, value, book.add_format({"num_format": formats.get(a1, "General")}))
    return file.getvalue()


def by_openpyxl(values: dict[str, object]) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for a1, value in values.items():
        page[a1].value = value
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


TYPED: dict[str, object] = {
    "A1": "None",
    "B1": "NA",
    "C1": "  två rader\n och blanka  ",
    "D1": "4",
    "A2": 4,
    "B2": 4.25,
    "C2": -1e-7,
    "A3": True,
    "B3": False,
    "D9": "åäö <&> 😀",
}


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_texts_numbers_and_booleans_come_back(write: Callable[[dict[str, object]], bytes]) -> None:
    assert cells(write(TYPED)) == TYPED


def test_dates_times_and_durations_come_back() -> None:
    written: dict[str, object] = {
        "A1": datetime(2026, 3, 1, 14, 30),  # noqa: DTZ001 - cells have no zone
        "A2": date(2026, 3, 1),
        "A3": time(14, 30),
        "A4": timedelta(days=1, hours=2),
    }
    formats = {"A1": "yyyy-mm-dd hh:mm", "A2": "yyyy-mm-dd", "A3": "hh:mm", "A4": "[h]:mm"}

    assert cells(by_xlsxwriter(written, **formats)) == written


def test_a_number_beyond_the_last_date_stays_a_number() -> None:
    assert cells(by_xlsxwriter({"A1": 2_994_626}, A1="yyyy-mm-dd")) == {"A1": 2_994_626.0}


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=40))
def test_any_text_comes_back(text: str) -> None:
    assert cells(by_openpyxl({"B2": openpyxl.cell.rich_text.CellRichText(text)})) == {"B2": text}


@given(st.floats(min_value=-1e300, max_value=1e300))
def test_any_number_comes_back(number: float) -> None:
    assert cells(by_openpyxl({"B2": number})) == {"B2": pytest.approx(number, rel=1e-15)}


@pytest.mark.parametrize("written", ["1e999", "-inf", "NaN"])
def test_what_is_no_number_is_an_error_cell(written: str) -> None:
    assert cells(packed(parts(sheet(row(f'<c r="A1"><v>{written}</v></c>'))))) == {"A1": ErrorValue("#NUM!")}


def test_an_error_cell_shows_its_error_and_an_uncomputed_formula_is_told() -> None:
    grid = grid_of(
        (
            "svar.xlsx",
            packed(
                parts(
                    sheet(
                        row(
                            '<c r="A1" t="e"><f>B1/0</f><v>#DIV/0!</v></c><c r="B1"><f>A9</f></c>'
                            '<c r="C1" t="str"><f>A9</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c>'
                        )
                    )
                )
            ),
        )
    )

    assert dict(grid.sheets[0].cells) == {(0, 0): ErrorValue("#DIV/0!"), (0, 3): 2.0}
    assert set(grid.witnesses.uncomputed) == {CellRef("Blad1", 0, 1)}
    assert {ref.a1 for ref in grid.witnesses.formulas} == {"A1", "B1", "C1", "D1"}


def test_only_the_first_cell_of_a_merged_range_counts() -> None:
    hidden = "".join(f'<c r="{letter}1"><v>{number}</v></c>' for number, letter in enumerate("ABCD", start=1))
    merged = '<mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells>'

    assert cells(packed(parts(sheet(row(hidden), after=merged)))) == {"A1": 1.0, "D1": 4.0}


def test_percentages_and_the_workbooks_own_facts_are_witnessed() -> None:
    grid = grid_of(("svar.xlsx", by_xlsxwriter({"A1": 0.25, "A2": 0.25, "A3": ""}, A1="0.0 %", A3="0%", A2='0" %"')))

    assert {str(ref) for ref in grid.witnesses.percent_cells} == {"'Självskattning & mål'!A1"}
    assert grid.witnesses.saved is not None
    assert grid.witnesses.saved.utcoffset() == timedelta(0)


def test_hidden_sheets_say_so() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("Synlig")
        book.add_worksheet("Dold").hide()
        book.add_worksheet("Gömd").very_hidden()

    assert [each.visible for each in grid_of(("a", file.getvalue())).sheets] == ["visible", "hidden", "veryHidden"]


def test_a_lying_count_of_strings_reserves_nothing() -> None:
    strings = '<sst xmlns="x" count="4294967295" uniqueCount="4294967295"><si><t>ja</t></si></sst>'

    assert cells(packed(with_strings(strings))) == {"A1": "ja"}


def test_a_lying_dimension_hides_nothing() -> None:
    for dimension in ("A1:XFD1048576", "A1", "Z9:Z10"):
        xml = sheet(row(CELL) + row('<c r="C7"><v>7</v></c>', 7), before=f'<dimension ref="{dimension}"/>')
        assert cells(packed(parts(xml))) == {"A1": "answer", "C7": 7.0}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "iso-8859-1", "utf-8-sig"])
def test_other_encodings_are_read(encoding: str) -> None:
    declared = encoding.replace("-le", "").replace("-sig", "").upper()
    xml = sheet(row('<c r="A1" t="inlineStr"><is><t>återkoppling</t></is></c>')).replace("UTF-8", declared)

    assert cells(packed(parts(xml.encode(encoding)))) == {"A1": "återkoppling"}


def test_backslashes_in_part_names_are_read_as_folders() -> None:
    members = {name.replace("/", "\\"): data for name, data in parts().items()}

    assert cells(packed(members)) == {"A1": "answer"}


def test_prefixed_and_unaddressed_cells_stand_where_they_stand() -> None:
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        "<x:row r='3'><x:c><x:v>1</x:v></x:c><x:c r='C3' t='e'><x:v>#REF!</x:v></x:c></x:row>"
        "</x:sheetData></x:worksheet>"
    )

    assert cells(packed(parts(xml))) == {"A3": 1.0, "C3": ErrorValue("#REF!")}


def test_open_document_cells_errors_and_hidden_ones() -> None:
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'xmlns:calcext="urn:x" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    spanned = ' table:number-columns-spanned="2" table:number-rows-spanned="1"'
    covered = '<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>'
    number = (
        '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50 %</text:p></table:table-cell>'
    )
    rows = ods_row(ods_cell("a", spanned) + covered + error) + ods_row("", 3) + ods_row(number, 2) + ods_row("", 1_000)

    grid = grid_of(("svar.ods", ods(ods_table(rows))))

    assert {grid.sheets[0].ref(*place).a1: value for place, value in grid.sheets[0].cells.items()} == {
        "A1": "a",
        "C1": ErrorValue("#DIV/0!"),
        "A5": 0.5,
        "A6": 0.5,
    }
    assert {ref.a1 for ref in grid.witnesses.percent_cells} == {"A5", "A6"}
    assert {ref.a1 for ref in grid.witnesses.formulas} == {"C1"}


def test_a_grid_travels_between_processes_whole() -> None:
    grid = grid_of(("svar.xlsx", by_xlsxwriter({"A1": "=1+1", "B2": 0.5}, B2="0%")))
    moved: Grid = pickle.loads(pickle.dumps(grid))  # noqa: S301 - written on this very line

    assert [dict(each.cells) for each in moved.sheets] == [dict(each.cells) for each in grid.sheets]
    assert set(moved.witnesses.formulas) == set(grid.witnesses.formulas)
    assert set(moved.witnesses.percent_cells) == {CellRef("Självskattning & mål", 1, 1)}
