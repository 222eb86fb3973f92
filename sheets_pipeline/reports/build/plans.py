"""Improvement work: what was to become better for whom, what was measured, and whether targeted statements moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sheets_pipeline.model.forms import GROUPS
from sheets_pipeline.model.round_results import OrganisationResult, Plan, RoundResults
from sheets_pipeline.reports.build.measures import gap_table, measure_table, outcome
from sheets_pipeline.reports.build.names import by_name
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import Block, Bullets, Column, Details, Facts, Paragraph, Section, Table

Owned = tuple[OrganisationResult, Plan]
ROWS_IN_SIGHT = 8


def all_plans(results: RoundResults) -> tuple[Owned, ...]:
    """Every plan with its organisation, by the organisation's name."""
    return tuple((one, plan) for one in by_name(results.organisations) for plan in one.plans)


def improvement(results: RoundResults, voice: Voice) -> Section:
    """What has been improved, for whom: before any score."""
    plans = all_plans(results)
    blocks: list[Block] = [Paragraph(how_many(plans, voice))]
    if plans:
        blocks += [_statuses(plans, voice), folded(plan_table(plans, voice), voice)]
    measures = [(one, plan, measure) for one, plan in plans for measure in plan.measures]
    if measures:
        blocks.append(Paragraph(outcome(measures, voice)))
        blocks += [
            folded(table, voice) for table in (measure_table(measures, voice), gap_table(measures, voice)) if table.rows
        ]
    return Section("improvement", voice.say("What has been improved, and for whom"), tuple(blocks))


def folded(table: Table, voice: Voice) -> Block:
    """A table that would push everything else out of sight is folded."""
    if len(table.rows) <= ROWS_IN_SIGHT:
        return table
    return Details(f"{table.caption} ({voice.count('{count} row', '{count} rows', len(table.rows))})", (table,))


def how_many(plans: tuple[Owned, ...], voice: Voice) -> str:
    if not plans:
        return voice.say("No improvement plans can be shown.")
    organisations = len({one.organisation.code for one, _ in plans})
    return " ".join(
        (
            voice.count("{count} improvement plan", "{count} improvement plans", len(plans)),
            voice.count("in {count} organisation.", "in {count} organisations.", organisations),
        )
    )


def choice(plan: Plan, name: str, voice: Voice) -> str:
    """The words of one of the plan's choices."""
    return voice.label(plan.labels[name]) if name in plan.labels else name


def _statuses(plans: tuple[Owned, ...], voice: Voice) -> Block:
    counted = Counter(choice(plan, plan.status, voice) for _, plan in plans if plan.status)
    return Bullets(tuple(f"{status}: {count}" for status, count in counted.most_common()))


def for_whom(plan: Plan, voice: Voice) -> str:
    """For whom, women before men and girls before boys."""
    order = {name: place for place, name in enumerate(GROUPS)}
    named = sorted(plan.groups, key=lambda name: (order.get(name, len(order)), name))
    return voice.listed(choice(plan, name, voice).lower() for name in named) or NOTHING


def plan_table(plans: Iterable[Owned], voice: Voice) -> Table:
    headings = ("Organisation", "Plan", "What", "For whom", "Status", "Period", "Activities done")
    return Table(
        anchor="table-plans",
        caption=voice.say("Improvement plans"),
        columns=tuple(Column(voice.say(heading)) for heading in headings),
        rows=tuple(
            (
                one.organisation.name,
                plan.plan,
                plan.title or NOTHING,
                for_whom(plan, voice),
                choice(plan, plan.status, voice) or NOTHING,
                period(plan, voice),
                voice.part(plan.activities_done, plan.activities) if plan.activities else NOTHING,
            )
            for one, plan in plans
        ),
        headers=2,
        sheet=voice.say("Plans"),
    )


def period(plan: Plan, voice: Voice) -> str:
    return f"{voice.day(plan.start)} – {voice.day(plan.end)}" if plan.start or plan.end else NOTHING


def plan_facts(plan: Plan, voice: Voice) -> Iterator[Block]:
    """A plan on its organisation's page: where it stands, and what was written about it."""
    yield Facts(
        (
            (voice.say("Status"), choice(plan, plan.status, voice) or NOTHING),
            (voice.say("For whom"), for_whom(plan, voice)),
            (voice.say("Period"), period(plan, voice)),
            (
                voice.say("Activities done"),
                voice.part(plan.activities_done, plan.activities) if plan.activities else NOTHING,
            ),
        )
    )
    if plan.texts:
        yield Facts(tuple((voice.label(text.label), text.text) for text in plan.texts))
