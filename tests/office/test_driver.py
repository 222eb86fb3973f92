"""The program in the loop does what a person does, and says what it sees."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.office.office import Book, Office, OfficeError

SHEET = "Blad 1"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Names and figures in rows 2-4, a rule on column B, a sum, a sheet that is protected without a password."""
    path = tmp_path / "small.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_row(0, 0, ["Namn", "Antal"])
        for row, (name, number) in enumerate([("Åsele", 3), ("Berg", 1), ("Ystad", 2)], start=1):
            sheet.write_row(row, 0, [name, number])
        sheet.write_formula(5, 1, "=SUM(B2:B4)", None, 6)
        rule = {"validate": "custom", "value": "=AND(ISNUMBER(B2),B2<=4)", "error_message": "Högst 4."}
        sheet.data_validation("B2:B4", rule)
        guarded = workbook.add_worksheet("Skyddad")
        guarded.write_string(0, 0, "kvar")
        guarded.protect()
    return path


def test_typing_understands_what_a_swedish_user_types(office: Office, file: Path) -> None:
    with office.open(file) as book:
        assert book.type(SHEET, "D1", "2,5")["number"] == 2.5
        assert book.type(SHEET, "D2", "2026-03-01") | {"format": ""} == {
            "kind": "number",
            "shown": "2026-03-01",
            "number": 46082.0,
            "formula": "46082",
            "error": 0,
            "locked": True,
            "format": "",
            "row_hidden": False,
        }
        assert book.type(SHEET, "D3", "=SUM(B2:B4)*2")["shown"] == "12"
        assert book.type(SHEET, "D4", "Ja, delvis")["kind"] == "text"
        assert book.do("set_string", sheet=SHEET, cell="D5", text="2,5")["kind"] == "text"
        assert book.do("set_number", sheet=SHEET, cell="D6", number=2.5)["shown"] == "2,5"


def test_rows_move_as_they_do_on_screen(office: Office, file: Path) -> None:
    with office.open(file) as book:
        book.do("insert_rows", sheet=SHEET, row=2, count=2)
        assert [book.shown(SHEET, f"A{row}") for row in range(1, 7)] == ["Namn", "Åsele", "", "", "Berg", "Ystad"]
        assert book.cell(SHEET, "B8")["formula"] == "=SUM(B2:B6)"
        book.do("delete_rows", sheet=SHEET, row=2, count=2)
        book.do("sort", sheet=SHEET, area="A2:B4", column=1, descending=False)
        assert book.do("values", sheet=SHEET, area="A2:B4") == [["Berg", 1], ["Ystad", 2], ["Åsele", 3]]
        book.do("move", sheet=SHEET, area="A4:B4", to="A9")
        assert (book.shown(SHEET, "A4"), book.shown(SHEET, "A9")) == ("", "Åsele")
        book.do("insert_columns", sheet=SHEET, column=0, count=1)
        assert book.shown(SHEET, "B1") == "Namn"
        book.do("delete_columns", sheet=SHEET, column=0, count=1)
        book.do("hide_rows", sheet=SHEET, row=1, count=1, hidden=True)
        assert book.cell(SHEET, "A2")["row_hidden"]
        assert book.do("used", sheet=SHEET) == "A1:B9"


def test_sheets_are_renamed_copied_moved_and_opened(office: Office, file: Path) -> None:
    with office.open(file) as book:
        assert book.type("Skyddad", "A1", "ändrad")["shown"] == "kvar"
        assert book.do("unprotect", sheet="Skyddad")
        assert book.type("Skyddad", "A1", "ändrad")["shown"] == "ändrad"
        book.do("rename_sheet", sheet=SHEET, to="Vår flik")
        book.do("copy_sheet", sheet="Vår flik", to="Kopia", place=2)
        book.do("move_sheet", sheet="Kopia", place=0)
        assert book.sheet_names() == ["Kopia", "Vår flik", "Skyddad"]


def test_rules_judge_what_is_in_the_cells(office: Office, file: Path) -> None:
    with office.open(file) as book:
        rule = book.do("rule", sheet=SHEET, cell="B3")
        assert rule["type"] == "CUSTOM"
        assert (rule["base"], rule["formula"]) == ("B2", "AND(ISNUMBER(B2);B2<=4)")
        assert rule["error"] == "Högst 4."
        assert book.do("invalid", sheet=SHEET) == []
        book.type(SHEET, "B3", "7")
        book.type(SHEET, "B4", "många")
        assert book.do("invalid", sheet=SHEET) == ["B3", "B4"]
        assert book.do("evaluate", sheet=SHEET, formula="=" + rule["formula"], at="Z99")["number"] == 1
        assert book.do("used", sheet=SHEET) == "A1:B6"


def test_errors_are_listed_where_they_show(office: Office, file: Path) -> None:
    with office.open(file) as book:
        book.type(SHEET, "D1", "=1/0")
        book.do("recalculate")
        assert book.do("errors") == [f"{SHEET}!D1"]
        assert {"sheet": SHEET, "cell": "B6", "formula": "=SUM(B2:B4)", "shown": "6"} in book.do("formulas")


def test_saved_files_hold_what_was_typed(office: Office, file: Path, tmp_path: Path) -> None:
    with office.open(file) as book:
        book.type(SHEET, "B3", "4,5")
        saved = book.save_as(tmp_path / "saved.xlsx")
        assert book.save_as(tmp_path / "saved.ods").read_bytes()[30:38] == b"mimetype"
        assert book.save_as(tmp_path / "saved.pdf").read_bytes().startswith(b"%PDF")
    assert openpyxl.load_workbook(saved)[SHEET]["B3"].value == 4.5
    with office.open(tmp_path / "saved.ods") as again:
        assert again.cell(SHEET, "B3")["number"] == 4.5


def test_what_cannot_be_done_is_said_and_the_program_goes_on(office: Office, file: Path) -> None:
    with office.open(file) as book:
        with pytest.raises(OfficeError, match="NoSuchElementException"):
            book.type("Finns inte", "A1", "x")
        assert isinstance(book, Book)
        assert book.shown(SHEET, "A1") == "Namn"
