"""`trace`: a number of the report back to the cells it rests on."""

from __future__ import annotations

import click

from sheets_pipeline.cli.frame import Frame, framed, plain
from sheets_pipeline.store.repository import Store

_SHORT = 12


@click.command()
@click.argument("identity", metavar="ID")
@click.option("--from", "first", default="", help="The earlier point; the first by default.")
@click.option("--to", "last", default="", help="The later point; the last by default.")
@framed
def trace(frame: Frame, identity: str, first: str, last: str) -> int:
    """Show the answers behind a number: organisation, file, sheet, cell, what was typed and what was used.

    \b
    Example:  sheets-pipeline trace organisation/9901/items/shift
    """
    from sheets_pipeline.pipeline.outputs import Asked
    from sheets_pipeline.pipeline.tracing import trace as traced

    project = frame.project
    asked = Asked(audience="salar", as_of=frame.as_of, first=first, last=last)
    with Store.open(project.store_url) as store:
        found = traced(project, store, project.round(frame.round_id), identity, asked, frame.lang)
    listed = [one.as_json() for one in found.answers]
    if frame.as_json:
        frame.print_json({"id": found.id, "value": found.shown or None, "answers": listed})
        return 0
    click.echo(plain(f"{found.id} = {found.shown}" if found.shown else found.id))
    if not found.answers:
        frame.say("Source: Kolada")
        return 0
    titles = ("organisation", "point", "file", "checksum", "sheet", "cell", "typed", "used")
    keys = ("organisation", "point", "file", "sha256", "sheet", "cell", "typed")
    used = [str(one.answer.value) for one in found.answers]
    frame.table(
        titles, [[*(_short(one[key], key) for key in keys), value] for one, value in zip(listed, used, strict=True)]
    )
    return 0


def _short(fact: object, key: str) -> str:
    return str(fact)[:_SHORT] if key == "sha256" else str(fact)
