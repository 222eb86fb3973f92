"""`workbooks`: build what is owed."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_pipeline.cli.frame import Frame, framed


@click.group()
def workbooks() -> None:
    """The workbooks that organisations fill in."""


@workbooks.command()
@click.option("--packet", default="", help="Only this packet.")
@click.option("--organisation", default="", help="Only this organisation (its code).")
@click.option("--unit", default="", help="Only this unit's own parts.")
@click.option("--to", type=click.Path(path_type=Path), help="The folder to write to.")
@framed
def build(frame: Frame, packet: str, organisation: str, unit: str, to: Path | None) -> int:
    """Build workbooks for those who owe them, pre-filled with what is known.

    \b
    Example:  sheets-pipeline workbooks build --packet meeting_1
    """
    from sheets_pipeline.pipeline.making import Wanted, make_workbooks

    wanted = Wanted(packet=packet, organisation=organisation, unit=unit, language=frame.language or "")
    folder = to or frame.project.path("workbooks")
    listed = []
    for path, built in make_workbooks(frame.project, frame.round_id, wanted, frame.as_of, folder):
        listed.append({"organisation": built.organisation.code, "packet": built.packet.id, "file": str(path)})
        if not frame.as_json:
            click.echo(str(path))
    if frame.as_json:
        frame.print_json({"workbooks": listed})
    else:
        click.echo(
            frame.count("{count} workbook in {folder}", "{count} workbooks in {folder}", len(listed), folder=folder),
            err=True,
        )
    return 0
