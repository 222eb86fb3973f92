"""Every office file that the product writes opens without repair: no finding by openxml-audit, of any severity."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from sheets_pipeline.pipeline.making import Wanted, make_workbooks
from sheets_pipeline.project import lay_out_project, open_project
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.xlsx import render_xlsx
from tests.gates.extremes import EXTREMES, LARGE, LARGEST

KINDS = (".xlsx", ".pptx", ".docx")
OURS = ("workbooks", "feedback", "reports", "exports")
"""The folders of the demo that hold what we wrote; elsewhere lies what people are taken to have saved themselves."""


def findings(path: Path) -> list[str]:
    """What is wrong with an office file, a line a finding."""
    found = OpenXmlValidator(max_errors=50, strict=True).validate(path)
    return [f"{path.name} {error.part_uri} {error.path}: {error.description}" for error in found.errors]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.check_reports if name in {*LARGE, *LARGEST} else (), id=name)
        for name in EXTREMES
    ],
)
def test_the_report_as_a_workbook(document: Callable[[str], Document], tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(render_xlsx(document(name)))
    assert findings(path) == []


def test_the_workbooks_of_an_organisation(tmp_path: Path) -> None:
    lay_out_project(tmp_path / "project")
    project = open_project(tmp_path / "project")
    organisation = project.round().organisations[0].code
    made = make_workbooks(project, None, Wanted(organisation=organisation), date(2026, 1, 12), tmp_path / "made")
    assert [finding for path, _ in made for finding in findings(path)] == []


@pytest.mark.check_reports
@pytest.mark.parametrize("folder", OURS)
def test_all_that_the_demo_makes(demo: Path, folder: str) -> None:
    files = sorted(path for path in (demo / folder).rglob("*") if path.suffix in KINDS)
    assert files
    assert [finding for path in files for finding in findings(path)] == []


def test_a_damaged_workbook_is_found(document: Callable[[str], Document], tmp_path: Path) -> None:
    path = tmp_path / "wrong.xlsx"
    whole = ZipFile(io.BytesIO(render_xlsx(document("one"))))
    with ZipFile(path, "w", ZIP_DEFLATED) as wrong:
        for part in whole.namelist():
            data = whole.read(part)
            wrong.writestr(part, data.replace(b"<sheetData>", b'<sheetData odd="1">') if "sheet1" in part else data)
    assert findings(path) != []
