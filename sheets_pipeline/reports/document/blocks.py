"""The blocks that a report is made of. Anchors are ASCII, unique in a document, and safe in an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sheets_pipeline.reports.document.figures import Figure
from sheets_pipeline.reports.document.numbers import Cell

ParagraphStyle = Literal["plain", "lead", "small"]
CalloutTone = Literal["note", "draft", "caution"]
ColumnKind = Literal["text", "number", "long"]
GraphicKind = Literal["bars", "stacked"]


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
