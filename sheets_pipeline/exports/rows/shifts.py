"""The sheet of shifts: every section of every organisation, statements and headline question side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheets_pipeline.exports.source import Source, unit_name
from sheets_pipeline.exports.table import Row, RowValue
from sheets_pipeline.model.results import Comparison, Series, Shift
from sheets_pipeline.model.round_results import OrganisationResult

ELSEWHERE = frozenset({"other_scale", "other_level"})
_Place = tuple[str, str, str, str]


def shift_rows(source: Source) -> Iterator[Row]:
    """A row a section, level, unit and scale; a section asked for its headline question only has one too."""
    for result in source.results.organisations:
        rows: dict[_Place, dict[Series, Comparison]] = {}
        for row in result.sections:
            rows.setdefault((row.level, row.unit, row.scale, row.key), {})[row.series] = row
        headlines = {_place(one.shift): one.shift for one in result.items if one.shift.headline}
        for place, pair in rows.items():
            yield {
                **_whose(source, result, place),
                **_statements(source, pair.get("items")),
                **_headline(headlines.get(place)),
            }


def _place(shift: Shift) -> _Place:
    return shift.level, shift.unit, shift.scale, shift.section


def _whose(source: Source, result: OrganisationResult, place: _Place) -> dict[str, RowValue]:
    organisation, (level, unit, scale, section) = result.organisation, place
    return {
        "round": source.results.round.id,
        "edition": source.results.round.edition.id,
        "organisation_code": organisation.code,
        "cluster": organisation.cluster,
        "role": source.code("role", organisation.role),
        "level": source.code("level", level),
        "unit": unit_name(organisation, unit),
        "section": section,
        "scale": scale,
    }


def _statements(source: Source, row: Comparison | None) -> dict[str, RowValue]:
    """The means and counts over matched statements; empty where no statement was asked at either point."""
    names = ("before", "after", "shift", "matched", "up", "same", "down", "could_rise")
    found: dict[str, RowValue] = {name: getattr(row, name) if row else None for name in names}
    reasons = _reasons(source, row.reasons, row.notes) if row else ""
    return {**found, "comparable": row is not None and row.shift is not None, "reasons": reasons}


def _reasons(source: Source, reasons: Mapping[str, int], notes: tuple[str, ...]) -> str:
    """`EA (2), VE (1)`: the codes of what kept statements from being compared, the most frequent first."""
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = [f"{source.code('reason', reason)} ({count})" for reason, count in ordered]
    if "below_half" in notes:
        parts.insert(0, source.code("reason", "below_half"))
    return ", ".join(parts)


def _headline(shift: Shift | None) -> dict[str, RowValue]:
    """The headline question's scores, whether or not they may be compared; never one from another scale or level."""
    elsewhere = shift is None or shift.reason in ELSEWHERE
    return {
        "headline_before": None if shift is None or elsewhere else shift.before,
        "headline_after": shift.after if shift else None,
    }
