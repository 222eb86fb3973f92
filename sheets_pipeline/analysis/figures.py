"""Every number of a report by an id that follows from what it is about, and the answers that stand behind each.

`organisation/9901/items/shift`, `section/m01/headline/before`, `self_assessment/9901/-/m01_1/bm1`,
`measure/9901/P01/K02/actual/women`, `fact/9901/population/women`. The ids are listed in docs/publishing.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheets_pipeline.analysis.dataset import SELF_ASSESSMENT
from sheets_pipeline.analysis.disclosure.cells import Field, cell
from sheets_pipeline.analysis.facts import ORGANISATION_FACTS
from sheets_pipeline.analysis.plans import IMPROVEMENT_PLAN
from sheets_pipeline.model.results import Comparison, Distribution, Measure, Shift
from sheets_pipeline.model.round_results import KeyFigureRow, RoundResults

FIELDS: tuple[Field, ...] = ("baseline", "target", "actual", "people")
STATISTICS = (
    "n",
    "matched",
    "before",
    "after",
    "shift",
    "up",
    "same",
    "down",
    "could_rise",
    "hodges_lehmann",
    "low",
    "high",
    "p",
    "p_adjusted",
    "effect",
)
KOLADA = "kolada"
BEFORE, AFTER = "before", "after"
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the report as text: its exact value, or the mark that stands in its place."""

    id: str
    shown: str


@dataclass(frozen=True, slots=True)
class AnswerAt:
    """An answer behind a number; `path` may be an item's, which then means its score."""

    form: str
    organisation: str
    unit: str
    path: str
    occasion: str


def figures(results: RoundResults) -> Iterator[Figure]:
    """Every number that a report on these results may show."""
    for comparison in results.comparisons:
        yield from _row_figures(comparison, results)
    for spread in results.distributions:
        for step, count in sorted(spread.counts.items()):
            yield Figure(f"{_spread_id(spread, results)}/{step}", str(count))
    for result in results.organisations:
        for item in result.items:
            yield from _item_figures(item.shift, results)
        for plan in result.plans:
            for measure in plan.measures:
                yield from _measure_figures(measure)
        for fact in result.facts:
            yield Figure(f"fact/{result.organisation.code}/{fact.path}", str(fact.value))
        for row in result.key_figures:
            yield from _key_figures(row, f"{KOLADA}/{result.organisation.code}/{row.kpi}/{row.year}")


def row_id(row: Comparison, results: RoundResults) -> str:
    """The id of a row of comparisons without its last word: what is usual in a round is left out of it."""
    level = "" if row.level == "overall" else row.level
    scale = "" if row.scale == results.round.edition.scale else row.scale
    role = row.role if row.role == "mentor" and row.by != "organisation" else ""
    return "/".join(part for part in (row.by, row.key, row.series, level, row.unit, scale, role) if part)


def _row_figures(row: Comparison, results: RoundResults) -> Iterator[Figure]:
    name = row_id(row, results)
    limits = dict(zip(("low", "high"), row.interval, strict=True)) if row.interval else {}
    for statistic in STATISTICS:
        value = limits.get(statistic) if statistic in {"low", "high"} else getattr(row, statistic)
        if value is not None:
            yield Figure(f"{name}/{statistic}", str(value))


def _spread_id(spread: Distribution, results: RoundResults) -> str:
    level = "" if spread.level == "overall" else spread.level
    scale = "" if spread.scale == results.round.edition.scale else spread.scale
    role = spread.role if spread.role == "mentor" else ""
    parts = ("steps", spread.section, spread.series, level, scale, role, spread.occasion)
    return "/".join(part for part in parts if part)


def _item_figures(shift: Shift, results: RoundResults) -> Iterator[Figure]:
    name = f"{SELF_ASSESSMENT}/{shift.organisation}/{shift.unit or _NONE}/{shift.item}"
    ends = ((results.first, shift.before, shift.before_code), (results.last, shift.after, shift.after_code))
    for occasion, score, code in ends:
        shown = code if score is None else str(score)
        if shown:
            yield Figure(f"{name}/{occasion}", shown)


def _measure_figures(measure: Measure) -> Iterator[Figure]:
    name = f"measure/{measure.organisation}/{measure.plan}/{measure.measure}"
    for group in measure.groups:
        for field in FIELDS:
            value, code = cell(group, field)
            if value is not None or code:
                yield Figure(f"{name}/{field}/{group.group}", code if value is None else f"{value:f}")
        if group.goal_met is not None:
            yield Figure(f"{name}/goal_met/{group.group}", str(group.goal_met))
    for gap in measure.gaps:
        for end in ("before", "after", "change"):
            value = getattr(gap, end)
            if value is not None:
                yield Figure(f"{name}/gap/{'-'.join(gap.pair)}/{end}", f"{value:f}")


