"""What is measured, each step in an interpreter of its own: `python -m tests.bench.steps STEP FOLDER` prints a Cost.

Imports are not part of a step; what a run starts anew (reading the project, worker processes) is.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench.material import BUILT, COLLECTED, PACKET, round_of, set_workers

if sys.platform != "win32":
    import resource

_PROGRAM = "from sheets_pipeline.cli import main; main()"
SAMPLE = 60
TIMES = 10


@dataclass(slots=True)
class Cost:
    """Seconds of computing (child processes included) and by the clock, megabytes at most in this process."""

    cpu: float = 0.0
    wall: float = 0.0
    megabytes: float = 0.0


@contextmanager
def measured() -> Iterator[Cost]:
    """Child processes count when they have ended."""
    cost, cpu, wall = Cost(), _cpu(), time.perf_counter()
    yield cost
    cost.cpu, cost.wall = _cpu() - cpu, time.perf_counter() - wall
    cost.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def _cpu() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def calamine(folder: Path) -> Cost:
    """Bare reading: every sheet of every file as Python values."""
    from python_calamine import CalamineWorkbook

    with measured() as cost:
        for path in _files(folder):
            workbook = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
            for name in workbook.sheet_names:
                workbook.get_sheet_by_name(name).to_python()
    return cost


def pandas_loop(folder: Path) -> Cost:
    """What a user would write; a sample of the files, since it takes so long, and the cost as if of all of them."""
    import openpyxl  # noqa: F401 - imported before the clock starts
    import pandas as pd

    files = _files(folder)
    sample = files[:: max(len(files) // SAMPLE, 1)]
    with measured() as cost:
        for path in sample:
            pd.read_excel(path, engine="openpyxl", sheet_name=None)
    cost.cpu, cost.wall = (seconds * len(files) / len(sample) for seconds in (cost.cpu, cost.wall))
    return cost


def first_night(folder: Path, workers: int = 1) -> Cost:
    """`collect` on a project that has seen none of the files."""
    for name in ("archive", "quarantine", "feedback"):
        shutil.rmtree(folder / "data" / name, ignore_errors=True)
    for path in (folder / "data").glob("store.sqlite*"):
        path.unlink()
    return _night(folder, "first", "accepted", workers)


def two_workers(folder: Path) -> Cost:
    """The same with two processes that read."""
    return first_night(folder, workers=2)


def unchanged_night(folder: Path) -> Cost:
    """`collect` again, with nothing new."""
    return _night(folder, "second", "unchanged", 1)


def _night(folder: Path, run: str, wanted: str, workers: int) -> Cost:
    from sheets_pipeline.pipeline.collecting import Run, collect
    from sheets_pipeline.pipeline.receipts import summary
    from sheets_pipeline.project import open_project
    from sheets_pipeline.store.repository import Store

    set_workers(folder, workers)
    project = open_project(folder)
    night = Run(id=run, as_of=COLLECTED.date(), now=COLLECTED, feedback=False)
    with Store.open(project.store_url) as store, measured() as cost:
        counts = summary(collect(project, store, night))
    if counts[wanted] != counts["seen"] or not counts["seen"]:
        message = f"the material is not as it should be: {counts}"
        raise RuntimeError(message)
    return cost


def build_workbooks(folder: Path) -> Cost:
    """Some workbooks, laid out, pre-filled and written, as `workbooks build` does."""
    from sheets_pipeline.pipeline.building import Wanted, build
    from sheets_pipeline.project import open_project

    project = open_project(folder)
    owed = build(project, project.round(), Wanted(packet=PACKET), BUILT, {})
    _ = next(owed)
    with measured() as cost:
        count = sum(1 for _ in owed)
    return Cost(cost.cpu / count, cost.wall / count, cost.megabytes)


def xlsxwriter(folder: Path) -> Cost:
    """The same cells and formats written from scratch by a plain XlsxWriter loop, without any thought behind them."""
    import xlsxwriter as library

    sheets = _cells_of(folder)
    with measured() as cost:
        for _ in range(TIMES):
            book = library.Workbook(io.BytesIO())
            style = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
            for name, cells in sheets.items():
                sheet = book.add_worksheet(name)
                for row, column, value in cells:
                    sheet.write(row, column, value, style)
            book.close()
    return Cost(cost.cpu / TIMES, cost.wall / TIMES, cost.megabytes)


def _cells_of(folder: Path) -> dict[str, list[tuple[int, int, object]]]:
    import openpyxl

    book = openpyxl.load_workbook(_files(folder)[0])
    return {
        sheet.title: [
            (row, column, value)
            for row, values in enumerate(sheet.iter_rows(values_only=True))
            for column, value in enumerate(values)
        ]
        for sheet in book.worksheets
    }


def feedback(folder: Path) -> Cost:
    """A feedback workbook for a file in which one score has been forgotten."""
    from sheets_pipeline.pipeline.answering import write_feedback_to
    from sheets_pipeline.pipeline.checking import check
    from sheets_pipeline.project import open_project
    from sheets_pipeline.workbooks.edit import Edited

    project, to = open_project(folder), folder / "data" / "feedback"
    edited = Edited(_files(folder)[0].read_bytes())
    edited.type("m01_1/score", None)
    path = folder / "data" / "forgotten.xlsx"
    path.write_bytes(edited.saved(COLLECTED))
    judged = next(check(project, [path], COLLECTED.date())).judged
    with measured() as cost:
        for _ in range(TIMES):
            if write_feedback_to(to, project, judged, COLLECTED.date()) is None:
                message = "no feedback was written"
                raise RuntimeError(message)
    return Cost(cost.cpu / TIMES, cost.wall / TIMES, cost.megabytes)


def report(folder: Path) -> Cost:
    """The conference report of a whole round as HTML, for each organisation in it."""
    from sheets_pipeline.pipeline.outputs import Asked, view_round, write_report
    from sheets_pipeline.project import open_project
    from sheets_pipeline.store.repository import Store

    project = open_project(folder)
    round_ = project.round(round_of(0))
    asked = Asked(audience="salar", as_of=COLLECTED.date())
    with Store.open(project.store_url) as store, measured() as cost:
        write_report(view_round(project, store, round_, asked), ["html"], "sv", folder / "data" / "reports")
    count = len(round_.organisations)
    return Cost(cost.cpu / count, cost.wall / count, cost.megabytes)


def bare_python(_: Path) -> Cost:
    """An interpreter that starts and ends."""
    return _command([sys.executable, "-c", ""])


def help_command(_: Path) -> Cost:
    """`sheets-pipeline --help`."""
    return _command([sys.executable, "-c", _PROGRAM, "--help"])


def status_command(folder: Path) -> Cost:
    """`sheets-pipeline status` of the example's round."""
    return _command([sys.executable, "-c", _PROGRAM, "status", "--json", "--project", str(folder)])


def _command(command: list[str]) -> Cost:
    with measured() as cost:
        for _ in range(TIMES):
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return Cost(cost.cpu / TIMES, cost.wall / TIMES, cost.megabytes)


def _files(folder: Path) -> list[Path]:
    return sorted((folder / "data" / "inbox").glob("*/*.xlsx"))


STEPS: dict[str, Callable[[Path], Cost]] = {
    step.__name__: step
    for step in (
        calamine,
        pandas_loop,
        first_night,
        two_workers,
        unchanged_night,
        build_workbooks,
        xlsxwriter,
        feedback,
        report,
        bare_python,
        help_command,
        status_command,
    )
}

if __name__ == "__main__":
    json.dump(asdict(STEPS[sys.argv[1]](Path(sys.argv[2]))), sys.stdout)
