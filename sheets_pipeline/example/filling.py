"""A built workbook → the same workbook with an organisation's answers typed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sheets_pipeline.example.content import profile
from sheets_pipeline.example.facts import facts
from sheets_pipeline.example.hand import typed
from sheets_pipeline.example.older import FORM as FACTS
from sheets_pipeline.example.older import RENAMED, VERSION
from sheets_pipeline.example.plans import final_additions, first_plan
from sheets_pipeline.example.scores import assess
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.layout import tag_of
from sheets_pipeline.model.programme import Organisation
from sheets_pipeline.model.slots import slots
from sheets_pipeline.model.submissions import FormPart, Value
from sheets_pipeline.workbooks.edit import Edited, Typed

Forms = Callable[[FormPart], Form]


@dataclass(frozen=True, slots=True)
class Answering:
    """Who answers when. `again` says that the plan has been sent in before."""

    organisation: Organisation
    day: date
    after: bool = False
    again: bool = False


def fill(edited: Edited, who: Answering, forms: Forms) -> None:
    """Type the answers of every form of the workbook."""
    for part in edited.manifest().parts:
        edited.fill(typed_answers(part, who, forms(part)), tag_of(part.form, part.unit))


def typed_answers(part: FormPart, who: Answering, form: Form) -> dict[str, Typed]:
    """Answer path → what is typed for it; what is locked is left alone."""
    hand = profile(who.organisation.code)["hand"]
    asked = {slot.path: slot for slot in slots(form, part.parameters, part.parameters.prepared)}
    language = part.parameters.language
    return {
        path: typed(asked[path], value, hand, turn, language)
        for turn, (path, value) in enumerate(_answers(part, who, form).items())
        if not asked[path].question.locked
    }


def _answers(part: FormPart, who: Answering, form: Form) -> dict[str, Value]:
    if part.form == "self_assessment":
        return assess(who.organisation, part, form, who.day, after=who.after)
    if part.form == FACTS:
        return _as_asked(facts(who.organisation), form)
    answers = {} if who.again else first_plan(who.organisation.code)
    return answers | (final_additions(who.organisation.code) if who.after else {})


def _as_asked(answers: dict[str, Value], form: Form) -> dict[str, Value]:
    """The answers under the names that an older version of the form has for them."""
    if form.version != VERSION:
        return answers
    older = {new: old for old, new in RENAMED.items()}
    return {older.get(path, path): value for path, value in answers.items()} | {"contact": "Folkhälsostrategen"}
