"""What arithmetic gives back: how far a hidden value can be narrowed down by its total and the values beside it.

A count's total is the sum of its groups; any other total is their mean, weighted by the number of people in each.
A hidden value is safe while everything from 0 to the smallest value that says nothing of few people is possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sheets_pipeline.analysis.disclosure.cells import COUNT, HIGHEST, smallest_count

MANY = 10**6
_Range = tuple[Fraction, Fraction]
_TWO = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One group as a reader knows it: its value (None: not known), and how few and how many people are in it."""

    value: Fraction | None
    fewest: int = 0
    most: int = MANY


def narrowed(unit: str, total: Fraction, parts: Mapping[str, Part], min_group: int) -> frozenset[str]:
    """The unknown groups that a known total narrows down too far."""
    unknown = frozenset(name for name, part in parts.items() if part.value is None)
    if unit == COUNT:
        return unknown if unknown and not _sum_is_safe(total, parts, len(unknown), min_group) else frozenset()
    return frozenset(name for name in unknown if not _mean_is_safe(unit, total, parts, name, min_group))


def _sum_is_safe(total: Fraction, parts: Mapping[str, Part], unknown: int, min_group: int) -> bool:
    """One unknown is the rest itself; several can each be anything from nothing to the whole rest."""
    rest = total - sum((part.value for part in parts.values() if part.value is not None), Fraction(0))
    return unknown >= _TWO and rest >= smallest_count(min_group) - 1


def _mean_is_safe(unit: str, total: Fraction, parts: Mapping[str, Part], name: str, min_group: int) -> bool:
    """Whether the group's value may be 0 and may be the highest that would be hidden, the others being what they can.

    With people n and value v the parts satisfy sum(n * (v - total)) = 0; each term ranges on its own.
    """
    others = [_term(unit, total, part) for other, part in parts.items() if other != name]
    low, high = sum((one[0] for one in others), Fraction(0)), sum((one[1] for one in others), Fraction(0))
    own = parts[name]
    ends = (Fraction(0), Fraction(smallest_count(min_group) - 1))
    return all(_meets(_times(total - end, max(1, own.fewest), own.most), (low, high)) for end in ends)


def _term(unit: str, total: Fraction, part: Part) -> _Range:
    if part.value is not None:
        return _times(part.value - total, part.fewest, part.most)
    highest = Fraction(HIGHEST.get(unit, MANY))
    return -total * part.most, max(Fraction(0), highest - total) * part.most


def _times(factor: Fraction, fewest: int, most: int) -> _Range:
    ends: Sequence[Fraction] = sorted((factor * fewest, factor * most))
    return ends[0], ends[1]


def _meets(one: _Range, other: _Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
