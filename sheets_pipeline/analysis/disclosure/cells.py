"""The cells of a measure, the marks that stand in them, and which values are small."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Literal

from sheets_pipeline.model.results import MeasureGroup

FEWEST_PEOPLE = 5
"""So many people stand behind a figure that is shown, unless the settings ask for another number."""

SHARES = frozenset({"percent", "per_1000", "index", "points"})
HIGHEST = {"percent": 100, "per_1000": 1000}
COUNT = "number"
MISSING, NOT_APPLICABLE, SUPPRESSED = "-", ".", ".."
PAIRS = (("women", "men"), ("girls", "boys"))
TOTAL = "total"

Field = Literal["baseline", "target", "actual", "people"]
ABOUT_PEOPLE: tuple[Field, ...] = ("people", "baseline", "actual")


def smallest_count(min_group: int) -> int:
    """The smallest count that is shown: 1-4 never are, whatever the settings say of the number behind."""
    return max(min_group, FEWEST_PEOPLE)


def is_small(value: Decimal, min_group: int) -> bool:
    """Whether a count says something about few people; none at all says nothing about anybody."""
    return 0 < value < smallest_count(min_group)


def cell(one: MeasureGroup, field: Field) -> tuple[Decimal | None, str]:
    """(value, code) of one row of a measure for one group."""
    if field == "people":
        return None if one.people is None else Decimal(one.people), one.people_code
    value: Decimal | None = getattr(one, field)
    code: str = getattr(one, f"{field}_code")
    return value, code


def without(one: MeasureGroup, field: Field) -> MeasureGroup:
    """The group with `..` in place of a value."""
    if field == "baseline":
        return replace(one, baseline=None, baseline_code=SUPPRESSED)
    if field == "actual":
        return replace(one, actual=None, actual_code=SUPPRESSED)
    return replace(one, people=None, people_code=SUPPRESSED)
