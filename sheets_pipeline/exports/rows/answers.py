"""The sheet of answers: every item of every self-assessment in force, at every point."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.exports.source import LANGUAGE, Source, asked, choice_text, unit_name
from sheets_pipeline.exports.table import Row
from sheets_pipeline.model.forms import Form, text_in
from sheets_pipeline.model.programme import Organisation
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Submission, Value

SELF_ASSESSMENT = "self_assessment"


def answer_rows(source: Source) -> Iterator[Row]:
    """A row an item that was asked, scored or not."""
    for organisation, submission, form in source.shown():
        if form.form_id == SELF_ASSESSMENT and source.scores_of(organisation.code):
            yield from _of(source, organisation, submission, form)


def _of(source: Source, organisation: Organisation, submission: Submission, form: Form) -> Iterator[Row]:
    values, parameters = submission.values(), submission.parameters
    assessed_on = values.get("assessed_on")
    shared = {
        "round": source.results.round.id,
        "edition": parameters.edition or source.results.round.edition.id,
        "form_version": submission.version,
        "organisation_code": organisation.code,
        "organisation": organisation.name,
        "organisation_type": source.code("organisation_type", organisation.type),
        "cluster": organisation.cluster,
        "role": source.code("role", organisation.role),
        "level": source.code("level", parameters.level),
        "unit": unit_name(organisation, submission.key.unit),
        "occasion": submission.key.occasion,
        "assessed_on": assessed_on,
        "mode": source.code("mode", parameters.mode),
        "scale": parameters.scale,
    }
    for slot in asked(submission, form):
        if slot.type == "scale" and slot.item:
            yield shared | _answer(source, organisation, slot, values)


def _answer(
    source: Source, organisation: Organisation, slot: Slot, values: dict[str, Value]
) -> dict[str, Value | None]:
    item, value = slot.item, values.get(slot.path)
    choice = slot.choices.find(str(value)) if slot.choices and value is not None else None
    scored = choice is not None and choice.value is not None
    comment = values.get(f"{item.name}/comment", "") if item and source.texts_of(organisation.code) else ""
    return {
        "section": slot.section,
        "item": item.name if item else "",
        "headline": bool(item and item.headline),
        "item_text": text_in(item.label, LANGUAGE) if item else "",
        "score": choice.value if choice else None,
        "score_text": choice_text(slot.choices, str(value)),
        "non_answer": "" if scored else source.code("non_answer", "unanswered" if value is None else str(value)),
        "comment": comment,
        "sharing": source.sharing(organisation, words=comment != ""),
    }
