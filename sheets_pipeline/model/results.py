"""What the analysis finds and the reports show: shifts, comparisons, measures, and the files that were made."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

By = Literal["item", "section", "organisation", "cluster", "round"]
Direction = Literal["up", "same", "down"]


@dataclass(frozen=True, slots=True)
class Shift:
    """One item of one subject at two points. `reason` says why the pair is not comparable (empty when it is)."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One row of `compare`: means over matched items as exact fractions, None where nothing may be said.

    `n` counts the subjects behind the row, `matched` the pairs of scores; `up`, `same`, `down` count items (item,
    section and organisation rows) or organisations (cluster and round rows). `could_rise` counts those below the top.
    """

    key: str
    label: str
    by: By
    scale: str
    level: str
    unit: str = ""
    series: Literal["items", "headline"] = "items"
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
    interval: tuple[Fraction, Fraction] | None = None
    p: float | None = None
    p_adjusted: float | None = None
    effect: float | None = None
    notes: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file that was made."""

    path: Path
    media_type: str
    checksum: str
