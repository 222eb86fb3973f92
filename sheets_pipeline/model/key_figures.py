"""Key figures as Kolada has them: one number for a key figure, a municipality or region, a year and a sex."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

Gender = Literal["T", "K", "M"]
GENDERS: tuple[Gender, ...] = ("T", "K", "M")
GENDER_OF_GROUP: Mapping[str, Gender] = {
    "": "T",
    "total": "T",
    "women": "K",
    "girls": "K",
    "men": "M",
    "boys": "M",
}
"""Kolada knows no girls and boys: theirs are women's and men's figures of a key figure about children."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class KeyFigure:
    """One number. `value` is None where there is none, and `status` then says why if anybody did."""

    kpi: str
    municipality: str
    period: int
    gender: Gender
    value: Decimal | None
    status: str = ""


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """What is known, one figure for each key figure, municipality, year and sex, and the day it was fetched.

    `fetched` is the oldest day of what was fetched; None for figures that somebody put there by hand.
    """

    figures: tuple[KeyFigure, ...] = ()
    fetched: date | None = None

    @cached_property
    def _values(self) -> Mapping[tuple[str, str, int, Gender], Decimal]:
        return {
            (one.kpi, one.municipality, one.period, one.gender): one.value
            for one in self.figures
            if one.value is not None
        }

    def value(self, kpi: str, municipality: str, period: int, gender: Gender) -> Decimal | None:
        """The number, None where there is none."""
        return self._values.get((kpi, municipality, period, gender))


def nested(figures: Iterable[KeyFigure]) -> list[dict[str, object]]:
    """The figures as Kolada's interface gives them: a row a key figure, municipality and year, values by sex inside."""
    rows: dict[tuple[str, str, int], list[dict[str, object]]] = {}
    for one in sorted(figures, key=lambda one: (one.kpi, one.municipality, one.period, GENDERS.index(one.gender))):
        entry: dict[str, object] = {"gender": one.gender, "count": 1, "status": one.status, "value": _plain(one.value)}
        rows.setdefault((one.kpi, one.municipality, one.period), []).append(entry)
    return [
        {"kpi": kpi, "municipality": municipality, "period": period, "values": values}
        for (kpi, municipality, period), values in rows.items()
    ]


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
