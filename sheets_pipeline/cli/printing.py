"""A judged file on the console: what became of each form, and each remark where, what and how to mend it."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_pipeline.cli.frame import Frame, plain
from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.remarks import describe
from sheets_pipeline.pipeline.copies import Copies
from sheets_pipeline.pipeline.judging import JudgedFile, JudgedForm
from sheets_pipeline.validation import grouped

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
SEVERITIES = {"error": "to mend", "warning": "to look at", "info": "to know"}
VERDICTS = {
    "accepted": "nothing more is needed",
    "remarks": "there are things to look at",
    "held": "one thing is to be asked about before it is used",
    "rejected": "cannot be taken as it is",
    "unreadable": "cannot be read",
}


def print_file(frame: Frame, judged: JudgedFile, feedback: Path | None) -> None:
    """Print one file's forms and remarks; control characters in what people wrote are shown as they are escaped."""
    click.secho(plain(judged.name), bold=True)
    for form in judged.forms:
        _print_form(frame, form)
    if feedback is not None:
        frame.say("  feedback: {path}", path=feedback)


def print_copies(frame: Frame, copies: Copies) -> None:
    """Print where the reading copies are, and why there is none where one could not be made."""
    for path in copies.paths:
        frame.say("  reading copy: {path}", path=path)
    for fault in copies.faults:
        frame.say("  no reading copy: {reason}", reason=plain(fault))


def _print_form(frame: Frame, form: JudgedForm) -> None:
    title = text_in(form.reading.form.title, frame.lang) if form.reading else ""
    verdict = frame.words(VERDICTS[form.verdict.name])
    answers = frame.count("{count} answer", "{count} answers", len(form.answers)) if form.reading else ""
    click.echo("  " + " · ".join(part for part in (title, verdict, answers) if part))
    issues = form.verdict.issues
    for issue in grouped(issues, form.reading.form) if form.reading else issues:
        words = describe(issue, form.reading.form if form.reading else None, frame.lang)
        where = f"{issue.cell} " if issue.cell else ""
        more = "".join(f"{cell.a1} " for cell in issue.also)
        click.echo("    " + click.style(frame.words(SEVERITIES[issue.severity]), fg=_COLOURS[issue.severity]), nl=False)
        click.echo(plain(f" {issue.code} {where}{more}{words.message} {words.fix}"))
