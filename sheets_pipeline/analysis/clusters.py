"""Clusters beside their mentor: each participant's line, and its gap to the mentor before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from sheets_pipeline.analysis.comparisons import grouped
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.results import Comparison
from sheets_pipeline.model.round_results import ClusterLine, ClusterResult


def cluster_results(rows: Iterable[Comparison], round_: Round) -> tuple[ClusterResult, ...]:
    """From organisation rows of the whole organisation (no units): a result a cluster, level, scale and series."""
    whole = [row for row in rows if not row.unit]
    return tuple(
        result
        for cluster in round_.clusters
        for group in grouped(
            _members(whole, cluster.id, round_), lambda row: (row.level, row.scale, row.series)
        ).values()
        for result in [_result(group, cluster.id, cluster.name)]
    )


def _members(rows: Iterable[Comparison], cluster: str, round_: Round) -> Iterator[Comparison]:
    for row in rows:
        organisation = round_.organisation(row.key)
        if organisation and organisation.cluster == cluster:
            yield row


def _result(group: list[Comparison], cluster: str, name: str) -> ClusterResult:
    mentor = next((row for row in group if row.role == "mentor"), None)
    return ClusterResult(
        cluster=cluster,
        name=name,
        series=group[0].series,
        scale=group[0].scale,
        level=group[0].level,
        mentor=mentor,
        lines=tuple(_line(row, mentor) for row in group if row.role != "mentor"),
    )


def _line(row: Comparison, mentor: Comparison | None) -> ClusterLine:
    return ClusterLine(
        organisation=row.key,
        comparison=row,
        gap_before=_gap(mentor.before if mentor else None, row.before),
        gap_after=_gap(mentor.after if mentor else None, row.after),
    )


def _gap(mentor: Fraction | None, own: Fraction | None) -> Fraction | None:
    return None if mentor is None or own is None else mentor - own
