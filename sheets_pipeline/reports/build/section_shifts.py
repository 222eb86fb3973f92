"""Which parts of the work moved: a dumbbell over sections, and where on the scale the scores lie."""

from __future__ import annotations

from fractions import Fraction

from sheets_pipeline.model.results import Comparison, Distribution
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.lens import Lens, axis, described, role_of_round, rows_of_round, step_words, steps
from sheets_pipeline.reports.build.organisation_shifts import dumbbell_row
from sheets_pipeline.reports.build.remarks import with_remarks
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.build.words import directions, judged, whose
from sheets_pipeline.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
    DivergingStacks,
    Dumbbell,
    DumbbellGroup,
    Graphic,
    Paragraph,
    Section,
    StackGroup,
    StackRow,
    Table,
    number,
)

HEADINGS = (
    "Before",
    "After",
    "Shift",
    "Organisations",
    "Rose",
    "Unchanged",
    "Fell",
    "Typical shift",
    "95 % from",
    "to",
    "p",
    "Effect",
)
DECIMALS_OF_P = 3


def section_shifts(results: RoundResults, lens: Lens | None, voice: Voice) -> Section:
    """The section, over the organisations that stand for the round."""
    blocks: list[Block] = []
    rows = rows_of_round(results, "section", lens) if lens else ()
    if lens and rows:
        blocks = [_dumbbells(results, lens, rows, voice)]
        distributions = _distributions(results, lens)
        if distributions:
            blocks.append(_stacks(results, lens, distributions, voice))
    else:
        blocks.append(Paragraph(voice.say("No section has answers that can be compared.")))
    return Section("sections", voice.say("Shift per section"), tuple(blocks))


def moved_sections(rows: tuple[Comparison, ...], voice: Voice) -> str:
    """How many sections went which way, and for which of them it is established."""
    compared = [row for row in rows if row.shift is not None]
    if not compared:
        return voice.say("No section has answers that can be compared.")
    words = voice.say("Sections after compared with before: {directions}.", directions=directions(compared, voice))
    certain = [voice.label(row.label) for row in compared if row.established]
    sure = (
        voice.say("The change is statistically established in {sections}.", sections=voice.listed(certain))
        if certain
        else voice.say("In no section is the change statistically established.")
    )
    return f"{words} {sure}"


def _dumbbells(results: RoundResults, lens: Lens, rows: tuple[Comparison, ...], voice: Voice) -> Chart:
    drawn = tuple(dumbbell_row(row, voice.label(row.label), voice, judged(row, voice)) for row in rows)
    return Chart(
        anchor="sections-shift",
        title=voice.say("Mean before and after, per section"),
        description=moved_sections(rows, voice),
        source=f"{described(lens, results, voice)} · {whose(results, voice)}",
        figure=Dumbbell(
            axis(lens, results, voice),
            (DumbbellGroup("", drawn),),
            voice.say("Before"),
            voice.say("After"),
            voice.say("Shift"),
        ),
        table=_table(results, lens, rows, voice),
    )


def tested(row: Comparison, voice: Voice) -> tuple[Cell, ...]:
    """Estimate, interval, adjusted p-value and effect of a row over organisations; dashes where none may be given."""
    low, high = row.interval if row.interval and row.interval_of == "shift" else (None, None)
    effect = NOTHING if row.effect is None else number(Fraction(row.effect), voice.language, decimals=2, signed=True)
    return (voice.shift(row.hodges_lehmann), voice.shift(low), voice.shift(high), probability(row, voice), effect)


def probability(row: Comparison, voice: Voice) -> Cell:
    """The adjusted p-value, three decimals."""
    if row.p_adjusted is None:
        return NOTHING
    return number(Fraction(row.p_adjusted), voice.language, decimals=DECIMALS_OF_P)


