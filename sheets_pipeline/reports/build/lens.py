"""Which numbers may stand beside each other: one series, one scale, one level. Never mixed, never added."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sheets_pipeline.model.results import By, Comparison, Series
from sheets_pipeline.model.round_results import OrganisationResult, RoundResults
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.document import Axis

OVERALL = "overall"


@dataclass(frozen=True, slots=True)
class Lens:
    """One comparable set of scores."""

    series: Series
    scale: str
    level: str

    def sees(self, row: Comparison) -> bool:
        """Whether a row belongs to the set."""
        return (row.series, row.scale, row.level) == (self.series, self.scale, self.level)

    def overall(self, result: OrganisationResult) -> tuple[Comparison, ...]:
        """An organisation's rows over all sections: one at the overall level, one a unit at the other."""
        return tuple(row for row in result.overall if self.sees(row))


def lenses(results: RoundResults) -> tuple[Lens, ...]:
    """The comparable sets there are, most important first: the overall level, statements, the scale most use."""
    seen = Counter(
        Lens(row.series, row.scale, row.level)
        for result in results.organisations
        if result.scores_shown
        for row in result.overall
        if row.before is not None or row.after is not None or row.matched
    )
    return tuple(
        sorted(seen, key=lambda lens: (lens.level != OVERALL, lens.series != "items", -seen[lens], lens.scale))
    )


def primary(results: RoundResults) -> Lens | None:
    """The set that the headline speaks of: the first in which anybody has both points."""
    found = lenses(results)
    matched = (lens for lens in found if any(row.matched for one in results.organisations for row in lens.overall(one)))
    return next(matched, found[0] if found else None)


def described(lens: Lens, results: RoundResults, voice: Voice) -> str:
    """`Alla påståenden · övergripande styrning och ledning · fyra steg`: what a chart's numbers are of."""
    level = voice.label(results.title("level", lens.level))
    return " · ".join((series_name(lens, voice), level, voice.label(results.title("scale", lens.scale))))


def series_name(lens: Lens, voice: Voice) -> str:
    """What is scored: statements, or the ten headline questions."""
    return voice.say("Statements") if lens.series == "items" else voice.say("The ten headline questions")


def steps(lens: Lens, results: RoundResults) -> tuple[int, ...]:
    """The steps of the set's scale, ascending; one to four where the form names none."""
    prefix = f"step/{lens.scale}/"
    names = (key.removeprefix(prefix) for key in results.titles if key.startswith(prefix))
    named = sorted(int(name) for name in names if name.isdecimal())  # a scale's list holds its non-answers, too
    counted = {step for row in results.distributions if row.scale == lens.scale for step in row.counts}
    return tuple(named or sorted(counted) or (1, 2, 3, 4))


def step_words(lens: Lens, results: RoundResults, voice: Voice) -> tuple[str, ...]:
    """The words of the steps, lowest first."""
    return tuple(voice.label(results.title(f"step/{lens.scale}", str(step))) for step in steps(lens, results))


def axis(lens: Lens, results: RoundResults, voice: Voice) -> Axis:
    """The scale as an axis."""
    found = steps(lens, results)
    return Axis(found[0], found[-1], step_words(lens, results, voice))


def role_of_round(results: RoundResults) -> str:
    """Whose rows stand for the round: participants alone where mentors are reported apart, else both."""
    return "participant" if results.round.mentors_apart else ""


def rows_of_round(results: RoundResults, by: By, lens: Lens) -> tuple[Comparison, ...]:
    """The round's rows of one kind in one set."""
    return tuple(row for row in results.rows(by, lens.series, role_of_round(results)) if lens.sees(row))
