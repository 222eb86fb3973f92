"""A form while it is linted: where its parts stand in the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sheets_pipeline.forms.documents import Place
from sheets_pipeline.forms.report import Report
from sheets_pipeline.model.expressions import Expression
from sheets_pipeline.model.forms import Form, Question, Section
from sheets_pipeline.model.issues import Severity

OCCASIONS = ("start", "m0", "bm1", "m1", "bm2", "m2", "bm3", "m3", "final", "conference", "followup", "round")
CONDITIONS = ("relevant", "required", "invited", "constraint")


@dataclass(frozen=True, slots=True)
class Linted:
    """A form that was read without faults, the report for what the checks find, and the other forms it may name."""

    form: Form
    report: Report
    forms: Mapping[str, Form]
    occasions: tuple[str, ...]

    def add(self, place: Place, code: str, message: str, severity: Severity = "error") -> None:
        self.report.add(place, code, message, severity)

    def sections(self) -> Iterator[SectionPlace]:
        """Every section, parents before children."""
        for number, section in enumerate(self.form.sections):
            yield from _walk(section, ("sections", number), ())

    def questions(self) -> Iterator[Asked]:
        for one in self.sections():
            for number, question in enumerate(one.section.questions):
                yield Asked(question, (*one.place, "questions", number), one)

    def expressions(self) -> Iterator[Written]:
        """Every expression of the form."""
        for one in self.sections():
            if one.section.relevant:
                yield Written(one.section.relevant, "relevant", (*one.place, "relevant"), one, None)
        for asked in self.questions():
            for key in (*CONDITIONS, "calculation"):
                expression = getattr(asked.question, key)
                if expression is not None:
                    yield Written(expression, key, (*asked.place, key), asked.within, asked.question)


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A section, its place in the file, and the cards around it, outermost first."""

    section: Section
    place: Place
    around: tuple[Section, ...]

    @property
    def path(self) -> str:
        """Answer path without row ids: `plans/measures` for a table or card, else empty."""
        rows = [one.name for one in (*self.around, self.section) if one.shape in {"table", "card"}]
        return "/".join(rows)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and its place in the file."""

    question: Question
    place: Place
    within: SectionPlace


@dataclass(frozen=True, slots=True)
class Written:
    """An expression: under which key it stands, in which section, on which question (None: on the section)."""

    expression: Expression
    key: str
    place: Place
    within: SectionPlace
    question: Question | None

    @property
    def what(self) -> str:
        owner = f"question {self.question.name}" if self.question else f"section {self.within.section.name}"
        return f"{owner}: {self.key}"


def _walk(section: Section, place: Place, around: tuple[Section, ...]) -> Iterator[SectionPlace]:
    yield SectionPlace(section, place, around)
    for number, child in enumerate(section.children):
        yield from _walk(child, (*place, "children", number), (*around, section))