def _table(results: RoundResults, lens: Lens, rows: tuple[Comparison, ...], voice: Voice) -> Table:
    scale = axis(lens, results, voice)
    table = Table(
        anchor="table-sections",
        caption=f"{voice.say('Shift per section')}: {described(lens, results, voice)}",
        columns=(
            Column(voice.say("Section")),
            *(Column(voice.say(heading), "number") for heading in HEADINGS),
            Column(voice.say("What may be said")),
        ),
        rows=tuple(
            (
                voice.label(row.label),
                voice.mean(row.before),
                voice.mean(row.after),
                voice.shift(row.shift),
                *(voice.whole(count) for count in (row.n, row.up, row.same, row.down)),
                *tested(row, voice),
                judged(row, voice),
            )
            for row in rows
        ),
        note=voice.say(
            "Typical shift: Hodges–Lehmann estimate over organisations with its exact 95 % interval. p: exact "
            "signed-rank test, adjusted for the number of sections (Holm). Effect: matched-pairs rank-biserial "
            "correlation, from −1 to +1."
        ),
        sheet=voice.say("Sections"),
        graphic=Graphic("bars", 0, (1, 2), scale.low, scale.high),
    )
    return with_remarks(table, rows, voice)


def _distributions(results: RoundResults, lens: Lens) -> tuple[Distribution, ...]:
    key = (lens.series, lens.scale, lens.level, role_of_round(results))
    return tuple(row for row in results.distributions if (row.series, row.scale, row.level, row.role) == key)


def _stacks(results: RoundResults, lens: Lens, rows: tuple[Distribution, ...], voice: Voice) -> Chart:
    scale = steps(lens, results)
    sections = dict.fromkeys(row.section for row in rows)
    groups = tuple(
        StackGroup(
            next(voice.label(row.label) for row in rows if row.section == section),
            tuple(_stack(row, scale, results, voice) for row in rows if row.section == section),
        )
        for section in sections
    )
    return Chart(
        anchor="sections-steps",
        title=voice.say("Where on the scale the answers lie"),
        description=voice.say(
            "Two bars for each section, before and after: how many answers stand on each step of the scale."
        ),
        source=f"{described(lens, results, voice)} · {whose(results, voice)}",
        figure=DivergingStacks(step_words(lens, results, voice), tuple(map(str, scale)), groups),
        table=_steps_table(results, lens, rows, voice),
    )


def _point(row: Distribution, results: RoundResults, voice: Voice) -> str:
    return voice.say("Before") if row.occasion == results.first else voice.say("After")


def _stack(row: Distribution, scale: tuple[int, ...], results: RoundResults, voice: Voice) -> StackRow:
    counts = tuple(row.counts.get(step, 0) for step in scale)
    label = voice.count(
        "{point}, {count} answer", "{point}, {count} answers", sum(counts), point=_point(row, results, voice)
    )
    return StackRow(label, counts)


def _steps_table(results: RoundResults, lens: Lens, rows: tuple[Distribution, ...], voice: Voice) -> Table:
    scale = steps(lens, results)
    words = step_words(lens, results, voice)
    titles = (f"{step} {word}" for step, word in zip(scale, words, strict=True))
    return Table(
        anchor="table-steps",
        caption=voice.say("Answers on each step, per section and point"),
        columns=(
            Column(voice.say("Section and point")),
            *(Column(title, "number") for title in titles),
            Column(voice.say("Do not know"), "number"),
            Column(voice.say("Not applicable"), "number"),
            Column(voice.say("Organisations"), "number"),
        ),
        rows=tuple(
            (
                f"{voice.label(row.label)}, {_point(row, results, voice).lower()}",
                *(voice.whole(row.counts.get(step, 0)) for step in scale),
                *(voice.whole(count) for count in (row.dont_know, row.not_applicable, row.n)),
            )
            for row in rows
        ),
        sheet=voice.say("Steps"),
        graphic=Graphic("stacked", 0, tuple(range(1, 1 + len(scale)))),
    )
