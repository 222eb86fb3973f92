"""Who answered: n of n by form, role and cluster."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_pipeline.model.round_results import Received, RoundResults
from sheets_pipeline.reports.build.names import cluster_name
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import Block, Callout, Cell, Column, Paragraph, Section, Table

ASSESSMENT = "self_assessment"


def answered(results: RoundResults, voice: Voice) -> Section:
    """The section; what is not yet due is counted apart, so that it never looks like silence."""
    blocks: list[Block] = [
        Paragraph(answers_in_use(results, voice)),
        _by_form(results, voice),
        _by_cluster(results, voice),
    ]
    if results.left_out:
        blocks.append(
            Callout(
                voice.say("Not everybody is in this report"),
                voice.count(
                    "{count} organisation does not share its scores with this audience and is not in the figures.",
                    "{count} organisations do not share their scores with this audience and are not named.",
                    results.left_out,
                ),
            )
        )
    if results.withdrawn:
        blocks.append(
            Paragraph(
                voice.count(
                    "{count} organisation left during the round and is in no comparison.",
                    "{count} organisations left during the round and are in no comparison.",
                    results.withdrawn,
                )
            )
        )
    return Section("answered", voice.say("Who answered"), tuple(blocks))


def _of(rows: Iterable[Received], voice: Voice) -> str:
    found = list(rows)
    owed = sum(row.owed for row in found)
    return voice.part(sum(row.answered for row in found), owed) if owed else NOTHING


def answers_in_use(results: RoundResults, voice: Voice) -> str:
    """How many self-assessments are in use before and after."""
    rows = [row for row in results.received if row.form == ASSESSMENT]
    return voice.say(
        "Self-assessments in use: {first} before and {last} after.",
        first=_of((row for row in rows if row.occasion == results.first), voice),
        last=_of((row for row in rows if row.occasion == results.last), voice),
    )


def _occasion(results: RoundResults, occasion: str, voice: Voice) -> str:
    return voice.label(results.title("occasion", occasion))


def _by_form(results: RoundResults, voice: Voice) -> Table:
    asked = dict.fromkeys((row.form, row.occasion) for row in results.received)
    rows: list[tuple[Cell, ...]] = []
    for form, occasion in asked:
        found = [row for row in results.received if (row.form, row.occasion) == (form, occasion)]
        rows.append(
            (
                voice.label(results.title("form", form)),
                _occasion(results, occasion, voice),
                _of((row for row in found if row.role == "participant"), voice),
                _of((row for row in found if row.role == "mentor"), voice),
                _of(found, voice),
            )
        )
    headings = ("Form", "Occasion", "Participants", "Mentors", "All")
    return Table(
        anchor="answered-forms",
        caption=voice.say("Answers in use, by form and role"),
        columns=tuple(Column(voice.say(heading)) for heading in headings),
        rows=tuple(rows),
        headers=2,
        note=voice.say("The number in use of the number asked. Those who left the round are not counted."),
        sheet=voice.say("Answered"),
    )


def _by_cluster(results: RoundResults, voice: Voice) -> Table:
    points = (results.first, results.last)
    rows = [row for row in results.received if row.form == ASSESSMENT and row.occasion in points]
    clusters = dict.fromkeys(row.cluster for row in rows)
    return Table(
        anchor="answered-clusters",
        caption=voice.say("Self-assessments in use, by cluster"),
        columns=(Column(voice.say("Cluster")), *(Column(_occasion(results, point, voice)) for point in points)),
        rows=tuple(
            (
                cluster_name(results, cluster),
                *(
                    _of((row for row in rows if (row.cluster, row.occasion) == (cluster, point)), voice)
                    for point in points
                ),
            )
            for cluster in clusters
        ),
        sheet=voice.say("Answered by cluster"),
    )
