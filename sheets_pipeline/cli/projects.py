"""`init`, `demo`, `doctor`: a project's beginning, the example, and whether all is well."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_pipeline.cli.frame import Frame, framed
from sheets_pipeline.texts import LANGUAGES, text

_LANGUAGE = click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="sv",
    show_default=True,
    help="Language of what is printed.",
)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--edition", default="", help="The edition of the model that the round follows.")
@click.option("--example", is_flag=True, help="With the example's filled workbooks waiting in data/inbox/.")
@_LANGUAGE
def init(folder: Path, edition: str, language: str, example: bool) -> int:  # noqa: FBT001 - a flag
    """Lay out a new project.

    \b
    Example:  sheets-pipeline init our-round --example
    """
    from sheets_pipeline.project import lay_out_project, open_project

    lay_out_project(folder, edition)
    if example:
        from sheets_pipeline.cli.demo import hand_in
        from sheets_pipeline.example import WAVES

        for wave in WAVES:
            hand_in(open_project(folder), wave)
    click.echo(text("The project is in {folder}.", language, context="cli", folder=folder.resolve()))
    advice = "Next: write your organisations, clusters and meetings in config/programme.toml, then"
    click.echo(text(advice, language, context="cli"))
    for command in ("doctor", "workbooks build"):
        click.echo(f"  sheets-pipeline {command}")
    return 0


@click.command()
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    default=Path("sheets-pipeline-demo"),
    show_default=True,
    help="The folder to play it in.",
)
@_LANGUAGE
def demo(to: Path, language: str) -> int:
    """Play the whole main job on the example round: build, fill in, collect, compare, report, export.

    \b
    Example:  sheets-pipeline demo --to demo
    """
    from sheets_pipeline.cli.demo import play

    return play(to, language)


@click.command()
@framed
def doctor(frame: Frame) -> int:
    """Look over the environment, the project and its store, in that order.

    \b
    Example:  sheets-pipeline doctor
    """
    from sheets_pipeline.cli.health import examined

    findings = examined(frame)
    if frame.as_json:
        frame.print_json({"findings": [finding.as_json() for finding in findings]})
    else:
        for finding in findings:
            mark = click.style("ok", fg="green") if finding.good else click.style("!!", fg="red")
            click.echo(f"{mark}  {frame.words(finding.about)}: {finding.words}")
    return max((finding.exit_code for finding in findings), default=0)
