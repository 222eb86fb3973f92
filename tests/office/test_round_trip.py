"""Built workbooks in LibreOffice: typed in, pushed about, sorted, saved; `check` finds the answers where they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.submissions import Value
from tests.office.built import Bench, below
from tests.office.office import Book, Office, OfficeError

FORMATS = ["xlsx", "ods"]

TYPED: list[tuple[str, str, Value]] = [
    ("decision", "Ja", True),
    ("decision_kinds/budget_goal", "x", True),
    ("decided_by", "Kommunfullmäktige", "Kommunfullmäktige"),
    ("decision_date", "2024-06-17", date(2024, 6, 17)),
    ("responsible_function", "Strateg åäö", "Strateg åäö"),
    ("cemr_signed", "Nej", False),
    ("municipality_group", "C6 Mindre stad/tätort", "C6"),
    ("population/women", "15612", 15612),
    ("population/men", "15 788", 15788),
    ("foreign_born/women", "14,5 %", Decimal("14.5")),
    ("reference_year", "2025", 2025),
    ("organisation_chart", "https://exempelby.example/organisation", "https://exempelby.example/organisation"),
    (
        "steering_model",
        "Mål och budget.\nUppföljning tre gånger om året.",
        "Mål och budget.\nUppföljning tre gånger om året.",
    ),
    ("priority_areas/school", "x", True),
    ("anchored", "Delvis, det pågår", "under_way"),
    ("departments[D02]/unit_name", "Socialnämnden", "Socialnämnden"),
    ("departments[D02]/own_assessment", "x", True),
]


def type_answer(book: Book, ref: CellRef, text: str) -> None:
    book.type(ref.sheet, ref.a1, text)


@pytest.mark.parametrize("format_", FORMATS)
def test_answers_of_every_kind_are_found_where_they_were_typed(
    office: Office, facts: Bench, tmp_path: Path, format_: str
) -> None:
    with office.open(facts.path) as book:
        for path, text, _ in TYPED:
            type_answer(book, facts.cells[path], text)
            assert book.cell(facts.cells[path].sheet, facts.cells[path].a1)["kind"] != "empty", path
        saved = book.save_as(tmp_path / f"saved.{format_}")
    found = facts.checked(saved)
    typed = {path: found.answers[path].value for path, _, _ in TYPED if path in found.answers}
    assert typed == {path: value for path, _, value in TYPED}
    assert {path: str(facts.cells[path]) for path in typed}.items() <= found.at().items()
    prefilled = {"name", "organisation_type", "code", "cluster", "role"}
    assert found.answers.keys() - typed.keys() <= prefilled


@pytest.mark.parametrize("format_", FORMATS)
def test_rows_and_columns_inserted_before_the_answers_move_them_along(
    office: Office, assessment: Bench, tmp_path: Path, format_: str
) -> None:
    score, comment = assessment.cells["m03_2/score"], assessment.cells["m03_2/comment"]
    sheet = score.sheet
    with office.open(assessment.path) as book:
        type_answer(book, score, "3")
        type_answer(book, comment, "Det finns en utpekad funktion.")
        with pytest.raises(OfficeError):
            book.do("insert_rows", sheet=sheet, row=4, count=1)
        assert book.shown(sheet, score.a1) == "3", "a protected sheet lets nobody insert rows"
        assert book.do("unprotect", sheet=sheet)
        book.do("insert_rows", sheet=sheet, row=score.row - 2, count=3)
        book.do("insert_columns", sheet=sheet, column=2, count=1)
        moved = CellRef(sheet, score.row + 3, score.column + 1)
        moved_comment = CellRef(sheet, comment.row + 3, comment.column + 1)
        assert (book.shown(sheet, moved.a1), book.shown(sheet, score.a1)) == ("3", "")
        assert book.shown(sheet, moved_comment.a1) == "Det finns en utpekad funktion."
        saved = book.save_as(tmp_path / f"saved.{format_}")
    found = assessment.checked(saved)
    assert found.at() == {"m03_2/score": str(moved), "m03_2/comment": str(moved_comment)}
    assert found.answers["m03_2/score"].value == 3


@pytest.mark.parametrize("format_", FORMATS)
def test_a_sorted_table_keeps_its_keys_and_new_rows_are_new(
    office: Office, facts: Bench, tmp_path: Path, format_: str
) -> None:
    names = ["Valnämnden", "Kommunstyrelsen", "Socialnämnden"]
    first = facts.cells["departments[D01]/unit_name"]
    with office.open(facts.path) as book:
        for row, name in enumerate(names):
            type_answer(book, below(first, row), name)
        type_answer(book, facts.cells["departments[D01]/own_assessment"], "x")
        book.do("insert_rows", sheet=first.sheet, row=first.row + 1, count=1)
        type_answer(book, below(first, 1), "Äldrenämnden")
        assert [book.shown(first.sheet, below(first, row).a1) for row in range(4)] == [
            "Valnämnden",
            "Äldrenämnden",
            "Kommunstyrelsen",
            "Socialnämnden",
        ]
        last_column = facts.layout.sheets[3].right_key
        area = f"A{first.row + 1}:{CellRef('', first.row + 14, last_column).a1}"
        book.do("sort", sheet=first.sheet, area=area, column=first.column, descending=False)
        shown = [book.shown(first.sheet, below(first, row).a1) for row in range(5)]
        assert shown == ["Kommunstyrelsen", "Socialnämnden", "Valnämnden", "Äldrenämnden", ""]
        assert book.shown(first.sheet, f"A{first.row + 1}").endswith("departments[D02]")
        saved = book.save_as(tmp_path / f"saved.{format_}")
    found = facts.checked(saved)
    named = {path: (answer.value, answer.cell) for path, answer in found.answers.items() if "unit_name" in path}
    assert named == {
        "departments[D02]/unit_name": ("Kommunstyrelsen", first),
        "departments[D03]/unit_name": ("Socialnämnden", below(first, 1)),
        "departments[D01]/unit_name": ("Valnämnden", below(first, 2)),
        "departments[D15]/unit_name": ("Äldrenämnden", below(first, 3)),
    }
    assert found.answers["departments[D01]/own_assessment"].cell.row == first.row + 2


@pytest.mark.parametrize("format_", FORMATS)
def test_renamed_copied_moved_and_hidden_does_no_harm(
    office: Office, assessment: Bench, tmp_path: Path, format_: str
) -> None:
    score = assessment.cells["m05_1/score"]
    with office.open(assessment.path) as book:
        type_answer(book, score, "2")
        book.do("rename_sheet", sheet=score.sheet, to="Vår skattning & mer")
        book.do("copy_sheet", sheet="Vår skattning & mer", to="Reserv", place=1)
        book.do("move_sheet", sheet="Vår skattning & mer", place=0)
        assert book.do("unprotect", sheet="Vår skattning & mer")
        book.do("hide_rows", sheet="Vår skattning & mer", row=score.row, count=1, hidden=True)
        assert book.cell("Vår skattning & mer", score.a1)["row_hidden"]
        assert book.sheet_names()[:2] == ["Vår skattning & mer", "Start"]
        saved = book.save_as(tmp_path / f"saved.{format_}")
    found = assessment.checked(saved)
    assert {path: answer.value for path, answer in found.answers.items()} == {"m05_1/score": 2}
    assert found.answers["m05_1/score"].cell.a1 == score.a1
    assert found.answers["m05_1/score"].cell.sheet in {"Vår skattning & mer", "Reserv"}


@pytest.mark.parametrize("format_", FORMATS)
def test_cards_with_measures_activities_and_a_row_cut_and_pasted(
    office: Office, plans: Bench, tmp_path: Path, format_: str
) -> None:
    card = "plans[P01]"
    typed = {
        f"{card}/title": "Lika tid i hemtjänsten",
        f"{card}/start": "2026-03-02",
        f"{card}/measures[K02]/baseline/women": "27,4",
        f"{card}/measures[K02]/baseline/men": "31,9",
        f"{card}/measures[K02]/people/women": "..",
        f"{card}/activities[A01]/what": "Ta fram frågor",
        f"{card}/activities[A01]/due": "2026-03-20",
    }
    activity = plans.cells[f"{card}/activities[A01]/what"]
    sheet = next(one for one in plans.layout.sheets if one.title == activity.sheet)
    row, empty = activity.row + 1, activity.row + 8
    right = CellRef("", activity.row, sheet.right_key).a1
    with office.open(plans.path) as book:
        for path, text in typed.items():
            type_answer(book, plans.cells[path], text)
        last = CellRef("", empty - 1, 0).a1
        book.do("move", sheet=activity.sheet, area=f"A{row}:{right}", to=last)
        assert book.shown(activity.sheet, activity.a1) == ""
        assert book.shown(activity.sheet, below(activity, 7).a1) == "Ta fram frågor"
        saved = book.save_as(tmp_path / f"saved.{format_}")
    found = plans.checked(saved)
    assert {path: found.answers[path].value for path in typed} == {
        f"{card}/title": "Lika tid i hemtjänsten",
        f"{card}/start": date(2026, 3, 2),
        f"{card}/measures[K02]/baseline/women": Decimal("27.4"),
        f"{card}/measures[K02]/baseline/men": Decimal("31.9"),
        f"{card}/measures[K02]/people/women": "..",
        f"{card}/activities[A01]/what": "Ta fram frågor",
        f"{card}/activities[A01]/due": date(2026, 3, 20),
    }
    assert found.answers[f"{card}/activities[A01]/what"].cell == below(activity, 7)


def test_a_share_reads_the_same_typed_with_and_without_its_sign(office: Office, facts: Bench, tmp_path: Path) -> None:
    """45 % is 45; a pasted 45 (which shows 4 500 %) and a plain 0,45 are asked about."""
    share, other, third = (facts.cells[f"{name}/women"] for name in ("foreign_born", "employed", "higher_education"))
    with office.open(facts.path) as book:
        assert book.type(share.sheet, share.a1, "45 %")["number"] == 0.45
        assert book.do("set_number", sheet=other.sheet, cell=other.a1, number=45)["shown"].startswith("4")
        book.do("set_string", sheet=third.sheet, cell=third.a1, text="0,45")
        found = facts.checked(book.save_as(tmp_path / "saved.xlsx"))
    assert found.answers["foreign_born/women"].value == 45
    assert {"employed/women", "higher_education/women"}.isdisjoint(found.answers)
    doubtful = {issue.cell for issue in found.issues if issue.code == "PERCENT_DOUBTFUL"}
    assert doubtful == {other, third}
