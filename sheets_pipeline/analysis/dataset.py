"""The observations: every item of every self-assessment in force, scored or not, as one long table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from sheets_pipeline.model.forms import ChoiceList, Form, Item, Question, Section
from sheets_pipeline.model.slots import asked_items
from sheets_pipeline.model.submissions import Submission, Value

if TYPE_CHECKING:
    import pandas as pd

SELF_ASSESSMENT = "self_assessment"
Forms = Mapping[tuple[str, str], Form]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One item of one subject at one point.

    `score` is None for everything but a score; `code` then says what it was: a non-answer's name (`dont_know`,
    `not_applicable`), `unanswered`, or `not_asked` (an item of the level that the quick mode left out).
    `revisions` and `equivalents` are those of the item and of the question that scores it. `steps` are the scale's
    values, ascending.
    """

    organisation: str
    unit: str
    occasion: str
    level: str
    scale: str
    steps: tuple[int, ...]
    mode: str
    version: str
    section: str
    item: str
    headline: bool
    revisions: tuple[int, int]
    equivalents: tuple[tuple[int, ...], tuple[int, ...]]
    score: int | None
    code: str = ""

    @property
    def subject(self) -> tuple[str, str]:
        """Whose assessment it is: organisation and unit."""
        return self.organisation, self.unit


def form_of(submission: Submission, forms: Forms) -> Form:
    """The definition that a submission was judged under; raises KeyError when it is not among the forms."""
    return forms[submission.key.form, submission.definition]


def observations(submissions: Iterable[Submission], forms: Forms) -> tuple[Observation, ...]:
    """Every item that the self-assessments among the submissions hold, in the order of the form."""
    return tuple(
        observation
        for submission in submissions
        if submission.key.form == SELF_ASSESSMENT
        for observation in _of_submission(submission, form_of(submission, forms))
    )


def _of_submission(submission: Submission, form: Form) -> Iterator[Observation]:
    values = submission.values()
    for section in form.sections:
        question = scored_question(section)
        scale = form.choice_list(question, submission.parameters.scale) if question else None
        if question is None or scale is None:
            continue
        asked = asked_items(section, form, submission.parameters)
        for item in level_items(section, submission.parameters.level):
            value = values.get(f"{item.name}/{question.name}")
            yield _observation(submission, section, item, question, scale, *scored(value, scale, asked=item in asked))


def scored_question(section: Section) -> Question | None:
    """The question that gives an items section its scores; None for any other section."""
    return next((one for one in section.questions if one.type == "scale"), None) if section.shape == "items" else None


def level_items(section: Section, level: str) -> tuple[Item, ...]:
    """The items of a level, whatever the mode asks."""
    return tuple(item for item in section.items if item.headline or item.level in ("both", level))


def scored(value: Value | None, scale: ChoiceList, *, asked: bool = True) -> tuple[int | None, str]:
    """(score, code) of an answer: a score has no code, and what is no score has no number."""
    if value is None:
        return None, "unanswered" if asked else "not_asked"
    choice = scale.find(str(value))
    if choice is None or choice.value is None:
        return None, str(value)
    return choice.value, ""


def _observation(
    submission: Submission,
    section: Section,
    item: Item,
    question: Question,
    scale: ChoiceList,
    score: int | None,
    code: str,
) -> Observation:
    return Observation(
        organisation=submission.key.subject,
        unit=submission.key.unit,
        occasion=submission.key.occasion,
        level=submission.parameters.level,
        scale=scale.name,
        steps=scale.scores,
        mode=submission.parameters.mode,
        version=submission.version,
        section=section.name,
        item=item.name,
        headline=item.headline,
        revisions=(item.revision, question.revision),
        equivalents=(item.equivalent_revisions, question.equivalent_revisions),
        score=score,
        code=code,
    )


def table(observed: Iterable[Observation]) -> pd.DataFrame:
    """The observations as a long table, a column a field; scores are nullable integers."""
    import pandas as pd

    columns = list(Observation.__dataclass_fields__)
    frame = pd.DataFrame([asdict(one) for one in observed], columns=columns)
    return frame.astype({"score": "Int64"})
