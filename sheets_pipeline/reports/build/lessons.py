"""What others can learn and take over: plans that reached their goals, and a bank of ideas. The plans' own words."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.round_results import OrganisationResult, Plan, RoundResults
from sheets_pipeline.reports.build.measures import judged, measure_table
from sheets_pipeline.reports.build.plans import Owned, all_plans, folded, for_whom
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import Block, Cell, Column, Facts, Heading, Paragraph, Section, Table

DONE = "done"
TOLD = ("problem", "desired", "learned", "secure", "spread")
IDEA = ("spread", "secure", "learned")


def lessons(results: RoundResults, voice: Voice) -> Section:
    """The section: learning examples first, then the idea bank."""
    plans = all_plans(results)
    examples = [(one, plan) for one, plan in plans if reached(plan)]
    ideas = [(one, plan) for one, plan in plans if any(said(plan, name) for name in IDEA)]
    blocks: list[Block] = []
    if examples:
        blocks.append(Paragraph(_sentence(len(examples), voice)))
    for one, plan in examples:
        blocks += _example(one, plan, voice)
    if ideas:
        blocks += [Heading(voice.say("Idea bank")), folded(_bank(ideas, voice), voice)]
    if not blocks:
        blocks = [Paragraph(voice.say("No plan has lessons that may be shown to this audience."))]
    return Section("lessons", voice.say("Lessons and ideas to take over"), tuple(blocks))


def _sentence(count: int, voice: Voice) -> str:
    return voice.count(
        "{count} plan is done and has met its goals for every group.",
        "{count} plans are done and have met their goals for every group.",
        count,
    )


def reached(plan: Plan) -> bool:
    """Whether a plan is done and met every goal that can be judged, for every group."""
    verdicts = [verdict for measure in plan.measures for verdict in judged(measure)]
    return plan.status == DONE and bool(verdicts) and all(verdicts)


def said(plan: Plan, question: str) -> str:
    """A plan's answer to one of its long questions; empty where there is none, or it may not be shown."""
    return next((text.text for text in plan.texts if text.path.rpartition("/")[2] == question), "")


def _example(one: OrganisationResult, plan: Plan, voice: Voice) -> Iterator[Block]:
    """What, for whom, with which result, and how others can do it."""
    yield Heading(f"{one.organisation.name}: {plan.title or plan.plan}")
    labels = {text.path.rpartition("/")[2]: voice.label(text.label) for text in plan.texts}
    told = tuple((labels[name], said(plan, name)) for name in TOLD if said(plan, name))
    yield Facts(((voice.say("For whom"), for_whom(plan, voice)), *told))
    anchor = f"table-example-{one.organisation.code}-{plan.plan}".lower()
    yield measure_table([(one, plan, measure) for measure in plan.measures], voice, anchor=anchor, sheet="")


def _bank(ideas: list[Owned], voice: Voice) -> Table:
    headings = ("Idea", "Organisation", "Who else can use it", "How it becomes routine", "What was learned")
    return Table(
        anchor="table-ideas",
        caption=voice.say("Idea bank"),
        columns=tuple(Column(voice.say(heading), "text" if n < 2 else "long") for n, heading in enumerate(headings)),  # noqa: PLR2004 - what it is and whose, then running text
        rows=tuple(_idea(one, plan) for one, plan in ideas),
        headers=2,
        note=voice.say("The organisations' own words. Ask the organisation before you take an idea over."),
        sheet=voice.say("Idea bank"),
    )


def _idea(one: OrganisationResult, plan: Plan) -> tuple[Cell, ...]:
    return (plan.title or plan.plan, one.organisation.name, *(said(plan, name) or NOTHING for name in IDEA))
