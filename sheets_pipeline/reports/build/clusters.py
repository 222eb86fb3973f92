"""Clusters beside their mentor: the lines, and the distance to the mentor before and after. Never a rank."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sheets_pipeline.model.results import Comparison
from sheets_pipeline.model.round_results import ClusterLine, ClusterResult, RoundResults
from sheets_pipeline.reports.build.lens import Lens, axis, described
from sheets_pipeline.reports.build.names import alphabetical, cluster_name, subject_name
from sheets_pipeline.reports.build.voice import Voice, numeric
from sheets_pipeline.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
    Graphic,
    Panel,
    PanelLine,
    Paragraph,
    Section,
    SmallMultiples,
    Table,
)

NUMBERS = ("Before", "After", "Shift", "Distance to the mentor before", "Distance to the mentor after")


def clusters(results: RoundResults, lens: Lens | None, voice: Voice) -> Section:
    """The section."""
    found = tuple(one for one in results.clusters if lens and _of(one, lens) and (one.mentor or one.lines))
    blocks: tuple[Block, ...]
    if lens and found:
        blocks = (_chart(results, lens, found, voice),)
    else:
        blocks = (Paragraph(voice.say("No cluster has answers that can be compared.")),)
    return Section("clusters", voice.say("Clusters beside their mentor"), blocks)


def _of(one: ClusterResult, lens: Lens) -> bool:
    return (one.series, one.scale, one.level) == (lens.series, lens.scale, lens.level)


def _sentence(found: tuple[ClusterResult, ...], voice: Voice) -> str:
    gaps = [
        (line.gap_before, line.gap_after)
        for one in found
        for line in one.lines
        if line.gap_before is not None and line.gap_after is not None
    ]
    if not gaps:
        return voice.say(
            "No organisation can be set beside its mentor: the mentor's answers are missing or not shared."
        )
    closer = sum(abs(after) < abs(before) for before, after in gaps)
    return voice.count(
        "{count} of {total} organisations is closer to its mentor after than before.",
        "{count} of {total} organisations are closer to their mentor after than before.",
        closer,
        total=len(gaps),
    )


def _name(results: RoundResults, comparison: Comparison, organisation: str) -> str:
    known = results.round.organisation(organisation)
    return subject_name(known, comparison.unit) if known else organisation


def _lines(results: RoundResults, one: ClusterResult) -> Iterator[tuple[str, bool, Comparison, ClusterLine | None]]:
    """(name, is the mentor, its row, its line) with the mentor first, then by name."""
    if one.mentor:
        yield _name(results, one.mentor, one.mentor.key), True, one.mentor, None
    named = sorted(
        ((_name(results, line.comparison, line.organisation), line) for line in one.lines),
        key=lambda pair: alphabetical(pair[0]),
    )
    for name, line in named:
        yield name, False, line.comparison, line


def _chart(results: RoundResults, lens: Lens, found: tuple[ClusterResult, ...], voice: Voice) -> Chart:
    return Chart(
        anchor="clusters-lines",
        title=voice.say("Mean before and after, cluster by cluster"),
        description=_sentence(found, voice),
        source=described(lens, results, voice),
        figure=SmallMultiples(
            axis(lens, results, voice),
            (voice.say("Before"), voice.say("After")),
            tuple(_panel(results, one, voice) for one in found),
            voice.say("Mentor"),
            voice.say("Participant"),
        ),
        table=_table(results, lens, found, voice),
    )


def _panel(results: RoundResults, one: ClusterResult, voice: Voice) -> Panel:
    lines = tuple(
        PanelLine(name, mentor, (numeric(voice.mean(row.before)), numeric(voice.mean(row.after))))
        for name, mentor, row, _ in _lines(results, one)
        if row.before is not None or row.after is not None
    )
    note = "" if one.mentor else voice.say("No mentor's answers to show.")
    return Panel(one.name or cluster_name(results, one.cluster), lines, note)


def _table(results: RoundResults, lens: Lens, found: tuple[ClusterResult, ...], voice: Voice) -> Table:
    scale = axis(lens, results, voice)
    return Table(
        anchor="table-clusters",
        caption=voice.say("Clusters beside their mentor"),
        columns=(
            Column(voice.say("Organisation")),
            Column(voice.say("Cluster")),
            Column(voice.say("Role")),
            *(Column(voice.say(heading), "number") for heading in NUMBERS),
        ),
        rows=tuple(
            _row(one.name or cluster_name(results, one.cluster), line, voice)
            for one in found
            for line in _lines(results, one)
        ),
        note=voice.say(
            "Distance: the mentor's mean minus the organisation's. A minus sign: the organisation is above."
        ),
        sheet=voice.say("Clusters"),
        graphic=Graphic("bars", 0, (3, 4), scale.low, scale.high),
    )


def _row(cluster: str, line: tuple[str, bool, Comparison, ClusterLine | None], voice: Voice) -> tuple[Cell, ...]:
    name, mentor, row, beside = line
    gaps: tuple[Fraction | None, Fraction | None] = (beside.gap_before, beside.gap_after) if beside else (None, None)
    return (
        name,
        cluster,
        voice.say("Mentor") if mentor else voice.say("Participant"),
        voice.mean(row.before),
        voice.mean(row.after),
        voice.shift(row.shift),
        *(voice.shift(gap) for gap in gaps),
    )
