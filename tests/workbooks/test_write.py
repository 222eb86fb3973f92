"""A built workbook as openpyxl sees it: what is hidden, what is locked, what may be typed, how it prints."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from sheets_pipeline.model.cells import CellRef, column_letters
from sheets_pipeline.model.layout import Key, Layout, SheetLayout, lay_out
from sheets_pipeline.model.manifest import LISTS_SHEET, SHEET, read_manifest
from sheets_pipeline.model.submissions import Parameters, Value
from sheets_pipeline.texts import plural, text
from sheets_pipeline.workbooks.book import Book, BookPart, Filling, Note, Start
from sheets_pipeline.workbooks.excel_write import write_workbook
from tests.pipeline.trial import PARAMETERS, book, built, extracted, filled, form, grid, layout
from tests.templates.shipped import FORMS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FORMULAS = frozenset(
    "AND COUNTA COUNTIF FALSE FIND IF IFERROR ISNUMBER LEFT LEN MATCH NOT OR ROUND SUM TRUE VLOOKUP MAX MIN COUNT"
    " ISTEXT ISBLANK ABS INT MOD".split()
)
VOLATILE = ("INDIRECT", "OFFSET", "NOW", "TODAY", "RAND", "RANDBETWEEN", "INFO", "CELL")
PARTS = {"sheet": re.compile(r"xl/worksheets/sheet\d+\.xml"), "formula": re.compile(r"<f[ >](.*?)</f>", re.DOTALL)}


def shipped(name: str) -> Book:
    """One of the product's own workbooks."""
    parameters = Parameters(occasion="bm1", scale="s4", edition="e2023", organisation_type="municipality")
    return book([FORMS[name]], parameters=parameters)


@cache
def written(name: str) -> bytes:
    return built() if name == "trial" else write_workbook(shipped(name))


