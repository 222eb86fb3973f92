"""What an export is made of: the results for one audience, and the answers of those whom that audience may see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sheets_pipeline.exports.profile import Profile
from sheets_pipeline.model.forms import ChoiceList, Form, Texts, text_in
from sheets_pipeline.model.programme import SHARING_LEVELS, Organisation, SharingLevel
from sheets_pipeline.model.round_results import Quality, RoundResults
from sheets_pipeline.model.slots import Slot, rows_in, slots
from sheets_pipeline.model.submissions import Submission, SubmissionKey

Forms = Mapping[tuple[str, str], Form]
LANGUAGE = "sv"
INSIDE = "salar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The `submissions` in force, of every organisation: whose may be shown is asked here.

    `by_name` writes choices by their names in the form, for readers who look them up in the codebook.
    """

    profile: Profile
    results: RoundResults
    forms: Forms
    submissions: tuple[Submission, ...]
    quality: Mapping[SubmissionKey, Quality] = field(default_factory=dict)
    by_name: bool = False

    def shown(self) -> Iterator[tuple[Organisation, Submission, Form]]:
        """The submissions of organisations whose scores or texts may be shown, in the order of the round."""
        may_be_seen = {*self.results.named, *self.results.texts_of}
        for organisation in self.results.round.organisations:
            if organisation.code in may_be_seen:
                for one in sorted(self.submissions, key=self._place):
                    if (one.key.round, one.key.subject) == (self.results.round.id, organisation.code):
                        yield organisation, one, self.forms[one.key.form, one.definition]

    def _place(self, one: Submission) -> tuple[str, str, int]:
        occasion = self.results.round.edition.occasion(one.key.occasion)
        return one.key.form, one.key.unit, occasion.order if occasion else 0

    def scores_of(self, code: str) -> bool:
        """Whether an organisation's scores and figures may be shown."""
        return code in self.results.named

    def texts_of(self, code: str) -> bool:
        """Whether an organisation's words may be shown."""
        return code in self.results.texts_of

    def code(self, codes: str, value: str) -> str:
        """A value as the export writes it."""
        return self.profile.code(codes, value)

    def chosen(self, name: str, label: Texts) -> str:
        """A choice as the export writes it."""
        return name if self.by_name else text_in(label, LANGUAGE)

    def sharing(self, organisation: Organisation, *, words: bool = False, figures: bool = True) -> str:
        """Whom a row may be spread to: the narrower of the two levels when it holds both words and figures."""
        levels: list[SharingLevel] = []
        if figures:
            levels.append(organisation.sharing_scores)
        if words:
            levels.append(organisation.sharing_texts)
        return self.code("sharing", min(levels, key=SHARING_LEVELS.index))


def file_suffix(results: RoundResults) -> str:
    """What keeps files for other readers than SALAR's own project lead apart, in their names."""
    if results.audience == INSIDE:
        return ""
    return f"_{results.audience}-{results.viewer}" if results.viewer else f"_{results.audience}"


def asked(submission: Submission, form: Form) -> Iterator[Slot]:
    """Every answer that a submission was asked for, rows that people added included, personal ones left out."""
    found = slots(form, submission.parameters, rows_in(answer.path for answer in submission.answers))
    return (slot for slot in found if not slot.question.personal)


def choice_text(choices: ChoiceList | None, name: str) -> str:
    """A choice in Swedish; nothing for an answer that the list does not have."""
    choice = choices.find(name) if choices else None
    return text_in(choice.label, LANGUAGE) if choice else ""


def unit_name(organisation: Organisation, unit: str) -> str:
    """A committee's or department's name, its id when the register has none."""
    return next((one.name for one in organisation.units if one.id == unit), unit)
