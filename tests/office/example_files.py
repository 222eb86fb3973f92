"""`make example-files`: have LibreOffice save the workbooks that the example keeps as files."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

from sheets_pipeline.example import BEFORE
from sheets_pipeline.example.saved import INDEX, SAVED
from sheets_pipeline.example.sending import Desk, desks, filled
from sheets_pipeline.pipeline.building import Wanted, build
from sheets_pipeline.project import Project, lay_out_project
from sheets_pipeline.workbooks.edit import with_time
from tests.office.office import Office, python_with_uno

FOLDER = Path(__file__).resolve().parent.parent.parent / "sheets_pipeline" / "example" / "saved"


def desk_of(project: Project, workbook: tuple[str, str, str]) -> Desk:
    """Where a kept workbook is filled in."""
    _, organisation, packet = workbook
    wanted = Wanted(packet=packet, organisation=organisation)
    return next(desks(project, BEFORE, build(project, project.round(), wanted, BEFORE.built, {})))


def main() -> None:
    program, python = shutil.which("soffice"), python_with_uno()
    if program is None or python is None:
        sys.exit("This needs LibreOffice Calc and python3-uno.")
    office = Office(program, python)
    try:
        with tempfile.TemporaryDirectory() as folder:
            lay_out_project(Path(folder) / "project")
            index = {
                name: save(office, desk_of(Project(Path(folder) / "project"), workbook), name, Path(folder))
                for workbook, name in SAVED.items()
            }
    finally:
        office.stop()
    (FOLDER / INDEX).write_text(json.dumps(index, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def save(office: Office, desk: Desk, name: str, folder: Path) -> str:
    """Fill in, open, recalculate and save one workbook; the hash of what was opened."""
    edited = filled(desk)
    given = folder / "given.xlsx"
    given.write_bytes(edited.saved(desk.saved))
    with office.open(given) as book:
        book.do("recalculate")
        saved = book.save_as(folder / name)
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / name).write_bytes(with_time(saved.read_bytes(), desk.saved))
    return edited.digest()


if __name__ == "__main__":
    main()
