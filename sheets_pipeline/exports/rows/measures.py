"""The sheet of measures: baseline, target and outcome by sex, after suppression."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from sheets_pipeline.exports.source import Source
from sheets_pipeline.exports.table import Row, RowValue
from sheets_pipeline.model.programme import Organisation
from sheets_pipeline.model.results import Measure, MeasureGroup

_KOLADA = re.compile(r"\b[NU][0-9]{5}\b")


def measure_rows(source: Source) -> Iterator[Row]:
    """Three rows a group of every measure: baseline, target, outcome."""
    for result in source.results.organisations:
        for plan in result.plans:
            for measure in plan.measures:
                for group in measure.groups:
                    yield from _rows(source, result.organisation, measure, group)


def _rows(source: Source, organisation: Organisation, measure: Measure, group: MeasureGroup) -> Iterator[Row]:
    shared = _shared(source, organisation, measure, group)
    for kind, day, value, code in _kinds(measure, group):
        yield {
            **shared,
            "kind": source.code("kind", kind),
            "date": day,
            "value": value,
            "missing": source.code("missing", code),
            "people": None if kind == "target" else group.people,
        }


def _kinds(measure: Measure, group: MeasureGroup) -> tuple[tuple[str, date | None, RowValue, str], ...]:
    return (
        ("baseline", measure.baseline_date, group.baseline, group.baseline_code),
        ("target", measure.target_date, group.target, group.target_code),
        ("actual", measure.actual_date, group.actual, group.actual_code),
    )


def _shared(source: Source, organisation: Organisation, measure: Measure, group: MeasureGroup) -> dict[str, RowValue]:
    kolada = _KOLADA.search(measure.source)
    return {
        "round": source.results.round.id,
        "organisation_code": organisation.code,
        "plan": measure.plan,
        "measure": measure.measure,
        "name": measure.name,
        "unit": source.chosen(measure.unit, measure.unit_label),
        "direction": source.chosen(measure.direction, measure.direction_label),
        "group": source.code("group", group.group),
        "source": measure.source,
        "kolada_id": kolada[0] if kolada else "",
        "sharing": source.sharing(organisation, words=bool(measure.name or measure.source)),
    }
