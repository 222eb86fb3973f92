"""A real spreadsheet program for the tests: LibreOffice, started once, spoken to over a pipe."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 120.0
STEP_SECONDS = 60.0
END_SECONDS = 10.0
PYTHONS = ("/usr/bin/python3", "python3")


class OfficeError(Exception):
    """The program could not do what was asked, or does not answer."""


def python_with_uno() -> str | None:
    """A Python that can speak to LibreOffice; None where there is none."""
    for python in filter(None, map(shutil.which, PYTHONS)):
        asked = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
        if asked.returncode == 0:
            return python
    return None


class Office:
    """The running program. Every step has a time limit; one that passes it ends the program."""

    def __init__(self, program: str, python: str) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="office-"))
        self._log = (self._folder / "log").open("wb")
        self._process = subprocess.Popen(
            [python, "-m", "tests.office.driver", program, str(self._folder / self._folder.name)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self._answer(START_SECONDS)

    @contextmanager
    def open(self, path: Path) -> Iterator[Book]:
        """Open a file; it is closed without saving."""
        book = Book(self, self.ask("open", path=str(path)))
        try:
            yield book
        finally:
            book.do("close")

    def ask(self, doing: str, **arguments: Any) -> Any:
        """Carry out one operation of `tests/office/operations.py`."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"do": doing, **arguments}) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise OfficeError(f"the program has ended: {self._said()}") from error
        return self._answer(STEP_SECONDS)

    def stop(self) -> None:
        """End the program and everything it started, and remove its profile."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(END_SECONDS)
        self._end()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put("")

    def _answer(self, seconds: float) -> Any:
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self._end()
            raise OfficeError(f"no answer within {seconds:.0f} s") from None
        if not line:
            raise OfficeError(f"the program has ended: {self._said()}")
        said = json.loads(line)
        if "problem" in said:
            raise OfficeError(said["problem"])
        return said["answer"]

    def _said(self) -> str:
        return (self._folder / "log").read_text(encoding="utf-8", errors="replace")[-500:]

    def _end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()


class Book:
    """A workbook open in the program; see `tests/office/operations.py` for what can be done."""

    def __init__(self, office: Office, number: int) -> None:
        self._office = office
        self._number = number

    def do(self, doing: str, *, sheet: str | None = None, **arguments: Any) -> Any:
        """Carry out one operation on this workbook."""
        named = {"sheet": sheet} if sheet is not None else {}
        return self._office.ask(doing, book=self._number, **named, **arguments)

    def sheet_names(self) -> list[str]:
        return [sheet["name"] for sheet in self.do("sheets")]

    def type(self, sheet: str, cell: str, text: str) -> dict[str, Any]:
        """Type as a person does: `2,5` becomes a number, `2026-03-01` a date, `=A1` a formula."""
        found: dict[str, Any] = self.do("type", sheet=sheet, cell=cell, text=text)
        return found

    def cell(self, sheet: str, cell: str) -> dict[str, Any]:
        found: dict[str, Any] = self.do("cell", sheet=sheet, cell=cell)
        return found

    def shown(self, sheet: str, cell: str) -> str:
        """The text that the cell shows."""
        return str(self.cell(sheet, cell)["shown"])

    def save_as(self, path: Path) -> Path:
        """Save a copy in the format of the path's ending."""
        self.do("save_as", path=str(path))
        return path
