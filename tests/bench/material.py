"""What is measured on: a project with as many made-up organisations as wanted, and a filled workbook from each.

The twelve example organisations' workbooks of `meeting_1` are built and filled by editing, as people do. Further
organisations get copies in which the manifest names them and the scores are their own.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from sheets_pipeline.example.filling import Answering, fill
from sheets_pipeline.pipeline.building import Built, Wanted, build
from sheets_pipeline.project import Project, lay_out_project, open_project
from sheets_pipeline.workbooks.edit import Edited

PACKET = "meeting_1"
BUILT, FILLED = date(2025, 12, 8), datetime(2026, 1, 20, 12, tzinfo=UTC)
COLLECTED = datetime(2026, 2, 1, 4, tzinfo=UTC)
A_ROUND = 300  # about as many as there are municipalities and regions in Sweden
_ROUND_CELL = b'<c r="B2" t="inlineStr"><is><t>2026</t>'
_ORGANISATION = """
[[rounds.{round}.organisations]]
code = "{code}"
name = "Bänk {number}"
type = "municipality"
cluster = "{cluster}"
role = "participant"
sharing_scores = "cluster"
sharing_texts = "cluster"
example = true
"""


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled workbook as its parts, with the cells that hold a score below the highest."""

    name: str
    code: str
    parts: tuple[tuple[str, bytes], ...]
    scores: re.Pattern[bytes]


def code_of(number: int) -> str:
    """The code of the n-th organisation."""
    return f"x-bench{number:05d}"


def round_of(number: int) -> str:
    """The round that the n-th organisation takes part in."""
    return f"b{number // A_ROUND:03d}"


def make_project(folder: Path, organisations: int) -> Project:
    """An empty project with that many organisations in rounds like the example's."""
    lay_out_project(folder)
    path = folder / "config" / "programme.toml"
    programme = path.read_text(encoding="utf-8")
    shared, _, own = programme.partition("[rounds.2026]")
    path.write_text(shared + "".join(_rounds("[rounds.2026]" + own, organisations)), encoding="utf-8")
    return open_project(folder)


def _rounds(example: str, organisations: int) -> Iterator[str]:
    """The example's round, then as many like it as it takes."""
    yield example
    for number in range(organisations):
        if number % A_ROUND == 0:
            yield example.replace("rounds.2026", f"rounds.{round_of(number)}")
        yield _ORGANISATION.format(
            round=round_of(number), code=code_of(number), number=number, cluster=f"k{number % 4 + 1}"
        )


def set_workers(folder: Path, workers: int) -> None:
    """How many processes of the project read files."""
    path = folder / "config" / "settings.toml"
    path.write_text(
        re.sub(r"(?m)^workers = \d+", f"workers = {workers}", path.read_text(encoding="utf-8")), encoding="utf-8"
    )


def filled_workbooks(project: Project) -> list[Filled]:
    """The example organisations' workbooks of one packet, each filled in as that organisation does."""
    round_ = project.round()
    codes = [one.code for one in round_.organisations if one.code.isdecimal()]
    return [
        _filled(project, built)
        for code in codes
        for built in build(project, round_, Wanted(packet=PACKET, organisation=code), BUILT, {})
    ]


def _filled(project: Project, built: Built) -> Filled:
    edited = Edited(built.data)
    fill(edited, Answering(built.organisation, FILLED.date()), lambda part: project.catalogue[part.form])
    cells = [ref.a1 for path, ref in edited.cells().items() if path.endswith("/score")]
    scores = re.compile(rb'(<c r="(?:' + "|".join(cells).encode() + rb')"[^>]*><v>)[1-3](?=</v>)')
    with zipfile.ZipFile(io.BytesIO(edited.saved(FILLED))) as package:
        parts = tuple((name, package.read(name)) for name in package.namelist())
    return Filled(built.name, built.organisation.code, parts, scores)


def send(project: Project, filled: list[Filled], organisations: int) -> Iterator[Path]:
    """Put one workbook from each organisation into the inbox, in a folder of its own."""
    for number in range(organisations):
        base, code = filled[number % len(filled)], code_of(number)
        folder = project.path("inbox") / code
        folder.mkdir(parents=True)
        path = folder / base.name.replace(base.code, code)
        path.write_bytes(_copy(base, code, round_of(number)))
        os.utime(path, (FILLED.timestamp(), FILLED.timestamp()))
        yield path


def _copy(base: Filled, code: str, round_id: str) -> bytes:
    """The same workbook from another organisation, which has scores of its own."""
    chance, buffer = Random(code), io.BytesIO()  # noqa: S311 - the same scores every time
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in base.parts:
            named = data.replace(b'"%s"' % base.code.encode(), b'"%s"' % code.encode()).replace(
                _ROUND_CELL, _ROUND_CELL.replace(b"2026", round_id.encode())
            )
            own = base.scores.sub(lambda match: match[1] + b"%d" % chance.randint(1, 3), named)
            package.writestr(zipfile.ZipInfo(name, FILLED.timetuple()[:6]), own, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
