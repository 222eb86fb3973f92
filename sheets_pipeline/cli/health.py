"""What `doctor` looks at: the environment, the project's files, the store."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sheets_pipeline import __version__
from sheets_pipeline.cli.frame import Frame
from sheets_pipeline.errors import SheetsPipelineError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `exit_code` is 0 when it is good."""

    about: str
    good: bool
    words: str
    exit_code: int = 0

    def as_json(self) -> dict[str, Any]:
        """As `doctor --json` prints it."""
        return {"about": self.about, "good": self.good, "words": self.words}


def examined(frame: Frame) -> list[Finding]:
    """Everything in order; what a broken part keeps from being looked at is left out."""
    found = [*_environment(frame)]
    for about, look in _looks(frame):
        try:
            found.append(Finding(about, good=True, words=look()))
        except SheetsPipelineError as error:
            words = " ".join(part for part in (error.message, error.hint) if part)
            found.append(Finding(about, good=False, words=words, exit_code=error.exit_code))
            if about == "project":
                break
    return found


def _environment(frame: Frame) -> Iterator[Finding]:
    system = f"sheets-pipeline {__version__}, Python {platform.python_version()}, {platform.system()}"
    yield Finding("program", good=True, words=system)
    limits = frame.words("files are read under limits of time, computing and memory")
    if sys.platform == "win32":
        limits = frame.words("files are read under a limit of time; Windows has none for memory")
    yield Finding("limits", good=True, words=limits)


def _looks(frame: Frame) -> Iterator[tuple[str, Callable[[], str]]]:
    yield "project", lambda: str(frame.project.folder)
    yield "settings", lambda: frame.words("language: {code}", code=frame.project.settings.language)
    yield "forms", lambda: _forms(frame)
    yield "programme", lambda: _programme(frame)
    yield "decisions", lambda: _decisions(frame)
    yield "jobs", lambda: _jobs(frame)
    yield "store", lambda: _store(frame)
    yield "folders", lambda: _folders(frame)


def _forms(frame: Frame) -> str:
    catalogue = frame.project.catalogue
    return ", ".join(f"{form.form_id} {form.version}" for form in catalogue.values())


def _programme(frame: Frame) -> str:
    round_ = frame.project.round(frame.round_id)
    organisations = frame.count("{count} organisation", "{count} organisations", len(round_.organisations))
    clusters = frame.count("in {count} cluster", "in {count} clusters", len(round_.clusters))
    return f"{frame.words('round {round}', round=round_.id)}, {organisations} {clusters}"


def _decisions(frame: Frame) -> str:
    decisions = frame.count("{count} decision", "{count} decisions", len(frame.project.decisions))
    waivers = frame.count("{count} waiver", "{count} waivers", len(frame.project.rules[0]))
    return f"{decisions}, {waivers}"


def _jobs(frame: Frame) -> str:
    from sheets_pipeline.jobs import jobs_of

    return ", ".join(f"{job.name} {job.when}".strip() for job in jobs_of(frame.project)) or frame.words("none")


def _store(frame: Frame) -> str:
    from sheets_pipeline.store.repository import Store

    with Store.open(frame.project.store_url) as store:
        round_ = frame.project.round(frame.round_id)
        versions = frame.count("{count} version", "{count} versions", len(store.list(round_.id)))
        held = frame.count("{count} to be asked about", "{count} to be asked about", len(store.waiting(round_.id)))
        return f"{frame.project.settings.store.url}, {versions}, {held}"


def _folders(frame: Frame) -> str:
    from sheets_pipeline.files import disk_faults

    for name in ("inbox", "archive", "quarantine", "feedback", "reports", "exports"):
        path = frame.project.path(name)
        with disk_faults(path):
            path.mkdir(parents=True, exist_ok=True)
            if not os.access(path, os.W_OK):
                raise PermissionError(13, "may not be written", str(path))
    return str(frame.project.path("inbox").parent)
