"""`facts`: the key figures that are filled in for the organisations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sheets_pipeline.cli.frame import DATA_HAS_ERRORS, Frame, framed

if TYPE_CHECKING:
    from sheets_pipeline.reference.kolada.completeness import Missing

_REASONS = {
    "no_answer": "Kolada has nothing",
    "no_value": "no number in any of the years",
    "not_by_sex": "not for both women and men",
}


@click.group()
def facts() -> None:
    """The key figures from Kolada that workbooks are filled in with."""


@facts.command()
@click.option("--force", is_flag=True, help="Fetch anew even what is recent.")
@framed
def refresh(frame: Frame, force: bool) -> int:  # noqa: FBT001 - a flag
    """Fetch key figures from Kolada for the round's municipalities and regions.

    The only command that does. What is recent and whole is left as it is. Exit code 1 when something is missing.

    \b
    Example:  sheets-pipeline facts refresh
    """
    from sheets_pipeline.pipeline.kolada import refresh_key_figures

    project = frame.project
    found = refresh_key_figures(project, project.round(frame.round_id), frame.as_of, force=force)
    if frame.as_json:
        frame.print_json(
            {
                "file": str(found.path),
                "fetched": found.fetched.isoformat(),
                "renewed": found.renewed,
                "figures": sum(one.value is not None for one in found.figures),
                "missing": [one.as_json() for one in found.missing],
            }
        )
    else:
        _print_missing(frame, len(found.figures), found.missing)
        told = "Fetched now: {file}" if found.renewed else "Fetched {date} and still good: {file}"
        frame.say(told, date=found.fetched.isoformat(), file=found.path, err=True)
    return DATA_HAS_ERRORS if found.missing else 0


def _print_missing(frame: Frame, count: int, missing: tuple[Missing, ...]) -> None:
    from sheets_pipeline.reference.kolada.kpis import kpi

    if missing:
        rows = [(one.municipality, one.kpi, kpi(one.kpi).title, _why(frame, one)) for one in missing]
        frame.table(["municipality", "key figure", "title", "why"], rows)
    figures = frame.count("{count} figure", "{count} figures", count)
    gaps = frame.count("{count} missing", "{count} missing", len(missing))
    click.echo(f"{figures}, {gaps}", err=True)


def _why(frame: Frame, one: Missing) -> str:
    words = frame.words(_REASONS[one.reason])
    return f"{words} ({one.status})" if one.status else words


@facts.command()
@framed
def show(frame: Frame) -> int:
    """Show what the project has from Kolada for each organisation; nothing is fetched.

    \b
    Example:  sheets-pipeline facts show --json
    """
    from sheets_pipeline.model.key_figures import nested
    from sheets_pipeline.pipeline.kolada import figures_kept
    from sheets_pipeline.texts import number

    codes = {one.code for one in frame.project.round(frame.round_id).organisations}
    kept = figures_kept(frame.project)
    figures = [one for one in kept.figures if one.municipality in codes]
    fetched = kept.fetched.isoformat() if kept.fetched else None
    if frame.as_json:
        frame.print_json({"source": "Kolada", "fetched": fetched, "values": nested(figures)})
        return 0
    rows = [
        (
            one.municipality,
            one.kpi,
            str(one.period),
            one.gender,
            "" if one.value is None else number(one.value, frame.lang),
            one.status,
        )
        for one in sorted(figures)
    ]
    frame.table(["municipality", "key figure", "year", "sex", "value", "status"], rows)
    frame.say("Source: Kolada. Fetched: {date}", date=fetched or "-", err=True)
    return 0
