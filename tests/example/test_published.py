"""The example round as it leaves the project lead's desk: nothing hidden is worked out, and it is always the same."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sheets_pipeline.analysis.figures import behind, figures, row_id
from sheets_pipeline.analysis.published import published_figures
from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.model.publications import PublishedFigure
from sheets_pipeline.pipeline.outputs import Asked, RoundView, view_round
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from tests.analysis.attack import worked_out
from tests.analysis.published_round import SEES
from tests.example.conftest import Played

AS_OF = date(2026, 11, 20)
READERS: dict[SharingLevel, tuple[str, ...]] = {
    "salar": ("",),
    "cluster": ("k1", "k2", "k3", "k4"),
    "round": ("",),
    "public": ("",),
}


def view(project: Project, audience: SharingLevel, viewer: str = "") -> RoundView:
    with Store.open(project.store_url) as store:
        return view_round(project, store, project.round(), Asked(audience=audience, as_of=AS_OF, viewer=viewer))


@pytest.fixture(scope="session")
def published(played: Played) -> dict[tuple[str, str], dict[str, PublishedFigure]]:
    """Every figure of every report, by reader."""
    found: dict[tuple[str, str], dict[str, PublishedFigure]] = {}
    for audience, viewers in READERS.items():
        for viewer in viewers:
            seen = view(played.project, audience, viewer)
            found[audience, viewer] = published_figures(seen.results, seen.forms, seen.submissions)
    return found


@pytest.mark.parametrize("audience", SEES)
def test_nobody_works_out_a_hidden_figure(
    published: dict[tuple[str, str], dict[str, PublishedFigure]], audience: SharingLevel
) -> None:
    for viewer in READERS[audience]:
        own = {name for name in SEES[audience] if name != "cluster"}
        files = [file for (level, who), file in published.items() if level in own or (level, who) == (audience, viewer)]
        assert worked_out(files) == []


def test_no_count_of_one_to_four_people_is_shown(
    published: dict[tuple[str, str], dict[str, PublishedFigure]],
) -> None:
    """The example has a municipality with three women as chairs, and others like it."""
    counted = ("chairs", "council_members", "managers", "staff")
    for file in published.values():
        people = {
            name: one for name, one in file.items() if "/people/" in name or any(word in name for word in counted)
        }
        assert not [name for name, one in people.items() if one.shown in {"1", "2", "3", "4"}]
    assert published["salar", ""]["fact/9901/chairs/women"].shown == ".."


def test_every_number_has_an_id_of_its_own_and_answers_behind_it(played: Played) -> None:
    results = view(played.project, "salar").results
    rows = [row_id(row, results) for row in results.comparisons]
    assert len(rows) == len(set(rows))
    names = [one.id for one in figures(results)]
    assert len(names) == len(set(names)) > 1000
    for row, name in zip(results.comparisons, rows, strict=True):
        if row.shift is not None:
            assert len(behind(f"{name}/shift", results)) >= 2 * row.matched


MAKE = """
import json, sys, uuid
from datetime import date, datetime, UTC
from pathlib import Path
from sheets_pipeline.pipeline.collecting import Run, collect
from sheets_pipeline.pipeline.containers import content_checksum
from sheets_pipeline.pipeline.outputs import Asked, view_round, rendered_report, write_exports
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
folder, waiting, formats = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[4].split(",")
project = Project(folder)
names = sorted(path.relative_to(waiting) for path in waiting.rglob("*") if path.is_file())
halves = [names[::2], names[1::2]] if sys.argv[3] == "forward" else [names[1::2][::-1], names[::2]]
now = datetime(2027, 1, 1, tzinfo=UTC)
with Store.open(project.store_url) as store:
    for number, half in enumerate(halves):
        for name in half:
            target = project.path("inbox") / name
            target.parent.mkdir(parents=True, exist_ok=True)
            (waiting / name).rename(target)
        list(collect(project, store, Run(id=uuid.uuid4().hex, as_of=date(2026, 11, 20), now=now)))
    view = view_round(project, store, project.round(), Asked(audience="salar", as_of=date(2026, 11, 20)))
    made = rendered_report(view, formats, "sv", published=True)
    exported = write_exports(view, store, ["salar"], folder / "out")
made |= {one.path.name: one.path.read_bytes() for one in exported}
print(json.dumps({name: content_checksum(data) for name, data in sorted(made.items())}))
"""


def made_in_a_process(played: Played, to: Path, order: str, seed: str) -> dict[str, str]:
    """Checksums of what a process of its own makes of the example's inbox, taken in in an order of its own."""
    shutil.copytree(played.project.folder, to, ignore=shutil.ignore_patterns("store.sqlite*", "feedback", "inbox"))
    waiting = to.with_name(f"{to.name}-inbox")
    shutil.copytree(played.project.path("inbox"), waiting)
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", MAKE, str(to), str(waiting), order, "html,xlsx,pdf,pptx"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_the_same_answers_give_the_same_files_whatever_the_order_and_the_process(
    played: Played, tmp_path: Path
) -> None:
    one = made_in_a_process(played, tmp_path / "one", "forward", "1")
    other = made_in_a_process(played, tmp_path / "other", "backward", "4242")
    assert len(one) > 8
    assert one == other
