"""A document as the plain data that the template draws: dictionaries with a `kind`, lists and strings.

Figures come along as pictures with the words that stand in for them; the tables behind the charts are gathered for
the end of the report, where each chart says to look.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from itertools import pairwise
from typing import Any

from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import (
    Block,
    Chart,
    Details,
    Document,
    Download,
    Number,
    Section,
    Table,
)
from sheets_pipeline.reports.html import as_csv
from sheets_pipeline.reports.pdf.face import FAMILY
from sheets_pipeline.reports.pdf.pictures import drawn
from sheets_pipeline.reports.pdf.signs import breakable, displayable
from sheets_pipeline.reports.pdf.tables import GAP, SHORT, set_tables

ROOM = 481.8  # points: A4 less 20 mm at either side
TOKENS = ("paper", "ink", "quiet", "rule", "wash", "accent", "fallen")
Say = Callable[..., str]


def tokens(theme: Theme) -> dict[str, Any]:
    """What the house style takes from a theme."""
    return {"theme": {name: getattr(theme, name) for name in TOKENS}, "family": FAMILY, "gap": GAP}


@dataclass(slots=True)
class Content:
    """A document on its way to the template; `behind` gathers the charts' tables by anchor."""

    language: str
    theme: Theme
    say: Say
    behind: dict[str, Table] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.theme = replace(self.theme, font=f"'{FAMILY}'")

    def document(self, document: Document) -> dict[str, Any]:
        """The whole document, the tables behind its charts last."""
        plain = {
            name: displayable(getattr(document, name))
            for name in ("language", "title", "programme", "standing", "audience", "dated", "headline")
        }
        opening = self.blocks(document.opening)
        sections = [self.section(one) for one in document.sections]
        return {
            **plain,
            "draft": document.draft,
            "brief": document.brief,
            "created": document.created,
            "opening": opening,
            "sections": sections,
            "behind": [self.table(table) for table in self.behind.values()],
            **tokens(self.theme),
        }

    def section(self, section: Section) -> dict[str, Any]:
        """Organisations have pages of their own, the first one below the section's heading; empty ones share."""
        blocks = self.blocks(section.blocks)
        pages = [one for one in blocks if one["kind"] == "OrganisationPage"]
        for before, page in pairwise([blocks[0], *pages] if pages else []):
            page["own_page"] = page is not blocks[0] and bool(page["blocks"] or before.get("blocks"))
        return {
            "anchor": section.anchor,
            "title": displayable(section.title),
            "own_page": blocks[:1] == pages[:1] != [],
            "blocks": blocks,
        }

    def blocks(self, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
        return [self.plain(block) for block in blocks]

    def plain(self, value: Any) -> Any:  # noqa: ANN401 - any part of a document
        """Chart, table and file as their own methods say; all else as its fields, read for the typeface."""
        if own := self._own(value):
            return own
        if isinstance(value, str | Number):
            return breakable(str(value))
        if isinstance(value, tuple):
            return [self.plain(one) for one in value]
        named = {one.name: self.plain(getattr(value, one.name)) for one in fields(value)}
        return {"kind": type(value).__name__, **named}

    def _own(self, value: Any) -> dict[str, Any] | None:  # noqa: ANN401 - as above
        match value:
            case Chart():
                return self.chart(value)
            case Table():
                return self.table(value)
            case Details():
                return self.details(value)
            case Download():
                return self.download(value)
            case _:
                return None

    def chart(self, chart: Chart) -> dict[str, Any]:
        """Each part of the picture with its own alternative text."""
        self.behind.setdefault(chart.table.anchor, chart.table)
        pictures = drawn(chart, self.language, self.theme)
        said = f"{chart.title}. {chart.description}"
        return {
            "kind": "Chart",
            "title": displayable(chart.title),
            "description": breakable(chart.description),
            "source": breakable(chart.source),
            "pictures": [
                {"svg": displayable(picture), "alt": displayable(self._alternative(said, n, len(pictures)))}
                for n, picture in enumerate(pictures, start=1)
            ],
            "table": chart.table.anchor,
        }

    def details(self, details: Details) -> dict[str, Any]:
        """Nothing is folded on paper; a table that would only repeat the words above it goes without its caption."""
        blocks = tuple(
            replace(one, caption="") if isinstance(one, Table) and details.summary.startswith(one.caption) else one
            for one in details.blocks
        )
        return {"kind": "Details", "summary": displayable(details.summary), "blocks": self.blocks(blocks)}

    def _alternative(self, said: str, part: int, parts: int) -> str:
        return said if parts == 1 else self.say("{said} Part {part} of {parts}.", said=said, part=part, parts=parts)

    def table(self, table: Table) -> dict[str, Any]:
        """Parts side by side where the whole is too wide; short rows are kept on one page."""
        return {
            "kind": "Table",
            "anchor": table.anchor,
            "caption": displayable(table.caption),
            "note": breakable(table.note),
            "parts": [
                {
                    "size": part.size,
                    "widths": part.widths,
                    "columns": [
                        {"title": breakable(column.title), "number": column.kind == "number", "hyphenate": hyphenate}
                        for column, hyphenate in zip(part.columns, part.hyphenated, strict=True)
                    ],
                    "rows": [
                        {
                            "whole": max(len(str(cell)) for cell in row) <= SHORT,
                            "cells": [self.plain(cell) for cell in row],
                        }
                        for row in part.rows
                    ],
                }
                for part in set_tables(table, ROOM)
            ],
        }

    def download(self, file: Download) -> dict[str, Any]:
        """A table as the file that the page carries too."""
        return {
            "name": file.file_name,
            "label": displayable(file.label),
            "data": as_csv(file.table, self.language),
        }
