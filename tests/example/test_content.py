"""What the made-up organisations say: enough of it, in its place, and about nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.example.content import plan, profile, read
from sheets_pipeline.example.encrypted import encrypted_workbook
from sheets_pipeline.example.saved import SAVED, kept_file
from sheets_pipeline.example.sending import filled
from sheets_pipeline.forms import read_catalogue
from sheets_pipeline.intake.guard import inspect
from sheets_pipeline.model.forms import Form
from sheets_pipeline.project import Project, lay_out_project
from tests.office.example_files import desk_of

PEOPLE = re.compile(r"\b\d{6,8}[-+]\d{4}\b|[\w.]+@[\w.]+")


@pytest.fixture(scope="session")
def assessment(root: Path) -> Form:
    return read_catalogue(root / "workbook_templates")["self_assessment"]


def test_every_statement_has_comments_for_every_step(assessment: Form) -> None:
    items = [item for section in assessment.sections for item in section.items]
    lacking = [item.name for item in items if not {"1", "2", "3", "4"} <= read("comments")[item.name].keys()]
    assert lacking == []


def test_every_organisation_of_the_round_has_facts_and_a_plan(root: Path) -> None:
    for organisation in Project(root).round().organisations:
        assert profile(organisation.code)["challenges"]
        assert plan(organisation.code)["problem"]


def test_no_text_names_anyone_and_none_is_longer_than_its_question_allows() -> None:
    texts = "\n".join(str(read(name)) for name in ("comments", "organisations", "plans"))
    assert PEOPLE.findall(texts) == []
    comments = [text for pools in read("comments").values() for pool in pools.values() for text in pool]
    assert max(map(len, comments)) <= 400
    assert len(comments) == len(set(comments))


def test_plans_are_told_apart_by_their_words() -> None:
    problems = [one["problem"] for one in read("plans")["plans"]]
    assert len(set(problems)) == len(problems) == 12


def test_the_encrypted_workbook_is_known_by_its_container() -> None:
    with pytest.raises(DeliveryError, match=r"password"):
        inspect(encrypted_workbook(seed=1), "locked.xlsx")


@pytest.mark.parametrize("workbook", SAVED, ids=SAVED.values())
def test_kept_files_are_what_their_workbooks_would_be(workbook: tuple[str, str, str], tmp_path: Path) -> None:
    """When this fails a form, a programme or the example has changed: run `make example-files`."""
    lay_out_project(tmp_path / "project")
    kept = kept_file(workbook, filled(desk_of(Project(tmp_path / "project"), workbook)))
    assert kept is not None
    assert kept[1].startswith(b"PK")
