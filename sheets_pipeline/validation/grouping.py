"""Repeated remarks told once: the same code, column, words and sheet, with every cell it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.remarks import asked_at

_ROW = re.compile(r"\[[^\]]*\]")


def grouped(issues: Iterable[Issue], form: Form) -> tuple[Issue, ...]:
    """Remarks in the order they came, the cells of later ones in `also` of the first that says the same."""
    found: dict[tuple[str, ...], Issue] = {}
    for issue in issues:
        key = _key(issue, form)
        first = found.get(key)
        cells = (issue.cell, *issue.also) if issue.cell else issue.also
        found[key] = replace(first, also=(*first.also, *cells)) if first else issue
    return tuple(found.values())


def _key(issue: Issue, form: Form) -> tuple[str, ...]:
    if issue.cell is None:
        return (issue.code, issue.path, repr(issue.params))
    words = repr(sorted(issue.params.items()))
    return (issue.code, issue.severity, issue.cell.sheet, _column(issue.path, form), issue.value, words)


def _column(path: str, form: Form) -> str:
    """A column of items is one column whichever its item; a column of a table one whichever its row."""
    asking = asked_at(form, path) if path else None
    if asking and asking.item:
        return f"*/{asking.question.name}"
    return _ROW.sub("", path)
