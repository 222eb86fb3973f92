"""A plan's own pictures: ideas by effort and effect, and causes on a fishbone; each with its table."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.round_results import Cause, Obstacle, Plan
from sheets_pipeline.reports.build.plans import choice
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import (
    Bone,
    Cell,
    Chart,
    Column,
    EffortEffect,
    Fishbone,
    MatrixPoint,
    Table,
)

MIDDLE = 3  # as the form reckons: effort below it is small, effect from it is large
CORNERS = ("Do now", "Plan it", "If time allows", "Leave")


def plan_pictures(plan: Plan, anchor: str, voice: Voice) -> Iterator[Chart]:
    """The pictures there are answers for; `anchor` is unique for the plan."""
    if any(_placed(one) for one in plan.obstacles):
        yield _matrix(plan, anchor, voice)
    if plan.causes:
        yield _fishbone(plan, anchor, voice)


def _placed(one: Obstacle) -> bool:
    return one.effort is not None and one.effect is not None


def _matrix(plan: Plan, anchor: str, voice: Voice) -> Chart:
    listed = [one for one in plan.obstacles if one.idea or _placed(one)]
    chosen = [str(number) for number, one in enumerate(listed, 1) if one.chosen]
    points = tuple(
        MatrixPoint(str(number), one.effort, one.effect, one.chosen)
        for number, one in enumerate(listed, 1)
        if one.effort is not None and one.effect is not None
    )
    return Chart(
        anchor=f"{anchor}-matrix",
        title=voice.say("Ideas by effort and effect"),
        description=voice.count("{count} idea is placed.", "{count} ideas are placed.", len(points))
        + (" " + voice.say("To be tested: {ideas}.", ideas=voice.listed(chosen)) if chosen else ""),
        source=voice.say("The organisation's own improvement plan"),
        figure=EffortEffect(
            points,
            voice.say("Effort"),
            voice.say("Effect"),
            (voice.say(CORNERS[0]), voice.say(CORNERS[1]), voice.say(CORNERS[2]), voice.say(CORNERS[3])),
            voice.say("To be tested"),
        ),
        table=_ideas(listed, anchor, voice),
    )


def _corner(one: Obstacle, voice: Voice) -> str:
    if one.effort is None or one.effect is None:
        return NOTHING
    far, high = one.effort >= MIDDLE, one.effect >= MIDDLE
    return voice.say(CORNERS[(0 if high else 2) + far])


def _ideas(listed: list[Obstacle], anchor: str, voice: Voice) -> Table:
    headings = ("No.", "What is in the way", "Idea", "Effort", "Effect", "Corner", "To be tested")
    kinds = {"What is in the way": "long", "Idea": "long", "Effort": "number", "Effect": "number"}
    return Table(
        anchor=f"table-{anchor}-ideas",
        caption=voice.say("Obstacles and ideas"),
        columns=tuple(Column(voice.say(heading), kinds.get(heading, "text")) for heading in headings),  # type: ignore[arg-type] # the kinds above
        rows=tuple(
            (
                str(number),
                one.obstacle,
                one.idea or NOTHING,
                voice.whole(one.effort),
                voice.whole(one.effect),
                _corner(one, voice),
                voice.say("Yes") if one.chosen else "",
            )
            for number, one in enumerate(listed, 1)
        ),
    )


def _fishbone(plan: Plan, anchor: str, voice: Voice) -> Chart:
    kinds = dict.fromkeys(one.bone for one in plan.causes)
    problem = next((text.text for text in plan.texts if text.path.endswith("/problem")), plan.title or plan.plan)
    bones = tuple(
        Bone(choice(plan, kind, voice) or voice.say("Other causes"), _causes(plan.causes, kind)) for kind in kinds
    )
    return Chart(
        anchor=f"{anchor}-causes",
        title=voice.say("Causes of the problem"),
        description=voice.count("{count} possible cause", "{count} possible causes", len(plan.causes))
        + " "
        + voice.count("of {count} kind.", "of {count} kinds.", len(bones)),
        source=voice.say("The organisation's own improvement plan"),
        figure=Fishbone(problem, bones),
        table=_cause_table(plan, anchor, voice),
    )


def _causes(causes: tuple[Cause, ...], kind: str) -> tuple[str, ...]:
    return tuple(one.cause for one in causes if one.bone == kind)


def _cause_table(plan: Plan, anchor: str, voice: Voice) -> Table:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            choice(plan, one.bone, voice) or NOTHING,
            one.cause,
            one.behind or NOTHING,
            choice(plan, one.certainty, voice) or NOTHING,
        )
        for one in plan.causes
    )
    return Table(
        anchor=f"table-{anchor}-causes",
        caption=voice.say("Possible causes"),
        columns=(
            Column(voice.say("Kind of cause")),
            Column(voice.say("Possible cause"), "long"),
            Column(voice.say("What lies behind it"), "long"),
            Column(voice.say("How sure")),
        ),
        rows=rows,
    )
