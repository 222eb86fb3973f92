"""Reading copies: one accepted delivery's answers as a PDF to read, keep and archive.

The file is both PDF/A-2a (it can be read in fifty years) and PDF/UA-1 (anyone can read it), and every page says
when the delivery came in, on which version of the form, and the checksum of the workbook that it was read from.
Same submission, same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from typing import Any

from sheets_pipeline import texts
from sheets_pipeline.model.forms import DATE_KEY, Choice, Form, Texts, text_in
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.remarks import asked_at, question_text
from sheets_pipeline.model.slots import Slot, rows_in, slots
from sheets_pipeline.model.submissions import Answer, Submission
from sheets_pipeline.model.values import shown
from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.pdf.content import tokens
from sheets_pipeline.reports.pdf.signs import breakable, displayable
from sheets_pipeline.reports.pdf.typesetting import typeset

CONTEXT = "pdf"
_ROW = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was put, and what was answered: a text, or texts under what each of them is (`Kvinnor`)."""

    question: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The questions of one section of the form, or of one of its rows or cards (`K02 (P01)`, empty for none)."""

    title: str
    row: str
    questions: tuple[Asked, ...]


def reading_copy(submission: Submission, form: Form, round_: Round, language: str) -> bytes:
    """The copy of one submission; `form` is the definition that it was filled on."""
    return render_copy(
        text_in(form.title, language),
        tuple(_facts(submission, form, round_, language)),
        parts(submission, form, language),
        language,
        received=submission.received,
        version=submission.version,
        checksum=submission.checksum,
    )


def render_copy(
    title: str,
    facts: Sequence[tuple[str, str]],
    questions_and_answers: Sequence[Part],
    language: str,
    *,
    received: datetime,
    version: str,
    checksum: str,
    theme: Theme = CALM,
) -> bytes:
    """The copy as a PDF; raises RenderError where typst would have to break one of the two standards."""
    say = partial(texts.text, language=language, context=CONTEXT)
    moment = received.astimezone(UTC)
    day = texts.long_date(moment.date(), language)
    data: dict[str, Any] = {
        "title": displayable(title),
        "language": language,
        "created": (moment.year, moment.month, moment.day),
        "facts": [(displayable(name), breakable(said)) for name, said in facts],
        "parts": [_plain(part) for part in questions_and_answers],
        "words": {
            "page_of": say("page {page} of {pages}"),
            "kind": say("Reading copy"),
            "about": say("Only questions with an answer stand here."),
            "empty": say("No question was answered."),
            "stamp": say("Received {day} · version {version}", day=day, version=displayable(version)),
            "checksum": say("Checksum (SHA-256) {checksum}", checksum=checksum),
        },
        **tokens(theme),
    }
    return typeset("copy.typ", data, ("a-2a", "ua-1"), moment)


def _plain(part: Part) -> dict[str, Any]:
    return {
        "title": displayable(part.title),
        "row": displayable(part.row),
        "questions": [
            {
                "question": breakable(one.question),
                "answers": [(displayable(name), breakable(said)) for name, said in one.answers],
            }
            for one in part.questions
        ],
    }


# ------------------------------------------------------------------------------------------------------------- facts


def _facts(submission: Submission, form: Form, round_: Round, language: str) -> Iterator[tuple[str, str]]:
    """What the copy is of; names where the round knows them, else ids."""
    say = partial(texts.text, language=language, context=CONTEXT)
    key, parameters = submission.key, submission.parameters
    yield say("From"), _subject(submission, round_, language)
    organisation = round_.organisation(key.subject)
    if key.unit:
        units = organisation.units if organisation else ()
        yield say("Unit"), next((unit.name for unit in units if unit.id == key.unit), key.unit)
    yield say("Round"), text_in(round_.name, language)
    if occasion := round_.edition.occasion(key.occasion):
        yield say("Occasion"), text_in(occasion.label, language)
    if level := form.levels.get(parameters.level):
        yield say("Level"), text_in(level, language)
    if scale := form.choice_lists.get(parameters.scale):
        yield say("Scale"), text_in(scale.label, language)
    yield say("Received"), _moment(submission.received, language)
    yield say("Version of the form"), submission.version
    yield say("Answers"), texts.number(len(submission.answers), language)
    yield say("Checksum of the workbook (SHA-256)"), submission.checksum


def _subject(submission: Submission, round_: Round, language: str) -> str:
    subject = submission.key.subject
    organisation, cluster = round_.organisation(subject), round_.cluster(subject)
    if organisation:
        return f"{organisation.name} ({organisation.code})"
    if cluster:
        return cluster.name
    return text_in(round_.name, language) if subject == round_.id else subject


def _moment(moment: datetime, language: str) -> str:
    """Day and time with its zone said: the receipt and the archive speak UTC."""
    utc = moment.astimezone(UTC)
    return f"{texts.long_date(utc.date(), language)} {utc:%H:%M} UTC"


# ----------------------------------------------------------------------------------------------- questions and answers


def parts(submission: Submission, form: Form, language: str) -> tuple[Part, ...]:
    """The answered questions in the order of the form, under its sections' titles; nothing stored is left out."""
    answers = {answer.path: answer for answer in submission.answers}
    reader = _Reader(form, language, answers)
    asked = slots(form, submission.parameters, rows_in(answers))
    answered = [slot for slot in asked if slot.path in answers]
    in_order = tuple(
        Part(reader.title(listed[0]), row_of(listed[0]), tuple(reader.questions(listed)))
        for _, run in groupby(answered, key=lambda slot: (slot.section, slot.row))
        if (listed := list(run))
    )
    others = answers.keys() - {slot.path for slot in answered}
    return (*in_order, reader.others(sorted(others))) if others else in_order


