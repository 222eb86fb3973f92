"""`collect`: take in what lies in the inbox."""

from __future__ import annotations

import sys
import uuid

import click

from sheets_pipeline.cli.frame import DATA_HAS_ERRORS, Frame, framed, plain
from sheets_pipeline.cli.printing import print_copies, print_file
from sheets_pipeline.errors import UsageError
from sheets_pipeline.pipeline.receipts import Receipt
from sheets_pipeline.texts import text


@click.command()
@click.option("--source", default="inbox", help="Where to fetch from.", show_default=True)
@click.option("--recheck", is_flag=True, help="Judge files that are known already once more.")
@framed
def collect(frame: Frame, source: str, recheck: bool) -> int:  # noqa: FBT001 - a flag
    """Fetch, archive, check, store and settle what has come in, and write feedback.

    \b
    Example:  sheets-pipeline collect --json
    """
    from sheets_pipeline.jobs import project_lock
    from sheets_pipeline.pipeline.collecting import Run
    from sheets_pipeline.pipeline.collecting import collect as collect_files
    from sheets_pipeline.pipeline.decided import apply_decisions
    from sheets_pipeline.pipeline.receipts import run_json, summary
    from sheets_pipeline.store.repository import Store

    if source != "inbox":
        raise UsageError(
            frame.words("there is no source {source}", source=source), hint=frame.words("known: {names}", names="inbox")
        )
    project = frame.project
    project.round(frame.round_id)
    run = Run(id=uuid.uuid4().hex[:12], as_of=frame.as_of, now=frame.clock(), recheck=recheck)
    receipts: list[Receipt] = []
    with project_lock(project), Store.open(project.store_url) as store:
        store.start_run(run.id, "collect", frame.clock())
        apply_decisions(project, store)
        for receipt in collect_files(project, store, run):
            receipts.append(receipt)
            _tell(frame, receipt, len(receipts))
        counts = summary(receipts)
        store.finish_run(run.id, "completed", frame.clock(), dict(counts))
    if frame.as_json:
        frame.print_json(run_json(run.id, receipts, frame.lang))
    else:
        click.echo(summary_line(frame, counts))
    return DATA_HAS_ERRORS if counts["new"] > counts["accepted"] else 0


def _tell(frame: Frame, receipt: Receipt, number: int) -> None:
    if not frame.as_json and receipt.judged is not None:
        print_file(frame, receipt.judged, receipt.feedback)
        print_copies(frame, receipt.copies)
    elif not frame.as_json and receipt.outcome == "ignored":
        reason = text(receipt.reason, frame.lang, context="ignored")
        frame.say("{file}: passed over ({reason})", file=plain(receipt.file), reason=reason)
    elif frame.as_json and sys.stderr.isatty():
        click.echo(f"\r{number}", nl=False, err=True)


_COUNTED = {
    "accepted": "Nothing more needed: {count}.",
    "remarks": "Things to look at: {count}.",
    "held": "To be asked about: {count}.",
    "rejected": "Could not be taken: {count}.",
    "unreadable": "Could not be read: {count}.",
    "unchanged": "Unchanged: {count}.",
    "ignored": "Passed over: {count}.",
}


def summary_line(frame: Frame, counts: dict[str, int]) -> str:
    """The sum of a run in one line; what there is none of is left out."""
    told = [frame.words("Files: {count}.", count=counts["seen"])]
    for name, words in _COUNTED.items():
        if counts[name]:
            told.append(frame.words(words, count=counts[name]))
    return " ".join(told)
