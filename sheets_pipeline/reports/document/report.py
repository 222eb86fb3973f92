"""The whole report: sections of blocks, and the ways to find what lies inside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sheets_pipeline.reports.document.blocks import Block, Chart, Details, Downloads, Table


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered part of the report."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A report. `standing` says utkast or fastställd; `created` is year, month, day of the figures.

    `brief` is the one page: short enough to need neither contents nor pages of its own.
    """

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
    brief: bool = False

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
