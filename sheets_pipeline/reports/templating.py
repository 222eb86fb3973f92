"""Jinja2 as the reports use it: everything escaped, nothing undefined, every language's words at hand."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from sheets_pipeline.reports.document import Cell, Number


@cache
def environment() -> Environment:
    """One environment for all templates. `autoescape=True` holds for every template name, `.svg.j2` and `.css` too."""
    made = Environment(
        loader=PackageLoader("sheets_pipeline.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["size"] = size
    made.filters["kind"] = lambda block: type(block).__name__
    made.tests["numeral"] = is_number
    return made


def is_number(cell: Cell) -> bool:
    """Whether a cell holds a number."""
    return isinstance(cell, Number)


def size(value: float) -> str:
    """A length with at most one decimal: the same text on every machine."""
    return f"{value:.1f}".removesuffix(".0")
