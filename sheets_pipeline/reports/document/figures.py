"""What a chart shows: one type a question, with its values and words and without places, colours or sizes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheets_pipeline.reports.document.numbers import Number


@dataclass(frozen=True, slots=True)
class Axis:
    """A scale drawn from `low` to `high` with a mark at every whole step; `words` names the steps in order."""

    low: int
    high: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DumbbellRow:
    """Before and after of one subject. `words` is what stands at the right: the shift, or why there is none."""

    label: str
    before: Number | None
    after: Number | None
    words: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DumbbellGroup:
    """Rows that belong together under a heading (empty: none)."""

    title: str
    rows: tuple[DumbbellRow, ...]


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Who moved, how far: hollow before, filled after."""

    axis: Axis
    groups: tuple[DumbbellGroup, ...]
    before: str
    after: str
    shift: str


@dataclass(frozen=True, slots=True)
class PanelLine:
    """One subject's values at each point; a mentor is drawn dashed."""

    label: str
    mentor: bool
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small diagram; `note` stands under its title."""

    title: str
    lines: tuple[PanelLine, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The same small diagram for each cluster, on one shared axis."""

    axis: Axis
    points: tuple[str, ...]
    panels: tuple[Panel, ...]
    mentor: str
    participant: str


@dataclass(frozen=True, slots=True)
class StackRow:
    """How many scores stand on each step, lowest first."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StackGroup:
    """The rows of one section: one a measurement point."""

    title: str
    rows: tuple[StackRow, ...]


@dataclass(frozen=True, slots=True)
class DivergingStacks:
    """Where on the scale: shares around the middle of the scale, with every count printed.

    `signs` stand for the steps where there is no room for words: `1` to `4`, or `−`, `=` and `+`.
    `shades` says whether the steps are those of the scale, or fell, unchanged and rose.
    """

    steps: tuple[str, ...]
    signs: tuple[str, ...]
    groups: tuple[StackGroup, ...]
    shades: Literal["steps", "moves"] = "steps"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A shift (None: not comparable or not asked) and what is printed in its cell."""

    change: int | None
    text: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One item over all organisations."""

    label: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True, slots=True)
class HeatGroup:
    """The items of one section."""

    title: str
    rows: tuple[HeatRow, ...]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Which items moved, and where: items × organisations."""

    columns: tuple[str, ...]
    groups: tuple[HeatGroup, ...]
    legend: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True, slots=True)
class MatrixPoint:
    """An idea on the effort × effect matrix; `number` is printed on it and again in its table."""

    number: str
    effort: int
    effect: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class EffortEffect:
    """The priority matrix; `corners` are do now, plan, if time allows, leave."""

    points: tuple[MatrixPoint, ...]
    effort: str
    effect: str
    corners: tuple[str, str, str, str]
    chosen: str


@dataclass(frozen=True, slots=True)
class Bone:
    """One kind of cause and the causes found."""

    title: str
    causes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fishbone:
    """Causes of a problem by kind."""

    problem: str
    bones: tuple[Bone, ...]


Figure = Dumbbell | SmallMultiples | DivergingStacks | Heatmap | EffortEffect | Fishbone
