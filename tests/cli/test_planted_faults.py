"""Files made in openpyxl, another program than the one that built them, and checked on the command line.

A fault is planted in any answer cell, rows and columns are inserted anywhere: exactly that cell is named. Answers of
every type, typed in any of the ways people do, are stored as what they mean.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_pipeline.model.cells import CellRef, column_letters
from sheets_pipeline.model.submissions import value_to_json
from sheets_pipeline.workbooks.edit import Edited, Typed
from tests.pipeline.office import Office

EXAMPLES = 200
FORM = """\
form_id: self_assessment
version: 1.0.0
cadence: point
title: {sv: Prov, en: Trial}
minutes: 5
scales: [s4]
group_titles: {women: {sv: Kvinnor, en: Women}, men: {sv: Män, en: Men}}
choice_lists:
  s4:
    choices:
      - {name: "1", value: 1, label: {sv: Saknas, en: Missing}, typed: {sv: "1", en: "1"}}
      - {name: "2", value: 2, label: {sv: Finns, en: There}, typed: {sv: "2", en: "2"}}
      - {name: dont_know, non_answer: yes, label: {sv: Vet ej, en: Unknown}, typed: {sv: VE, en: DK}}
  statuses:
    choices: [{name: planned, label: {sv: Planeras, en: Planned}}, {name: done, label: {sv: Klar, en: Done}}]
sheets:
  - {name: about, title: {sv: Om oss, en: About us}, sections: [about, m01]}
  - {name: goals, title: {sv: Mål, en: Goals}, sections: [goals]}
sections:
  - name: about
    shape: fields
    title: {sv: Om oss, en: About us}
    questions:
      - {name: staff, type: integer, label: {sv: Antal, en: Number}}
      - {name: share, type: percent, label: {sv: Andel, en: Share}}
      - {name: decided, type: date, label: {sv: Beslut, en: Decided}}
      - {name: since, type: year, label: {sv: Sedan, en: Since}}
      - {name: ratio, type: decimal, label: {sv: Kvot, en: Ratio}}
      - {name: page, type: url, label: {sv: Sida, en: Page}}
      - {name: contact, type: email, label: {sv: Adress, en: Address}}
      - {name: policy, type: boolean, label: {sv: Policy, en: Policy}}
      - {name: status, type: select_one, choices: statuses, label: {sv: Läge, en: State}}
      - {name: phases, type: select_multiple, choices: statuses, label: {sv: Lägen, en: States}}
      - {name: people, type: split, of: integer, groups: [women, men], label: {sv: Anställda, en: Employees}}
      - {name: word, type: text, label: {sv: Ord, en: Word}}
      - {name: wishes, type: longtext, label: {sv: Önskemål, en: Wishes}}
  - name: m01
    shape: items
    title: {sv: Uppdrag, en: Mandate}
    questions:
      - {name: score, type: scale, choices: $scale, required: yes, label: {sv: Skattning, en: Score}}
    items:
      - {name: m01_1, number: "1.1", label: {sv: Ett, en: One}}
      - {name: m01_2, number: "1.2", label: {sv: Två, en: Two}}
      - {name: m01_0, number: "1", headline: yes, label: {sv: Helhet, en: Whole}}
  - name: goals
    shape: table
    prefix: G
    prepared: 3
    title: {sv: Mål, en: Goals}
    questions:
      - {name: goal, type: text, label: {sv: Mål, en: Goal}}
      - {name: year, type: year, label: {sv: År, en: Year}}
      - {name: state, type: select_one, choices: statuses, label: {sv: Läge, en: State}}
