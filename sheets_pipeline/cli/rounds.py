"""`rounds`: which there are, closing one and opening it again, and making a closed one once more to compare."""

from __future__ import annotations

import getpass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sheets_pipeline.cli.frame import DATA_HAS_ERRORS, Frame, framed
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import long_date

if TYPE_CHECKING:
    from sheets_pipeline.model.programme import Round
    from sheets_pipeline.pipeline.freezing import Closing

_BECAUSE = "Why; kept with the round."
_REASONS = {
    "manifest_changed": "the manifest has been changed since the round was closed",
    "not_in_store": "the store no longer has this delivery",
    "answers_changed": "the store's answers are not those of the day it was closed",
    "original_missing": "the original is not in the archive",
    "original_damaged": "the original in the archive is damaged",
    "frozen_changed": "the frozen settings, rules or forms have been changed",
    "frozen_missing": "frozen settings, rules or forms are missing",
    "copy_changed": "the published copy has been changed",
    "copy_missing": "the published copy is missing",
    "rebuilt_differs": "made once more, it is not the same",
    "not_rebuilt": "it is not made any more",
    "new_file": "it was not there when the round was closed",
}


@click.group()
def rounds() -> None:
    """The rounds: list them, close one, open it again, verify a closed one."""


@rounds.command("list")
@framed
def list_rounds(frame: Frame) -> int:
    """List the rounds, with which of them are closed.

    \b
    Example:  sheets-pipeline rounds list
    """
    programme = frame.project.programme
    with Store.open(frame.project.store_url) as store:
        closed = store.closed_rounds()
        listed = [
            {
                "round": round_.id,
                "name": round_.name.get(frame.lang) or round_.id,
                "current": round_.id == programme.current,
                "organisations": len(round_.organisations),
                "deliveries": len(store.list(round_.id, state="in_force")),
                "closed": closed[round_.id].isoformat() if round_.id in closed else None,
            }
            for round_ in programme.rounds.values()
        ]
    if frame.as_json:
        frame.print_json({"rounds": listed})
    else:
        titles = ("round", "name", "organisations", "deliveries in force", "closed")
        frame.table(titles, [_row(frame, one) for one in listed])
    return 0


def _row(frame: Frame, one: dict[str, Any]) -> list[str]:
    closed = long_date(date.fromisoformat(one["closed"][:10]), frame.lang) if one["closed"] else frame.words("open")
    name = f"{one['name']} ({frame.words('the current one')})" if one["current"] else one["name"]
    return [one["round"], name, str(one["organisations"]), str(one["deliveries"]), closed]


@rounds.command()
@click.option("--because", default="", help=_BECAUSE)
@click.option(
    "--archive",
    type=click.Path(path_type=Path, file_okay=False),
    help="Gather a reading copy (PDF) of every delivery in force in this folder, before the round is closed.",
)
@framed
def close(frame: Frame, because: str, archive: Path | None) -> int:
    """Publish and freeze a round: nothing more is taken in but the follow-up.

    \b
    Example:  sheets-pipeline rounds close --as-of 2026-11-20 --because "Results conference held"
    """
    from sheets_pipeline.jobs import project_lock
    from sheets_pipeline.pipeline.freezing import close as frozen

    round_ = frame.project.round(frame.round_id)
    with project_lock(frame.project), Store.open(frame.project.store_url) as store:
        held = len(store.waiting(round_.id))
        copies = _archived(frame, store, round_, archive) if archive else 0
        manifest = frozen(frame.project, store, round_, _closing(frame, because))
    facts = {
        "round": round_.id,
        "manifest": str(manifest.path),
        "inputs": len(manifest.data["inputs"]),
        "outputs": [one["file"] for one in manifest.data["outputs"]],
        "held": held,
    }
    if frame.as_json:
        frame.print_json(facts | ({"archive": str(archive), "copies": copies} if archive else {}))
        return 0
    frame.say("Round {round} is closed. What was frozen: {path}", round=round_.id, path=manifest.path.parent)
    if archive:
        click.echo(frame.count("{count} reading copy: {path}", "{count} reading copies: {path}", copies, path=archive))
    if held:
        line = frame.count(
            "{count} delivery was still to be asked about, and is not in it.",
            "{count} deliveries were still to be asked about, and are not in it.",
            held,
        )
        click.echo(line)
    return 0


