"""`demo`: the whole main job on the example round, told step by step with the places of what was made."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from sheets_pipeline.errors import UsageError
from sheets_pipeline.example import WAVES, Wave, send
from sheets_pipeline.pipeline.building import Wanted
from sheets_pipeline.pipeline.collecting import Run, collect
from sheets_pipeline.pipeline.making import make_workbooks
from sheets_pipeline.pipeline.outputs import Asked, RoundView, view_round, write_exports, write_report
from sheets_pipeline.pipeline.receipts import Receipt, summary
from sheets_pipeline.project import Project, lay_out_project, open_project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import long_date, text

_MARK = ".demo"
_EVENING = time(20)


def play(folder: Path, language: str) -> int:
    """Build, fill in, collect, compare, report, export; prints where each result is."""
    project = _fresh(folder)
    for wave in WAVES:
        _tell("Day {day}: workbooks are built and filled in", language, day=long_date(wave.built, language))
        files = hand_in(project, wave)
        _tell("  Files in the inbox: {count}", language, count=len(files))
        counts = summary(_collected(project, wave))
        _tell(
            "Night {day}: new files: {new}. Nothing more needed: {accepted}. Things to look at: {remarks}. "
            "To be asked about: {held}. Could not be taken: {rejected}. Could not be read: {unreadable}.",
            language,
            day=long_date(wave.collected, language),
            **{name: counts[name] for name in ("new", "accepted", "remarks", "held", "rejected", "unreadable")},
        )
    _tell("Compared, reported, exported", language)
    for name, path in _outputs(project, WAVES[-1].collected, language):
        click.echo(f"  {text(name, language, context='cli')}: {path}")
    return 0


def hand_in(project: Project, wave: Wave) -> list[Path]:
    """Build a wave's workbooks and let the made-up organisations fill them in and hand them in."""
    folder = project.path("workbooks")
    made = (
        built
        for packet in wave.packets
        for _, built in make_workbooks(project, None, Wanted(packet=packet), wave.built, folder)
    )
    return send(project, wave, made)


def _fresh(folder: Path) -> Project:
    """A new project in the folder; an earlier demo that lies there is played anew, anything else is left alone."""
    if (folder / _MARK).exists():
        shutil.rmtree(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} is not empty", hint="Name a new folder: sheets-pipeline demo --to DIR.")
    lay_out_project(folder)
    (folder / _MARK).touch()
    return open_project(folder)


def _collected(project: Project, wave: Wave) -> list[Receipt]:
    now = datetime.combine(wave.collected, _EVENING, tzinfo=UTC)
    run = Run(id=f"demo-{wave.name}", as_of=wave.collected, now=now)
    with Store.open(project.store_url) as store:
        store.start_run(run.id, "demo", now)
        receipts = list(collect(project, store, run))
        store.finish_run(run.id, "completed", now, dict(summary(receipts)))
    return receipts


def _outputs(project: Project, as_of: date, language: str) -> Iterator[tuple[str, Path]]:
    """What was made, by the name it is shown under."""
    settings = project.settings
    with Store.open(project.store_url) as store:
        view: RoundView = view_round(project, store, project.round(), Asked(audience="salar", as_of=as_of))
        reports = write_report(view, settings.report.formats, language, project.path("reports"))
        write_exports(view, store, settings.export.profiles, project.path("exports"))
    for name in ("workbooks", "inbox", "feedback", "quarantine"):
        yield name, project.path(name)
    for artifact in reports:
        yield "report", artifact.path
    yield "exports", project.path("exports")


def _tell(msgid: str, language: str, **params: object) -> None:
    click.echo(text(msgid, language, context="cli", **params))
