"""`report --publish`: what is published, recorded, and told otherwise than last time."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sheets_pipeline.cli.frame import Frame
from sheets_pipeline.store.repository import Store

if TYPE_CHECKING:
    from sheets_pipeline.pipeline.outputs import Asked
    from sheets_pipeline.pipeline.publishing import Published

_LISTED = 10


def publish_report(frame: Frame, asked: Asked, formats: Sequence[str], to: Path | None, *, brief: bool = False) -> int:
    """Publish a report and print its files, and each figure that the same reader was told otherwise before."""
    from sheets_pipeline.jobs import project_lock
    from sheets_pipeline.pipeline.outputs import rendered_report, view_round
    from sheets_pipeline.pipeline.publishing import Publisher, publish, published_folder

    project = frame.project
    publisher = Publisher(who=getpass.getuser(), at=frame.clock(), language=frame.lang)
    with project_lock(project), Store.open(project.store_url) as store:
        view = view_round(project, store, project.round(frame.round_id), asked)
        files = rendered_report(view, formats, frame.lang, published=True, brief=brief)
        made = publish(project, store, view, files, to or published_folder(project, asked), publisher)
    if frame.as_json:
        frame.print_json(_facts(made))
    else:
        _print(frame, made)
    return 0


def _facts(made: Published) -> dict[str, object]:
    return {
        "publication": made.publication.id,
        "audience": made.publication.audience,
        "files": [str(one.path) for one in made.files],
        "checksums": {one.path.name: one.checksum for one in made.files},
        "figures": len(made.publication.figures),
        "changed": [{"figure": one.figure, "before": one.before, "after": one.after or None} for one in made.changes],
    }


def _print(frame: Frame, made: Published) -> None:
    for one in made.files:
        click.echo(one.path)
    if made.changes:
        line = frame.count(
            "{count} figure is not what was published before:",
            "{count} figures are not what was published before:",
            len(made.changes),
        )
        click.echo(line)
    for change in made.changes[:_LISTED]:
        click.echo(f"  {change.figure}: {change.before} → {change.after or '-'}")
    if len(made.changes) > _LISTED:
        frame.say("  … and {count} more; --json lists them all.", count=len(made.changes) - _LISTED)
