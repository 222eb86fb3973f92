"""Conditions and calculations of a form: parsed once, evaluated here, or rendered as a spreadsheet formula."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed expression; `text` is what the author wrote."""

    text: str