@rounds.command()
@click.option("--because", default="", help=_BECAUSE)
@framed
def addendum(frame: Frame, because: str) -> int:
    """Publish and freeze what the follow-up brought to a closed round, with a report of its own.

    \b
    Example:  sheets-pipeline rounds addendum --as-of 2027-11-20
    """
    from sheets_pipeline.jobs import project_lock
    from sheets_pipeline.pipeline.freezing import add

    round_ = frame.project.round(frame.round_id)
    with project_lock(frame.project), Store.open(frame.project.store_url) as store:
        manifest = add(frame.project, store, round_, _closing(frame, because))
    files = [one["file"] for one in manifest.data["outputs"]]
    if frame.as_json:
        frame.print_json({"round": round_.id, "manifest": str(manifest.path), "outputs": files})
    else:
        frame.say("Addendum to round {round}: {path}", round=round_.id, path=manifest.path.parent)
    return 0


@rounds.command()
@click.option("--because", required=True, help=_BECAUSE)
@framed
def reopen(frame: Frame, because: str) -> int:
    """Open a closed round again; what was frozen is kept beside it.

    \b
    Example:  sheets-pipeline rounds reopen --because "A region's figures were wrong"
    """
    from sheets_pipeline.jobs import project_lock
    from sheets_pipeline.pipeline.freezing import reopen as opened

    round_ = frame.project.round(frame.round_id)
    with project_lock(frame.project), Store.open(frame.project.store_url) as store:
        kept = opened(frame.project, store, round_, _closing(frame, because))
    if frame.as_json:
        frame.print_json({"round": round_.id, "kept": str(kept)})
    else:
        frame.say("Round {round} is open again. What was frozen is kept in {path}", round=round_.id, path=kept)
    return 0


@rounds.command()
@framed
def verify(frame: Frame) -> int:
    """Make a closed round once more from archive and store, and tell what is not the same, file by file.

    \b
    Example:  sheets-pipeline rounds verify --round 2026
    """
    from sheets_pipeline.pipeline.freezing import made_with
    from sheets_pipeline.pipeline.verifying import verify as verified

    round_ = frame.project.round(frame.round_id)
    with Store.open(frame.project.store_url) as store:
        found = verified(frame.project, store, round_.id, frame.lang)
    differences = [
        {"manifest": one.manifest.path.name, "file": other.file, "reason": other.reason}
        for one in found
        for other in one.differences
    ]
    now, then = made_with(), dict(found[0].manifest.data["made_with"])
    if frame.as_json:
        counted = {"inputs": sum(one.inputs for one in found), "outputs": sum(one.outputs for one in found)}
        frame.print_json({"round": round_.id, **counted, "made_with": then, "now": now, "differences": differences})
        return DATA_HAS_ERRORS if differences else 0
    for one in differences:
        click.echo(f"{one['file']}: {frame.words(_REASONS[one['reason']])}")
    outputs = sum(one.outputs for one in found)
    if not differences:
        frame.say("Round {round}: all {count} files are the same when made once more.", round=round_.id, count=outputs)
    elif now != then:
        changed = ", ".join(
            f"{name} {then.get(name, '-')} → {now.get(name, '-')}"
            for name in sorted(then | now)
            if then.get(name) != now.get(name)
        )
        frame.say("The round was closed with other versions: {versions}", versions=changed)
    return DATA_HAS_ERRORS if differences else 0


def _archived(frame: Frame, store: Store, round_: Round, to: Path) -> int:
    """Gather the copies first: a disk that is full stops the closing while nothing is closed."""
    from sheets_pipeline.pipeline.collecting import forms_of
    from sheets_pipeline.pipeline.copies import archive_copies

    if round_.id in store.closed_rounds():
        return 0
    return len(archive_copies(store, round_, forms_of(frame.project), to))


def _closing(frame: Frame, because: str) -> Closing:
    from sheets_pipeline.pipeline.freezing import Closing
    from sheets_pipeline.pipeline.publishing import Publisher

    publisher = Publisher(who=getpass.getuser(), at=frame.clock(), language=frame.lang, kind="closing")
    return Closing(as_of=frame.as_of, publisher=publisher, because=because)
