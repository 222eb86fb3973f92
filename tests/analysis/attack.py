"""An attacker who has everything that was published to them, knows the rules, and can solve linear programmes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog  # type: ignore[import-untyped] # has no types of its own

from sheets_pipeline.model.publications import PublishedFigure

GROUPS = ("women", "men", "girls", "boys")
MARKS = {"-", ".", "..", ""}
HIGHEST = {"percent": 100.0, "per_1000": 1000.0}
MANY, FEW = 1_000_000.0, 5
NOBODY = PublishedFigure("-")
Figures = Mapping[str, PublishedFigure]


@dataclass
class Programme:
    """Unknowns with bounds, and what must hold between them."""

    bounds: list[tuple[float, float]] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def unknown(self, low: float, high: float) -> int:
        self.bounds.append((low, high))
        return len(self.bounds) - 1

    def between(self, terms: dict[int, float], low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def extremes(self, wanted: int) -> tuple[float, float]:
        """The smallest and the largest value that one unknown can have."""
        return self._solve({wanted: 1.0}), -self._solve({wanted: -1.0})

    def is_possible(self, terms: dict[int, float]) -> bool:
        """Whether these terms can sum to nothing beside everything else."""
        return self._solve({}, [*self.rows, (terms, 0.0, 0.0)], feasible=True) == 0.0

    def _solve(
        self,
        goal: dict[int, float],
        rows: Sequence[tuple[dict[int, float], float, float]] | None = None,
        *,
        feasible: bool = False,
    ) -> float:
        wanted = rows if rows is not None else self.rows
        matrix = np.zeros((2 * len(wanted), len(self.bounds)))
        limits = np.zeros(2 * len(wanted))
        for place, (terms, low, high) in enumerate(wanted):
            for unknown, factor in terms.items():
                matrix[2 * place, unknown], matrix[2 * place + 1, unknown] = factor, -factor
            limits[2 * place], limits[2 * place + 1] = high, -low
        costs = np.zeros(len(self.bounds))
        for unknown, factor in goal.items():
            costs[unknown] = factor
        found = linprog(costs, A_ub=matrix, b_ub=limits, bounds=self.bounds, method="highs")
        if feasible:
            return 0.0 if found.status == 0 else 1.0
        assert found.status == 0, found.message
        return float(found.fun)


@dataclass(frozen=True)
class Weak:
    """A hidden figure that can be worked out: what it was narrowed down to."""

    figure: str
    low: float
    high: float


def worked_out(files: Iterable[Figures]) -> list[Weak]:
    """The hidden figures whose range does not hold 0 … 4, given every file that one reader has."""
    return attack(*everything(files))


def attack(known: Figures, hidden: Figures, missing: frozenset[str]) -> list[Weak]:
    """The same, given what is shown, what is hidden, and what nobody knows."""
    rows = sorted({name.rpartition("/")[0] for name in {**known, **hidden} if name.startswith("measure/")})
    weak: list[Weak] = []
    for row in rows:
        if row.endswith("/people"):
            weak += _sum(row, known, hidden, missing)
        elif row.endswith(("/actual", "/baseline")):
            unit = next(one.unit for name, one in {**known, **hidden}.items() if name.startswith(f"{row}/"))
            if unit == "number":
                weak += _sum(row, known, hidden, missing)
            else:
                weak += _mean(row, unit, known, {**hidden, **dict.fromkeys(missing, NOBODY)})
    return weak


def everything(
    files: Iterable[Figures],
) -> tuple[dict[str, PublishedFigure], dict[str, PublishedFigure], frozenset[str]]:
    """What some file shows, what none does though there is something, and what the organisation does not know."""
    found = list(files)
    known = {name: one for file in found for name, one in file.items() if one.shown not in MARKS}
    hidden = {name: one for file in found for name, one in file.items() if one.shown == ".."}
    missing = frozenset(name for file in found for name, one in file.items() if one.shown == "-")
    return known, {name: one for name, one in hidden.items() if name not in known}, missing


def is_small(one: PublishedFigure) -> bool:
    """Whether it is hidden for its own sake: a small count, or few people behind it."""
    if not one.exact:
        return False
    return (one.unit == "number" and 0 < Decimal(one.exact) < FEW) or (bool(one.people) and int(one.people) < FEW)


def _sum(row: str, known: Figures, hidden: Figures, missing: frozenset[str]) -> list[Weak]:
    """A count's groups make up its total."""
    programme = Programme()
    unknown = {group: programme.unknown(0, MANY) for group in (*GROUPS, "total")}
    for group, place in unknown.items():
        name = f"{row}/{group}"
        if name in known:
            programme.between({place: 1.0}, float(Decimal(known[name].exact)), float(Decimal(known[name].exact)))
        elif name not in hidden and name not in missing and group != "total":
            programme.between({place: 1.0}, 0.0, 0.0)
    programme.between({unknown["total"]: -1.0} | {unknown[group]: 1.0 for group in GROUPS}, 0.0, 0.0)
    weak = []
    for group, place in unknown.items():
        name = f"{row}/{group}"
        if name in hidden:
            low, high = programme.extremes(place)
            enough = low <= 0 and high >= FEW - 1 if is_small(hidden[name]) else high - low >= FEW - 1
            weak += [] if enough else [Weak(name, low, high)]
    return weak


