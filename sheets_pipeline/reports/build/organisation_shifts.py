"""Who moved, how far: a dumbbell for each comparable set, organisations within roles."""

from __future__ import annotations

from sheets_pipeline.model.notes import note_texts
from sheets_pipeline.model.results import Comparison
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.lens import Lens, axis, described, lenses
from sheets_pipeline.reports.build.names import (
    Subject,
    cluster_name,
    in_chart_order,
    role_name,
    shown,
    subject_name,
)
from sheets_pipeline.reports.build.remarks import with_remarks
from sheets_pipeline.reports.build.voice import Voice, numeric
from sheets_pipeline.reports.build.words import directions, judged, round_row
from sheets_pipeline.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
    Details,
    Dumbbell,
    DumbbellGroup,
    DumbbellRow,
    Graphic,
    Paragraph,
    Section,
    Table,
)

HEADINGS = (
    "Organisation",
    "Role",
    "Cluster",
    "Before",
    "After",
    "Shift",
    "Statements compared",
    "Higher",
    "The same",
    "Lower",
)
NUMBERS_FROM = 3


def organisation_shifts(results: RoundResults, first: Lens | None, voice: Voice) -> Section:
    """The section: the set of the headline first, the others folded."""
    sets = [lens for lens in lenses(results) if _subjects(results, lens)]
    others = tuple(_chart(results, lens, voice) for lens in sets if lens != first)
    blocks: list[Block] = [Paragraph(_sentence(results, first, voice))]
    if first is not None and first in sets:
        blocks.append(_chart(results, first, voice, first=True))
    if others:
        blocks.append(Details(voice.say("The headline questions, other levels and other scales"), others))
    return Section("organisations", voice.say("Shift per organisation"), tuple(blocks))


def _sentence(results: RoundResults, lens: Lens | None, voice: Voice) -> str:
    row = round_row(results, lens)
    if row is None:
        return voice.say("No organisation has answers that can be compared.")
    whole = judged(row, voice).lower()
    parts = [
        voice.say("The cluster as a whole: {judged}.", judged=whole)
        if results.about
        else voice.say("The round as a whole: {judged}.", judged=whole)
    ]
    if row.interval and row.hodges_lehmann is not None:
        low, high = (voice.shift(limit) for limit in row.interval)
        middle = voice.shift(row.hodges_lehmann)
        parts.append(
            voice.say(
                "Typical shift {middle} steps (95 % interval {low} to {high}).", middle=middle, low=low, high=high
            )
        )
    return " ".join((*parts, *note_texts(row, voice.language)))


def _subjects(results: RoundResults, lens: Lens) -> tuple[Subject, ...]:
    return in_chart_order(((one, row) for one in shown(results) for row in lens.overall(one)), results)


def _chart(results: RoundResults, lens: Lens, voice: Voice, *, first: bool = False) -> Chart:
    title = voice.say("Rating before and after, per organisation")
    subjects = _subjects(results, lens)
    return Chart(
        anchor=f"organisations-{lens.series}-{lens.level}-{lens.scale}".replace("_", "-"),
        title=title if first else f"{title}: {described(lens, results, voice)}",
        description=_description(subjects, voice),
        source=described(lens, results, voice),
        figure=Dumbbell(
            axis(lens, results, voice),
            _groups(subjects, voice),
            voice.say("Before"),
            voice.say("After"),
            voice.say("Shift"),
        ),
        table=_table(results, lens, subjects, voice),
    )


def _description(subjects: tuple[Subject, ...], voice: Voice) -> str:
    parts = [voice.say("Each organisation's mean before and after.")]
    for role, title in _titles(voice).items():
        rows = [row for one, row in subjects if one.organisation.role == role]
        if rows:
            parts.append(f"{title}: {directions(rows, voice)}.")
    return " ".join(parts)


def _titles(voice: Voice) -> dict[str, str]:
    return {"participant": voice.say("Participating organisations"), "mentor": voice.say("Mentors")}


def _groups(subjects: tuple[Subject, ...], voice: Voice) -> tuple[DumbbellGroup, ...]:
    groups = (
        (title, [pair for pair in subjects if pair[0].organisation.role == role])
        for role, title in _titles(voice).items()
    )
    return tuple(DumbbellGroup(title, tuple(_row(pair, voice) for pair in pairs)) for title, pairs in groups if pairs)


def _row(pair: Subject, voice: Voice) -> DumbbellRow:
    result, row = pair
    return dumbbell_row(
        row,
        subject_name(result.organisation, row.unit),
        voice,
        voice.count("{count} statement compared", "{count} statements compared", row.matched),
    )


def dumbbell_row(row: Comparison, label: str, voice: Voice, note: str = "") -> DumbbellRow:
    """A comparison as a dumbbell; where there is none, the reason stands in place of the shift."""
    if row.shift is None:
        words = next(iter(note_texts(row, voice.language)), voice.say("Nothing to compare"))
        return DumbbellRow(label, numeric(voice.mean(row.before)), numeric(voice.mean(row.after)), words, note)
    before, after = numeric(voice.mean(row.before)), numeric(voice.mean(row.after))
    return DumbbellRow(label, before, after, str(voice.shift(row.shift)), note)


def _table(results: RoundResults, lens: Lens, subjects: tuple[Subject, ...], voice: Voice) -> Table:
    columns = [
        Column(voice.say(heading), "text" if n < NUMBERS_FROM else "number") for n, heading in enumerate(HEADINGS)
    ]
    name = voice.say("Organisations") if lens.series == "items" else voice.say("Organisations, headlines")
    table = Table(
        anchor=f"table-organisations-{lens.series}-{lens.level}-{lens.scale}".replace("_", "-"),
        caption=f"{voice.say('Shift per organisation')}: {described(lens, results, voice)}",
        columns=tuple(columns),
        rows=tuple(
            (
                subject_name(one.organisation, row.unit),
                role_name(one.organisation, voice),
                cluster_name(results, one.organisation.cluster),
                *measured(row, voice),
            )
            for one, row in subjects
        ),
        sheet=name,
        graphic=Graphic("bars", 0, (3, 4), axis(lens, results, voice).low, axis(lens, results, voice).high),
    )
    return with_remarks(table, [row for _, row in subjects], voice)


def measured(row: Comparison, voice: Voice) -> tuple[Cell, ...]:
    """Before, after, shift, statements compared, and how many of them went which way."""
    return (
        voice.mean(row.before),
        voice.mean(row.after),
        voice.shift(row.shift),
        voice.whole(row.matched),
        voice.whole(row.up),
        voice.whole(row.same),
        voice.whole(row.down),
    )