def _key_figures(row: KeyFigureRow, name: str) -> Iterator[Figure]:
    for group in ("women", "men", "total"):
        value = getattr(row, group)
        if value is not None:
            yield Figure(f"{name}/{group}", f"{value:f}")


def behind(name: str, results: RoundResults) -> tuple[AnswerAt, ...]:
    """The answers behind a figure; none for an id that no figure has."""
    kind, _, rest = name.partition("/")
    if kind == "measure":
        return tuple(_behind_measure(rest.split("/")))
    if kind == "fact":
        code, _, path = rest.partition("/")
        return (AnswerAt(ORGANISATION_FACTS, code, "", path, ""),)
    if kind == "steps":
        return tuple(_behind_steps(name, results))
    rows = {row_id(row, results): row for row in results.comparisons}
    row = rows.get(name.rpartition("/")[0])
    if row is not None:
        return tuple(_behind_row(row, name.rpartition("/")[2], results))
    return tuple(_single(name))


def _single(name: str) -> Iterator[AnswerAt]:
    """`form/organisation/unit/path/occasion`: one answer, whatever the form; the path may hold slashes."""
    parts = name.split("/")
    if len(parts) > len(("form", "organisation", "unit", "occasion")):
        form, organisation, unit = parts[:3]
        yield AnswerAt(form, organisation, "" if unit == _NONE else unit, "/".join(parts[3:-1]), parts[-1])


def _behind_measure(parts: list[str]) -> Iterator[AnswerAt]:
    if len(parts) <= len(("organisation", "plan", "measure")):
        return
    organisation, plan, measure, what, *more = parts
    card = f"plans[{plan}]/measures[{measure}]"
    for field, group in _cells_behind(what, more):
        yield AnswerAt(IMPROVEMENT_PLAN, organisation, "", f"{card}/{field}/{group}", "")


def _cells_behind(what: str, more: list[str]) -> Iterator[tuple[str, str]]:
    """(row, group) of the cells behind a value, a gap, or whether a goal was met."""
    if what == "gap" and len(more) > 1:
        rows = {"before": ("baseline",), "after": ("actual",), "change": ("baseline", "actual")}.get(more[1], ())
        yield from ((row, group) for row in rows for group in more[0].split("-"))
    elif what == "goal_met":
        yield from ((row, group) for row in ("target", "actual") for group in more)
    elif what in FIELDS:
        yield from ((what, group) for group in more)


def _behind_row(row: Comparison, statistic: str, results: RoundResults) -> Iterator[AnswerAt]:
    """Both ends of every pair that the row rests on; for one of its ends only that end."""
    ends = {BEFORE: (results.first,), AFTER: (results.last,)}.get(statistic, (results.first, results.last))
    for shift in _shifts(results):
        if shift.matched and _is_in(shift, row, results):
            yield from (_score(shift, occasion) for occasion in ends)


def _behind_steps(name: str, results: RoundResults) -> Iterator[AnswerAt]:
    spreads = {_spread_id(spread, results): spread for spread in results.distributions}
    spread = spreads.get(name.rpartition("/")[0])
    if spread is None:
        return
    before = spread.occasion == results.first
    for shift in _shifts(results):
        score = shift.before if before else shift.after
        same = (shift.section, shift.scale, shift.level, shift.series) == (
            spread.section,
            spread.scale,
            spread.level,
            spread.series,
        )
        if same and str(score) == name.rpartition("/")[2] and _has_role(shift, spread.role, results):
            yield _score(shift, spread.occasion)


def _shifts(results: RoundResults) -> Iterator[Shift]:
    for result in results.organisations:
        yield from (item.shift for item in result.items)


def _score(shift: Shift, occasion: str) -> AnswerAt:
    return AnswerAt(SELF_ASSESSMENT, shift.organisation, shift.unit, shift.item, occasion)


def _is_in(shift: Shift, row: Comparison, results: RoundResults) -> bool:
    if (shift.scale, shift.level, shift.series) != (row.scale, row.level, row.series):
        return False
    if row.by == "organisation":
        return (shift.organisation, shift.unit) == (row.key, row.unit)
    organisation = results.round.organisation(shift.organisation)
    about: Mapping[str, object] = {
        "section": shift.section,
        "item": shift.item,
        "cluster": organisation.cluster if organisation else "",
    }
    return about.get(row.by, row.key) == row.key and _has_role(shift, row.role, results)


def _has_role(shift: Shift, role: str, results: RoundResults) -> bool:
    organisation = results.round.organisation(shift.organisation)
    return not role or (organisation is not None and organisation.role == role)
