"""Closing a round: what it rests on and what was made of it are frozen, so that both can be made again and compared.

`data/rounds/<round>/closed.json` is the manifest, `project/` holds the settings, rules and forms that held, `outputs/`
the files that were published. Answers stay in archive and store, each with its checksum in the manifest.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

from sheets_pipeline import __version__
from sheets_pipeline.errors import UsageError
from sheets_pipeline.files import disk_faults, sha256_of, write_atomically
from sheets_pipeline.model.programme import FOLLOW_UP, Round
from sheets_pipeline.model.publications import Publication, PublicationKind, RoundAction, RoundMark
from sheets_pipeline.model.submissions import content_hash
from sheets_pipeline.pipeline.containers import content_checksum
from sheets_pipeline.pipeline.manifests import (
    ADDENDUM,
    CLOSED,
    OUTPUTS,
    PROJECT,
    Manifest,
    Reader,
    decision_mark,
    files_below,
    input_of,
    manifests_of,
    round_folder,
)
from sheets_pipeline.pipeline.outputs import Asked, RoundView, rendered_report, view_round, write_exports
from sheets_pipeline.pipeline.publishing import Publisher, checked
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import text

INSIDE: Reader = ("salar", "", "")
_CODE_LENGTH = 12
LIBRARIES = ("babel", "jinja2", "python-pptx", "typst", "xlsxwriter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a round is closed: on which day its outputs speak, in which language, by whom and why."""

    as_of: date
    publisher: Publisher
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What outputs are made of: enough to make them again."""

    round: str
    as_of: date
    points: tuple[str, str]
    language: str
    readers: tuple[Reader, ...]
    formats: tuple[str, ...]
    profiles: tuple[str, ...]

    @classmethod
    def of(cls, manifest: Manifest) -> Recipe:
        """The one that a manifest was made by."""
        data = manifest.data
        return cls(
            round=manifest.round,
            as_of=manifest.as_of,
            points=manifest.points,
            language=data["language"],
            readers=manifest.readers,
            formats=tuple(data["formats"]),
            profiles=tuple(data["profiles"]),
        )


def close(project: Project, store: Store, round_: Round, closing: Closing) -> Manifest:
    """Publish and freeze a round. Raises UsageError when it is closed already, or publishing would tell too much."""
    if round_.id in store.closed_rounds():
        language = closing.publisher.language
        raise UsageError(
            text("the round {round} is closed already", language, context="publishing", round=round_.id),
            hint=text("`rounds reopen` opens it again.", language, context="publishing"),
        )
    view = view_round(project, store, round_, Asked(audience="salar", as_of=closing.as_of))
    recipe = _recipe(project, store, round_, closing, (view.results.first, view.results.last))
    folder = round_folder(project, round_.id)
    return _freeze(project, store, round_, closing, recipe, folder / CLOSED)


def add(project: Project, store: Store, round_: Round, closing: Closing) -> Manifest:
    """Publish and freeze what the follow-up brought after closing, with a report of its own. Raises UsageError."""
    language = closing.publisher.language
    if round_.id not in store.closed_rounds():
        raise _not_closed(round_, language)
    came = [one for one in store.list(round_.id, state="in_force") if one.key.occasion == FOLLOW_UP]
    if not came:
        message = "nothing has come for the follow-up of the round {round}"
        raise UsageError(
            text(message, language, context="publishing", round=round_.id),
            hint=text("Collect the follow-up first.", language, context="publishing"),
        )
    (first, *_) = manifests_of(project, round_.id)
    recipe = replace(
        _recipe(project, store, round_, closing, (first.points[1], FOLLOW_UP)), readers=first.readers, profiles=()
    )
    folder = round_folder(project, round_.id) / f"addendum-{closing.as_of.isoformat()}"
    with first.closed_store(project) as closed:
        closed.states = {**first.states, **{one.id: one.state for one in came}}
        publisher = replace(closing.publisher, kind="addendum")
        return _freeze(
            project, closed, round_, replace(closing, publisher=publisher), recipe, folder / ADDENDUM, mark=False
        )


def reopen(project: Project, store: Store, round_: Round, closing: Closing) -> Path:
    """Open a closed round; what was frozen moves to a folder of its own, which is returned. Raises UsageError."""
    if round_.id not in store.closed_rounds():
        raise _not_closed(round_, closing.publisher.language)
    folder = round_folder(project, round_.id)
    number = len(list(folder.parent.glob(f"{round_.id}.closed-*"))) + 1
    kept = folder.with_name(f"{round_.id}.closed-{number}")
    _mark(store, round_, closing, "reopen")
    with disk_faults(folder):
        if folder.is_dir():
            folder.rename(kept)
    return kept


def _not_closed(round_: Round, language: str) -> UsageError:
    return UsageError(
        text("the round {round} is not closed", language, context="publishing", round=round_.id),
        hint=text("`rounds close` closes it.", language, context="publishing"),
    )


def _mark(store: Store, round_: Round, closing: Closing, action: RoundAction, manifest: str = "") -> None:
    store.mark_round(
        RoundMark(
            round=round_.id,
            action=action,
            at=closing.publisher.at,
            who=closing.publisher.who,
            because=closing.because,
            manifest=manifest,
        )
    )


def _recipe(project: Project, store: Store, round_: Round, closing: Closing, points: tuple[str, str]) -> Recipe:
    """The report of the settings, and one for every reader to whom anything of the round was published before."""
    settings = project.settings
    own: Reader = (settings.report.audience, "", "")
    readers = {own, *((*one.reader, one.about) for one in store.published(round_.id))} - {("cluster", "", "")}
    return Recipe(
        round=round_.id,
        as_of=closing.as_of,
        points=points,
        language=closing.publisher.language,
        readers=tuple(sorted(readers or {INSIDE})),
        formats=tuple(settings.report.formats),
        profiles=tuple(settings.export.profiles),
    )


@dataclass(frozen=True, slots=True)
class Made:
    """The files made for one reader by their names, and what they were drawn from."""

    view: RoundView
    files: Mapping[str, bytes]


def made_by(recipe: Recipe, project: Project, store: Store) -> Iterator[Made]:
    """Every output, reader by reader; exports are for the project lead. The same bytes for the same inputs."""
    round_ = project.round(recipe.round)
    for reader in dict.fromkeys((*recipe.readers, INSIDE) if recipe.profiles else recipe.readers):
        audience, viewer, about = reader
        first, last = recipe.points
        asked = Asked(audience=audience, as_of=recipe.as_of, first=first, last=last, viewer=viewer, about=about)
        view = view_round(project, store, round_, asked)
        files: dict[str, bytes] = {}
        if reader in recipe.readers:
            rendered = rendered_report(view, recipe.formats, recipe.language, published=True)
            files |= {f"reports/{name}": data for name, data in rendered.items()}
        if reader == INSIDE:
            files |= _exports(view, store, recipe.profiles)
        yield Made(view, files)


def _exports(view: RoundView, store: Store, profiles: Sequence[str]) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder)
        for profile in profiles:
            write_exports(view, store, (profile,), to / profile)
        return {f"exports/{name}": (to / name).read_bytes() for name in files_below(to)}


def _freeze(
    project: Project,
    store: Store,
    round_: Round,
    closing: Closing,
    recipe: Recipe,
    path: Path,
    *,
    mark: bool = True,
) -> Manifest:
    """Check, record, write, and only then say that it is done: the manifest is the last file."""
    made = list(made_by(recipe, project, store))
    for publication in _checked(project, store, made, closing.publisher):
        store.publish(publication)
    _clear(path.parent)
    frozen = _freeze_project(project, path.parent / PROJECT)
    outputs = {name: data for one in made for name, data in one.files.items()}
    for name, data in outputs.items():
        write_atomically(path.parent / OUTPUTS / name, data)
    facts = _facts(project, store, closing, recipe) | {"project": frozen, "outputs": _listed(outputs)}
    content = json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    write_atomically(path, content)
    if mark:
        _mark(store, round_, closing, "close", hashlib.sha256(content.encode()).hexdigest())
    return Manifest(path.parent, path.name, facts)


def _checked(project: Project, store: Store, made: Iterable[Made], publisher: Publisher) -> list[Publication]:
    """What each reader gets, checked against what was published and against what the other readers get now."""
    found: list[Publication] = []
    for one in made:
        publication, _ = checked(project, store, one.view, one.files, publisher, beside=found)
        found.append(publication)
    return found


def _clear(folder: Path) -> None:
    """Take away what a closing that was cut off left."""
    for name in (PROJECT, OUTPUTS):
        with disk_faults(folder / name):
            if (folder / name).is_dir():
                shutil.rmtree(folder / name)


def _freeze_project(project: Project, to: Path) -> list[dict[str, str]]:
    """Copy settings, rules, forms, the figures kept from Kolada and the slides' template; each with its checksum."""
    listed = []
    for name in _project_files(project):
        with disk_faults(project.folder / name):
            write_atomically(to / name, (project.folder / name).read_bytes())
        listed.append({"file": name, "sha256": sha256_of(to / name)})
    return listed


