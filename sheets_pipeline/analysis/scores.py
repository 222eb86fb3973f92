"""What was scored at each point, without comparing: sums and means by section, and the spread over the steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from sheets_pipeline.analysis.audience import HIDDEN_TOGETHER, Visible
from sheets_pipeline.analysis.comparisons import grouped, role_of
from sheets_pipeline.analysis.dataset import Observation
from sheets_pipeline.analysis.titles import Titles, title
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.results import Distribution, Score, Series, Shift

ALL = ""
_COMPARABLE = frozenset({"", "dont_know", "not_applicable", "unanswered"})


def scores(observed: Iterable[Observation]) -> tuple[Score, ...]:
    """A score for every subject, point, section and series, and one over all sections (with an empty section)."""
    asked = [one for one in observed if one.code != "not_asked"]
    subjects = grouped(asked, lambda one: (*one.subject, one.occasion, _series(one)))
    return tuple(
        score
        for items in subjects.values()
        for section, part in [*grouped(items, lambda one: one.section).items(), (ALL, items)]
        for score in [_score(part, section)]
    )


def _series(one: Observation) -> Series:
    return "headline" if one.headline else "items"


def _score(items: Sequence[Observation], section: str) -> Score:
    first, points = items[0], [one.score for one in items if one.score is not None]
    codes = Counter(one.code for one in items)
    mean = mean_of(points, len(items) - codes["not_applicable"])
    return Score(
        organisation=first.organisation,
        unit=first.unit,
        occasion=first.occasion,
        level=first.level,
        scale=first.scale,
        section=section,
        series=_series(first),
        asked=len(items),
        scored=len(points),
        total=sum(points),
        maximum=first.steps[-1] * len(points),
        mean=mean,
        share_of_max=None if mean is None else share_of_max(mean, first.steps),
        dont_know=codes["dont_know"],
        not_applicable=codes["not_applicable"],
        unanswered=codes["unanswered"],
    )


def mean_of(points: Sequence[int], applicable: int) -> Fraction | None:
    """The mean of the scored items when at least half of those that apply are scored; nothing is imputed."""
    return Fraction(sum(points), len(points)) if points and 2 * len(points) >= applicable else None


def share_of_max(mean: Fraction, steps: Sequence[int]) -> Fraction:
    """(mean - lowest) / (highest - lowest): side by side with another scale's, never added to or subtracted from it."""
    return (mean - steps[0]) / (steps[-1] - steps[0])


def distributions(
    shifts: Iterable[Shift], occasions: tuple[str, str], round_: Round, titles: Titles, seen: Visible
) -> tuple[Distribution, ...]:
    """How the scores of a section spread over the steps at both points, over items asked at both on one scale."""
    items = [
        one
        for one in shifts
        if one.reason in _COMPARABLE
        and one.organisation not in seen.withdrawn
        and round_.organisation(one.organisation)
    ]
    groups = grouped(
        items, lambda one: (one.level, one.scale, one.series, role_of(one, "section", round_), one.section)
    )
    found = (
        _distribution(shown, later=later, occasion=occasion, role=role, titles=titles)
        for (_, _, _, role, _), group in groups.items()
        for shown in [_countable(group, seen)]
        if shown
        for later, occasion in enumerate(occasions)
    )
    order = {name: place for place, name in enumerate(titles)}
    return tuple(sorted(found, key=lambda one: _place(one, order)))


def _place(one: Distribution, order: dict[str, int]) -> tuple[bool, str, bool, bool, int]:
    section = order.get(f"section/{one.section}", len(order))
    return one.level != "overall", one.scale, one.series != "items", one.role != "participant", section


def _countable(group: Sequence[Shift], seen: Visible) -> list[Shift]:
    together = len(seen.hidden & {one.organisation for one in group}) >= HIDDEN_TOGETHER
    return [one for one in group if together or one.organisation in seen.named]


def _distribution(group: Sequence[Shift], *, later: int, occasion: str, role: str, titles: Titles) -> Distribution:
    first = group[0]
    points = Counter(one.after if later else one.before for one in group)
    codes = Counter(one.after_code if later else one.before_code for one in group)
    return Distribution(
        section=first.section,
        label=title(titles, "section", first.section),
        occasion=occasion,
        scale=first.scale,
        level=first.level,
        series=first.series,
        role=role,
        n=len({one.organisation for one in group}),
        counts={step: points[step] for step in range(1, first.top + 1)},
        dont_know=codes["dont_know"],
        not_applicable=codes["not_applicable"],
    )
