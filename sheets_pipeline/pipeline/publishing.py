"""Publishing: what leaves the project lead's desk is checked against what left it before, recorded, then written.

Only `report --publish` and `rounds close` come here; whatever else is written is a draft.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.publications import Publication, PublicationKind
from sheets_pipeline.model.results import Artifact
from sheets_pipeline.model.submissions import content_hash
from sheets_pipeline.pipeline.outputs import Asked, RoundView, written
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import plural, text

if TYPE_CHECKING:
    from sheets_pipeline.analysis.disclosure.publications import Change

NAMED = 5
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who publishes, when, and in which language they are told why not."""

    who: str
    at: datetime
    language: str = "sv"
    kind: PublicationKind = "report"


@dataclass(frozen=True, slots=True)
class Published:
    """What was published; `changes` are figures that the same reader was told otherwise last time."""

    publication: Publication
    files: tuple[Artifact, ...]
    changes: tuple[Change, ...]


def published_folder(project: Project, asked: Asked) -> Path:
    """Where published reports lie: apart from the drafts, a folder a day."""
    return project.path("reports") / "published" / asked.as_of.isoformat()


def publish(
    project: Project, store: Store, view: RoundView, files: Mapping[str, bytes], to: Path, publisher: Publisher
) -> Published:
    """Check, record and write these files, in that order.

    Raises UsageError, before anything is recorded or written, when somebody could work out a hidden figure from them
    and what was published before, or when there is nothing that may be shown.
    """
    publication, changes = checked(project, store, view, files, publisher)
    store.publish(publication)
    return Published(publication, tuple(written(to / name, data) for name, data in files.items()), changes)


def checked(
    project: Project,
    store: Store,
    view: RoundView,
    files: Mapping[str, bytes],
    publisher: Publisher,
    *,
    beside: Sequence[Publication] = (),
) -> tuple[Publication, tuple[Change, ...]]:
    """The publication that these files would be, and what it tells otherwise. Raises UsageError as `publish` does.

    `beside` is what is published with it and is not recorded yet.
    """
    from sheets_pipeline.analysis.disclosure.publications import changes, revealed

    _refuse_wrong_reader(view, publisher.language)
    publication = _publication(view, files, publisher)
    recorded = (*store.published(view.results.round.id), *beside)
    earlier = [one for one in recorded if one.id != publication.id]
    found = revealed(
        earlier,
        publication,
        clusters=clusters_of(project.round(view.results.round.id)),
        min_group=project.settings.report.min_group,
    )
    if found:
        raise _would_reveal(found, publisher.language)
    return publication, changes(earlier, publication)


def clusters_of(round_: Round) -> dict[str, str]:
    """Organisation code → cluster id."""
    return {one.code: one.cluster for one in round_.organisations}


def _refuse_wrong_reader(view: RoundView, language: str) -> None:
    results = view.results
    if results.viewer and results.audience == "salar":
        raise UsageError(
            text(
                "the audience salar is the project lead, not an organisation or a cluster",
                language,
                context="publishing",
            ),
            hint=text("Leave out --audience, or choose cluster, round or public.", language, context="publishing"),
        )
    if not results.named and not results.texts_of:
        raise UsageError(
            text("no organisation shares anything with this audience", language, context="publishing"),
            hint=text("Sharing levels stand in config/programme.toml.", language, context="publishing"),
        )


def _publication(view: RoundView, files: Mapping[str, bytes], publisher: Publisher) -> Publication:
    from sheets_pipeline.analysis.published import published_figures

    results = view.results
    checksums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    reader = (results.audience, results.viewer, results.about)
    about = (results.round.id, publisher.kind, *reader, results.as_of.isoformat())
    return Publication(
        id=content_hash([*about, sorted(checksums.items())])[:_ID_LENGTH],
        round=results.round.id,
        kind=publisher.kind,
        audience=results.audience,
        viewer=results.viewer,
        about=results.about,
        as_of=results.as_of,
        at=publisher.at,
        who=publisher.who,
        files=checksums,
        figures=published_figures(results, view.forms, view.submissions),
    )


def _would_reveal(found: Sequence[str], language: str) -> UsageError:
    """Names the figures, never their values."""
    named = ", ".join(found[:NAMED]) + (" …" if len(found) > NAMED else "")
    message = plural(
        "not published: together with what was published before, {count} hidden figure could be worked out: {figures}",
        "not published: together with what was published before, {count} hidden figures could be worked out: {figures}",
        len(found),
        language,
        context="publishing",
        figures=named,
    )
    hint = text(
        "Look at each with `trace`. Ask the organisation to mark the figure beside it with .. in its plan, or raise "
        "min_group in config/settings.toml.",
        language,
        context="publishing",
    )
    return UsageError(message, hint=hint)