def _project_files(project: Project) -> list[str]:
    settings = project.settings
    folders = ("config", "workbook_templates", settings.forms.overlays, settings.kolada.folder)
    below = (f"{folder}/{name}" for folder in folders if folder for name in files_below(project.folder / folder))
    return sorted({*below, *((settings.report.template,) if settings.report.template else ())})


def _facts(project: Project, store: Store, closing: Closing, recipe: Recipe) -> dict[str, Any]:
    in_force = {(one.key, one.checksum): one for one in store.in_force(recipe.round)}
    versions = store.list(recipe.round)
    known = {one.id for one in versions}
    kind: PublicationKind = closing.publisher.kind
    return {
        "kind": kind,
        "round": recipe.round,
        "as_of": recipe.as_of.isoformat(),
        "points": list(recipe.points),
        "language": recipe.language,
        "readers": [list(reader) for reader in recipe.readers],
        "formats": list(recipe.formats),
        "profiles": list(recipe.profiles),
        "closed": closing.publisher.at.isoformat(),
        "by": closing.publisher.who,
        "because": closing.because,
        "made_with": made_with(),
        "rules": project.judging_record,
        "inputs": [
            input_of(one, in_force.get((one.key, one.checksum)) if one.state == "in_force" else None)
            for one in versions
        ],
        "decisions": [list(decision_mark(one)) for one in store.decisions() if one.submission in known],
    }


def made_with() -> dict[str, str]:
    """The program, its code and the libraries that the bytes of the outputs depend on."""
    found = {"sheets-pipeline": __version__, "code": _code(), "python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _code() -> str:
    """Stands for every file of the program, so that a changed one is known whatever its version says."""
    package = Path(__file__).parent.parent
    names = [name for name in files_below(package) if not name.endswith(".pyc")]
    return content_hash([[name, sha256_of(package / name)] for name in names])[:_CODE_LENGTH]


def _listed(outputs: Mapping[str, bytes]) -> list[dict[str, str]]:
    return [
        {"file": name, "sha256": hashlib.sha256(data).hexdigest(), "content": content_checksum(data)}
        for name, data in sorted(outputs.items())
    ]
