"""A judged file on the console: what became of each form, and each remark where, what and how to mend it."""

from __future__ import annotations

from pathlib import Path

import click

from sheets_pipeline.cli.frame import Frame
from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.remarks import describe
from sheets_pipeline.pipeline.judging import JudgedFile, JudgedForm

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}
_VERDICTS = {
    "accepted": "received, nothing more is needed",
    "remarks": "received, with things to look at",
    "held": "received, but asked about before it is used",
    "rejected": "not taken",
    "unreadable": "cannot be read",
}


def print_file(frame: Frame, judged: JudgedFile, feedback: Path | None) -> None:
    """Print one file's forms and remarks; control characters in what people wrote are shown as they are escaped."""
    click.secho(_safe(judged.name), bold=True)
    for form in judged.forms:
        _print_form(frame, form)
    if feedback is not None:
        frame.say("  feedback: {path}", path=feedback)


def _print_form(frame: Frame, form: JudgedForm) -> None:
    title = text_in(form.reading.form.title, frame.lang) if form.reading else ""
    verdict = frame.words(_VERDICTS[form.verdict.name])
    answers = frame.words("{count} answers", count=len(form.answers)) if form.reading else ""
    click.echo("  " + " · ".join(part for part in (title, verdict, answers) if part))
    for issue in form.verdict.issues:
        words = describe(issue, form.reading.form if form.reading else None, frame.lang)
        where = f"{issue.cell} " if issue.cell else ""
        more = f" (+{len(issue.also)})" if issue.also else ""
        click.echo("    " + click.style(frame.words(issue.severity), fg=_COLOURS[issue.severity]), nl=False)
        click.echo(_safe(f" {issue.code} {where}{more}{words.message} {words.fix}"))


def _safe(words: str) -> str:
    """Nothing that moves the cursor or turns the reading direction."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in words)