def _mean(row: str, unit: str, known: Figures, hidden: Figures) -> list[Weak]:
    """A share's total is the mean of its groups by people: in numerators and people, everything is linear."""
    total = f"{row}/total"
    hidden_parts = [group for group in GROUPS if f"{row}/{group}" in hidden]
    asked = [group for group in hidden_parts if hidden[f"{row}/{group}"] is not NOBODY]
    if total in hidden and hidden[total] is not NOBODY and not hidden_parts and _weights_are_known(row, known, hidden):
        return [Weak(total, 0, 0)]
    return [
        Weak(f"{row}/{group}", value, value)
        for group in asked
        for value in (0.0, FEW - 1.0)
        if total in known and not _may_be(value, group, row, unit, known, hidden)
    ]


def _weights_are_known(row: str, known: Figures, hidden: Figures) -> bool:
    ranges = [_people(f"{row}/{group}", known, hidden) for group in GROUPS if f"{row}/{group}" in known]
    return bool(ranges) and all(low == high for low, high in ranges)


def _may_be(value: float, wanted: str, row: str, unit: str, known: Figures, hidden: Figures) -> bool:
    programme = Programme()
    balance: dict[int, float] = {}
    asked: dict[int, float] = {}
    mean = float(Decimal(known[f"{row}/total"].exact))
    for group in GROUPS:
        name = f"{row}/{group}"
        if name not in known and name not in hidden:
            continue
        people = programme.unknown(*_people(name, known, hidden))
        numerator = programme.unknown(0, MANY * HIGHEST.get(unit, 1000.0))
        if name in known:
            share = float(Decimal(known[name].exact))
            programme.between({numerator: 1.0, people: -share}, 0.0, 0.0)
        else:
            programme.between({numerator: 1.0, people: -HIGHEST.get(unit, 1000.0)}, -MANY * 1000, 0.0)
        balance |= {numerator: 1.0, people: -mean}
        if group == wanted:
            asked = {numerator: 1.0, people: -value}
    programme.between(balance, 0.0, 0.0)
    return programme.is_possible(asked)


def _people(name: str, known: Figures, hidden: Figures) -> tuple[float, float]:
    """How few and many people a reader takes to be in a group: a number that is hidden is a small one."""
    place = f"{name.rsplit('/', 2)[0]}/people/{name.rpartition('/')[2]}"
    if place in known:
        number = float(Fraction(known[place].exact))
        return number, number
    return (1.0, FEW - 1.0) if place in hidden and is_small(hidden[place]) else (1.0, MANY)
