"""What the analysis finds: shifts, comparisons, scores, measures, and the files that were made.

No language here: labels are `Texts`, remarks are codes (`notes.py` has their words). Numbers are exact; whoever shows
one rounds it, once, with `texts.number`. `round_results.py` has the one value (`RoundResults`) with all of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

from sheets_pipeline.model.forms import Texts

By = Literal["item", "section", "organisation", "cluster", "round"]
Series = Literal["items", "headline"]
Direction = Literal["up", "same", "down"]
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Shift:
    """One item of one subject at two points. `reason` says why the pair is not comparable (empty when it is).

    The codes are `dont_know` and `not_applicable` (a scale's non-answers); the reasons stand in `notes.REASONS`.
    """

    organisation: str
    unit: str
    level: str
    scale: str
    section: str
    item: str
    headline: bool
    before: int | None
    after: int | None
    before_code: str = ""
    after_code: str = ""
    reason: str = ""
    top: int = 0

    @property
    def matched(self) -> bool:
        """Whether both points have a score that may be compared."""
        return self.before is not None and self.after is not None and not self.reason

    @property
    def change(self) -> int | None:
        """Later minus earlier, None unless matched."""
        if self.before is None or self.after is None or self.reason:
            return None
        return self.after - self.before

    @property
    def series(self) -> Series:
        """Headline questions are a series of their own and never summed with items."""
        return "headline" if self.headline else "items"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One row of `compare`: means over matched items as exact fractions, None where nothing may be said.

    `n` counts the organisations behind the row, `matched` the pairs of scores; `up`, `same`, `down` count items
    (a section's or an organisation's own rows) or organisations (item, section, cluster and round rows over several
    organisations). `could_rise` counts those below the top. `not_comparable` counts pairs with a reason.

    `shift` is always `after - before`. On section and round rows `hodges_lehmann` is the estimate that `interval`
    (95 %) belongs to (`interval_of` "shift"); on item rows the interval is for the share improved, `up / n`
    (`interval_of` "share_up"). `zeros` were left out of `p` and `effect` (matched-pairs rank-biserial).
    `role` is `mentor`, `participant` or empty for both together; `left_out` counts organisations that the audience
    may not see and that are therefore not in the row. `notes` are codes of `notes.NOTES`.
    """

    key: str
    label: Texts
    by: By
    scale: str
    level: str
    unit: str = ""
    series: Series = "items"
    role: str = ""
    n: int
    matched: int
    not_comparable: int = 0
    before: Fraction | None = None
    after: Fraction | None = None
    shift: Fraction | None = None
    up: int = 0
    same: int = 0
    down: int = 0
    could_rise: int = 0
    dont_know_before: int = 0
    dont_know_after: int = 0
    not_applicable_before: int = 0
    not_applicable_after: int = 0
    hodges_lehmann: Fraction | None = None
    interval: tuple[Fraction, Fraction] | None = None
    interval_of: Literal["", "shift", "share_up"] = ""
    p: float | None = None
    p_adjusted: float | None = None
    effect: float | None = None
    zeros: int = 0
    left_out: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def direction(self) -> Direction | None:
        """Which way the mean went; None when nothing may be said."""
        if self.shift is None:
            return None
        return "up" if self.shift > 0 else "down" if self.shift < 0 else "same"

    @property
    def established(self) -> bool:
        """Whether the adjusted test allows the plain word "rose" or "fell"; the words follow it alone."""
        return self.p_adjusted is not None and self.p_adjusted < SIGNIFICANT

    def as_json(self) -> dict[str, Any]:
        """As `compare --json` prints it: unrounded numbers, stable keys."""
        return {
            "key": self.key,
            "scale": self.scale,
            "level": self.level,
            "unit": self.unit or None,
            "series": self.series,
            "role": self.role or None,
            "n": self.n,
            "matched": self.matched,
            "not_comparable": self.not_comparable,
            "before": _plain(self.before),
            "after": _plain(self.after),
            "shift": _plain(self.shift),
            "up": self.up,
            "same": self.same,
            "down": self.down,
            "could_rise": self.could_rise,
            "dont_know": [self.dont_know_before, self.dont_know_after],
            "not_applicable": [self.not_applicable_before, self.not_applicable_after],
            "hodges_lehmann": _plain(self.hodges_lehmann),
            "interval": [float(limit) for limit in self.interval] if self.interval else None,
            "interval_of": self.interval_of or None,
            "p": self.p,
            "p_adjusted": self.p_adjusted,
            "effect": self.effect,
            "zeros": self.zeros,
            "left_out": self.left_out,
            "reasons": dict(sorted(self.reasons.items())),
            "notes": list(self.notes),
        }


def _plain(number: Fraction | None) -> float | None:
    return None if number is None else float(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one subject scored at one point: a section (or, with an empty `section`, all of it) in one series.

    `total` is the sum of the scored items, `maximum` what they could have given; `asked` counts items asked,
    non-answers included. `mean` is None when fewer than half of the applicable items are scored;
    `share_of_max` is (mean - lowest) / (highest - lowest), the only figure that may stand beside another scale's.
    """

    organisation: str
    unit: str
    occasion: str
    level: str
    scale: str
    section: str
    series: Series
    asked: int
    scored: int
    total: int
    maximum: int
    mean: Fraction | None
    share_of_max: Fraction | None
    dont_know: int = 0
    not_applicable: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """How many scores stood on each step of a section at a point, over the organisations of the row.

    `counts` holds every step of the scale, lowest first. Only organisations with both points are in, so that the
    two bars of a section speak of the same organisations.
    """

    section: str
    label: Texts
    occasion: str
    scale: str
    level: str
    series: Series
    role: str
    n: int
    counts: Mapping[int, int]
    dont_know: int = 0
    not_applicable: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureGroup:
    """One measure of an improvement plan for one group; values are None where they are missing or suppressed.

    The codes are Kolada's: `-` missing, `.` not applicable, `..` confidential or too few.
    """

    organisation: str
    plan: str
    measure: str
    name: str
    unit: str
    direction: str
    group: str
    baseline: Decimal | None
    target: Decimal | None
    actual: Decimal | None
    people: int | None
    baseline_code: str = ""
    target_code: str = ""
    actual_code: str = ""
    people_code: str = ""
    goal_met: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The difference women - men (or girls - boys) before and after; `change` is that of its size, |after| - |before|.

    A negative change means that the groups came closer. None where a value is missing or suppressed.
    """

    pair: tuple[str, str]
    before: Decimal | None
    after: Decimal | None
    change: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure of a plan, after suppression, with its groups in the form's order.

    `unit` and `direction` are choice names, `unit_label` and `direction_label` their words. `goal` and `source` are
    free text and empty where the organisation's texts may not be shown.
    """

    organisation: str
    plan: str
    measure: str
    name: str
    goal: str
    unit: str
    unit_label: Texts
    direction: str
    direction_label: Texts
    source: str
    baseline_date: date | None
    target_date: date | None
    actual_date: date | None
    groups: tuple[MeasureGroup, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was made."""

    path: Path
    media_type: str
    checksum: str
