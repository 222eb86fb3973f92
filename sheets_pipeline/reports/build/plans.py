"""Improvement work: what was to become better for whom, what was measured, and whether targeted statements moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from sheets_pipeline.model.forms import GROUPS
from sheets_pipeline.model.notes import reason_text
from sheets_pipeline.model.results import Measure, MeasureGroup, Shift
from sheets_pipeline.model.round_results import OrganisationResult, Plan, RoundResults
from sheets_pipeline.reports.build.items import known_items
from sheets_pipeline.reports.build.names import by_name
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.build.words import moved
from sheets_pipeline.reports.document import Block, Bullets, Cell, Column, Details, Facts, Paragraph, Section, Table

Owned = tuple[OrganisationResult, Plan]
Measured = tuple[OrganisationResult, Plan, Measure]
ROWS_IN_SIGHT = 8


def all_plans(results: RoundResults) -> tuple[Owned, ...]:
    """Every plan with its organisation, by the organisation's name."""
    return tuple((one, plan) for one in by_name(results.organisations) for plan in one.plans)


def improvement(results: RoundResults, voice: Voice) -> Section:
    """What has been improved, for whom: before any score."""
    plans = all_plans(results)
    blocks: list[Block] = [Paragraph(_sentence(plans, voice))]
    if plans:
        blocks += [_statuses(plans, voice), folded(plan_table(plans, voice), voice)]
    measures = [(one, plan, measure) for one, plan in plans for measure in plan.measures]
    if measures:
        blocks.append(Paragraph(_outcome(measures, voice)))
        blocks += [
            folded(table, voice) for table in (measure_table(measures, voice), gap_table(measures, voice)) if table.rows
        ]
    return Section("improvement", voice.say("What has been improved, and for whom"), tuple(blocks))


def folded(table: Table, voice: Voice) -> Block:
    """A table that would push everything else out of sight is folded."""
    if len(table.rows) <= ROWS_IN_SIGHT:
        return table
    return Details(f"{table.caption} ({voice.count('{count} row', '{count} rows', len(table.rows))})", (table,))


def _outcome(measures: list[Measured], voice: Voice) -> str:
    """Whether goals were met for every group, and whether women and men, girls and boys came closer."""
    verdicts = [
        [group.goal_met for group in measure.groups if group.goal_met is not None] for _, _, measure in measures
    ]
    judged = [verdict for verdict in verdicts if verdict]
    changes = [gap.change for _, _, measure in measures for gap in measure.gaps if gap.change is not None]
    parts = [
        voice.count(
            "{met} of {count} measure with both goal and outcome met the goal for every group.",
            "{met} of {count} measures with both goal and outcome met the goal for every group.",
            len(judged),
            met=sum(all(verdict) for verdict in judged),
        )
    ]
    if changes:
        closer = sum(change < 0 for change in changes)
        apart = sum(change > 0 for change in changes)
        parts.append(
            voice.say(
                "The difference between the groups shrank in {closer} of {total} comparisons and grew in {apart}.",
                closer=closer,
                apart=apart,
                total=len(changes),
            )
        )
    return " ".join(parts)


def targeted(results: RoundResults, voice: Voice) -> Section:
    """Which plan targeted which statement, and what became of it."""
    plans = [(one, plan) for one, plan in all_plans(results) if plan.targeted]
    if not plans:
        block: Block = Paragraph(voice.say("No plan names a statement that it wants to move."))
        return Section("plans", voice.say("Plans and the statements they target"), (block,))
    shifts = [shift for _, plan in plans for shift in plan.targeted if shift.matched]
    up = sum((shift.change or 0) > 0 for shift in shifts)
    words = voice.count(
        "{count} of {total} statements that a plan targets rose at the organisation that chose it.",
        "{count} of {total} statements that a plan targets rose at the organisation that chose them.",
        up,
        total=len(shifts),
    )
    known = voice.say("That both happened does not show that the one caused the other.")
    table = folded(_targets(plans, results, voice), voice)
    return Section("plans", voice.say("Plans and the statements they target"), (Paragraph(f"{words} {known}"), table))


def _sentence(plans: tuple[Owned, ...], voice: Voice) -> str:
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


def _groups(plan: Plan, voice: Voice) -> str:
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
                _groups(plan, voice),
                choice(plan, plan.status, voice) or NOTHING,
                _period(plan, voice),
                voice.part(plan.activities_done, plan.activities) if plan.activities else NOTHING,
            )
            for one, plan in plans
        ),
        headers=2,
        sheet=voice.say("Plans"),
    )


def _period(plan: Plan, voice: Voice) -> str:
    return f"{voice.day(plan.start)} – {voice.day(plan.end)}" if plan.start or plan.end else NOTHING


