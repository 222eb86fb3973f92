"""Which plan targeted which statement, and whether those moved more than the others. Described, never tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from sheets_pipeline.model.notes import reason_text
from sheets_pipeline.model.results import Shift
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.items import known_items
from sheets_pipeline.reports.build.lens import Lens, described, lenses
from sheets_pipeline.reports.build.plans import Owned, all_plans, folded
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.build.words import moved
from sheets_pipeline.reports.document import Block, Cell, Column, Paragraph, Section, Table

HEADINGS = ("Compared", "Rose", "Unchanged", "Fell", "Could rise", "Mean change")


@dataclass(frozen=True, slots=True)
class Pair:
    """The statements that plans target and all others of the same organisations, in one comparable set."""

    lens: Lens
    chosen: tuple[Shift, ...]
    others: tuple[Shift, ...]


def targeted(results: RoundResults, voice: Voice) -> Section:
    """The section."""
    plans = [(one, plan) for one, plan in all_plans(results) if plan.targeted]
    title = voice.say("Plans and the statements they target")
    if not plans:
        return Section("plans", title, (Paragraph(voice.say("No plan names a statement that it wants to move.")),))
    blocks: list[Block] = []
    found = pairs(results)
    if found:
        blocks += [Paragraph(beside(found[0], voice)), _pair_table(found, results, voice)]
    return Section("plans", title, (*blocks, folded(_targets(plans, results, voice), voice)))


def pairs(results: RoundResults) -> tuple[Pair, ...]:
    """Matched statements set by set, of the organisations whose plans target any in that set."""
    found = []
    for lens in lenses(results):
        chosen: list[Shift] = []
        others: list[Shift] = []
        for one in results.organisations:
            aims = {(shift.item, shift.unit) for plan in one.plans for shift in plan.targeted if _in(shift, lens)}
            for shift in (item.shift for item in one.items if aims and _in(item.shift, lens)):
                (chosen if (shift.item, shift.unit) in aims else others).append(shift)
        if chosen:
            found.append(Pair(lens, tuple(chosen), tuple(others)))
    return tuple(found)


def _in(shift: Shift, lens: Lens) -> bool:
    return shift.matched and (shift.series, shift.scale, shift.level) == (lens.series, lens.scale, lens.level)


def beside(pair: Pair, voice: Voice) -> str:
    """What became of the two, and why that proves nothing."""
    parts = [
        voice.count(
            "{up} of {count} compared statement that a plan targets rose at the organisation that chose it.",
            "{up} of {count} compared statements that a plan targets rose at the organisation that chose them.",
            len(pair.chosen),
            up=_up(pair.chosen),
        )
    ]
    if pair.others:
        parts += [
            voice.count(
                "Of the other statements at the same organisations {up} of {count} rose.",
                "Of the other statements at the same organisations {up} of {count} rose.",
                len(pair.others),
                up=_up(pair.others),
            ),
            voice.say(
                "On average those targeted moved {chosen} steps and the others {others}.",
                chosen=voice.shift(_mean(pair.chosen)),
                others=voice.shift(_mean(pair.others)),
            ),
        ]
    parts += [
        voice.say("That both happened does not show that the one caused the other."),
        voice.say("Plans often choose what stands low, and what stands low has further to rise."),
    ]
    return " ".join(parts)


def _up(shifts: Iterable[Shift]) -> int:
    return sum((shift.change or 0) > 0 for shift in shifts)


def _mean(shifts: tuple[Shift, ...]) -> Fraction | None:
    return Fraction(sum(shift.change or 0 for shift in shifts), len(shifts)) if shifts else None


def _pair_table(found: tuple[Pair, ...], results: RoundResults, voice: Voice) -> Table:
    return Table(
        anchor="table-links",
        caption=voice.say("Targeted statements beside the others"),
        columns=(
            Column(voice.say("Statements")),
            Column(voice.say("Which")),
            *(Column(voice.say(heading), "number") for heading in HEADINGS),
        ),
        rows=tuple(row for pair in found for row in _pair_rows(pair, results, voice)),
        headers=2,
        note=voice.say("Over statements scored at both points, at organisations whose plans target any. Not tested."),
        sheet=voice.say("Plans and shifts"),
    )


def _pair_rows(pair: Pair, results: RoundResults, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    what = described(pair.lens, results, voice)
    for words, shifts in ((voice.say("Targeted by a plan"), pair.chosen), (voice.say("Others"), pair.others)):
        changes = [shift.change or 0 for shift in shifts]
        counts = (
            len(changes),
            sum(change > 0 for change in changes),
            sum(change == 0 for change in changes),
            sum(change < 0 for change in changes),
            sum(shift.before is not None and shift.before < shift.top for shift in shifts),
        )
        yield (what, words, *map(voice.whole, counts), voice.shift(_mean(shifts)))


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
