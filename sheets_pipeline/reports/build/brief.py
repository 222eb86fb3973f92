"""The one page for the council: what improved for whom, what moved, who answered, and how to read it."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.answered import answers_in_use
from sheets_pipeline.reports.build.lens import Lens, rows_of_round
from sheets_pipeline.reports.build.measures import Measured, in_order, judged, outcome
from sheets_pipeline.reports.build.plans import all_plans, how_many
from sheets_pipeline.reports.build.section_shifts import moved_sections
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.document import Block, Bullets, Paragraph, Section

MOST = 3
LONGEST = 90


def brief_sections(results: RoundResults, lens: Lens | None, voice: Voice) -> tuple[Section, ...]:
    """Four short sections that fit a page together with headline and key figures."""
    return (
        Section("improvement", voice.say("What has been improved, and for whom"), tuple(_improved(results, voice))),
        Section("sections", voice.say("What moved"), (Paragraph(_moved(results, lens, voice)),)),
        Section("answered", voice.say("Who answered"), (Paragraph(answers_in_use(results, voice)),)),
        Section("method", voice.say("How to read the figures"), (Paragraph(_method(voice)),)),
    )


def _moved(results: RoundResults, lens: Lens | None, voice: Voice) -> str:
    return moved_sections(rows_of_round(results, "section", lens) if lens else (), voice)


def _improved(results: RoundResults, voice: Voice) -> Iterator[Block]:
    """Plans, goals, and the measures to tell of: those that met every goal, or else those whose groups came closer."""
    plans = all_plans(results)
    measures = [(one, plan, measure) for one, plan in plans for measure in plan.measures]
    sentences = (how_many(plans, voice), outcome(measures, voice) if measures else "")
    yield Paragraph(" ".join(sentence for sentence in sentences if sentence))
    met = [one for one in measures if judged(one[2]) and all(judged(one[2]))]
    told = met or [one for one in measures if any((gap.change or 0) < 0 for gap in one[2].gaps)]
    if told:
        yield Bullets(tuple(_said(one, voice) for one in told[:MOST]))
    if len(told) > MOST:
        more = len(told) - MOST
        yield Paragraph(voice.count("And {count} more measure.", "And {count} more measures.", more), "small")


def _said(one: Measured, voice: Voice) -> str:
    """`Björkinge: genomsnittlig väntetid (minuter), kvinnor från 31 till 22 och män från 24,5 till 21,5.`."""
    result, _, measure = one
    name = measure.name or measure.measure
    short = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
    values = (
        voice.say(
            "{group} from {before} to {after}",
            group=voice.group(group.group).lower(),
            before=voice.measured(group.baseline, group.baseline_code),
            after=voice.measured(group.actual, group.actual_code),
        )
        for group in in_order(measure)
        if group.goal_met is not None
    )
    unit = voice.label(measure.unit_label).lower()
    return f"{result.organisation.name}: {short} ({unit}), {voice.listed(values)}."


def _method(voice: Voice) -> str:
    return " ".join(
        (
            voice.say(
                "The organisations assess themselves, and there is no comparison group: the figures show what has "
                "changed, not why."
            ),
            voice.say(
                "Only statements scored at both points are compared, and values behind which few people stand are "
                "not shown."
            ),
        )
    )
