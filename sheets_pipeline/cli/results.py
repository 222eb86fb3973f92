"""`status`, `compare`, `report`, `export`: what the store says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from sheets_pipeline.cli.frame import Frame, framed
from sheets_pipeline.cli.publishing import publish_report
from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.programme import SHARING_LEVELS, SharingLevel
from sheets_pipeline.model.results import By
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import number

if TYPE_CHECKING:
    from sheets_pipeline.pipeline.outputs import Asked

_AUDIENCE = click.option("--audience", type=click.Choice(SHARING_LEVELS), help="Whom it is for; salar by default.")


@click.command()
@framed
def status(frame: Frame) -> int:
    """Show who owes what, and what has come in.

    \b
    Example:  sheets-pipeline status --as-of 2026-11-12
    """
    from sheets_pipeline.pipeline.status import status as status_rows

    round_ = frame.project.round(frame.round_id)
    with Store.open(frame.project.store_url) as store:
        rows = status_rows(round_, store.list(round_.id), frame.project.decisions, frame.as_of)
    listed = [row.as_json() for row in rows]
    if frame.as_json:
        frame.print_json({"round": round_.id, "as_of": frame.as_of.isoformat(), "rows": listed})
    else:
        titles = ("organisation", "form", "point", "unit", "due", "state", "days late")
        keys = ("organisation", "form", "point", "unit", "due", "state", "late_days")
        frame.table(titles, [[_shown(frame, entry[key], key) for key in keys] for entry in listed])
    return 0


_STATES = {
    "not_due": "not due yet",
    "no_date": "no date decided",
    "missing": "has not come",
    "extended": "more time given",
    "held": "to be asked about",
    "rejected": "could not be taken",
    "remarks": "received, with remarks",
    "accepted": "received, nothing more needed",
    "withdrawn": "left the round",
}
_LEVELS = {"overall": "the whole organisation", "unit": "a unit"}
_ROLES = {"mentor": "mentors", "participant": "participants", "": "all"}
_SERIES = {"items": "statements", "headline": "headline questions"}
_WORDS = {"state": _STATES, "level": _LEVELS, "role": _ROLES, "series": _SERIES}


@click.command()
@click.option("--from", "first", default="", help="The earlier point; the first by default.")
@click.option("--to", "last", default="", help="The later point; the last by default.")
@click.option(
    "--by", type=click.Choice(get_args(By)), default="organisation", show_default=True, help="What a row is about."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV for Swedish Excel.")
@_AUDIENCE
@framed
def compare(frame: Frame, first: str, last: str, by: By, as_csv: bool, audience: SharingLevel | None) -> int:  # noqa: FBT001
    """Show shifts between two measurement points.

    \b
    Example:  sheets-pipeline compare --by section --json
    """
    from sheets_pipeline.pipeline.outputs import Asked, view_round

    project = frame.project
    round_ = project.round(frame.round_id)
    asked = Asked(audience=audience or "salar", as_of=frame.as_of, first=first, last=last)
    with Store.open(project.store_url) as store:
        results = view_round(project, store, round_, asked).results
    rows = [row for row in results.comparisons if row.by == by]
    listed = [row.as_json() for row in rows]
    if frame.as_json:
        frame.print_json({"from": results.first, "to": results.last, "by": by, "rows": listed})
    elif as_csv:
        click.echo(_csv(listed), nl=False)
    else:
        titles = (
            "id",
            "series",
            "scale",
            "level",
            "unit",
            "role",
            "organisations",
            "pairs",
            "before",
            "after",
            "shift",
        )
        keys = ("key", "series", "scale", "level", "unit", "role", "n", "matched", "before", "after", "shift")
        frame.table(titles, [[_shown(frame, entry[key], key) for key in keys] for entry in listed])
    return 0


def _shown(frame: Frame, value: object, key: str) -> str:
    """A fact as people read it: codes in words, numbers with two decimals."""
    if value is None:
        return ""
    if isinstance(value, float):
        return number(value, frame.lang, decimals=2, signed=key == "shift")
    words = _WORDS.get(key, {}).get(str(value))
    return frame.words(words) if words else str(value)


def _csv(rows: list[dict[str, object]]) -> str:
    """Semicolons, decimal commas and a byte order mark."""
    if not rows:
        return ""
    lines = [";".join(rows[0]), *(";".join(_csv_cell(value) for value in row.values()) for row in rows)]
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


def _csv_cell(value: object) -> str:
    if value is None:
        return ""
    return str(value).replace(".", ",") if isinstance(value, float) else str(value)


@click.command()
@click.option(
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(["html", "pdf", "pptx", "xlsx", "docx"]),
    help="May be given several times; docx is always the one page.",
)
@click.option("--organisation", default="", help="This organisation's own report.")
@click.option("--cluster", default="", help="The report of this cluster.")
@click.option("--brief", is_flag=True, help="One page for the council.")
@_AUDIENCE
@click.option("--publish", "publishing", is_flag=True, help="Not a draft: check, record and publish it.")
@click.option("--to", type=click.Path(path_type=Path), help="The folder to write to.")
@framed
def report(
    frame: Frame,
    formats: tuple[str, ...],
    organisation: str,
    cluster: str,
    brief: bool,  # noqa: FBT001 - click's
    audience: SharingLevel | None,
    publishing: bool,  # noqa: FBT001 - click's
    to: Path | None,
) -> int:
    """Write the conference report, or a cluster's, or an organisation's own.

    \b
    Example:  sheets-pipeline report --format html --audience round
    """
    from sheets_pipeline.pipeline.outputs import view_round, write_report

    if organisation and cluster:
        raise UsageError(frame.words("choose either an organisation or a cluster"))
    project = frame.project
    settings = project.settings.report
    asked = _asked(frame, organisation or cluster, audience)
    if publishing:
        return publish_report(frame, asked, formats or settings.formats, to, brief=brief)
    with Store.open(project.store_url) as store:
        view = view_round(project, store, project.round(frame.round_id), asked)
    made = write_report(view, formats or settings.formats, frame.lang, to or project.path("reports"), brief=brief)
    return _print_made(frame, [str(artifact.path) for artifact in made])


def _asked(frame: Frame, about: str, audience: SharingLevel | None) -> Asked:
    """Who reads it: by default a cluster or an organisation its own report, and whom the settings say all of it.

    To the round and the public an organisation is shown as its sharing level says, in its own report as in any other.
    """
    from sheets_pipeline.pipeline.outputs import Asked

    audience = audience or ("cluster" if about else frame.project.settings.report.audience)
    viewer = "" if audience in {"round", "public"} else about
    return Asked(audience=audience, as_of=frame.as_of, viewer=viewer, about=about)


@click.command()
@click.option("--profile", "profiles", multiple=True, help="salar, datapackage, kolada, or one that is installed.")
@_AUDIENCE
@click.option("--to", type=click.Path(path_type=Path), help="The folder to write to.")
@framed
def export(frame: Frame, profiles: tuple[str, ...], audience: SharingLevel | None, to: Path | None) -> int:
    """Write files for SALAR's own reporting.

    \b
    Example:  sheets-pipeline export --profile salar
    """
    from sheets_pipeline.pipeline.outputs import Asked, view_round, write_exports

    project = frame.project
    asked = Asked(audience=audience or "salar", as_of=frame.as_of)
    with Store.open(project.store_url) as store:
        view = view_round(project, store, project.round(frame.round_id), asked)
        made = write_exports(view, store, profiles or project.settings.export.profiles, to or project.path("exports"))
    return _print_made(frame, [str(artifact.path) for artifact in made])


def _print_made(frame: Frame, paths: list[str]) -> int:
    if frame.as_json:
        frame.print_json({"files": paths})
    else:
        for path in paths:
            click.echo(path)
    return 0