@cache
def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    """For looking at only: the same file is opened once."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


EVERY = pytest.mark.parametrize("name", ["trial", *FORMS])


@cache
def layout_of(name: str) -> Layout:
    return layout() if name == "trial" else lay_out(FORMS[name], shipped(name).parts[0].part.parameters)


def sheets(name: str) -> Iterator[tuple[Worksheet, SheetLayout]]:
    workbook = opened(written(name))
    for sheet in layout_of(name).sheets:
        yield workbook[sheet.title], sheet


@EVERY
def test_keys_stand_in_hidden_columns_and_rows_on_both_sides(name: str) -> None:
    tag = layout_of(name).tag
    for worksheet, sheet in sheets(name):
        for letter in ("A", column_letters(sheet.right_key)):
            assert worksheet.column_dimensions[letter].hidden
        for block in sheet.blocks:
            for row in (block.key_row, block.end_row):
                assert worksheet.row_dimensions[row + 1].hidden
            for line in block.lines:
                left = worksheet.cell(line.row + 1, 1).value
                right = worksheet.cell(line.row + 1, sheet.right_key + 1).value
                assert left == right
                assert left == str(Key("row", tag, block.id, line.path))
                assert not worksheet.row_dimensions[line.row + 1].hidden


@EVERY
def test_the_manifest_is_very_hidden_and_the_lists_are_hidden(name: str) -> None:
    workbook = opened(written(name))
    assert workbook[SHEET].sheet_state == "veryHidden"
    assert workbook[LISTS_SHEET].sheet_state == "hidden"
    visible = [sheet.title for sheet in workbook if sheet.sheet_state == "visible"]
    assert visible == ["Start", *(sheet.title for sheet in layout_of(name).sheets)]
    assert all(len(title) <= 31 for title in workbook.sheetnames)


def test_the_manifest_says_whose_workbook_it_is() -> None:
    rows = opened(built())[SHEET].iter_rows(values_only=True)
    manifest = read_manifest([(str(name), str(value)) for name, value in rows])
    assert manifest == book().manifest


@EVERY
def test_fixed_sheets_are_protected_without_a_password_and_tables_not_at_all(name: str) -> None:
    for worksheet, sheet in sheets(name):
        protection = worksheet.protection
        assert bool(protection.sheet) == sheet.protected
        assert not protection.password
        assert sheet.protected == all(block.shape != "table" for block in sheet.blocks)
        if sheet.protected:
            allowed = (protection.formatColumns, protection.formatRows, protection.formatCells, protection.autoFilter)
            assert allowed == (False, False, False, False)  # "not forbidden"
            assert protection.sort  # forbidden: sorting would part answers from their questions


@EVERY
def test_answers_are_unlocked_and_everything_else_on_fixed_sheets_is_locked(name: str) -> None:
    answers = {(ref.sheet, ref.a1) for ref in layout_of(name).cells().values()}
    for worksheet, sheet in sheets(name):
        unlocked = {
            (worksheet.title, cell.coordinate)
            for row in worksheet.iter_rows()
            for cell in row
            if not cell.protection.locked
        }
        own = {place for place in answers if place[0] == worksheet.title}
        assert own <= unlocked
        if sheet.protected:
            assert unlocked == own
        else:
            keys = {(worksheet.title, f"A{line.row + 1}") for block in sheet.blocks for line in block.lines}
            assert keys <= unlocked


@EVERY
def test_drop_downs_and_rules_stand_on_the_cells_they_are_for(name: str) -> None:
    one = layout_of(name)
    rules: dict[tuple[str, str], Any] = {}
    workbook = opened(written(name))
    for sheet in one.sheets:
        for rule in workbook[sheet.title].data_validations.dataValidation:
            for place in rule.sqref.ranges:
                for row, column in place.cells:
                    rules[sheet.title, f"{column_letters(column - 1)}{row}"] = rule
            for part, longest in ((rule.formula1, 255), (rule.prompt, 255), (rule.error, 255), (rule.promptTitle, 32)):
                assert len(part or "") <= longest
    for slot, ref, _ in one.places():
        rule = rules.pop((ref.sheet, ref.a1), None)
        if slot.choices is not None or slot.type == "boolean":
            assert rule.type == "list"
            assert rule.formula1 in workbook.defined_names
        elif slot.type in {"integer", "decimal", "percent", "year"}:
            assert rule.type == "custom"
            assert ref.a1 in rule.formula1
    assert not rules, "a rule stands on a cell that takes no answer"


@EVERY
def test_lists_stand_on_a_sheet_and_have_names(name: str) -> None:
    workbook = opened(written(name))
    lists = workbook[LISTS_SHEET]
    for title, defined in workbook.defined_names.items():
        sheet, _, area = defined.attr_text.partition("!")
        assert sheet == LISTS_SHEET, "defined names mark whole lists, never single answers"
        first, _, last = area.replace("$", "").partition(":")
        shown = [row[0].value for row in lists[f"{first}:{last}"]]
        assert None not in shown
        assert len(set(shown)) == len(shown)
        assert title.startswith(("list_", "words_"))


def test_a_scale_cell_takes_figures_and_the_letters_for_do_not_know() -> None:
    workbook = opened(built())
    first, _, last = workbook.defined_names["list_s4"].attr_text.partition("!")[2].replace("$", "").partition(":")
    assert [row[0].value for row in workbook[LISTS_SHEET][f"{first}:{last}"]] == [1, 2, 3, 4, "VE"]


@EVERY
def test_every_sheet_prints_on_a4_across_at_the_width_of_a_page_with_its_header_again(name: str) -> None:
    for worksheet, sheet in sheets(name):
        page: Any = worksheet.page_setup
        properties: Any = worksheet.sheet_properties
        assert (page.orientation, int(page.paperSize)) == ("landscape", 9)
        assert properties.pageSetUpPr.fitToPage
        assert (page.fitToWidth or 1, page.fitToHeight) == (1, 0)
        assert worksheet.print_area
        if sheet.header_row is not None:
            assert worksheet.print_title_rows == f"$2:${sheet.header_row + 1}"


@EVERY
def test_the_header_is_frozen(name: str) -> None:
    for worksheet, sheet in sheets(name):
        column = "C" if sheet.view == "meeting" else "A"
        assert worksheet.freeze_panes == f"{column}{sheet.freeze_row + 1}"


def test_the_meeting_view_is_large_and_has_the_scale_frozen_on_top() -> None:
    meeting = opened(built())["Skattning"]
    assert meeting.sheet_view.zoomScale == 110
    assert "3 = Till stor del på plats" in str(meeting["B3"].value)
    titles = [cell.value for cell in meeting[4] if cell.value]
    own = [text(word, "sv", context="column") for word in ("Statement", "Means", "Last time", "Status")]
    assert titles == [own[0], "Skattning", *own[1:]]


@EVERY
def test_no_cell_is_merged(name: str) -> None:
    for worksheet, _ in sheets(name):
        assert not worksheet.merged_cells.ranges


def parts(data: bytes, pattern: str) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for entry in package.namelist():
            if re.fullmatch(pattern, entry):
                yield package.read(entry).decode()


@EVERY
def test_formulas_use_only_what_every_spreadsheet_program_has(name: str) -> None:
    data = filled({"m01_1/score": 3, "staff": 4}) if name == "trial" else written(name)
    xml = "".join(parts(data, r"xl/worksheets/sheet\d+\.xml")) + "".join(parts(data, r"xl/workbook\.xml"))
    formulas = re.findall(r"<(?:f|formula1|formula2)(?: [^>]*)?>(.*?)</(?:f|formula1|formula2)>", xml, re.DOTALL)
    assert len(formulas) > 20
    assert 't="array"' not in xml
    for formula in formulas:
        bare = re.sub(r'"[^"]*"', '""', formula.replace("&quot;", '"'))
        used = set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare))
        assert used <= FORMULAS, f"{used - FORMULAS} in {formula}"
        assert not used & set(VOLATILE)
        assert not re.search(r"\bR\d*C\d*\b|R\[", bare)


@EVERY
def test_nothing_points_outside_and_there_are_no_macros(name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(written(name))) as package:
        names = package.namelist()
        relations = "".join(package.read(one).decode() for one in names if one.endswith(".rels"))
    assert not [one for one in names if "externalLink" in one or "vba" in one.casefold() or "calcChain" in one]
    assert 'TargetMode="External"' not in relations


@EVERY
def test_every_formula_has_a_value_saved_with_it(name: str) -> None:
    data = filled({"m01_1/score": 3}) if name == "trial" else written(name)
    for xml in parts(data, r"xl/worksheets/sheet\d+\.xml"):
        for cell in re.findall(r"<c [^>]*>(?:(?!</c>).)*<f>.*?</c>", xml, re.DOTALL):
            assert re.search(r't="str".*<v>.*</v>', cell), cell
    assert not grid(data).witnesses.uncomputed


def test_what_is_saved_with_the_formulas_is_what_they_say() -> None:
    workbook = opened(filled({"staff": 4, "m01_1/score": 3, "m01_2/score": "dont_know"}), values=True)
    meeting, about = workbook["Skattning"], workbook["Om oss"]
    cells = layout().cells()
    first = cells["m01_1/score"].row + 1
    assert [cell.value for cell in meeting[first]][2:6] == [3, "Till stor del på plats", None, "klar"]
    assert [cell.value for cell in meeting[first + 1]][2:6] == ["VE", "Vet ej", None, "klar"]
    assert [cell.value for cell in meeting[first + 2]][2:6] == [None, None, None, "saknas"]
    assert about.cell(cells["staff"].row + 1, 7).value == "klar"
    shown = [cell.value for row in workbook["Start"].iter_rows() for cell in row]
    assert "3 av 25 besvarade" in shown
    assert {"1 / 1", "2 / 24"} <= set(shown)


def test_answers_of_every_type_are_printed_as_people_write_them() -> None:
    answers: dict[str, Value] = {
        "staff": 1234,
        "share": Decimal(45),
        "decided": date(2025, 6, 16),
        "since": 2019,
        "ratio": Decimal("1.25"),
        "policy": False,
        "status": "running",
        "roles/manager": True,
        "themes/1": "done",
        "people/women": "..",
        "word": "=1+1",
        "wishes": "http://exempelby.example",
    }
    workbook = opened(filled(answers))
    cells = layout().cells()
    seen = {path: workbook[cells[path].sheet][cells[path].a1] for path in answers}
    assert {path: cell.value for path, cell in seen.items()} == {
        "staff": 1234,
        "share": 0.45,
        "decided": datetime(2025, 6, 16),  # noqa: DTZ001 - as the library gives it
        "since": 2019,
        "ratio": 1.25,
        "policy": "Nej",
        "status": "Pågår",
        "roles/manager": "x",
        "themes/1": "Klar",
        "people/women": "..",
        "word": "=1+1",
        "wishes": "http://exempelby.example",
    }
    assert seen["word"].data_type == "s", "a text is never a formula"
    assert not seen["wishes"].hyperlink, "and never a link"
    assert seen["share"].number_format.endswith("%")


def test_last_times_answer_stands_beside_the_new_one_and_is_no_answer() -> None:
    data = write_workbook(book(filling=Filling(previous={"m01_1/score": 2, "m01_2/score": "dont_know"})))
    meeting = opened(data)["Skattning"]
    row = layout().cells()["m01_1/score"].row + 1
    assert [cell.value for cell in meeting[row]][2] is None
    assert [meeting.cell(row, 5).value, meeting.cell(row + 1, 5).value] == [2, "VE"]
    assert not extracted(data).readings[0].answers


def test_what_the_product_knows_and_nobody_may_change_is_printed_and_locked() -> None:
    facts = FORMS["organisation_facts"]
    parameters = Parameters(occasion="round", organisation_type="municipality", edition="e2023")
    one = lay_out(facts, parameters)
    locked = next(slot for slot, _, _ in one.places() if slot.question.locked)
    data = write_workbook(book([facts], parameters=parameters, filling=Filling(answers={locked.path: "Exempelby"})))
    ref = one.cells()[locked.path]
    cell = opened(data)[ref.sheet][ref.a1]
    assert (cell.value, cell.protection.locked) == ("Exempelby", True)
    rules = opened(data)[ref.sheet].data_validations.dataValidation
    assert not [rule for rule in rules if ref.a1 in rule.sqref]


def test_the_title_stands_in_the_documents_properties() -> None:
    properties = opened(built()).properties
    assert properties.title == "Inför träff 1"
    assert properties.created == datetime(2026, 1, 5)  # noqa: DTZ001 - as the library gives it


def test_the_start_sheet_says_what_for_whom_when_and_how() -> None:
    shown = " ".join(str(cell.value) for row in opened(built())["Start"].iter_rows() for cell in row if cell.value)
    for words in (
        "Inför träff 1",
        "Exempelby",
        "10 februari 2026",
        plural("About {count} minute", "About {count} minutes", 10, "sv"),
        "Aktivera redigering",
        "arbetsbok@benchmarking.example",
        "allmän handling",
        "Svara för läget i dag.",
    ):
        assert words in shown


def test_a_workbook_in_english_is_in_english() -> None:
    start = Start(title="Meeting 1", organisation="Sample", round="2026", due=None, contact="us", inbox="here")
    one = book(parameters=replace(PARAMETERS, language="en"), start=start)
    data = write_workbook(replace(one, parts=tuple(replace(part, subtitle="Sample") for part in one.parts)))
    workbook = opened(data)
    assert workbook.sheetnames[:3] == ["Start", "About us", "Scores"]
    shown = " ".join(str(cell.value) for row in workbook["Start"].iter_rows() for cell in row if cell.value)
    assert "Enable editing" in shown
    assert not re.search("[åäö]", shown.casefold())


def test_a_workbook_for_the_whole_and_for_a_unit_has_both_sets_of_sheets() -> None:
    data = write_workbook(book(units=("", "bun")))
    workbook = opened(data)
    assert {"Skattning", "Skattning BUN"} <= set(workbook.sheetnames)
    readings = extracted(data).readings
    assert [one.key.unit for one in readings] == ["", "bun"]


def test_two_forms_travel_in_one_workbook() -> None:
    data = write_workbook(book([form(), FORMS["organisation_facts"]]))
    assert {"Skattning", *(sheet.title for sheet in layout_of("organisation_facts").sheets)} <= set(
        opened(data).sheetnames
    )


OWN_PROCESS = """
import sys
from tests.pipeline.trial import filled
sys.stdout.buffer.write(filled({"m01_1/score": 3, "roles/manager": True, "goals[G01]/goal": "Lika"}))
"""


def test_the_same_content_gives_the_same_bytes_in_any_process() -> None:
    here = filled({"m01_1/score": 3, "roles/manager": True, "goals[G01]/goal": "Lika"})
    assert here == filled({"goals[G01]/goal": "Lika", "roles/manager": True, "m01_1/score": 3})
    for seed, zone in (("1", "UTC"), ("4242", "Pacific/Auckland")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        there = subprocess.run([sys.executable, "-c", OWN_PROCESS], env=environment, capture_output=True, check=True)
        assert there.stdout == here


def test_cells_of_answers_hold_their_words_however_long_and_odd() -> None:
    long = "å" * 40_000
    data = filled({"wishes": long, "word": "rad 1\nrad 2\t<b>&amp;</b> \x0b"})
    cells = layout().cells()
    about = opened(data)["Om oss"]
    assert about[cells["wishes"].a1].value == long[:32_767]
    assert about[cells["word"].a1].value.startswith("rad 1\nrad 2")


def test_a_note_and_a_colour_mark_what_to_look_at() -> None:
    filling = Filling(
        answers={"share": Decimal(50)}, typed={"staff": "många"}, notes={"staff": Note("error", "Ett tal, tack.")}
    )
    about = opened(write_workbook(book(filling=filling)))["Om oss"]
    staff, share = (about[layout().cells()[path].a1] for path in ("staff", "share"))
    assert staff.value == "många"
    assert "Ett tal, tack." in staff.comment.text
    assert share.comment is None
    assert staff.fill.fgColor.rgb != share.fill.fgColor.rgb


def test_the_cell_order_of_a_filled_book_is_that_of_its_layout() -> None:
    part: BookPart = book().parts[0]
    refs = [ref for _, ref, _ in part.layout.places()]
    assert refs == sorted(
        refs, key=lambda ref: ([sheet.title for sheet in part.layout.sheets].index(ref.sheet), ref.row, ref.column)
    )
    assert isinstance(refs[0], CellRef)


@EVERY
def test_rows_grow_with_what_is_written_in_them(name: str) -> None:
    sheets = list(parts(written(name), PARTS["sheet"].pattern))

    assert any(' ht="' in sheet for sheet in sheets)
    assert not any("customHeight" in sheet for sheet in sheets)
