"""The rows beneath an improvement plan: what stands in its way, the causes behind it, and what is to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from sheets_pipeline.analysis.measures import Values
from sheets_pipeline.model.round_results import Activity, Cause, Obstacle

ACTIVITIES = "activities"
Rows = Mapping[str, tuple[str, ...]]


def obstacles(values: Values, rows: Rows, card: str) -> tuple[Obstacle, ...]:
    """The plan's obstacles with the ideas for getting round them."""
    return tuple(
        Obstacle(
            obstacle=_words(values, f"{row}/obstacle"),
            idea=_words(values, f"{row}/idea"),
            effort=_step(values, f"{row}/effort"),
            effect=_step(values, f"{row}/effect"),
            chosen=values.get(f"{row}/chosen") is True,
        )
        for row in _rows(rows, card, "obstacles")
    )


def causes(values: Values, rows: Rows, card: str) -> tuple[Cause, ...]:
    """The causes on the plan's fishbone."""
    return tuple(
        Cause(
            bone=_words(values, f"{row}/bone"),
            cause=_words(values, f"{row}/cause"),
            behind=_words(values, f"{row}/behind"),
            certainty=_words(values, f"{row}/evidence"),
        )
        for row in _rows(rows, card, "causes")
    )


def agreed(values: Values, rows: Rows, card: str) -> tuple[Activity, ...]:
    """The plan's activities; who is responsible stays in the workbook."""
    return tuple(
        Activity(what=_words(values, f"{row}/what"), due=_day(values, f"{row}/due"), done=_day(values, f"{row}/done"))
        for row in _rows(rows, card, ACTIVITIES)
    )


def _rows(rows: Rows, card: str, table: str) -> Iterator[str]:
    place = f"{card}/{table}"
    return (f"{place}[{row}]" for row in sorted(rows.get(place, ())))


def _words(values: Values, path: str) -> str:
    return str(values.get(path, ""))


def _step(values: Values, path: str) -> int | None:
    value = values.get(path)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _day(values: Values, path: str) -> date | None:
    value = values.get(path)
    return value if isinstance(value, date) else None
