"""The organisation facts that an audience may see, each with what was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheets_pipeline.analysis.disclosure.facts import suppressed_facts
from sheets_pipeline.analysis.plans import Sharing
from sheets_pipeline.model.forms import Form, Texts
from sheets_pipeline.model.round_results import Fact
from sheets_pipeline.model.slots import Slot, rows_in, slots
from sheets_pipeline.model.submissions import Submission

ORGANISATION_FACTS = "organisation_facts"
_WORDS = frozenset({"text", "longtext"})


def read_facts(submission: Submission, form: Form, sharing: Sharing) -> tuple[tuple[Fact, ...], Counter[str]]:
    """The answers in the order of the form, and how many values were suppressed, by reason.

    Words follow the texts' sharing level, everything else the scores'; small counts of people are not shown.
    """
    counts = frozenset(slot.path for slot in _slots(submission, form) if is_count(slot))
    return suppressed_facts(_facts(submission, form, sharing), counts, min_group=sharing.min_group)


def is_count(slot: Slot) -> bool:
    """Whether an answer counts people: a whole number by group, without a unit such as SEK."""
    return slot.question.type == "split" and slot.type == "integer" and not slot.question.unit


def _slots(submission: Submission, form: Form) -> Iterator[Slot]:
    return slots(form, submission.parameters, rows_in(submission.values()))


def _facts(submission: Submission, form: Form, sharing: Sharing) -> Iterator[Fact]:
    values = submission.values()
    for slot in _slots(submission, form):
        value = values.get(slot.path)
        if value is None or slot.question.personal:
            continue
        if sharing.texts if slot.type in _WORDS else sharing.scores:
            yield Fact(
                path=slot.path,
                section=slot.section,
                label=slot.question.label,
                value=value,
                value_label=_value_label(slot, str(value)),
                unit=slot.question.unit,
                group=slot.key,
                type=slot.type,
                row=slot.row,
                key_label=_key_label(slot, form),
            )


def _key_label(slot: Slot, form: Form) -> Texts:
    """The words of the option that a cell of its own stands for."""
    listed = form.choice_list(slot.question, None) if slot.key and slot.type == "boolean" else None
    choice = listed.find(slot.key) if listed else None
    return choice.label if choice else {}


def _value_label(slot: Slot, name: str) -> Texts:
    choice = slot.choices.find(name) if slot.choices else None
    return choice.label if choice else {}
