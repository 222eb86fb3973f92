"""Improvement measures of made-up organisations, as every audience gets to see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sheets_pipeline.analysis.published import published_figures
from sheets_pipeline.analysis.summary import summarise
from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.model.publications import PublishedFigure
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.model.submissions import Submission, Value
from tests.analysis.example import AS_OF, answered, organisation, real_form, real_forms, round_of

READERS: tuple[tuple[SharingLevel, str], ...] = (("salar", ""), ("cluster", "k1"), ("round", ""), ("public", ""))
SEES = {
    "salar": ("salar", "cluster", "round", "public"),
    "cluster": ("cluster", "round", "public"),
    "round": ("round", "public"),
    "public": ("public",),
}
Split = Mapping[str, Decimal | int | str]


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One measure as an organisation types it: a figure or a mark a group."""

    unit: str
    actual: Split
    people: Split
    name: str = ""
    baseline: Split | None = None

    def values(self, card: str) -> dict[str, Value]:
        rows = {"actual": self.actual, "people": self.people, "baseline": self.baseline or {}}
        typed: dict[str, Value] = {
            f"{card}/{row}/{group}": one for row, split in rows.items() for group, one in split.items()
        }
        named = {f"{card}/name": self.name or card, f"{card}/unit": self.unit, f"{card}/direction": "increase"}
        return {**typed, **named, f"{card}/actual/date": date(2026, 10, 1)}


def plan_of(code: str, measures: Sequence[Typed]) -> Submission:
    values: dict[str, Value] = {"plans[P01]/title": "Plan"}
    for number, measure in enumerate(measures, start=1):
        values |= measure.values(f"plans[P01]/measures[K{number:02d}]")
    return answered(code, "round", values, form=real_form("improvement_plan"))


def seen_by(
    audience: SharingLevel, viewer: str, submissions: Sequence[Submission], *, min_group: int = 5
) -> RoundResults:
    codes = sorted({one.key.subject for one in submissions})
    return summarise(
        round_of(*(organisation(code) for code in codes)),
        real_forms(),
        submissions,
        first="bm1",
        last="final",
        audience=audience,
        viewer=viewer,
        as_of=AS_OF,
        min_group=min_group,
    )


def published_to(
    audience: SharingLevel, viewer: str, submissions: Sequence[Submission], *, min_group: int = 5
) -> dict[str, PublishedFigure]:
    """Every figure that an audience gets, as shown and as it is."""
    results = seen_by(audience, viewer, submissions, min_group=min_group)
    return published_figures(results, real_forms(), submissions)
