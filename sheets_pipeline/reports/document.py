"""What a writer draws: a report as blocks, free of HTML, spreadsheets and page sizes.

Every number is rounded once, when its `Number` is made, and every writer shows that text or that rounded value, so
the same number reads the same in every format. Anchors are ASCII, unique in a document, and safe in an address.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from sheets_pipeline import texts

ParagraphStyle = Literal["plain", "lead", "small"]
CalloutTone = Literal["note", "draft", "caution"]
ColumnKind = Literal["text", "number", "long"]
GraphicKind = Literal["bars", "stacked"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number for people: the exact value, the value as shown (rounded half up, once), and the text of that."""

    exact: Fraction
    shown: Decimal
    text: str
    decimals: int
    signed: bool = False

    def __str__(self) -> str:
        return self.text


Cell = str | Number


def number(exact: Fraction | Decimal | int, language: str, *, decimals: int = 1, signed: bool = False) -> Number:
    """Round once and say it in words of figures: 7/3 is `2,3` in Swedish."""
    fraction = Fraction(exact)
    shown = texts.rounded(Decimal(fraction.numerator) / Decimal(fraction.denominator), decimals)
    return Number(fraction, shown, texts.number(shown, language, signed=signed), decimals, signed)


def whole(count: int, language: str, *, signed: bool = False) -> Number:
    """A count, or a step on a scale."""
    return number(count, language, decimals=0, signed=signed)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; line breaks in it are the writer's own and are kept."""

    text: str
    style: ParagraphStyle = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences or short phrases."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Pairs of a term and what is said of it."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One large figure, the words under it, and how it was counted."""

    figure: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The figures to remember, at most three."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """What a reader must know before reading on."""

    title: str
    text: str
    tone: CalloutTone = "note"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; `long` columns hold running text."""

    title: str
    kind: ColumnKind = "text"


@dataclass(frozen=True, slots=True)
class Graphic:
    """The columns of a table that a spreadsheet's own chart shows, by number; `labels` is the category column."""

    kind: GraphicKind
    labels: int
    series: tuple[int, ...]
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; the first `headers` columns say whom or what a row is about.

    `sheet` names the table's sheet in a spreadsheet (empty: the table is for reading beside its text only).
    """

    anchor: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    headers: int = 1
    note: str = ""
    sheet: str = ""
    graphic: Graphic | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture with the words that stand in its place and the table of what it shows.

    `title` says what it shows, `description` what can be seen in it, `source` where the numbers come from.
    """

    anchor: str
    title: str
    description: str
    source: str
    figure: Figure
    table: Table


@dataclass(frozen=True, slots=True)
class Details:
    """What may stay folded until asked for."""

    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage:
    """One organisation on a page of its own, laid out as every other's."""

    anchor: str
    name: str
    byline: str
    headline: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A table as a file that travels inside the report."""

    file_name: str
    label: str
    table: Table


@dataclass(frozen=True, slots=True)
class Downloads:
    """Files that travel inside the report."""

    files: tuple[Download, ...]


Block = (
    Heading
    | Paragraph
    | Bullets
    | Facts
    | KeyFigures
    | Callout
    | Table
    | Chart
    | Details
    | OrganisationPage
    | Downloads
)


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report. `standing` says utkast or fastställd; `created` is year, month, day of the figures."""

    language: str
    title: str
    programme: str
    standing: str
    draft: bool
    audience: str
    dated: str
    created: tuple[int, int, int]
    headline: str
    opening: tuple[Block, ...]
    sections: tuple[Section, ...]

    def tables(self) -> Iterator[Table]:
        """Every table in reading order, those of charts and downloads included, pages of organisations not."""
        return tables_in(self.sections)


def charts_in(blocks: Iterable[Block]) -> Iterator[Chart]:
    """The charts among blocks and inside folded ones, pages of organisations left out."""
    for block in blocks:
        if isinstance(block, Chart):
            yield block
        elif isinstance(block, Details):
            yield from charts_in(block.blocks)


def tables_in(sections: Iterable[Section]) -> Iterator[Table]:
    """The tables of sections, each anchor once."""
    found: dict[str, Table] = {}
    for section in sections:
        for table in _tables(section.blocks):
            found.setdefault(table.anchor, table)
    return iter(found.values())


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart):
            yield block.table
        elif isinstance(block, Details):
            yield from _tables(block.blocks)
        elif isinstance(block, Downloads):
            yield from (file.table for file in block.files)
