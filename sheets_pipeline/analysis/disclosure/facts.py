"""Counts of people among an organisation's facts: totals are known from public statistics, so pairs go together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from sheets_pipeline.analysis.disclosure.cells import SUPPRESSED, is_small
from sheets_pipeline.model.round_results import Fact


def suppressed_facts(
    facts: Iterable[Fact], counts: frozenset[str], *, min_group: int
) -> tuple[tuple[Fact, ...], Counter[str]]:
    """The facts with `..` in place of both groups of a count where either is small; `counts` are paths of counts.

    Reasons: `small_count`, and `complementary` for the group beside it.
    """
    found = tuple(facts)
    small = {one.path for one in found if one.path in counts and _is_small(one, min_group)}
    questions = {_question(path) for path in small}
    beside = {one.path for one in found if one.path in counts and _question(one.path) in questions} - small
    reasons = Counter({"small_count": len(small), "complementary": len(beside)})
    hidden = small | beside
    return tuple(
        replace(one, value=SUPPRESSED, value_label={}) if one.path in hidden else one for one in found
    ), +reasons


def _question(path: str) -> str:
    return path.rpartition("/")[0]


def _is_small(one: Fact, min_group: int) -> bool:
    value = one.value
    return isinstance(value, int | Decimal) and not isinstance(value, bool) and is_small(Decimal(value), min_group)
