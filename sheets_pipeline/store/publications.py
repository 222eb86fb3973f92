"""What was published, and which rounds are closed. Rows are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from sheets_pipeline.model.publications import Publication, PublishedFigure, RoundMark
from sheets_pipeline.store.portable import insert_many, insert_new
from sheets_pipeline.store.rows import AnyRow, Fields
from sheets_pipeline.store.tables import (
    publication_figures,
    publication_files,
    publications,
    round_marks,
    submissions,
)

_SETTLED = ("rejected",)


def publish(connection: Connection, made: Publication) -> bool:
    """Record a publication; false when that very one is recorded already."""
    if insert_new(connection, publications, [_fields(made)]) < 1:
        return False
    rows = [{"publication": made.id, "name": name, "checksum": made.files[name]} for name in sorted(made.files)]
    insert_new(connection, publication_files, rows)
    figures = (
        (made.id, name, one.shown, one.exact, one.people, one.unit) for name, one in sorted(made.figures.items())
    )
    insert_many(connection, publication_figures, figures)
    return True


def _fields(made: Publication) -> Fields:
    return {
        "id": made.id,
        "round": made.round,
        "kind": made.kind,
        "audience": made.audience,
        "viewer": made.viewer,
        "about": made.about,
        "as_of": made.as_of.isoformat(),
        "at": made.at,
        "who": made.who,
    }


def published(connection: Connection, round_id: str) -> tuple[Publication, ...]:
    """The publications of a round with their figures, the first made first."""
    query = select(publications).where(publications.c.round == round_id).order_by(publications.c.at, publications.c.id)
    return tuple(_publication(connection, row) for row in connection.execute(query).all())


def _publication(connection: Connection, row: AnyRow) -> Publication:
    files = connection.execute(select(publication_files).where(publication_files.c.publication == row.id)).all()
    figures = connection.execute(select(publication_figures).where(publication_figures.c.publication == row.id)).all()
    return Publication(
        id=row.id,
        round=row.round,
        kind=row.kind,
        audience=row.audience,
        viewer=row.viewer,
        about=row.about,
        as_of=date.fromisoformat(row.as_of),
        at=row.at,
        who=row.who,
        files={one.name: one.checksum for one in files},
        figures={one.figure: PublishedFigure(one.shown, one.exact, one.people, one.unit) for one in figures},
    )


def mark(connection: Connection, made: RoundMark) -> None:
    """Note that a round was closed or reopened."""
    row = {name: getattr(made, name) for name in ("round", "action", "at", "who", "because", "manifest")}
    insert_new(connection, round_marks, [row])


def marks(connection: Connection, round_id: str) -> tuple[RoundMark, ...]:
    """Everything that was done to a round, the first first; to any round without an id."""
    query = select(round_marks).order_by(round_marks.c.at, round_marks.c.round)
    rows = connection.execute(query.where(round_marks.c.round == round_id) if round_id else query)
    return tuple(
        RoundMark(
            round=row.round,
            action=row.action,
            at=row.at,
            who=row.who,
            because=row.because,
            manifest=row.manifest,
        )
        for row in rows
    )


def taken_in(connection: Connection, checksums: Iterable[str], rounds: Iterable[str]) -> tuple[AnyRow, ...]:
    """Versions (checksum, id, verdict) of these bytes that were received for these rounds."""
    chosen = (
        submissions.c.checksum.in_(tuple(checksums)),
        submissions.c.round.in_(tuple(rounds)),
        submissions.c.state.not_in(_SETTLED),
    )
    columns = (submissions.c.checksum, submissions.c.id, submissions.c.verdict)
    return tuple(connection.execute(select(*columns).where(*chosen).order_by(submissions.c.checksum, submissions.c.id)))
