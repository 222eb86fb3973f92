"""The measures of the plans, for women and men, girls and boys: values, goals and the differences between groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_pipeline.model.forms import GROUPS
from sheets_pipeline.model.results import Measure, MeasureGroup
from sheets_pipeline.model.round_results import OrganisationResult, Plan
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import Cell, Column, Table

Measured = tuple[OrganisationResult, Plan, Measure]


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
            for group in in_order(measure)
        ),
        headers=3,
        note=voice.say(
            "- missing, . not applicable, .. not shown because few people stand behind the value or it is confidential."
        ),
        sheet=voice.say("Measures") if sheet is None else sheet,
    )


def in_order(measure: Measure) -> list[MeasureGroup]:
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
    yield voice.group(group.group)
    yield voice.measured(group.baseline, group.baseline_code)
    yield voice.measured(group.target, group.target_code)
    yield voice.measured(group.actual, group.actual_code)
    yield voice.whole(group.people) if group.people is not None else group.people_code or NOTHING
    yield {None: NOTHING, True: voice.say("Met"), False: voice.say("Not met")}[group.goal_met]


def gap_table(
    measures: Iterable[Measured], voice: Voice, *, anchor: str = "table-gaps", sheet: str | None = None
) -> Table:
    """Differences between women and men, girls and boys, before and after."""
    headings = ("Organisation", "Plan", "Measure", "Unit", "Difference", "Before", "After", "Change in its size")
    numbers = {"Before", "After", "Change in its size"}
    return Table(
        anchor=anchor,
        caption=voice.say("Differences between women and men, girls and boys"),
        columns=tuple(Column(voice.say(heading), "number" if heading in numbers else "text") for heading in headings),
        rows=tuple(
            (
                one.organisation.name,
                plan.plan,
                measure.name or measure.measure,
                voice.label(measure.unit_label),
                f"{voice.group(gap.pair[0])} − {voice.group(gap.pair[1]).lower()}",
                *(voice.measured(value, "") for value in (gap.before, gap.after, gap.change)),
            )
            for one, plan, measure in measures
            for gap in measure.gaps
            if gap.before is not None or gap.after is not None
        ),
        headers=3,
        note=voice.say("A negative change: the groups have come closer."),
        sheet=voice.say("Differences") if sheet is None else sheet,
    )


def judged(measure: Measure) -> list[bool]:
    """Whether the goal was met, for every group where that can be judged."""
    return [group.goal_met for group in measure.groups if group.goal_met is not None]


def outcome(measures: Iterable[Measured], voice: Voice) -> str:
    """Whether goals were met for every group, and whether women and men, girls and boys came closer."""
    listed = [measure for _, _, measure in measures]
    verdicts = [verdict for verdict in map(judged, listed) if verdict]
    changes = [gap.change for measure in listed for gap in measure.gaps if gap.change is not None]
    parts = [
        voice.count(
            "{met} of {count} measure with both goal and outcome met the goal for every group.",
            "{met} of {count} measures with both goal and outcome met the goal for every group.",
            len(verdicts),
            met=sum(map(all, verdicts)),
        )
    ]
    if changes:
        parts.append(
            voice.say(
                "The difference between the groups shrank in {closer} of {total} comparisons and grew in {apart}.",
                closer=sum(change < 0 for change in changes),
                apart=sum(change > 0 for change in changes),
                total=len(changes),
            )
        )
    return " ".join(parts)