def measure_table(
    measures: Iterable[Measured], voice: Voice, *, anchor: str = "table-measures", sheet: str | None = None
) -> Table:
    """A row a measure and group, women before men."""
    headings = (
        "Organisation",
        "Plan",
        "Measure",
        "Unit",
        "Aim",
        "Group",
        "Baseline",
        "Target",
        "Actual",
        "People",
        "Goal",
    )
    numbers = {"Baseline", "Target", "Actual", "People"}
    return Table(
        anchor=anchor,
        caption=voice.say("Measures for women and men, girls and boys"),
        columns=tuple(Column(voice.say(heading), "number" if heading in numbers else "text") for heading in headings),
        rows=tuple(
            (
                one.organisation.name,
                plan.plan,
                measure.name or measure.measure,
                voice.label(measure.unit_label),
                voice.label(measure.direction_label),
                *_values(group, voice),
            )
            for one, plan, measure in measures
            for group in _in_order(measure)
        ),
        headers=3,
        note=voice.say(
            "- missing, . not applicable, .. not shown because few people stand behind the value or it is confidential."
        ),
        sheet=voice.say("Measures") if sheet is None else sheet,
    )


def _in_order(measure: Measure) -> list[MeasureGroup]:
    """Women, men, girls, boys, total; groups that nobody filled in left out."""
    order = {name: place for place, name in enumerate(GROUPS)}
    return sorted(
        (group for group in measure.groups if _said(group)), key=lambda group: order.get(group.group, len(order))
    )


def _said(group: MeasureGroup) -> bool:
    values = (group.baseline, group.target, group.actual)
    return any(value is not None for value in values) or any(
        (group.baseline_code, group.target_code, group.actual_code)
    )


def _values(group: MeasureGroup, voice: Voice) -> Iterator[Cell]:
    yield group_name(group.group, voice)
    yield voice.measured(group.baseline, group.baseline_code)
    yield voice.measured(group.target, group.target_code)
    yield voice.measured(group.actual, group.actual_code)
    yield voice.whole(group.people) if group.people is not None else group.people_code or NOTHING
    yield {None: NOTHING, True: voice.say("Met"), False: voice.say("Not met")}[group.goal_met]


def group_name(group: str, voice: Voice) -> str:
    names = {"women": "Women", "men": "Men", "girls": "Girls", "boys": "Boys", "total": "Total"}
    return voice.say(names[group]) if group in names else group


def gap_table(measures: Iterable[Measured], voice: Voice) -> Table:
    """Differences between women and men, girls and boys, before and after."""
    headings = ("Organisation", "Plan", "Measure", "Unit", "Difference", "Before", "After", "Change in its size")
    numbers = {"Before", "After", "Change in its size"}
    return Table(
        anchor="table-gaps",
        caption=voice.say("Differences between women and men, girls and boys"),
        columns=tuple(Column(voice.say(heading), "number" if heading in numbers else "text") for heading in headings),
        rows=tuple(
            (
                one.organisation.name,
                plan.plan,
                measure.name or measure.measure,
                voice.label(measure.unit_label),
                f"{group_name(gap.pair[0], voice)} − {group_name(gap.pair[1], voice).lower()}",
                *(voice.measured(value, "") for value in (gap.before, gap.after, gap.change)),
            )
            for one, plan, measure in measures
            for gap in measure.gaps
            if gap.before is not None or gap.after is not None
        ),
        headers=3,
        note=voice.say("A negative change: the groups have come closer."),
        sheet=voice.say("Differences"),
    )


def _targets(plans: Iterable[Owned], results: RoundResults, voice: Voice) -> Table:
    known = known_items(results, voice)
    headings = ("Organisation", "Plan", "Statement", "Before", "After", "Shift", "In a word")
    numbers = {"Before", "After", "Shift"}
    return Table(
        anchor="table-targets",
        caption=voice.say("Plans and the statements they target"),
        columns=tuple(Column(voice.say(heading), "number" if heading in numbers else "text") for heading in headings),
        rows=tuple(
            (
                one.organisation.name,
                f"{plan.plan} {plan.title}".strip(),
                known[shift.item].full if shift.item in known else shift.item,
                *step_cells(shift, voice),
                moved(shift, voice),
            )
            for one, plan in plans
            for shift in plan.targeted
        ),
        headers=2,
        sheet=voice.say("Targets"),
    )


def step_cells(shift: Shift, voice: Voice) -> tuple[Cell, Cell, Cell]:
    """From, to and shift of one statement; a non-answer in words."""
    change = shift.change
    return (
        _step(shift.before, shift.before_code, voice),
        _step(shift.after, shift.after_code, voice),
        voice.whole(change, signed=bool(change)),
    )


def _step(step: int | None, code: str, voice: Voice) -> Cell:
    if step is not None:
        return voice.whole(step)
    return {"dont_know": voice.say("Do not know"), "not_applicable": voice.say("Not applicable")}.get(code, NOTHING)


def why_not(shift: Shift, voice: Voice) -> str:
    """Why a statement cannot be compared; empty when it can."""
    return reason_text(shift.reason, voice.language) if shift.reason else ""


def plan_facts(plan: Plan, voice: Voice) -> Iterator[Block]:
    """A plan on its organisation's page: where it stands, and what was written about it."""
    yield Facts(
        (
            (voice.say("Status"), choice(plan, plan.status, voice) or NOTHING),
            (voice.say("For whom"), _groups(plan, voice)),
            (voice.say("Period"), _period(plan, voice)),
            (
                voice.say("Activities done"),
                voice.part(plan.activities_done, plan.activities) if plan.activities else NOTHING,
            ),
        )
    )
    if plan.texts:
        yield Facts(tuple((voice.label(text.label), text.text) for text in plan.texts))
