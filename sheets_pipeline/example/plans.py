"""Improvement plans as they stand at meeting 2, and what has been added at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sheets_pipeline.example.content import plan
from sheets_pipeline.model.submissions import Value

CARD = "plans[P01]"
_TABLES = {"whys": "V", "causes": "F", "obstacles": "H", "activities": "A", "tests": "T"}
_ROWS_OF_CHOICES = ("national_goals", "groups")
_OWN = {"organisation", "items", "measures", "final", *_ROWS_OF_CHOICES, *_TABLES}
_FINAL_OWN = {"actual", "done", "tests", "new_measure"}
_SPLITS = ("baseline", "target", "actual", "people")


def first_plan(organisation: str) -> dict[str, Value]:
    """Answer path → value of the plan's first version."""
    return dict(_first(plan(organisation)))


def final_additions(organisation: str) -> dict[str, Value]:
    """What the last version adds or changes."""
    return dict(_final(plan(organisation)["final"]))


def _first(known: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    yield from ((f"{CARD}/{name}", value) for name, value in known.items() if name not in _OWN)
    yield from ((f"{CARD}/items/{number}", item) for number, item in enumerate(known["items"], start=1))
    for question in _ROWS_OF_CHOICES:
        yield from ((f"{CARD}/{question}/{choice}", True) for choice in known.get(question, ()))
    for number, measure in enumerate(known.get("measures", ()), start=1):
        yield from _measure(measure, f"{CARD}/measures[K{number:02d}]")
    for table, prefix in _TABLES.items():
        yield from _rows(known.get(table, ()), f"{CARD}/{table}", prefix)


def _final(known: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    yield from ((f"{CARD}/{name}", value) for name, value in known.items() if name not in _FINAL_OWN)
    for number, actual in enumerate(known.get("actual", ()), start=1):
        yield from _measure({"actual": actual}, f"{CARD}/measures[K{number:02d}]")
    if "new_measure" in known:
        yield from _measure(known["new_measure"], f"{CARD}/measures[K01]")
    for number, day in enumerate(known.get("done", ()), start=1):
        yield f"{CARD}/activities[A{number:02d}]/done", day
    yield from _rows(known.get("tests", ()), f"{CARD}/tests", "T")


def _rows(rows: list[Mapping[str, Any]], table: str, prefix: str) -> Iterator[tuple[str, Value]]:
    for number, row in enumerate(rows, start=1):
        yield from ((f"{table}[{prefix}{number:02d}]/{name}", value) for name, value in row.items())


def _measure(measure: Mapping[str, Any], card: str) -> Iterator[tuple[str, Value]]:
    for name, value in measure.items():
        if name in _SPLITS:
            yield from ((f"{card}/{name}/{group}", _figure(one)) for group, one in value.items())
        else:
            yield f"{card}/{name}", value


def _figure(value: float | str | date) -> Value:
    return Decimal(str(value)) if isinstance(value, float) else value
