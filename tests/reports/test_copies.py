"""Reading copies: what was answered, in the form's own words, to be read and kept for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.submissions import Answer, Parameters, Submission, SubmissionKey, Value
from sheets_pipeline.project import Project, open_project
from sheets_pipeline.reports.copies import Asked, Part, parts, reading_copy, render_copy
from tests.reports.pdfs import faults, pages, words

CHECKSUM = "0123456789abcdef" * 4
RECEIVED = datetime(2026, 2, 6, 22, 30, tzinfo=UTC)

ASSESSMENT: Mapping[str, Value] = {
    "assessed_on": date(2026, 2, 4),
    "roles_present/politician": True,
    "roles_present/manager": True,
    "m01_1/score": 3,
    "m01_1/comment": "Beslutet togs i juni.\nDet följs upp i delårsrapporten.",
    "m01_2/score": "dont_know",
}
PLAN: Mapping[str, Value] = {
    "plans[P01]/title": "Lika tid i hemtjänsten",
    "plans[P01]/measures[K01]/baseline/women": Decimal("27.4"),
    "plans[P01]/measures[K01]/baseline/men": "..",
    "plans[P01]/measures[K01]/baseline/date": date(2026, 1, 12),
    "plans[P02]/title": "Bättre beslutsunderlag",
}

Reader = Callable[[bytes], list[str]]


@pytest.fixture
def read(require_program: Callable[[str], str], tmp_path: Path) -> Reader:
    program = require_program("pdftotext")
    return lambda pdf: pages(pdf, program, tmp_path)


@pytest.fixture(scope="module")
def project(root: Path) -> Project:
    return open_project(root)


@pytest.fixture(scope="module")
def round_(project: Project) -> Round:
    return project.round()


def submission(form: str, answers: Mapping[str, Value], occasion: str = "bm1") -> Submission:
    return Submission(
        key=SubmissionKey("2026", form, "9901", occasion=occasion),
        version="1.0.0",
        definition="",
        parameters=Parameters(scale="s4", occasion=occasion),
        checksum=CHECKSUM,
        received=RECEIVED,
        saved=None,
        verdict="accepted",
        answers=tuple(Answer(path, value, str(value), CellRef("Blad", 0, 0)) for path, value in answers.items()),
    )


def assessment(project: Project, answers: Mapping[str, Value] = ASSESSMENT, language: str = "sv") -> tuple[Part, ...]:
    return parts(submission("self_assessment", answers), project.catalogue["self_assessment"], language)


def asked(found: tuple[Part, ...]) -> dict[str, tuple[tuple[str, str], ...]]:
    return {one.question: one.answers for part in found for one in part.questions}


# ------------------------------------------------------------------------------------------------------- the content


def test_the_choices_made_stand_under_their_question(project: Project) -> None:
    assert asked(assessment(project))["Vilka roller deltog?"] == (("", "Politiker\nChef"),)


def test_a_score_has_its_words_and_a_statement_its_columns(project: Project) -> None:
    question = next(name for name in asked(assessment(project)) if name.startswith("1.1 "))
    assert asked(assessment(project))[question] == (
        ("Skattning", "3 – Till stor del på plats"),
        ("Kommentar", "Beslutet togs i juni.\nDet följs upp i delårsrapporten."),
    )


def test_do_not_know_is_an_answer(project: Project) -> None:
    found = asked(assessment(project))
    assert found[next(name for name in found if name.startswith("1.2 "))][0][1].endswith("Vet ej")


def test_what_was_not_answered_is_left_out(project: Project) -> None:
    assert sum(len(part.questions) for part in assessment(project)) == 4
    assert assessment(project, {}) == ()


def test_an_answer_that_the_form_no_longer_asks_for_is_not_lost(project: Project) -> None:
    found = assessment(project, {"m01_1/score": 3, "m77_1/score": 2, "m01_1/hands/3": 4})
    assert found[-1].title == "Övriga svar"
    assert [one.answers for one in found[-1].questions] == [(("", "4"),), (("", "2"),)]


def test_rows_and_cards_are_told_apart(project: Project) -> None:
    found = parts(submission("improvement_plan", PLAN, "round"), project.catalogue["improvement_plan"], "sv")
    assert [part.row for part in found] == ["P01", "K01 (P01)", "P02"]


def test_figures_by_sex_have_their_day_and_a_mark_is_kept(project: Project) -> None:
    found = asked(parts(submission("improvement_plan", PLAN, "round"), project.catalogue["improvement_plan"], "sv"))
    assert found["Utgångsvärde"] == (("Datum", "12 januari 2026"), ("Kvinnor", "27,4"), ("Män", ".."))


def test_an_answer_kept_from_an_earlier_file_says_so(project: Project) -> None:
    whole = submission("self_assessment", ASSESSMENT)
    kept = tuple(replace(answer, origin="f" * 64) for answer in whole.answers)
    found = parts(replace(whole, answers=kept), project.catalogue["self_assessment"], "sv")
    assert all(
        said.endswith("(kvar från en tidigare version)")
        for _, said in asked(found)["Vilken dag gjorde ni skattningen?"]
    )


def test_in_english_too(project: Project) -> None:
    found = asked(assessment(project, language="en"))
    assert "4 February 2026" in {said for answers in found.values() for _, said in answers}


# ---------------------------------------------------------------------------------------------------------- the file


def form_of(project: Project, name: str) -> Form:
    return project.catalogue[name]


@pytest.mark.parametrize(
    ("name", "answers", "occasion"),
    [
        ("self_assessment", ASSESSMENT, "bm1"),
        ("improvement_plan", PLAN, "round"),
        ("organisation_facts", {}, "round"),
        ("self_assessment", {"m01_1/comment": "Ett långt svar. " * 190}, "bm1"),
        ("self_assessment", {"m01_1/comment": '#import "x" $ *b* \\ @a <b> 🎉 \u202e好'}, "bm1"),
    ],
    ids=["assessment", "plan", "nothing answered", "3,000 characters", "canaries"],
)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_copy_keeps_both_standards(
    project: Project, round_: Round, name: str, answers: Mapping[str, Value], occasion: str, language: str
) -> None:
    pdf = reading_copy(submission(name, answers, occasion), form_of(project, name), round_, language)
    assert faults(pdf, "2a") == []
    assert faults(pdf, "ua1") == []


def test_every_page_says_when_which_version_and_the_checksum(project: Project, round_: Round, read: Reader) -> None:
    long = {"m01_1/comment": "Ett långt svar.\n" * 190}
    found = read(reading_copy(submission("self_assessment", long), form_of(project, "self_assessment"), round_, "sv"))
    assert len(found) > 2
    for number, page in enumerate(found, start=1):
        assert "Inkom 6 februari 2026 · version 1.0.0" in page
        assert f"Kontrollsumma (SHA-256) {CHECKSUM}" in page
        assert f"sida {number} av {len(found)}" in page


def test_it_says_what_it_is_a_copy_of(project: Project, round_: Round, read: Reader) -> None:
    pdf = reading_copy(submission("self_assessment", ASSESSMENT), form_of(project, "self_assessment"), round_, "sv")
    first = words(read(pdf)[0])
    for said in (
        "Läskopia",
        "Självskattning för jämställdhetsintegrering",
        "Från Exempelby (9901)",
        "Tillfälle Inför träff 1 (före)",
        "Inkom 6 februari 2026 22:30 UTC",
        "Antal svar 6",
    ):
        assert said in first


def test_the_same_submission_is_the_same_bytes(project: Project, round_: Round) -> None:
    one = submission("self_assessment", ASSESSMENT)
    form = form_of(project, "self_assessment")
    assert reading_copy(one, form, round_, "sv") == reading_copy(one, form, round_, "sv")


def test_its_time_is_when_the_delivery_came_in(read: Reader) -> None:
    part = Part("Del", "", (Asked("Fråga?", (("", "Svar"),)),))
    pdf = render_copy("Titel", (), (part,), "sv", received=RECEIVED, version="1.0.0", checksum=CHECKSUM)
    assert b"/CreationDate(D:20260206" in pdf
    assert "Fråga?" in read(pdf)[0]
