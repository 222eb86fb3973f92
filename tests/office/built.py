"""Built workbooks for the tests with a real spreadsheet program, and what the pipeline says of the files it saves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sheets_pipeline.model.cells import CellRef, parse_a1
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.layout import Layout, lay_out
from sheets_pipeline.model.submissions import Answer
from sheets_pipeline.pipeline.building import Built, Wanted, build
from sheets_pipeline.pipeline.checking import check
from sheets_pipeline.pipeline.collecting import forms_of
from sheets_pipeline.project import Project
from sheets_pipeline.workbooks.edit import Edited

BUILT_ON, CHECKED_ON = date(2025, 12, 8), date(2026, 2, 16)


@dataclass(frozen=True)
class Bench:
    """A project with a workbook built from it: where it lies, and which cell holds which answer."""

    project: Project
    built: Built
    path: Path
    layout: Layout
    cells: dict[str, CellRef]

    def checked(self, path: Path) -> Checked:
        """What `check` makes of a saved file."""
        found = next(iter(check(self.project, [path], CHECKED_ON)))
        form = found.judged.forms[0]
        assert form.reading is not None, form.verdict
        return Checked(dict(form.reading.answers), tuple(form.verdict.issues))


@dataclass(frozen=True)
class Checked:
    """Answers by path, and the remarks."""

    answers: dict[str, Answer]
    issues: tuple[Issue, ...]

    def at(self) -> dict[str, str]:
        """Answer path → `Sheet!A1`, as the file has it."""
        return {path: str(answer.cell) for path, answer in self.answers.items()}

    def told(self) -> set[CellRef]:
        """The cells of which something is to be mended."""
        found: set[CellRef] = set()
        for issue in self.issues:
            if issue.severity != "info":
                found |= {cell for cell in (issue.cell, *issue.also) if cell is not None}
        return found


def bench(project: Project, organisation: str, packet: str, folder: Path) -> Bench:
    """Build one workbook and lay it on the bench."""
    forms_of(project).keep()
    wanted = Wanted(packet=packet, organisation=organisation)
    built = next(build(project, project.round(), wanted, BUILT_ON, {}))
    path = folder / built.name
    path.write_bytes(built.data)
    part = Edited(built.data).manifest().parts[0]
    layout = lay_out(project.catalogue[part.form], part.parameters, part.unit)
    return Bench(project, built, path, layout, layout.cells())


def below(ref: CellRef, rows: int) -> CellRef:
    """The cell so many rows further down."""
    return CellRef(ref.sheet, ref.row + rows, ref.column)


def column_of(cell: str) -> int:
    """The column's number, from zero."""
    return parse_a1(cell)[1]