def row_of(slot: Slot) -> str:
    """Which row or card of its section a slot stands in: `K02 (P01)`."""
    *outer, own = _ROW.findall(slot.row) or [""]
    return f"{own} ({', '.join(outer)})" if outer else own


@dataclass(frozen=True, slots=True)
class _Reader:
    """One submission's answers in the form's own words."""

    form: Form
    language: str
    answers: Mapping[str, Answer]

    def title(self, slot: Slot) -> str:
        return text_in(self.form.section(slot.section).title, self.language)

    def questions(self, listed: Sequence[Slot]) -> Iterator[Asked]:
        """An item's columns stand together under its statement, a question's groups and options under the question."""
        for _, run in groupby(listed, key=lambda slot: slot.item.name if slot.item else slot.owner):
            together = list(run)
            first = together[0]
            question = f"{first.item.number} {self._text(first.item.label)}" if first.item else self._label(first)
            yield Asked(question.strip(), tuple(self._answers(together)))

    def others(self, paths: Sequence[str]) -> Part:
        """Answers that this form with these parameters does not ask for: of an earlier version, or another level."""
        title = texts.text("Other answers", self.language, context=CONTEXT)
        listed = (
            Asked(question_text(self.form, path, self.language) or path, (("", self._plain(path)),)) for path in paths
        )
        return Part(title, "", tuple(listed))

    def _plain(self, path: str) -> str:
        value = self.answers[path].value
        asking = asked_at(self.form, path)
        if asking is None:
            return str(value)
        choices = self.form.choice_list(asking.question, None)
        return shown(asking.question.cell_type, asking.question, choices, value, self.language)

    def _answers(self, together: Sequence[Slot]) -> Iterator[tuple[str, str]]:
        ticked = [slot for slot in together if slot.type == "boolean" and slot.key]
        if ticked and not together[0].item:
            options = [self._key(slot) for slot in ticked if self.answers[slot.path].value is True]
            yield "", "\n".join(options)
            together = [slot for slot in together if slot not in ticked]
        for slot in together:
            yield self._name(slot), self._said(slot)

    def _name(self, slot: Slot) -> str:
        """What one of several answers is: the column of an item, the group of a question."""
        named = (self._label(slot) if slot.item else "", self._key(slot) if slot.key else "")
        return ", ".join(part for part in named if part)

    def _said(self, slot: Slot) -> str:
        answer = self.answers[slot.path]
        words = shown(slot.type, slot.question, slot.choices, answer.value, self.language)
        choice = _chosen(slot, answer)
        label = self._text(choice.label) if choice else ""
        said = words if not label or label == words else f"{words} – {label}"
        said = label if words.endswith("…") and label.startswith(words[:-1]) else said
        return f"{said}\n{self._kept()}" if answer.origin else said

    def _kept(self) -> str:
        return texts.text("(kept from an earlier version)", self.language, context=CONTEXT)

    def _label(self, slot: Slot) -> str:
        return self._text(slot.question.label)

    def _key(self, slot: Slot) -> str:
        if slot.key == DATE_KEY:
            return texts.text("Date", self.language, context=CONTEXT)
        if slot.key in self.form.group_titles:
            return self._text(self.form.group_titles[slot.key])
        listed = self.form.choice_list(slot.question, None)
        choice = listed.find(slot.key) if listed else None
        return self._text(choice.label) if choice else slot.key

    def _text(self, words: Texts) -> str:
        return text_in(words, self.language)


def _chosen(slot: Slot, answer: Answer) -> Choice | None:
    """The choice that was made, whether the answer holds its name or, on a scale, its value."""
    if slot.choices is None or isinstance(answer.value, bool):
        return None
    if isinstance(answer.value, str):
        return slot.choices.find(answer.value)
    return next((choice for choice in slot.choices.choices if choice.value == answer.value), None)
