"""The first page: one sentence, three figures, and whether the report may be spread."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.left_out import left_out_sentence
from sheets_pipeline.reports.build.lens import Lens
from sheets_pipeline.reports.build.names import shown
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.build.words import round_row, whose
from sheets_pipeline.reports.document import Block, Callout, KeyFigure, KeyFigures, Paragraph


def opening(results: RoundResults, lens: Lens | None, voice: Voice, *, published: bool) -> tuple[Block, ...]:
    """What stands under the headline."""
    return tuple(_blocks(results, lens, voice, published=published))


def _blocks(results: RoundResults, lens: Lens | None, voice: Voice, *, published: bool) -> Iterator[Block]:
    if not published:
        yield Callout(
            voice.say("Draft"),
            voice.say("This report has not been published. Figures may change; do not spread it further."),
            "draft",
        )
    yield KeyFigures(
        (_organisations(results, lens, voice), _statements(results, lens, voice), _measures(results, voice))
    )
    yield Paragraph(whose(results, voice) + " " + voice.say("The organisations assess themselves."), "small")
    missing = left_out_sentence(results, lens, voice)
    if missing:
        yield Paragraph(missing, "small")
    fell = round_row(results, lens)
    if fell and fell.down:
        yield Callout(
            voice.say("A lower rating may be a step forward"),
            voice.say(
                "Those who learn what good looks like often rate themselves more strictly. Ask what lies behind it "
                "before calling it a setback."
            ),
        )


def _organisations(results: RoundResults, lens: Lens | None, voice: Voice) -> KeyFigure:
    row = round_row(results, lens)
    total = row.up + row.same + row.down if row else 0
    return KeyFigure(
        voice.part(row.up, total) if row and total else "–",
        voice.say("organisations rate themselves higher after than before"),
        voice.say("Mean of the statements scored at both points."),
    )


def _statements(results: RoundResults, lens: Lens | None, voice: Voice) -> KeyFigure:
    """Rose / all beside rose / could rise, since the highest step cannot rise."""
    shifts = [
        one.shift
        for result in shown(results)
        if not (results.round.mentors_apart and result.organisation.role == "mentor")
        for one in result.items
        if one.shift.matched
        and lens
        and (one.shift.series, one.shift.scale, one.shift.level) == (lens.series, lens.scale, lens.level)
    ]
    rose = sum((shift.change or 0) > 0 for shift in shifts)
    could = sum(shift.before is not None and shift.before < shift.top for shift in shifts)
    return KeyFigure(
        voice.part(rose, len(shifts)) if shifts else "–",
        voice.say("scored statements rose"),
        voice.say("Of the {could} that could rise: {rose}.", could=could, rose=rose) if shifts else "",
    )


def _measures(results: RoundResults, voice: Voice) -> KeyFigure:
    """Measures with an outcome to judge, and those that met their goal for every group judged."""
    verdicts = [
        [group.goal_met for group in measure.groups if group.goal_met is not None]
        for result in results.organisations
        for plan in result.plans
        for measure in plan.measures
    ]
    judged = [verdict for verdict in verdicts if verdict]
    return KeyFigure(
        voice.part(sum(all(verdict) for verdict in judged), len(judged)) if judged else "–",
        voice.say("measures met their goal for every group"),
        voice.count(
            "Of {count} measure, {judged} has both goal and outcome.",
            "Of {count} measures, {judged} have both goal and outcome.",
            len(verdicts),
            judged=len(judged),
        ),
    )
