"""An organisation's own report: its page in full, its plans with their pictures, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sheets_pipeline.model.round_results import OrganisationResult, Plan, RoundResults
from sheets_pipeline.reports.build.facts import facts_tables
from sheets_pipeline.reports.build.lens import Lens
from sheets_pipeline.reports.build.links import targeted
from sheets_pipeline.reports.build.measures import gap_table, judged, measure_table
from sheets_pipeline.reports.build.pages import organisation_headline, score_blocks
from sheets_pipeline.reports.build.plan_pictures import plan_pictures
from sheets_pipeline.reports.build.plans import plan_facts
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import (
    Block,
    Callout,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Section,
    Table,
)


def own_headline(results: RoundResults, lens: Lens | None, voice: Voice) -> str:
    """The organisation in a sentence; one that this audience may not see says so and nothing else."""
    result = _own(results)
    return organisation_headline(result, lens, voice) if result else _not_shared(voice)


def _own(results: RoundResults) -> OrganisationResult | None:
    return results.organisation(results.about)


def _not_shared(voice: Voice) -> str:
    return voice.say("The organisation does not share its scores with this audience.")


def own_opening(results: RoundResults, lens: Lens | None, voice: Voice, *, published: bool) -> tuple[Block, ...]:
    """Key figures of the organisation alone."""
    blocks: list[Block] = []
    if not published:
        words = voice.say("This report has not been published. Figures may change; do not spread it further.")
        blocks.append(Callout(voice.say("Draft"), words, "draft"))
    result = _own(results)
    if result and result.scores_shown:
        blocks.append(KeyFigures((_mean(result, lens, voice), _statements(result, lens, voice), _goals(result, voice))))
        blocks.append(Paragraph(voice.say("The organisation assesses itself."), "small"))
    return tuple(blocks)


def _mean(result: OrganisationResult, lens: Lens | None, voice: Voice) -> KeyFigure:
    row = next((row for row in result.overall if lens and lens.sees(row) and row.shift is not None), None)
    label = voice.say("mean before and after")
    if row is None:
        return KeyFigure(NOTHING, label)
    note = voice.say("Shift {shift} steps on the scale.", shift=voice.shift(row.shift))
    return KeyFigure(f"{voice.mean(row.before)} → {voice.mean(row.after)}", label, note)


def _statements(result: OrganisationResult, lens: Lens | None, voice: Voice) -> KeyFigure:
    rows = [row for row in result.overall if lens and lens.sees(row)]
    up, matched = sum(row.up for row in rows), sum(row.matched for row in rows)
    could = sum(row.could_rise for row in rows)
    return KeyFigure(
        voice.part(up, matched) if matched else NOTHING,
        voice.say("scored statements rose"),
        voice.say("Of the {could} that could rise: {rose}.", could=could, rose=up) if matched else "",
    )


def _goals(result: OrganisationResult, voice: Voice) -> KeyFigure:
    verdicts = [judged(measure) for plan in result.plans for measure in plan.measures]
    known = [verdict for verdict in verdicts if verdict]
    return KeyFigure(
        voice.part(sum(map(all, known)), len(known)) if known else NOTHING,
        voice.say("measures met their goal for every group"),
        voice.count(
            "Of {count} measure, {judged} has both goal and outcome.",
            "Of {count} measures, {judged} have both goal and outcome.",
            len(verdicts),
            judged=len(known),
        ),
    )


def own_sections(results: RoundResults, lens: Lens | None, voice: Voice) -> tuple[Section, ...]:
    """Scores, plans, what they aimed at, next steps and facts; those without an answer are left out."""
    result = _own(results)
    if result is None:
        return (Section("scores", voice.say("Results"), (Paragraph(_not_shared(voice)),)),)
    parts = (
        ("scores", voice.say("Sections and statements"), tuple(score_blocks(result, results, voice, folding=False))),
        ("plans-own", voice.say("Improvement plans"), tuple(_plans(result, voice))),
        ("next", voice.say("Next steps"), tuple(_next_steps(result, voice))),
        ("facts", voice.say("Facts about the organisation"), facts_tables(result, results, voice)),
    )
    found = [Section(anchor, title, blocks) for anchor, title, blocks in parts if blocks]
    if any(plan.targeted for plan in result.plans):
        found.insert(min(2, len(found)), targeted(results, voice))
    return tuple(found) or (Section("scores", voice.say("Results"), (Paragraph(own_headline(results, lens, voice)),)),)


def _plans(result: OrganisationResult, voice: Voice) -> Iterator[Block]:
    for plan in result.plans:
        yield Heading(f"{plan.plan} {plan.title}".strip())
        yield from plan_facts(plan, voice)
        anchor = f"{result.organisation.code}-{plan.plan}".lower()
        measures = [(result, plan, measure) for measure in plan.measures]
        if measures:
            yield measure_table(measures, voice, anchor=f"table-measures-{anchor}", sheet="")
            gaps = gap_table(measures, voice, anchor=f"table-gaps-{anchor}", sheet="")
            yield from (gaps,) if gaps.rows else ()
        yield from plan_pictures(plan, f"plan-{anchor}", voice)


def _next_steps(result: OrganisationResult, voice: Voice) -> Iterator[Block]:
    """What is agreed and not done, earliest first."""
    left = [(plan, one) for plan in result.plans for one in plan.agreed if one.done is None]
    if not left:
        return
    ordered = sorted(left, key=lambda pair: (pair[1].due is None, pair[1].due or date.max))
    yield Paragraph(voice.count("{count} activity remains.", "{count} activities remain.", len(left)))
    yield Table(
        anchor="table-next-steps",
        caption=voice.say("Next steps"),
        columns=(Column(voice.say("What"), "long"), Column(voice.say("Plan")), Column(voice.say("Due"))),
        rows=tuple((one.what, _named(plan), voice.day(one.due)) for plan, one in ordered),
        sheet=voice.say("Next steps"),
    )


def _named(plan: Plan) -> str:
    return f"{plan.plan} {plan.title}".strip()
