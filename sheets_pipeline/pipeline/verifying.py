"""Making a closed round once more, from archive and store, and telling what is not as it was, file by file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sheets_pipeline.errors import DiskError, UsageError
from sheets_pipeline.files import sha256_of
from sheets_pipeline.intake.archive import Archive
from sheets_pipeline.pipeline.containers import content_checksum
from sheets_pipeline.pipeline.freezing import Recipe, made_by
from sheets_pipeline.pipeline.manifests import (
    CLOSED,
    OUTPUTS,
    PROJECT,
    ClosedStore,
    Manifest,
    answers_checksum,
    files_below,
    manifests_of,
)
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import text

Reason = Literal[
    "manifest_changed",
    "not_in_store",
    "answers_changed",
    "original_missing",
    "original_damaged",
    "frozen_changed",
    "frozen_missing",
    "copy_changed",
    "copy_missing",
    "rebuilt_differs",
    "not_rebuilt",
    "new_file",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was when the round was closed: which file, and how."""

    file: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Verified:
    """What became of one manifest: how many inputs and outputs were looked at, and what differed."""

    manifest: Manifest
    inputs: int
    outputs: int
    differences: tuple[Difference, ...]


def verify(project: Project, store: Store, round_id: str, language: str) -> tuple[Verified, ...]:
    """Verify a closed round and its addenda. Raises UsageError for a round that is not closed."""
    if round_id not in store.closed_rounds():
        message = "the round {round} is not closed, so there is nothing to compare with"
        raise UsageError(
            text(message, language, context="publishing", round=round_id),
            hint=text("`rounds close` closes it.", language, context="publishing"),
        )
    return tuple(_verified(project, store, manifest) for manifest in manifests_of(project, round_id))


def _verified(project: Project, store: Store, manifest: Manifest) -> Verified:
    differences = [
        *_manifest(store, manifest),
        *_frozen(manifest),
        *_copies(manifest),
    ]
    with manifest.closed_store(project) as closed:
        inputs = list(_inputs(project, closed, manifest))
        differences += inputs
        if not any(one.reason == "not_in_store" for one in inputs):
            differences += _outputs(project, closed, manifest)
    return Verified(manifest, len(manifest.data["inputs"]), len(manifest.data["outputs"]), tuple(differences))


def _manifest(store: Store, manifest: Manifest) -> Iterator[Difference]:
    """The manifest of the closing is vouched for by the store; an addendum's by nothing but itself."""
    if manifest.name == CLOSED and sha256_of(manifest.path) != store.round_marks(manifest.round)[-1].manifest:
        yield Difference(manifest.name, "manifest_changed")


def _frozen(manifest: Manifest) -> Iterator[Difference]:
    for one in manifest.data["project"]:
        yield from _file(manifest.folder / PROJECT, one, "frozen_missing", "frozen_changed")


def _copies(manifest: Manifest) -> Iterator[Difference]:
    for one in manifest.data["outputs"]:
        yield from _file(manifest.folder / OUTPUTS, one, "copy_missing", "copy_changed")
    known = {one["file"] for one in manifest.data["outputs"]}
    yield from (Difference(name, "new_file") for name in files_below(manifest.folder / OUTPUTS) if name not in known)


def _file(folder: Path, one: Mapping[str, Any], missing: Reason, changed: Reason) -> Iterator[Difference]:
    path = folder / one["file"]
    if not path.is_file():
        yield Difference(one["file"], missing)
    elif sha256_of(path) != one["sha256"]:
        yield Difference(one["file"], changed)


def _inputs(project: Project, store: ClosedStore, manifest: Manifest) -> Iterator[Difference]:
    archive = Archive(project.path("archive"))
    stored = {one.id for one in store.list(manifest.round)}
    for one in manifest.data["inputs"]:
        if one["id"] not in stored:
            yield Difference(one["file"], "not_in_store")
        elif one["answers"] and answers_checksum(store.submission(one["id"])) != one["answers"]:
            yield Difference(one["file"], "answers_changed")
        if one["state"] == "in_force":
            yield from _original(archive, one)


def _original(archive: Archive, one: Mapping[str, Any]) -> Iterator[Difference]:
    if not archive.has(one["sha256"]):
        yield Difference(one["file"], "original_missing")
        return
    try:
        archive.get(one["sha256"])
    except DiskError:
        yield Difference(one["file"], "original_damaged")


def _outputs(project: Project, store: ClosedStore, manifest: Manifest) -> Iterator[Difference]:
    closed = manifest.closed_project(project)
    rebuilt: dict[str, bytes] = {}
    for made in made_by(Recipe.of(manifest), closed, store):
        rebuilt |= made.files
    for one in manifest.data["outputs"]:
        data = rebuilt.get(one["file"])
        if data is None:
            yield Difference(one["file"], "not_rebuilt")
        elif hashlib.sha256(data).hexdigest() != one["sha256"] and content_checksum(data) != one["content"]:
            yield Difference(one["file"], "rebuilt_differs")
