"""The sheet of texts: what people wrote in words, of those who share their texts with the audience."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.exports.source import LANGUAGE, Source, asked, unit_name
from sheets_pipeline.exports.table import Row
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.programme import Organisation
from sheets_pipeline.model.slots import label_of
from sheets_pipeline.model.submissions import Submission

_WORDS = frozenset({"text", "longtext"})


def text_rows(source: Source) -> Iterator[Row]:
    """A row a text, in the order of the forms; what the register filled in and locked is no answer."""
    for organisation, submission, form in source.shown():
        if source.texts_of(organisation.code):
            yield from _of(source, organisation, submission, form)


def _of(source: Source, organisation: Organisation, submission: Submission, form: Form) -> Iterator[Row]:
    values = submission.values()
    for slot in asked(submission, form):
        value = values.get(slot.path)
        if slot.type in _WORDS and not slot.question.locked and isinstance(value, str):
            yield {
                "round": source.results.round.id,
                "organisation_code": organisation.code,
                "unit": unit_name(organisation, submission.key.unit),
                "form": form.form_id,
                "occasion": submission.key.occasion,
                "field": slot.path,
                "label": label_of(slot, form, LANGUAGE),
                "text": value,
                "sharing": source.sharing(organisation, words=True, figures=False),
            }