"""
RIGHT: Mapping[str, Typed] = {
    "staff": 12,
    "share": 0.45,
    "decided": date(2025, 6, 16),
    "since": 2019,
    "ratio": 1.5,
    "page": "https://exempelby.example",
    "contact": "a@exempelby.example",
    "policy": "Ja",
    "status": "Klar",
    "phases/planned": "x",
    "phases/done": "x",
    "people/women": 7,
    "people/men": 5,
    "m01_1/score": 1,
    "m01_2/score": 2,
    "m01_0/score": "VE",
    **{
        f"goals[G0{row}]/{name}": value
        for row in (1, 2, 3)
        for name, value in (("goal", "Mål"), ("year", 2030), ("state", "Planeras"))
    },
}
NO_NUMBER: tuple[Typed, ...] = ("många", "ett tiotal", "12 st och lite till", "?")
FAULTS: Mapping[str, tuple[Typed, ...]] = {
    "staff": (*NO_NUMBER, 1.5, "12,5"),
    "share": ("mycket", "hälften ungefär"),
    "decided": ("snart", "2026-13-45", "31 februari 2026"),
    "since": ("i fjol", 20190, "nittonhundra"),
    "ratio": NO_NUMBER,
    "page": ("ingen sida alls",),
    "contact": ("ring mig",),
    "policy": ("kanske", "delvis", 7),
    "status": ("Nästan", "klart och färdigt", 3),
    "phases/planned": ("lite", 5),
    "phases/done": ("lite", 5),
    "people/women": ("flera", 2.5),
    "people/men": ("flera", 2.5),
    **dict.fromkeys(("m01_1/score", "m01_2/score", "m01_0/score"), (3, 0, "fem", "1-2", 1.5)),
    **{f"goals[G0{row}]/year": ("snart", 30) for row in (1, 2, 3)},
    **{f"goals[G0{row}]/state": ("Nästan", 3) for row in (1, 2, 3)},
}


@dataclass(frozen=True)
class Insertion:
    """So many rows or columns inserted before a row or column of a sheet; both count from one."""

    sheet: str
    rows: bool
    before: int
    count: int

    def moved(self, row: int, column: int) -> tuple[int, int]:
        if self.rows:
            return row + self.count * (row >= self.before), column
        return row, column + self.count * (column >= self.before)


INSERTIONS = st.lists(
    st.builds(Insertion, st.sampled_from(["Om oss", "Mål"]), st.booleans(), st.integers(1, 30), st.integers(1, 3)),
    max_size=4,
)
PLANTED = st.sampled_from([(path, fault) for path, faults in FAULTS.items() for fault in faults])


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office.laid_out(tmp_path_factory.mktemp("prov"))
    office.write("workbook_templates/self_assessment/form.yaml", FORM)
    return office


@pytest.fixture(scope="module")
def answered(project: Office) -> bytes:
    """The workbook with a right answer in every cell, on which there is nothing to remark."""
    data = project.filled(RIGHT)
    path = project.put("rätt.xlsx", data)
    code, told = project.asks("check", str(path))
    assert (code, told["files"][0]["issues"]) == (0, [])
    assert told["files"][0]["answers"] == len(RIGHT)
    path.unlink()
    return data


@pytest.fixture(scope="module")
def places(answered: bytes) -> Mapping[str, CellRef]:
    return Edited(answered).cells("self_assessment")


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(planted=PLANTED, insertions=INSERTIONS)
def test_a_planted_fault_is_named_by_its_cell_and_nothing_else_is(
    project: Office,
    answered: bytes,
    places: Mapping[str, CellRef],
    planted: tuple[str, Typed],
    insertions: list[Insertion],
) -> None:
    path, fault = planted
    book = openpyxl.load_workbook(io.BytesIO(answered))
    ref = places[path]
    row, column = ref.row + 1, ref.column + 1
    book[ref.sheet].cell(row, column).value = fault
    for one in insertions:
        sheet = book[one.sheet]
        (sheet.insert_rows if one.rows else sheet.insert_cols)(one.before, one.count)
        if one.sheet == ref.sheet:
            row, column = one.moved(row, column)
    file = project.folder / "fel.xlsx"
    book.save(file)
    code, told = project.asks("check", str(file))
    (entry,) = told["files"]
    named = {(issue["sheet"], issue["cell"]) for issue in entry["issues"]}
    assert named == {(ref.sheet, f"{column_letters(column - 1)}{row}")}, entry["issues"]
    assert (code, entry["verdict"]) == (1, "remarks")
    assert {issue["path"] for issue in entry["issues"]} <= {path, path.rpartition("/")[0]}
    assert entry["answers"] == len(RIGHT) - 1


WAYS: Mapping[str, tuple[tuple[Typed, Any], ...]] = {
    "staff": ((12, 12), ("12", 12), (" 1 234 ", 1234), ("1\u00a0234", 1234), (0, 0), ("3,0", 3)),
    "share": (
        (0.45, Decimal(45)),
        ("45 %", Decimal(45)),
        ("12,5%", Decimal("12.5")),
        (1, Decimal(100)),
        (0, Decimal(0)),
    ),
    "decided": (
        (date(2025, 6, 16), date(2025, 6, 16)),
        ("2025-06-16", date(2025, 6, 16)),
        ("1 mars 2026", date(2026, 3, 1)),
    ),
    "since": ((2019, 2019), ("2019", 2019)),
    "ratio": ((1.5, Decimal("1.5")), ("1,25", Decimal("1.25")), ("-3", Decimal(-3))),
    "page": (("https://exempelby.example/a?b=1", "https://exempelby.example/a?b=1"),),
    "contact": (("a@exempelby.example", "a@exempelby.example"),),
    "policy": (("Ja", True), ("nej", False), ("X", True), (True, True), (False, False)),
    "status": (("Klar", "done"), ("planeras", "planned")),
    "phases/done": (("x", True), ("X", True)),
    "people/women": ((7, 7), ("..", ".."), ("-", "-"), ("<5", ".."), ("7 ", 7)),
    "m01_1/score": ((1, 1), ("2", 2), (" 2 – Finns", 2), ("ve", "dont_know"), ("2,0", 2)),
    "goals[G02]/goal": (("Lika lön", "Lika lön"), ("None", "None"), ("0114", "0114"), ("Nej", "Nej"), ("NA", "NA")),
    "goals[G02]/year": ((2031, 2031),),
    "word": (("=", "="), ("null", "null"), ("Å\u0308", "Å\u0308"), ("'x", "'x"), ("  kort  ", "kort")),
    "wishes": (("rad 1\nrad 2", "rad 1\nrad 2"), ("<b>&amp;</b>", "<b>&amp;</b>")),
}


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.fixed_dictionaries({path: st.sampled_from(ways) for path, ways in WAYS.items()}), number=st.integers(0)
)
def test_answers_of_every_type_survive_being_typed_saved_collected_and_stored(
    project: Office, answered: bytes, chosen: Mapping[str, tuple[Typed, Any]], number: int
) -> None:
    edited = Edited(answered)
    for path, (typed, _) in chosen.items():
        edited.type(path, typed, "self_assessment")
    file = Path(f"{number % 10**6}_svar.xlsx")
    project.put(file.name, edited.saved(datetime(2026, 2, 1, 12)))  # noqa: DTZ001 - as programs save it
    project.collected()
    stored = {one["path"]: one["value"] for one in stored_of(project, file.name)}
    assert {path: stored.get(path) for path in chosen} == {
        path: value_to_json(value) for path, (_, value) in chosen.items()
    }


def stored_of(project: Office, name: str) -> list[dict[str, Any]]:
    """The answers stored of a file, whatever its name was when it first came."""
    _, listed = project.asks("submissions", "list")
    path = project.folder / "data" / "inbox" / name
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    id_ = next(one["id"] for one in listed["submissions"] if one["sha256"] == checksum)
    answers: list[dict[str, Any]] = project.asks("submissions", "show", id_)[1]["answers"]
    return answers


def test_the_form_of_these_tests_is_a_right_one(project: Office) -> None:
    assert yaml.safe_load(FORM)["form_id"] == "self_assessment"
    assert project.asks("forms", "lint") == (0, {"faults": []})
