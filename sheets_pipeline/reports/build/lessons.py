"""What was learned, what becomes routine, and what others can take over: the plans' own words."""

from __future__ import annotations

from sheets_pipeline.model.round_results import RoundResults, TextAnswer
from sheets_pipeline.reports.build.plans import all_plans
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.document import Block, Details, Facts, Heading, Paragraph, Section

QUESTIONS = ("learned", "spread", "secure")
IN_SIGHT = 6


def lessons(results: RoundResults, voice: Voice) -> Section:
    """The section: a heading a question, an answer a plan."""
    blocks: list[Block] = []
    for question in QUESTIONS:
        said = [
            (f"{one.organisation.name}: {plan.title or plan.plan}", text)
            for one, plan in all_plans(results)
            for text in plan.texts
            if text.path.rpartition("/")[2] == question
        ]
        if said:
            blocks += _question(said, voice)
    if not blocks:
        blocks = [Paragraph(voice.say("No plan has lessons that may be shown to this audience."))]
    return Section("lessons", voice.say("Lessons and ideas to take over"), tuple(blocks))


def _question(said: list[tuple[str, TextAnswer]], voice: Voice) -> tuple[Block, ...]:
    heading = Heading(voice.label(said[0][1].label))
    first, rest = said[:IN_SIGHT], said[IN_SIGHT:]
    shown: tuple[Block, ...] = (heading, _facts(first))
    if not rest:
        return shown
    summary = voice.count("{count} more answer", "{count} more answers", len(rest))
    return (*shown, Details(f"{heading.text} {summary}", (_facts(rest),)))


def _facts(said: list[tuple[str, TextAnswer]]) -> Facts:
    return Facts(tuple((who, text.text) for who, text in said))
