"""The export for SALAR, opened by other programs' libraries and read as its readers do."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from sheets_pipeline.analysis.summary import summarise
from sheets_pipeline.exports.profile import COLUMN_TYPES, profile, profiles
from sheets_pipeline.exports.salar import ROWS, export_salar
from sheets_pipeline.exports.source import Source
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.model.results import Artifact
from sheets_pipeline.model.round_results import Quality
from sheets_pipeline.model.submissions import SubmissionKey
from tests.analysis.example import AS_OF, answered, organisation, real_form, real_forms, round_of
from tests.analysis.filled import results, submissions

SHEETS = ["README", "svar", "forflyttning", "mal_matt", "planer", "text", "kvalitet", "kodbok"]


def exported(
    to: Path, audience: SharingLevel = "salar", quality: dict[SubmissionKey, Quality] | None = None
) -> tuple[Artifact, ...]:
    return export_salar(results(audience), real_forms(), submissions(), to=to, quality=quality)


def rows_of(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def book_of(made: tuple[Artifact, ...]) -> openpyxl.Workbook:
    return openpyxl.load_workbook(made[0].path)


def test_one_workbook_and_a_csv_a_sheet(tmp_path: Path) -> None:
    made = exported(tmp_path)
    assert [one.path.name for one in made] == [
        "skr_export_2026_2026-12-01.xlsx",
        *(f"{name}.csv" for name in SHEETS[1:]),
    ]
    assert {path.name for path in tmp_path.iterdir()} == {one.path.name for one in made}
    assert book_of(made).sheetnames == SHEETS


def test_another_audience_s_files_never_stand_in_for_the_project_lead_s(tmp_path: Path) -> None:
    inside, outside = exported(tmp_path), exported(tmp_path, "public")
    assert not {one.path for one in inside} & {one.path for one in outside}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = exported(tmp_path / "a"), exported(tmp_path / "b")
    assert [one.checksum for one in first] == [one.checksum for one in second]
    assert [one.path.read_bytes() for one in first] == [one.path.read_bytes() for one in second]


def test_workbook_and_csv_hold_the_same_rows(tmp_path: Path) -> None:
    book = book_of(exported(tmp_path))
    for name in SHEETS[1:]:
        rows = rows_of(tmp_path, name)
        assert [cell.value for cell in book[name][1]] == list(rows[0])
        assert book[name].max_row == len(rows) + 1


def test_every_row_has_exactly_the_columns_of_its_sheet() -> None:
    source = Source(profile=profile("salar"), results=results(), forms=real_forms(), submissions=tuple(submissions()))
    for sheet in source.profile.sheets:
        rows = list(ROWS[sheet.id](source))
        assert rows
        assert {frozenset(row) for row in rows} == {frozenset(column.id for column in sheet.columns)}, sheet.id


def test_values_stand_as_what_they_are(tmp_path: Path) -> None:
    book = book_of(exported(tmp_path))
    header = {cell.value: place for place, cell in enumerate(book["mal_matt"][1])}
    first = [cell.value for cell in book["mal_matt"][2]]
    assert first[header["organisationskod"]] == "9901"
    assert first[header["varde"]] == -40.5
    assert first[header["datum"]] == datetime(2026, 1, 31)  # noqa: DTZ001 - a spreadsheet's dates know no time zone
    assert first[header["kon"]] == "K"
    assert first[header["kolada_id"]] == "N01951"


KINDS = {
    "text": str,
    "longtext": str,
    "boolean": str,
    "integer": int,
    "number": int | float,
    "date": datetime,
}


def test_every_column_holds_the_type_that_the_profile_says(tmp_path: Path) -> None:
    book = book_of(exported(tmp_path))
    for sheet in profile("salar").sheets:
        for place, column in enumerate(sheet.columns, 1):
            values = [row[0].value for row in book[sheet.name].iter_rows(min_row=2, min_col=place, max_col=place)]
            assert all(isinstance(value, KINDS[column.type]) for value in values if value is not None), column.name


def test_no_cell_is_a_formula_and_texts_stay_as_they_were_written(tmp_path: Path) -> None:
    book = book_of(exported(tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = {cell.value for cell in book["text"]["H"]}
    assert {"=Kvinnor får kortare samtal", "@9901 final"} <= texts
    with zipfile.ZipFile(next(tmp_path.glob("*.xlsx"))) as parts:
        xml = b"".join(parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/"))
    assert b"<f>" not in xml
    assert not [cell for cell in cells if cell.data_type == "e"]


def test_sheets_are_ready_to_filter(tmp_path: Path) -> None:
    for sheet in book_of(exported(tmp_path)).worksheets[1:]:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(sheet.max_row, sheet.max_column).coordinate}"


def test_csv_opens_rightly_in_swedish_excel(tmp_path: Path) -> None:
    exported(tmp_path)
    data = (tmp_path / "mal_matt.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfomgang;organisationskod;")
    assert data.count(b"\r\n") == data.count(b"\n")
    row = rows_of(tmp_path, "mal_matt")[0]
    assert (row["varde"], row["datum"]) == ("-40,5", "2026-01-31")
    texts = {row["text"] for row in rows_of(tmp_path, "text")}
    assert {"'=Kvinnor får kortare samtal", "'@9901 final"} <= texts


def test_scores_and_non_answers_stand_apart(tmp_path: Path) -> None:
    exported(tmp_path)
    rows = [
        row for row in rows_of(tmp_path, "svar") if (row["organisationskod"], row["mattillfalle"]) == ("9902", "final")
    ]
    scored = next(row for row in rows if row["fraga"] == "m01_1")
    assert (scored["varde"], scored["varde_text_sv"], scored["ejsvar_kod"]) == ("3", "Till stor del på plats", "")
    assert (scored["kommentar"], scored["delning"], scored["ar_huvudfraga"]) == ("'@9902 final", "oppet", "nej")
    unsure = next(row for row in rows if row["ejsvar_kod"])
    assert (unsure["varde"], unsure["varde_text_sv"], unsure["ejsvar_kod"]) == ("", "Vet ej", "VE")
    assert sum(row["ar_huvudfraga"] == "ja" for row in rows) == 10


def test_shifts_have_statements_and_headline_side_by_side(tmp_path: Path) -> None:
    exported(tmp_path)
    rows = rows_of(tmp_path, "forflyttning")
    row = next(
        row for row in rows if (row["organisationskod"], row["moment"], row["niva"]) == ("9902", "m01", "overgripande")
    )
    assert (row["fore"], row["efter"], row["skillnad"]) == ("1,5", "3,5", "2")
    assert (row["antal_jamforbara_fragor"], row["antal_upp"], row["kunde_oka"], row["jamforbar"]) == (
        "4",
        "4",
        "4",
        "ja",
    )
    assert (row["huvudfraga_fore"], row["huvudfraga_efter"]) == ("1", "3")
    alone = next(row for row in rows if (row["organisationskod"], row["moment"]) == ("9903", "m01"))
    assert (alone["jamforbar"], alone["skillnad"], alone["orsak_ej_jamforbar"]) == ("nej", "", "bara_ett_tillfalle (4)")
    assert (alone["huvudfraga_fore"], alone["huvudfraga_efter"]) == ("1", "")


def test_few_people_are_protected_with_their_code(tmp_path: Path) -> None:
    exported(tmp_path)
    rows = [
        row
        for row in rows_of(tmp_path, "mal_matt")
        if row["organisationskod"] == "9902" and row["slag"] == "utgangslage"
    ]
    assert [(row["kon"], row["varde"], row["antal_personer"], row["saknaskod"]) for row in rows] == [
        ("K", "", "", ".."),
        ("M", "50", "30", ""),
        ("T", "", "", ".."),
    ]


def test_the_public_s_files_hold_nothing_that_is_not_shared(tmp_path: Path) -> None:
    made = exported(tmp_path, "public")
    book = book_of(made)
    shown = {cell.value for sheet in book.worksheets[1:] for row in sheet.iter_rows() for cell in row}
    assert {"9901", "9902", "9905"} <= shown
    assert not {"9903", "9904", "9906", "@9905 final", "@9904 final"} & shown
    assert book["kvalitet"].max_row == 1
    columns = {cell.value: place for place, cell in enumerate(book["planer"][1])}
    wordless = next(row for row in book["planer"].iter_rows(values_only=True) if row[1] == "9905")
    assert (wordless[columns["namn"]], wordless[columns["lage"]]) == (None, "Klar")
    readme = " ".join(str(cell.value) for row in book["README"].iter_rows() for cell in row)
    assert "2 delar inte med den här mottagaren" in readme


def test_quality_tells_what_the_store_knows_and_leaves_empty_what_nobody_does(tmp_path: Path) -> None:
    key = SubmissionKey("2026", "self_assessment", "9902", "", "final")
    known = Quality(versions=2, missing_required=1, errors=3, warnings=4, extended_to=date(2026, 11, 10))
    exported(tmp_path, quality={key: known})
    rows = [row for row in rows_of(tmp_path, "kvalitet") if row["mattillfalle"] == "final"]
    row = next(row for row in rows if row["organisationskod"] == "9902")
    assert (row["versioner"], row["fel"], row["anstand_till"], row["forsenad_dagar"]) == ("2", "3", "2026-11-10", "0")
    assert (row["politiker_med"], row["chef_med"]) == ("ja", "nej")
    missing = next(row for row in rows if row["organisationskod"] == "9903")
    assert (missing["inlamnad"], missing["versioner"], missing["politiker_med"]) == ("", "", "")
    assert next(row for row in rows if row["organisationskod"] == "9906")["lamnade_omgangen"] == "2026-06-01"


def test_the_codebook_explains_every_column_and_every_code_in_use(tmp_path: Path) -> None:
    exported(tmp_path)
    book = rows_of(tmp_path, "kodbok")
    explained = {(row["flik"], row["kolumn"]) for row in book}
    coded = {(row["flik"], row["kolumn"], row["kod"]) for row in book if row["kod"]}
    for sheet in profile("salar").sheets:
        assert {(sheet.name, column.name) for column in sheet.columns} <= explained
        for column in sheet.columns:
            if column.codes and column.id != "reasons":
                used = {row[column.name] for row in rows_of(tmp_path, sheet.name)} - {""}
                assert {(sheet.name, column.name, code) for code in used} <= coded
    units = {row["kod"] for row in book if (row["flik"], row["kolumn"]) == ("mal_matt", "mattenhet")}
    assert "Procent (%)" in units


def personal(form: Form, question: str) -> Form:
    """The form with one question about a person."""
    first, *others = form.sections
    questions = tuple(replace(one, personal=True) if one.name == question else one for one in first.questions)
    return replace(form, sections=(replace(first, questions=questions), *others))


def test_answers_about_a_person_are_never_exported(tmp_path: Path) -> None:
    form = personal(real_form("improvement_plan"), "owner")
    sent = answered("9901", "round", {"plans[P01]/title": "Plan", "plans[P01]/owner": "Anna Andersson"}, form=form)
    forms = {(form.form_id, form.definition): form}
    found = summarise(
        round_of(organisation("9901")), forms, [sent], first="bm1", last="final", audience="salar", as_of=AS_OF
    )
    made = export_salar(found, forms, [sent], to=tmp_path)
    shown = [cell.value for sheet in book_of(made) for row in sheet.iter_rows() for cell in row]
    assert "Plan" in shown
    assert not [value for value in shown if "Andersson" in str(value)]


def test_a_round_without_answers_is_exported_with_its_headings(tmp_path: Path) -> None:
    found = summarise(
        round_of(organisation("9901")), real_forms(), [], first="bm1", last="final", audience="salar", as_of=AS_OF
    )
    made = export_salar(found, real_forms(), [], to=tmp_path)
    assert book_of(made)["svar"].max_row == 1
    assert rows_of(tmp_path, "svar") == []


def test_profiles_are_data_of_known_types() -> None:
    assert "salar" in profiles()
    sheets = profile("salar").sheets
    assert {column.type for sheet in sheets for column in sheet.columns} <= COLUMN_TYPES
    for sheet in sheets:
        assert len({column.id for column in sheet.columns}) == len({column.name for column in sheet.columns})


@pytest.mark.parametrize("word", ["omgang", "utgava", "formularversion", "lage", "skala", "ejsvar_kod", "delning"])
def test_answers_carry_what_keeps_editions_and_scales_apart(word: str) -> None:
    assert word in {column.name for column in profile("salar").sheet("answers").columns}
