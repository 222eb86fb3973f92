"""`submissions`: what is in force, what is held, and deciding it."""

from __future__ import annotations

import getpass
import uuid
from typing import Any, get_args

import click

from sheets_pipeline.cli.frame import Frame, framed, plain
from sheets_pipeline.cli.printing import SEVERITIES, VERDICTS
from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.receipts import State, StoredVersion
from sheets_pipeline.store.repository import Store

_SHORT = 10
_STATES = {
    "in_force": "in force",
    "superseded": "replaced by a later one",
    "held": "to be asked about",
    "set_aside": "set aside",
    "withdrawn": "withdrawn",
    "rejected": "could not be taken",
}


@click.group()
def submissions() -> None:
    """What is in force, what is held, and deciding it."""


def _json(version: StoredVersion) -> dict[str, Any]:
    return {
        "id": version.id,
        "round": version.key.round,
        "form": version.key.form,
        "subject": version.key.subject,
        "unit": version.key.unit or None,
        "point": version.key.occasion,
        "number": version.number,
        "state": version.state,
        "verdict": version.verdict,
        "received": version.received.isoformat(),
        "sha256": version.checksum,
        "file": version.name,
    }


@submissions.command("list")
@click.option("--organisation", default="", help="Only this organisation.")
@click.option("--state", type=click.Choice(get_args(State)), help="Only those that stand so.")
@framed
def list_submissions(frame: Frame, organisation: str, state: State | None) -> int:
    """List every version that has been received.

    \b
    Example:  sheets-pipeline submissions list --state held
    """
    round_ = frame.project.round(frame.round_id)
    with Store.open(frame.project.store_url) as store:
        found = store.list(round_.id, subject=organisation, state=state)
    if organisation and not found and not _is_known(round_, organisation):
        known = ", ".join(one.code for one in round_.organisations)
        raise UsageError(
            frame.words("there is no organisation {code}", code=organisation),
            hint=frame.words("known: {names}", names=known),
        )
    if frame.as_json:
        frame.print_json({"submissions": [_json(one) for one in found]})
    else:
        rows = [
            [
                one.id[:_SHORT],
                str(one.key),
                str(one.number),
                frame.words(_STATES[one.state]),
                frame.words(VERDICTS[one.verdict]),
                f"{one.received:%Y-%m-%d}",
                one.name,
            ]
            for one in found
        ]
        frame.table(("id", "submission", "version", "state", "verdict", "received", "file"), rows)
    return 0


@submissions.command()
@click.argument("identity", metavar="ID")
@framed
def show(frame: Frame, identity: str) -> int:
    """Show one version: its answers with their cells, and its remarks.

    \b
    Example:  sheets-pipeline submissions show 3f2a
    """
    from sheets_pipeline.model.submissions import value_to_json
    from sheets_pipeline.pipeline.collecting import forms_of
    from sheets_pipeline.pipeline.receipts import issue_json

    with Store.open(frame.project.store_url) as store:
        version = store.version(identity)
        submission, issues = store.submission(version.id), store.issues(version.id)
    form = forms_of(frame.project).archived(version.definition) or frame.project.catalogue.get(version.key.form)
    told = [issue_json(issue, form, frame.lang) for issue in issues]
    answers = [
        {"path": one.path, "value": value_to_json(one.value), "cell": str(one.cell)} for one in submission.answers
    ]
    if frame.as_json:
        frame.print_json(_json(version) | {"answers": answers, "issues": told})
        return 0
    state, verdict = frame.words(_STATES[version.state]), frame.words(VERDICTS[version.verdict])
    click.echo(plain(f"{version.key}  {state}  {verdict}  {version.received:%Y-%m-%d %H:%M}  {version.name}"))
    frame.table(("path", "value", "cell"), [[one["path"], str(one["value"]), one["cell"]] for one in answers])
    for issue in told:
        severity = frame.words(SEVERITIES[issue["severity"]])
        words = (severity, issue["code"], issue["cell"], issue["message"], issue["fix"])
        click.echo(plain(" ".join(word for word in words if word)))
    return 0


def _is_known(round_: Round, subject: str) -> bool:
    return subject == round_.id or bool(round_.organisation(subject) or round_.cluster(subject))


def _decide(frame: Frame, identity: str, because: str, action: str) -> int:
    from sheets_pipeline.jobs import project_lock

    with project_lock(frame.project), Store.open(frame.project.store_url) as store:
        version = store.version(identity)
        act = store.use if action == "use" else store.set_aside
        act(version.id, because, getpass.getuser(), frame.clock())
        after = store.version(version.id)
    if frame.as_json:
        frame.print_json(_json(after))
    else:
        click.echo(f"{after.key}: {frame.words(_STATES[after.state])}")
    return 0


@submissions.command()
@click.argument("identity", metavar="ID")
@click.option("--because", required=True, help="Why; shown in the report's method note.")
@framed
def use(frame: Frame, identity: str, because: str) -> int:
    """Put a version in force that was held or superseded.

    \b
    Example:  sheets-pipeline submissions use 3f2a --because "Confirmed by telephone"
    """
    return _decide(frame, identity, because, "use")


@submissions.command("set-aside")
@click.argument("identity", metavar="ID")
@click.option("--because", required=True, help="Why; shown in the report's method note.")
@framed
def set_aside(frame: Frame, identity: str, because: str) -> int:
    """Let a version count for nothing; the one before it is in force again.

    \b
    Example:  sheets-pipeline submissions set-aside 3f2a --because "Sent by mistake"
    """
    return _decide(frame, identity, because, "set_aside")


@submissions.command()
@click.option("--because", default="", help="Why; noted in the ledger.")
@framed
def recheck(frame: Frame, because: str) -> int:
    """Judge everything in the inbox once more under today's rules.

    \b
    Example:  sheets-pipeline submissions recheck --because "The rule on totals was changed"
    """
    from sheets_pipeline.cli.collecting import summary_line
    from sheets_pipeline.jobs import project_lock
    from sheets_pipeline.pipeline.collecting import Run, collect
    from sheets_pipeline.pipeline.receipts import run_json, summary

    run = Run(id=uuid.uuid4().hex[:12], as_of=frame.as_of, now=frame.clock(), recheck=True)
    with project_lock(frame.project), Store.open(frame.project.store_url) as store:
        store.start_run(run.id, "recheck", frame.clock())
        receipts = list(collect(frame.project, store, run))
        counts = summary(receipts)
        store.finish_run(run.id, "completed", frame.clock(), {**counts, "because": because})
    if frame.as_json:
        frame.print_json(run_json(run.id, receipts, frame.lang))
    else:
        click.echo(summary_line(frame, counts))
    return 1 if counts["new"] > counts["accepted"] else 0
