"""Every office file that the product writes opens without repair: nothing by openxml-audit, whatever its severity.

Of workbooks that program judges the schema and little of what the parts mean to each other; `repairs` does that.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openxml_audit import OpenXmlValidator

from sheets_pipeline.pipeline.making import Wanted, make_workbooks
from sheets_pipeline.project import lay_out_project, open_project
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.docx import render_docx
from sheets_pipeline.reports.pptx import render_pptx
from sheets_pipeline.reports.xlsx import render_xlsx
from tests.gates.extremes import EXTREMES, LARGE, LARGEST, SMALL, Extreme
from tests.gates.repairs import repairs

WRITERS: Mapping[str, Callable[[Document], bytes]] = {".xlsx": render_xlsx, ".pptx": render_pptx, ".docx": render_docx}
OURS = ("workbooks", "feedback", "reports", "exports")
"""The folders of the demo that hold what we wrote; elsewhere lies what people are taken to have saved themselves."""


def findings(path: Path) -> list[str]:
    """What is wrong with an office file, a line a finding."""
    found = OpenXmlValidator(max_errors=50, strict=True).validate(path)
    said = [f"{path.name} {error.part_uri} {error.path}: {error.description}" for error in found.errors]
    return said + (repairs(path) if path.suffix == ".xlsx" else [])


def cases() -> list[object]:
    """Every extreme in every format; Word has the one page only. `make test` has time for slides of some."""
    return [case(name, kind) for name in EXTREMES for kind in WRITERS]


def case(name: str, kind: str) -> object:
    always = name not in {*LARGE, *LARGEST} and (kind != ".pptx" or name in {*SMALL, "long-names", "long-text"})
    extreme = replace(EXTREMES[name], brief=True) if kind == ".docx" else EXTREMES[name]
    return pytest.param(extreme, kind, marks=() if always else pytest.mark.check_reports, id=f"{name}{kind}")


@pytest.mark.parametrize(("extreme", "kind"), cases())
def test_the_report(tmp_path: Path, extreme: Extreme, kind: str) -> None:
    path = tmp_path / f"report{kind}"
    path.write_bytes(WRITERS[kind](extreme.document()))
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
    files = sorted(path for path in (demo / folder).rglob("*") if path.suffix in WRITERS)
    assert files
    assert [finding for path in files for finding in findings(path)] == []


SHEET, TABLE = "xl/worksheets/sheet3.xml", "xl/tables/table1.xml"
DAMAGE = {
    "an element that is none": (SHEET, b"<sheetData>", b"<odd/><sheetData>"),
    "XML that breaks off": (SHEET, b"</worksheet>", b""),
    "a cell given twice": (SHEET, b'r="B5"', b'r="A5"'),
    "a cell that is nowhere": (SHEET, b'r="A5"', b'r="5A"'),
    "a style that is not there": (SHEET, b' s="', b' s="999'),
    "a text that is not there": (SHEET, b't="s"><v>', b't="s"><v>9999'),
    "a name that no table may have": (TABLE, b'displayName="', b'displayName="1 '),
    "a heading that is not the sheet's": (TABLE, b'<tableColumn id="1" name="', b'<tableColumn id="1" name="x'),
    "a column twice": (TABLE, b'<tableColumn id="2"', b'<tableColumn id="1"'),
    "a chart without its kind": ("xl/charts/chart1.xml", b"<c:barDir", b"<c:odd/><c:barDir"),
}


@pytest.mark.parametrize(("part", "whole", "broken"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_found(tmp_path: Path, part: str, whole: bytes, broken: bytes) -> None:
    path = tmp_path / "wrong.xlsx"
    sound = ZipFile(io.BytesIO(render_xlsx(EXTREMES["one"].document())))
    assert whole in sound.read(part)
    with ZipFile(path, "w", ZIP_DEFLATED) as wrong:
        for name in sound.namelist():
            data = sound.read(name)
            wrong.writestr(name, data.replace(whole, broken) if name == part else data)
    assert findings(path) != []
