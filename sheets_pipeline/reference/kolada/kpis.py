"""The key figures chosen for the organisation facts: `kolada_kpis.csv` in the folder above.

Titles, descriptions and `municipality_type` are Kolada's own: `K` is municipalities only, `A` regions too.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sheets_pipeline.reference.codes import organisation_type

_FILE = Path(__file__).parents[1] / "kolada_kpis.csv"
_FOR_ALL = "A"


@dataclass(frozen=True, slots=True)
class Kpi:
    """A chosen key figure; `by_sex` says whether Kolada has it for women and men."""

    id: str
    title: str
    area: str
    by_sex: bool
    municipality_type: str
    description: str

    def is_for(self, code: str) -> bool:
        """Whether Kolada may have it for that code: no region has what only municipalities do."""
        return organisation_type(code) != "region" or self.municipality_type == _FOR_ALL


@cache
def chosen_kpis() -> Mapping[str, Kpi]:
    """Id → key figure, in the order of the file."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["kpi"]: _kpi(row) for row in csv.DictReader(file)}


def kpi(name: str) -> Kpi:
    """The chosen key figure of that id; one that only a form names is taken to be for all, and not by sex."""
    return chosen_kpis().get(name) or Kpi(name, name, "", by_sex=False, municipality_type=_FOR_ALL, description="")


def _kpi(row: Mapping[str, str]) -> Kpi:
    return Kpi(
        id=row["kpi"],
        title=row["title"],
        area=row["area"],
        by_sex=row["by_sex"] == "yes",
        municipality_type=row["municipality_type"],
        description=row["description"],
    )
