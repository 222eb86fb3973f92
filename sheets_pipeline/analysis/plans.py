"""Improvement plans: which items a plan wants to move and whether they did, its measures, and its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_pipeline.analysis.disclosure import FEWEST_PEOPLE
from sheets_pipeline.analysis.measures import MEASURES, Place, Shown, Values, read_measures
from sheets_pipeline.analysis.plan_rows import ACTIVITIES, agreed, causes, obstacles
from sheets_pipeline.model.forms import Choice, Form, Question, Texts
from sheets_pipeline.model.results import Measure, Shift
from sheets_pipeline.model.round_results import Plan, TextAnswer
from sheets_pipeline.model.slots import rows_in
from sheets_pipeline.model.submissions import Submission

IMPROVEMENT_PLAN = "improvement_plan"
PLANS, CAUSES = "plans", "causes"
_NAMING = frozenset({"title", "area"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What an audience may see of an organisation: its figures and choices, its words, and whether it is the public."""

    scores: bool
    texts: bool
    public: bool
    min_group: int = FEWEST_PEOPLE


def read_plans(
    submission: Submission, form: Form, shifts: Sequence[Shift], sharing: Sharing
) -> tuple[tuple[Plan, ...], Counter[str]]:
    """The plans of one organisation, and how many of their values were suppressed, by reason."""
    values = submission.values()
    rows = rows_in(values)
    measures, reasons = _measures(values, rows, form, submission.key.subject, sharing)
    plans = tuple(
        _plan(values, rows, form, submission, row, shifts, sharing, measures) for row in sorted(rows.get(PLANS, ()))
    )
    return plans, reasons


def _plan(
    values: Values,
    rows: Mapping[str, tuple[str, ...]],
    form: Form,
    submission: Submission,
    row: str,
    shifts: Sequence[Shift],
    sharing: Sharing,
    measures: Sequence[Measure],
) -> Plan:
    card, organisation = f"{PLANS}[{row}]", submission.key.subject
    chosen = _Chosen(values if sharing.scores else {}, form, card)
    activities = rows.get(f"{card}/{ACTIVITIES}", ())
    items = chosen.listed("items")
    return Plan(
        organisation=organisation,
        plan=row,
        title=str(values.get(f"{card}/title", "")) if sharing.texts else "",
        area=str(values.get(f"{card}/area", "")) if sharing.texts else "",
        kind=chosen.one("kind"),
        status=chosen.one("status"),
        groups=chosen.ticked("groups"),
        national=chosen.ticked("national_goals"),
        items=items,
        targeted=tuple(
            one for item in items for one in shifts if one.item == item and one.organisation == organisation
        ),
        start=chosen.day("start"),
        end=chosen.day("end"),
        measures=tuple(one for one in measures if one.plan == row),
        activities=len(activities),
        activities_done=sum(f"{card}/{ACTIVITIES}[{one}]/done" in values for one in activities),
        texts=tuple(_texts(values, form, submission, card)) if sharing.texts else (),
        labels=chosen.labels(),
        obstacles=obstacles(values, rows, card) if sharing.texts else (),
        causes=causes(values, rows, card) if sharing.texts else (),
        agreed=agreed(values, rows, card) if sharing.texts else (),
    )


def _measures(
    values: Values, rows: Mapping[str, tuple[str, ...]], form: Form, organisation: str, sharing: Sharing
) -> tuple[tuple[Measure, ...], Counter[str]]:
    """Every measure of every plan, read together: one may tell on another."""
    if not sharing.scores:
        return (), Counter()
    return read_measures(
        values,
        form,
        measure_places(rows, organisation),
        Shown(texts=sharing.texts, public=sharing.public, min_group=sharing.min_group),
    )


def measure_places(rows: Mapping[str, tuple[str, ...]], organisation: str) -> tuple[Place, ...]:
    """Where the measures of an organisation's plans stand, plan by plan."""
    return tuple(
        Place(organisation=organisation, plan=plan, measure=row, card=f"{PLANS}[{plan}]/{MEASURES}[{row}]")
        for plan in sorted(rows.get(PLANS, ()))
        for row in sorted(rows.get(f"{PLANS}[{plan}]/{MEASURES}", ()))
    )


def _texts(values: Values, form: Form, submission: Submission, card: str) -> Iterator[TextAnswer]:
    """The plan's own words, in the order of the form; its name and area have fields of their own."""
    for question in form.section(PLANS).questions:
        path = f"{card}/{question.name}"
        if question.type not in {"text", "longtext"} or question.personal or question.name in _NAMING:
            continue
        if path in values:
            yield text_answer(submission, path, question.label, str(values[path]))


def text_answer(submission: Submission, path: str, label: Texts, text: str) -> TextAnswer:
    """A text with the place it was written in."""
    key = submission.key
    return TextAnswer(
        organisation=key.subject,
        form=key.form,
        occasion=key.occasion,
        unit=key.unit,
        path=path,
        label=label,
        text=text,
    )


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The choices and dates of one plan card."""

    values: Values
    form: Form
    card: str

    def one(self, question: str) -> str:
        return str(self.values.get(f"{self.card}/{question}", ""))

    def day(self, question: str) -> date | None:
        value = self.values.get(f"{self.card}/{question}")
        return value if isinstance(value, date) else None

    def ticked(self, question: str) -> tuple[str, ...]:
        """The options with an x, in the form's order."""
        options = [choice.name for choice in self._choices(question)]
        return tuple(name for name in options if self.values.get(f"{self.card}/{question}/{name}"))

    def listed(self, question: str) -> tuple[str, ...]:
        """The answers of the drop-downs, each once."""
        numbers = range(1, (self._question(question).max_choices or 3) + 1)
        chosen = (self.values.get(f"{self.card}/{question}/{number}") for number in numbers)
        return tuple(dict.fromkeys(str(value) for value in chosen if value is not None))

    def labels(self) -> dict[str, Texts]:
        """Choice name → words, for the questions that a plan shows by their words."""
        own = (self._choices(question) for question in ("kind", "status", "groups", "national_goals"))
        return {choice.name: choice.label for choices in (*own, *self._of_causes()) for choice in choices}

    def _of_causes(self) -> Iterator[tuple[Choice, ...]]:
        """The kinds of causes and how sure one can be of a cause."""
        for section in self.form.section(PLANS).children:
            for question in section.questions if section.name == CAUSES else ():
                listed = self.form.choice_list(question, None)
                yield listed.choices if listed else ()

    def _choices(self, question: str) -> tuple[Choice, ...]:
        listed = self.form.choice_list(self._question(question), None)
        return listed.choices if listed else ()

    def _question(self, name: str) -> Question:
        return next(one for one in self.form.section(PLANS).questions if one.name == name)
