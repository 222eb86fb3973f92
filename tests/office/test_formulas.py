"""Formulas in LibreOffice: what was saved is what it computes, and status and progress follow what is typed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from sheets_pipeline.model.cells import CellRef
from tests.office.built import Bench
from tests.office.office import Book, Office

PROGRESS = re.compile(r"(\d+) av (\d+) besvarade")


@pytest.mark.parametrize("form", ["facts", "assessment", "plans"])
def test_every_saved_value_is_what_the_program_computes(
    office: Office, form: str, request: pytest.FixtureRequest
) -> None:
    bench: Bench = request.getfixturevalue(form)
    with office.open(bench.path) as book:
        saved = book.do("formulas")
        book.do("recalculate")
        computed = book.do("formulas")
        assert book.do("errors") == []
    assert len(saved) > 10
    assert [one for one in saved if one not in computed] == []


def progress(book: Book) -> tuple[int, int]:
    """(answered, required) as the start sheet says."""
    shown: list[list[Any]] = book.do("values", sheet="Start", area="A1:C30")
    found = [match for row in shown for cell in row if (match := PROGRESS.search(str(cell)))]
    return int(found[0][1]), int(found[0][2])


def status_of(book: Book, bench: Bench, path: str) -> str:
    """The status beside an answer."""
    ref = bench.cells[path]
    sheet = next(one for one in bench.layout.sheets if one.title == ref.sheet)
    return book.shown(ref.sheet, CellRef("", ref.row, sheet.right_key - 1).a1)


def test_status_and_progress_follow_what_is_typed(office: Office, assessment: Bench) -> None:
    scores = [path for path in assessment.cells if path.endswith("/score")]
    with office.open(assessment.path) as book:
        assert progress(book) == (0, len(scores) + 2)
        assert status_of(book, assessment, "m01_1/score") == "saknas"
        for place, path in enumerate(scores):
            ref = assessment.cells[path]
            book.type(ref.sheet, ref.a1, str(place % 4 + 1))
        book.do("recalculate")
        assert progress(book) == (len(scores), len(scores) + 2)
        assert status_of(book, assessment, "m01_1/score") == "klar"
        ref = assessment.cells["m01_1/score"]
        book.type(ref.sheet, ref.a1, "7")
        book.do("recalculate")
        assert status_of(book, assessment, "m01_1/score") == "kontrollera"
        assert progress(book)[0] == len(scores) - 1
        assert book.do("errors") == []


def test_the_word_of_a_score_stands_beside_it(office: Office, assessment: Bench) -> None:
    ref = assessment.cells["m01_1/score"]
    with office.open(assessment.path) as book:
        for typed, word in (("3", "Till stor del på plats"), ("VE", "Vet ej"), ("9", "")):
            book.type(ref.sheet, ref.a1, typed)
            assert book.shown(ref.sheet, CellRef("", ref.row, ref.column + 1).a1) == word


def test_the_place_in_the_matrix_is_computed_as_the_form_says(office: Office, plans: Bench) -> None:
    """Effort and effect, one to five, give one of four squares."""
    row = "plans[P01]/obstacles[H01]"
    effort, effect, chosen = (plans.cells[f"{row}/{name}"] for name in ("effort", "effect", "chosen"))
    square = CellRef("", effort.row, chosen.column - 1).a1
    expected = {(1, 5): "Gör nu", (4, 4): "Planera", (2, 2): "Om tid finns", (5, 1): "Avstå"}
    with office.open(plans.path) as book:
        for (one, other), word in expected.items():
            book.type(effort.sheet, effort.a1, str(one))
            book.type(effect.sheet, effect.a1, str(other))
            assert book.shown(effort.sheet, square) == word


def test_formulas_live_on_after_rows_are_inserted_and_sheets_renamed(office: Office, assessment: Bench) -> None:
    ref = assessment.cells["m04_1/score"]
    with office.open(assessment.path) as book:
        book.do("unprotect", sheet=ref.sheet)
        book.do("insert_rows", sheet=ref.sheet, row=ref.row - 3, count=2)
        book.do("rename_sheet", sheet=ref.sheet, to="Vår skattning")
        book.type("Vår skattning", CellRef("", ref.row + 2, ref.column).a1, "2")
        book.do("recalculate")
        assert progress(book)[0] == 1
        assert book.do("errors") == []
