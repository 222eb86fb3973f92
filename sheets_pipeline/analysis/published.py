"""The figures of a publication, with what stands behind those about people: what the store records and checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sheets_pipeline.analysis.dataset import Forms, form_of
from sheets_pipeline.analysis.disclosure.cells import ABOUT_PEOPLE, COUNT, cell
from sheets_pipeline.analysis.disclosure.measure import people_behind
from sheets_pipeline.analysis.facts import ORGANISATION_FACTS
from sheets_pipeline.analysis.figures import figures
from sheets_pipeline.analysis.measures import Place, measure_groups
from sheets_pipeline.analysis.plans import IMPROVEMENT_PLAN, measure_places
from sheets_pipeline.model.publications import PublishedFigure
from sheets_pipeline.model.results import MeasureGroup
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.model.slots import rows_in
from sheets_pipeline.model.submissions import Submission

_Behind = tuple[str, PublishedFigure]


def published_figures(
    results: RoundResults, forms: Forms, submissions: Iterable[Submission]
) -> dict[str, PublishedFigure]:
    """Every figure by its id, as shown and, for those about people, as it really is."""
    exact = dict(_exact(results, forms, submissions))
    return {one.id: _with_shown(one.shown, exact.get(one.id)) for one in figures(results)}


def _with_shown(shown: str, exact: PublishedFigure | None) -> PublishedFigure:
    return PublishedFigure(shown, exact.exact, exact.people, exact.unit) if exact else PublishedFigure(shown)


def _exact(results: RoundResults, forms: Forms, submissions: Iterable[Submission]) -> Iterator[_Behind]:
    for one in sorted(submissions, key=lambda one: one.received):
        if one.key.subject in results.named and one.key.form == ORGANISATION_FACTS:
            for path, value in one.values().items():
                yield f"fact/{one.key.subject}/{path}", PublishedFigure("", str(value))
        if one.key.subject in results.named and one.key.form == IMPROVEMENT_PLAN:
            values, form = one.values(), form_of(one, forms)
            for place in measure_places(rows_in(values), one.key.subject):
                yield from _of_measure(place, measure_groups(values, form, place))


def _of_measure(place: Place, groups: tuple[MeasureGroup, ...]) -> Iterator[_Behind]:
    people = people_behind(groups)
    for group in groups:
        number = people[group.group]
        for field in ABOUT_PEOPLE:
            value, _ = cell(group, field)
            yield (
                f"measure/{place.organisation}/{place.plan}/{place.measure}/{field}/{group.group}",
                PublishedFigure(
                    shown="",
                    exact="" if value is None else f"{value:f}",
                    people="" if number is None else str(number),
                    unit=COUNT if field == "people" else group.unit,
                ),
            )
