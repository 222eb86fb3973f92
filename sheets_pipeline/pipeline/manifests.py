"""The manifest of a closed round, and the project and store as they stood when it was written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from sheets_pipeline.errors import ProjectError
from sheets_pipeline.files import disk_faults
from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.model.receipts import Decided, State, StoredVersion
from sheets_pipeline.model.submissions import Submission, content_hash, value_to_json
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store

CLOSED, ADDENDUM = "closed.json", "addendum.json"
PROJECT, OUTPUTS = "project", "outputs"
Reader = tuple[SharingLevel, str, str]
"""The audience, the cluster or organisation that reads, and the one it is about (empty: all of the round)."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was frozen: `data` as the file holds it, `folder` where it lies."""

    folder: Path
    name: str
    data: Mapping[str, Any]

    @property
    def round(self) -> str:
        return str(self.data["round"])

    @property
    def as_of(self) -> date:
        """The day that the outputs speak of."""
        return date.fromisoformat(self.data["as_of"])

    @property
    def points(self) -> tuple[str, str]:
        """The two points that were compared."""
        first, last = self.data["points"]
        return first, last

    @property
    def readers(self) -> tuple[Reader, ...]:
        """Whom a report was made for, and about whom."""
        return tuple((audience, viewer, about) for audience, viewer, about in self.data["readers"])

    @property
    def states(self) -> dict[str, State]:
        """Every version of the round by its id, and what it was."""
        return {one["id"]: one["state"] for one in self.data["inputs"]}

    @property
    def path(self) -> Path:
        return self.folder / self.name

    def closed_project(self, project: Project) -> ClosedProject:
        """The project with the rules, forms and settings of that time."""
        return ClosedProject(self.folder / PROJECT, project)

    def closed_store(self, project: Project) -> ClosedStore:
        """The store with what was in force at that time."""
        store = ClosedStore.open(project.store_url)
        store.states = self.states
        store.decided = frozenset(tuple(one) for one in self.data["decisions"])
        return store


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; raises ProjectError for one that is damaged, DiskError."""
    with disk_faults(path):
        content = path.read_text(encoding="utf-8")
    try:
        data = json.loads(content)
    except ValueError as fault:
        message = "the manifest is damaged"
        raise ProjectError(message, file=str(path), hint="Restore it from a backup.") from fault
    return Manifest(path.parent, path.name, data)


def manifests_of(project: Project, round_id: str) -> tuple[Manifest, ...]:
    """The manifest of a closed round and those of its addenda; none for a round that was never closed."""
    folder = round_folder(project, round_id)
    found = [folder / CLOSED, *sorted(folder.glob(f"addendum-*/{ADDENDUM}"))]
    return tuple(read_manifest(path) for path in found if path.is_file())


def round_folder(project: Project, round_id: str) -> Path:
    """Where what was frozen of a round lies."""
    return project.folder / "data" / "rounds" / round_id


class ClosedProject(Project):
    """A project as a manifest's folder has it; what has come in since lies where it always does."""

    def __init__(self, folder: Path, living: Project) -> None:
        super().__init__(folder)
        self.living = living

    def path(self, name: str) -> Path:
        return self.living.path(name)

    @property
    def store_url(self) -> str:
        return self.living.store_url


class ClosedStore(Store):
    """The store as it was read when a round was closed; nothing is written through it."""

    states: Mapping[str, State] = {}
    decided: frozenset[tuple[str, ...]] = frozenset()

    def in_force(self, round_id: str) -> Iterator[Submission]:
        del round_id
        found = (self.submission(name) for name, state in self.states.items() if state == "in_force")
        yield from sorted(found, key=lambda one: one.key)

    def list(
        self, round_id: str, *, subject: str = "", form: str = "", state: State | None = None
    ) -> tuple[StoredVersion, ...]:
        every = super().list(round_id, subject=subject, form=form)
        known = (replace(one, state=self.states[one.id]) for one in every if one.id in self.states)
        return tuple(one for one in known if state in {None, one.state})

    def decisions(self) -> tuple[Decided, ...]:
        return tuple(one for one in super().decisions() if decision_mark(one) in self.decided)


def decision_mark(one: Decided) -> tuple[str, ...]:
    """What a decision is known by."""
    return one.submission, one.action, one.at.isoformat()


def input_of(version: StoredVersion, submission: Submission | None) -> dict[str, Any]:
    """One version as the manifest lists it, with a checksum of its answers where it was in force."""
    return {
        "id": version.id,
        "submission": str(version.key),
        "state": version.state,
        "verdict": version.verdict,
        "sha256": version.checksum,
        "file": version.name,
        "received": version.received.isoformat(),
        "definition": version.definition,
        "answers": answers_checksum(submission) if submission else None,
    }


def answers_checksum(submission: Submission) -> str:
    """Stands for every answer, with what was typed and where."""
    return content_hash(
        [
            [one.path, value_to_json(one.value), one.typed(), str(one.cell), one.origin]
            for one in sorted(submission.answers, key=lambda one: one.path)
        ]
    )


def files_below(folder: Path) -> list[str]:
    """The files below a folder by their names from it, sorted; none where there is no folder."""
    with disk_faults(folder):
        return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
