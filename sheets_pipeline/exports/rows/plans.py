"""The sheet of improvement plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_pipeline.exports.source import LANGUAGE, Source
from sheets_pipeline.exports.table import Row
from sheets_pipeline.model.round_results import Plan


def plan_rows(source: Source) -> Iterator[Row]:
    """A row a plan, of every organisation that anything of it may be shown of."""
    for result in source.results.organisations:
        for plan in result.plans:
            yield {
                "round": source.results.round.id,
                "organisation_code": result.organisation.code,
                "plan": plan.plan,
                "title": plan.title,
                "kind": _words(source, plan, (plan.kind,)),
                "area": plan.area,
                "groups": _words(source, plan, plan.groups),
                "items": ", ".join(plan.items),
                "national": _words(source, plan, plan.national),
                "status": _words(source, plan, (plan.status,)),
                "start": plan.start,
                "end": plan.end,
                "sharing": source.sharing(
                    result.organisation, words=bool(plan.title or plan.area), figures=result.scores_shown
                ),
            }


def _words(source: Source, plan: Plan, names: Iterable[str]) -> str:
    return ", ".join(source.chosen(name, plan.labels.get(name, {LANGUAGE: name})) for name in names if name)
