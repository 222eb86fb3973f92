"""The same figure in several measures of one organisation: what is hidden in one of them is hidden in all."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from sheets_pipeline.analysis.disclosure.cells import ABOUT_PEOPLE, SUPPRESSED, Field, cell
from sheets_pipeline.analysis.disclosure.measure import suppressed
from sheets_pipeline.model.results import MeasureGroup

Groups = tuple[MeasureGroup, ...]


def hidden_elsewhere(
    measures: Mapping[str, tuple[Hashable, Groups]], *, public: bool, min_group: int
) -> dict[str, dict[Field, frozenset[str]]]:
    """Measure → row → groups that are hidden because the same figure stands in another measure.

    Each measure comes with what it is about; those about the same (name, unit, dates) are read as one, so that the
    total of one and the groups of another are not told apart.
    """
    about: dict[Hashable, list[str]] = {}
    for name, (subject, _) in measures.items():
        about.setdefault(subject, []).append(name)
    found: dict[str, dict[Field, frozenset[str]]] = {}
    for names in about.values():
        if len(names) > 1:
            hidden = _hidden_in_any([measures[name][1] for name in names], public=public, min_group=min_group)
            found |= dict.fromkeys(names, hidden)
    return found


def _hidden_in_any(measures: Sequence[Groups], *, public: bool, min_group: int) -> dict[Field, frozenset[str]]:
    hidden: dict[Field, frozenset[str]] = {field: frozenset() for field in ABOUT_PEOPLE}
    while True:
        judged = [
            suppressed(groups, public=public, min_group=min_group, also=hidden)[0]
            for groups in (*measures, _as_one(measures))
        ]
        found = {field: frozenset(_hidden(judged, field)) for field in ABOUT_PEOPLE}
        if found == hidden:
            return hidden
        hidden = found


def _hidden(judged: Sequence[Groups], field: Field) -> list[str]:
    return [one.group for groups in judged for one in groups if cell(one, field)[1] == SUPPRESSED]


def _as_one(measures: Sequence[Groups]) -> Groups:
    """Every group that any of them has; what one of them leaves out is taken from the next."""
    merged: dict[str, MeasureGroup] = {}
    for one in (one for groups in measures for one in groups):
        first = merged.get(one.group, one)
        merged[one.group] = replace(
            first,
            baseline=one.baseline if first.baseline is None else first.baseline,
            baseline_code=first.baseline_code if first.baseline is not None or one.baseline is None else "",
            actual=one.actual if first.actual is None else first.actual,
            actual_code=first.actual_code if first.actual is not None or one.actual is None else "",
            people=one.people if first.people is None else first.people,
            people_code=first.people_code if first.people is not None or one.people is None else "",
        )
    return tuple(merged.values())
