"""A built workbook edited as people edit it: what moved, moved with its keys, and nothing else changed."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest

from sheets_pipeline.forms import from_source
from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.layout import lay_out
from sheets_pipeline.model.submissions import FormPart, Manifest, Parameters
from sheets_pipeline.workbooks.book import Book, BookPart, Filling, Start
from sheets_pipeline.workbooks.edit import Edited
from sheets_pipeline.workbooks.excel_write import write_workbook

SAVED = datetime(2026, 2, 10, 14, 30, 5)  # noqa: DTZ001 - spreadsheet programs save local time without a zone

FORM = {
    "form_id": "small",
    "version": "1.0.0",
    "cadence": "round",
    "title": {"sv": "Litet formulär"},
    "sheets": [
        {"name": "facts", "title": {"sv": "Fakta"}, "sections": ["facts"]},
        {"name": "goals", "title": {"sv": "Mål"}, "sections": ["goals"]},
    ],
    "sections": [
        {
            "name": "facts",
            "shape": "fields",
            "title": {"sv": "Fakta"},
            "questions": [
                {"name": "staff", "type": "integer", "required": True, "label": {"sv": "Anställda"}},
                {"name": "share", "type": "percent", "label": {"sv": "Andel"}},
                {"name": "decided", "type": "date", "label": {"sv": "Beslutat"}},
            ],
        },
        {
            "name": "goals",
            "shape": "table",
            "prefix": "G",
            "prepared": 4,
            "title": {"sv": "Mål"},
            "questions": [
                {"name": "goal", "type": "text", "label": {"sv": "Mål"}},
                {"name": "year", "type": "year", "label": {"sv": "År"}},
                {
                    "name": "late",
                    "type": "calculate",
                    "calculation": "if(${year} > 2030, 'ja', 'nej')",
                    "label": {"sv": "Sent"},
                },
            ],
        },
    ],
}


@pytest.fixture(scope="module")
def built() -> bytes:
    form = from_source(FORM)
    part = FormPart("small", "1.0.0", form.definition, "9901", "", Parameters())
    return write_workbook(
        Book(
            manifest=Manifest("2026", "start", "sv", "2026-01-01", (part,)),
            parts=(BookPart(part=part, layout=lay_out(form, Parameters()), filling=Filling(), subtitle="", minutes=5),),
            start=Start(title="Start", organisation="Exempelby", round="2026", due=None, contact="", inbox=""),
            created=datetime(2026, 1, 1),  # noqa: DTZ001 - as the writer takes it
        )
    )


def saved(edited: Edited) -> Edited:
    return Edited(edited.saved(SAVED))


def test_answers_are_typed_into_the_cells_of_their_keys(built: bytes) -> None:
    form = from_source(FORM)
    edited = Edited(built)
    assert lay_out(form, Parameters()).cells().items() <= edited.cells().items()
    edited.type("staff", "1 234")
    edited.type("decided", date(2025, 6, 16))
    edited.type("goals[G02]/goal", "Lika löner")
    again = saved(edited)
    assert again.value("staff") == "1 234"
    assert again.value("decided") == datetime(2025, 6, 16)  # noqa: DTZ001 - as the library gives it
    assert again.value("goals[G02]/goal") == "Lika löner"
    with pytest.raises(KeyError, match="no cell"):
        edited.type("goals[G09]/goal", "x")


def test_an_inserted_row_pushes_keys_rules_heights_and_formulas_down(built: bytes) -> None:
    edited = Edited(built)
    before = edited.table("goals")
    edited.type("goals[G01]/goal", "Först")
    edited.type("goals[G02]/goal", "Sist")
    row = edited.add_row("goals", {"goal": "Mitt emellan", "year": 2031}, below=1)
    sheet = openpyxl.load_workbook(io.BytesIO(edited.saved(SAVED)))["Mål"]
    assert row == before.first + 1
    assert sheet.cell(row, 1).value is None
    goals = [sheet.cell(one, before.columns["goal"]).value for one in range(before.first, before.first + 3)]
    assert goals == ["Först", "Mitt emellan", "Sist"]
    assert sheet.row_dimensions[before.last + 2].hidden
    assert not sheet.row_dimensions[before.last + 1].hidden
    assert sheet.cell(row, before.columns["goal"]).border.bottom.style == "thin"
    year = sheet.cell(row + 1, before.columns["year"]).coordinate
    rule = next(rule for rule in sheet.data_validations.dataValidation if year in rule.sqref)
    assert str(rule.formula1).count(year) >= 2
    assert year in str(sheet.cell(row + 1, before.columns["late"]).value)
    assert saved(edited).cells()["goals[G02]/goal"] == CellRef("Mål", row, before.columns["goal"] - 1)


def test_a_sorted_table_keeps_rows_whole(built: bytes) -> None:
    edited = Edited(built)
    for row, (goal, year) in enumerate([("Ö", 2030), ("a", 2031), ("m", 2029)], start=1):
        edited.type(f"goals[G0{row}]/goal", goal)
        edited.type(f"goals[G0{row}]/year", year)
    table = edited.table("goals")
    edited.sort("goals", "year")
    again = saved(edited)
    rows = {path: ref.row + 1 - table.first for path, ref in again.cells().items() if path.endswith("/goal")}
    assert rows == {"goals[G03]/goal": 0, "goals[G01]/goal": 1, "goals[G02]/goal": 2, "goals[G04]/goal": 3}
    assert again.value("goals[G02]/goal") == "a"
    late = again.cells()["goals[G03]/goal"]
    assert f"{late.row + 1}" in str(again.at(CellRef("Mål", late.row, table.columns["late"] - 1)))


def test_a_deleted_row_takes_its_key_with_it(built: bytes) -> None:
    edited = Edited(built)
    edited.type("goals[G03]/goal", "kvar")
    table = edited.table("goals")
    edited.delete_row("Mål", table.first)
    again = saved(edited)
    assert "goals[G01]/goal" not in again.cells()
    assert again.value("goals[G03]/goal") == "kvar"
    assert again.table("goals") == type(table)("Mål", table.first, table.last - 1, table.columns)


def test_formulas_follow_a_renamed_sheet(built: bytes) -> None:
    edited = Edited(built)
    assert "COUNTIF(Fakta!" in formulas(edited)
    edited.rename_sheet("Fakta", "Våra fakta")
    assert "COUNTIF('Våra fakta'!" in formulas(edited)
    assert saved(edited).cells()["staff"].sheet == "Våra fakta"


def test_a_copied_sheet_stands_beside_the_first_with_the_same_keys(built: bytes) -> None:
    edited = Edited(built)
    edited.copy_sheet("Fakta", "Fakta (2)")
    assert edited.sheets()[:4] == ["Start", "Fakta", "Fakta (2)", "Mål"]
    assert saved(edited).cells()["staff"].sheet == "Fakta"


def test_pasting_takes_the_format_and_the_rule_away(built: bytes) -> None:
    edited = Edited(built)
    ref = edited.paste("share", "45 %")
    sheet = openpyxl.load_workbook(io.BytesIO(edited.saved(SAVED)))["Fakta"]
    assert (sheet[ref.a1].value, sheet[ref.a1].number_format) == ("45 %", "@")
    assert not [rule for rule in sheet.data_validations.dataValidation if ref.a1 in rule.sqref]


def test_the_same_edits_give_the_same_bytes_and_the_time_is_the_given_one(built: bytes) -> None:
    first, second = Edited(built), Edited(built)
    assert first.saved(SAVED) == second.saved(SAVED)
    assert openpyxl.load_workbook(io.BytesIO(first.saved(SAVED))).properties.modified == SAVED


def formulas(edited: Edited) -> str:
    start = openpyxl.load_workbook(io.BytesIO(edited.saved(SAVED)))["Start"]
    return " ".join(str(cell.value) for row in start.iter_rows() for cell in row if cell.data_type == "f")
