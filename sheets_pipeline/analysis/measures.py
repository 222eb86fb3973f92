"""The measures of an improvement plan: values by group after suppression, gaps, and whether the goal was met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sheets_pipeline.analysis.disclosure import FEWEST_PEOPLE, MISSING, PAIRS, suppressed
from sheets_pipeline.analysis.disclosure.alike import hidden_elsewhere
from sheets_pipeline.analysis.disclosure.measure import Hidden
from sheets_pipeline.model.forms import DATE_KEY, Form, Question, Texts
from sheets_pipeline.model.results import Gap, Measure, MeasureGroup
from sheets_pipeline.model.submissions import Value

Values = Mapping[str, Value]
MEASURES = "measures"
ROWS = ("baseline", "target", "actual", "people")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a measure stands: whose it is, its printed ids, and the path of its card."""

    organisation: str
    plan: str
    measure: str
    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What of a measure may be shown: its words, and its values under the rules that protect people."""

    texts: bool
    public: bool
    min_group: int = FEWEST_PEOPLE


def read_measures(
    values: Values, form: Form, places: Sequence[Place], shown: Shown
) -> tuple[tuple[Measure, ...], Counter[str]]:
    """All measures of one organisation as they may be shown, and how many values were suppressed, by reason."""
    about = {place.card: (_about(values, place), measure_groups(values, form, place)) for place in places}
    hidden = hidden_elsewhere(about, public=shown.public, min_group=shown.min_group)
    read = [read_measure(values, form, place, shown, hidden.get(place.card)) for place in places]
    return tuple(measure for measure, _ in read), sum((reasons for _, reasons in read), Counter[str]())


def _about(values: Values, place: Place) -> tuple[object, ...]:
    """What tells that two measures are one and the same; one without a name is like no other."""
    name = str(values.get(f"{place.card}/name", "")).strip().casefold()
    paths = ("unit", f"baseline/{DATE_KEY}", f"actual/{DATE_KEY}")
    return (name or place.card, *(values.get(f"{place.card}/{path}") for path in paths))


def measure_groups(values: Values, form: Form, place: Place) -> tuple[MeasureGroup, ...]:
    """The groups of a measure as they were written, before anything is suppressed."""
    questions = {question.name: question for question in form.section(MEASURES).questions}
    return _groups(values, questions, place, "")


def read_measure(
    values: Values, form: Form, place: Place, shown: Shown, also: Hidden | None = None
) -> tuple[Measure, Counter[str]]:
    """One measure as it may be shown, and how many of its values were suppressed, by reason.

    Without `texts` its name, goal and source stay empty: they are the organisation's words. `also` is hidden because
    the same figure is hidden elsewhere.
    """
    texts = shown.texts
    words = {name: str(values.get(f"{place.card}/{name}", "")) if texts else "" for name in ("name", "goal", "source")}
    questions = {question.name: question for question in form.section(MEASURES).questions}
    written = _groups(values, questions, place, words["name"])
    groups, reasons = suppressed(written, public=shown.public, min_group=shown.min_group, also=also)
    direction = str(values.get(f"{place.card}/direction", ""))
    unit = str(values.get(f"{place.card}/unit", ""))
    measure = Measure(
        organisation=place.organisation,
        plan=place.plan,
        measure=place.measure,
        name=words["name"],
        goal=words["goal"],
        unit=unit,
        unit_label=_label(form, questions.get("unit"), unit),
        direction=direction,
        direction_label=_label(form, questions.get("direction"), direction),
        source=words["source"],
        baseline_date=_date(values, f"{place.card}/baseline"),
        target_date=_date(values, f"{place.card}/target"),
        actual_date=_date(values, f"{place.card}/actual"),
        groups=tuple(replace(one, goal_met=goal_met(one, groups)) for one in groups),
        gaps=gaps(groups),
    )
    return measure, reasons


def _groups(values: Values, questions: Mapping[str, Question], place: Place, name: str) -> tuple[MeasureGroup, ...]:
    """The groups that anything was written for, in the form's order."""
    order = dict.fromkeys(group for row in ROWS if row in questions for group in questions[row].groups)
    written = [group for group in order if any(f"{place.card}/{row}/{group}" in values for row in ROWS)]
    return tuple(_group(values, questions, place, name, group) for group in written)


def _group(values: Values, questions: Mapping[str, Question], place: Place, name: str, group: str) -> MeasureGroup:
    cells = {row: _cell(values, f"{place.card}/{row}/{group}", questions.get(row), group) for row in ROWS}
    people = cells["people"][0]
    return MeasureGroup(
        organisation=place.organisation,
        plan=place.plan,
        measure=place.measure,
        name=name,
        unit=str(values.get(f"{place.card}/unit", "")),
        direction=str(values.get(f"{place.card}/direction", "")),
        group=group,
        baseline=cells["baseline"][0],
        target=cells["target"][0],
        actual=cells["actual"][0],
        people=None if people is None else int(people),
        baseline_code=cells["baseline"][1],
        target_code=cells["target"][1],
        actual_code=cells["actual"][1],
        people_code=cells["people"][1],
    )


def _cell(values: Values, path: str, question: Question | None, group: str) -> tuple[Decimal | None, str]:
    """(value, code): a figure, or the mark in its place; no code where the form has no such cell."""
    value = values.get(path)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Decimal(value), ""
    if value is not None:
        return None, str(value)
    return None, MISSING if question and group in question.groups else ""


def gaps(groups: Sequence[MeasureGroup]) -> tuple[Gap, ...]:
    """The gap of every pair that has both groups: women - men, girls - boys."""
    by_group = {one.group: one for one in groups}
    return tuple(_gap(pair, by_group[pair[0]], by_group[pair[1]]) for pair in PAIRS if set(pair) <= by_group.keys())


def _gap(pair: tuple[str, str], one: MeasureGroup, other: MeasureGroup) -> Gap:
    before, after = _less(one.baseline, other.baseline), _less(one.actual, other.actual)
    change = None if before is None or after is None else abs(after) - abs(before)
    return Gap(pair=pair, before=before, after=after, change=change)


def goal_met(one: MeasureGroup, groups: Sequence[MeasureGroup]) -> bool | None:
    """Whether a group reached its target; None where that cannot be said.

    A gap is closed when it is no larger than the targets' gap. "Keep" is met by the very value and otherwise left to
    people: the form does not say which way would be worse.
    """
    if one.direction == "close_gap":
        return _gap_closed(one, groups)
    if one.actual is None or one.target is None:
        return None
    if one.direction == "keep":
        return True if one.actual == one.target else None
    return {"increase": one.actual >= one.target, "decrease": one.actual <= one.target}.get(one.direction)


def _gap_closed(one: MeasureGroup, groups: Sequence[MeasureGroup]) -> bool | None:
    pair = next((pair for pair in PAIRS if one.group in pair), ())
    both = [other for other in groups if other.group in pair]
    if len(both) < len(PAIRS[0]):
        return None
    target, actual = _less(both[0].target, both[1].target), _less(both[0].actual, both[1].actual)
    return None if target is None or actual is None else abs(actual) <= abs(target)


def _less(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one - other


def _label(form: Form, question: Question | None, name: str) -> Texts:
    choices = form.choice_list(question, None) if question else None
    choice = choices.find(name) if choices else None
    return choice.label if choice else {}


def _date(values: Values, path: str) -> date | None:
    value = values.get(f"{path}/{DATE_KEY}")
    return value if isinstance(value, date) else None
