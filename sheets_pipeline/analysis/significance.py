"""Which rows are tested, and what may be said of them: statistics.md's table turned into fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from sheets_pipeline.analysis.statistics import (
    FEWEST,
    benjamini_hochberg,
    hodges_lehmann,
    hodges_lehmann_interval,
    holm,
    signed_rank,
    smallest_p,
    wilson,
)
from sheets_pipeline.model.results import SIGNIFICANT, Comparison

Row = tuple[Comparison, tuple[Fraction, ...]]
Adjust = Callable[[Sequence[float]], tuple[float, ...]]
TESTED = ("item", "section", "round")


def with_tests(rows: Iterable[Row]) -> tuple[Comparison, ...]:
    """The rows with intervals, effects and p-values where there may be any; each comes with its organisations' shifts.

    A family (one adjustment) is the rows of one kind, scale, level, series and role: Holm over sections, which is the
    confirmatory one, and over the round's single row; Benjamini-Hochberg over items, which is exploratory.
    """
    listed = [(_described(row, shifts), shifts) for row, shifts in rows]
    families: dict[tuple[str, ...], list[int]] = {}
    for place, (row, _) in enumerate(listed):
        if row.by in TESTED and row.n >= FEWEST:
            families.setdefault((row.by, row.scale, row.level, row.series, row.role), []).append(place)
    done = [row for row, _ in listed]
    for places in families.values():
        for place, row in zip(places, _family([listed[place] for place in places]), strict=True):
            done[place] = row
    return tuple(done)


def _described(row: Comparison, shifts: Sequence[Fraction]) -> Comparison:
    """What needs no test: Hodges-Lehmann and its limits, or the interval of the share improved."""
    if row.by not in TESTED or not shifts:
        return row
    if row.by == "item":
        return _share_improved(row)
    row = replace(row, hodges_lehmann=hodges_lehmann(shifts))
    interval = hodges_lehmann_interval(shifts)
    if interval is None:
        return _noted(row, "fewer_than_six")
    return replace(row, interval=interval, interval_of="shift")


def _share_improved(row: Comparison) -> Comparison:
    if row.n < FEWEST:
        return _noted(row, "fewer_than_six")
    low, high = wilson(row.up, row.n)
    return replace(row, interval=(Fraction(low), Fraction(high)), interval_of="share_up")


def _family(rows: Sequence[Row]) -> list[Comparison]:
    adjust = benjamini_hochberg if rows[0][0].by == "item" else holm
    if not _attainable(rows, adjust):
        return [_noted(_with_effect(row, shifts), "significance_impossible") for row, shifts in rows]
    exact = [float(signed_rank(shifts).two_sided) for _, shifts in rows]
    return [
        _with_test(_with_effect(row, shifts), p, p_adjusted)
        for (row, shifts), p, p_adjusted in zip(rows, exact, adjust(exact), strict=True)
    ]


def _attainable(rows: Sequence[Row], adjust: Adjust) -> bool:
    """Whether any row could come out below the limit, were every shift of every organisation to the same side."""
    return min(adjust([float(smallest_p(row.n)) for row, _ in rows])) < SIGNIFICANT


def _with_effect(row: Comparison, shifts: Sequence[Fraction]) -> Comparison:
    found = signed_rank(shifts)
    row = replace(row, zeros=found.zeros)
    if found.rank_biserial is None:
        return _noted(row, "all_unchanged")
    return row if row.by == "item" else replace(row, effect=float(found.rank_biserial))


def _with_test(row: Comparison, p: float, p_adjusted: float) -> Comparison:
    row = replace(row, p=p, p_adjusted=p_adjusted)
    return _noted(row, "exploratory") if row.by == "item" else row


def _noted(row: Comparison, note: str) -> Comparison:
    return replace(row, notes=(*row.notes, note))
