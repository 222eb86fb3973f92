"""One reading with what it is judged against, looked at in the ways that rules ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.expressions import Expression, truth
from sheets_pipeline.model.forms import Form, Section
from sheets_pipeline.model.issues import Issue, Severity
from sheets_pipeline.model.reading import Reading, Surroundings
from sheets_pipeline.model.remarks import remark_on
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import Finding
from sheets_pipeline.validation.questions import Owned, Questions, questions_of
from sheets_pipeline.validation.scope import AnswerScope, Lookup, rows_around


@dataclass(frozen=True)
class Case:
    """A reading before the rules. `excluded` are paths whose answers an earlier stage found wrong."""

    reading: Reading
    surroundings: Surroundings
    excluded: frozenset[str] = frozenset()

    @property
    def form(self) -> Form:
        return self.reading.form

    @cached_property
    def occasion(self) -> str:
        """The occasion that decides what is required: the form's own, or the next due one for a living form."""
        own = self.reading.part.parameters.occasion
        found = self.surroundings.round.edition.occasion(own)
        return own if found and found.kind != "round" else self.surroundings.due_occasion or own

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """Path → value, without what was found wrong."""
        return {path: answer.value for path, answer in self.reading.answers.items() if path not in self.excluded}

    @cached_property
    def questions(self) -> Questions:
        return questions_of(self.reading)

    @property
    def slots(self) -> Mapping[str, Slot]:
        return self.questions.slots

    @property
    def owners(self) -> Owned:
        """The cells of each question by its path, in the order of the form."""
        return self.questions.owners

    @cached_property
    def filled_rows(self) -> frozenset[str]:
        return filled_rows(self.reading)

    @property
    def sections(self) -> Mapping[str, tuple[Section, ...]]:
        """Section name → the section and those it stands in, innermost first."""
        return self.questions.sections

    @cached_property
    def lookup(self) -> Lookup:
        return Lookup(self.reading, self.surroundings, self.questions, self.values, self.occasion)

    def scope(self, slot: Slot) -> AnswerScope:
        """Where the expressions of a slot's question look up names."""
        itself = slot.owner if slot.question.type == "select_multiple" else slot.path
        return AnswerScope(self.lookup, itself, slot.row, slot.item.name if slot.item else "")

    def holds(self, condition: Expression | None, slot: Slot) -> bool:
        """Whether a condition holds at a slot; no condition never does."""
        if condition is None or condition.constant is not None:
            return condition is not None and condition.constant is True
        return truth(condition, self.scope(slot))

    def reached(self, threshold: str | None) -> bool:
        """Whether the time has come from which something is asked for."""
        return not threshold or self.surroundings.round.edition.reached(self.occasion, threshold)

    def is_asked(self, slot: Slot) -> bool:
        """Whether an answer can be asked of anybody here: in a row that is in use, relevant, and not known already."""
        in_use = not slot.row or slot.row in self.filled_rows
        return in_use and not slot.question.locked and self.relevance(slot) == "yes"

    def relevance(self, slot: Slot) -> str:
        """`yes`, `no`, or `unknown` where what it depends on is not answered."""
        conditions = self.questions.conditions.get(slot.path, ())
        failed = [one for one in conditions if not self.holds(one, slot)]
        if not failed:
            return "yes"
        known = all(self.scope(slot).is_known(name) for condition in failed for name in condition.references)
        return "no" if known else "unknown"

    def place(self, path: str) -> CellRef | None:
        return self.reading.places.get(path)

    def about(self, slot: Slot, code: str, *, severity: Severity | None = None, **params: object) -> Issue:
        """A remark on one cell, with what was typed there."""
        answer = self.reading.answers.get(slot.path)
        raw = answer.raw if answer else None
        language = self.reading.part.parameters.language
        return remark_on(slot, Finding(code, params), self.place(slot.path), raw, language, severity)

    @cached_property
    def previous(self) -> Mapping[str, Value]:
        """The same form's values in force at the latest earlier point that has any."""
        return self.lookup.previous(self.reading.key.form)


def filled_rows(reading: Reading) -> frozenset[str]:
    """Rows and cards in which somebody has written something, with the cards around them."""
    written = {slot.row for slot in questions_of(reading).in_rows if _is_written(reading, slot)}
    return frozenset(around for row in written for around in rows_around(row))


def _is_written(reading: Reading, slot: Slot) -> bool:
    """What the workbook came with is nothing that anybody wrote."""
    value, default = reading.value(slot.path), slot.question.default
    if slot.path in reading.unread:
        return True
    return value is not None and not slot.question.locked and (default is None or str(value) != default)


def without_cell(reading: Reading) -> frozenset[str]:
    """The answers that were asked for and have no cell any more in the file, but for those of rows taken away."""
    gone = frozenset(questions_of(reading).slots.keys() - reading.places.keys())
    rows = tuple(f"{row}/" for row in reading.withdrawn)
    return frozenset(path for path in gone if not path.startswith(rows)) if rows else gone
