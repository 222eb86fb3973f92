"""Whether everything that was asked for came: each key figure for each municipality is there, or said to be missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sheets_pipeline.model.key_figures import Gender, KeyFigure
from sheets_pipeline.reference.kolada.client import Asked
from sheets_pipeline.reference.kolada.kpis import kpi

Reason = Literal["no_answer", "no_value", "not_by_sex"]
_SEXES: tuple[Gender, ...] = ("K", "M")


@dataclass(frozen=True, slots=True)
class Missing:
    """A key figure that a municipality has in none of the years, or never for both women and men.

    `no_answer`: Kolada said nothing of it; `no_value`: rows without a number, `status` being Kolada's own word;
    `not_by_sex`: numbers, but in no year both for women and for men, though the key figure is divided by sex.
    """

    kpi: str
    municipality: str
    reason: Reason
    status: str = ""

    def as_json(self) -> dict[str, str]:
        """As `facts refresh --json` prints it."""
        return {
            "kpi": self.kpi,
            "municipality": self.municipality,
            "reason": self.reason,
            "status": self.status,
        }


def missing(asked: Asked, figures: Iterable[KeyFigure]) -> tuple[Missing, ...]:
    """What is not there, in the order it was asked for; a region is not asked for what only municipalities have."""
    pairs: dict[tuple[str, str], list[KeyFigure]] = {}
    for one in figures:
        if one.period in asked.years:
            pairs.setdefault((one.kpi, one.municipality), []).append(one)
    return tuple(_missing(asked, pairs))


def _missing(asked: Asked, pairs: Mapping[tuple[str, str], list[KeyFigure]]) -> Iterator[Missing]:
    for name in asked.kpis:
        for code in asked.municipalities:
            if kpi(name).is_for(code):
                rows = pairs.get((name, code), [])
                if reason := _reason(rows, by_sex=kpi(name).by_sex):
                    yield Missing(name, code, reason, _status(rows))


def _reason(rows: Iterable[KeyFigure], *, by_sex: bool) -> Reason | None:
    rows = list(rows)
    if not rows:
        return "no_answer"
    found = {(one.period, one.gender) for one in rows if one.value is not None}
    if not found:
        return "no_value"
    years = {period for period, _ in found}
    if by_sex and not any(all((year, sex) in found for sex in _SEXES) for year in years):
        return "not_by_sex"
    return None


def _status(rows: Iterable[KeyFigure]) -> str:
    """Kolada's word in the newest year without a number."""
    silent = sorted((one.period, one.status) for one in rows if one.value is None and one.status)
    return silent[-1][1] if silent else ""
