"""What is true of a form's questions whatever is answered: worked out once for all files with the same cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sheets_pipeline.model.expressions import Expression
from sheets_pipeline.model.forms import Form, Question, Section
from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.slots import Slot, joined

Owned = Mapping[str, tuple[Slot, ...]]
_MOST = 64


@dataclass(frozen=True)
class Questions:
    """The cells of one reading by what rules ask of them; `Owned` maps a question's path to its cells in order."""

    form: Form
    in_order: tuple[Slot, ...]

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        return {slot.path: slot for slot in self.in_order}

    @cached_property
    def types(self) -> Mapping[str, str]:
        return {slot.path: slot.type for slot in self.in_order}

    @cached_property
    def owners(self) -> Owned:
        """Every question with its cells."""
        found: dict[str, list[Slot]] = {}
        for slot in self.in_order:
            found.setdefault(slot.owner, []).append(slot)
        return {owner: tuple(slots) for owner, slots in found.items()}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where in the form a cell, or else a question, comes."""
        order = {slot.path: place for place, slot in enumerate(self.in_order)}
        for place, slot in enumerate(self.in_order):
            order.setdefault(slot.owner, place)
        return order

    @cached_property
    def in_rows(self) -> tuple[Slot, ...]:
        """The cells in tables and cards."""
        return tuple(slot for slot in self.in_order if slot.row)

    @cached_property
    def required(self) -> Owned:
        return self._where(lambda question: question.required is not None)

    @cached_property
    def invited(self) -> Owned:
        return self._where(lambda question: question.invited is not None)

    @cached_property
    def constrained(self) -> Owned:
        return self._where(lambda question: question.constraint is not None)

    @cached_property
    def limited(self) -> Owned:
        return self._where(lambda question: question.max_choices is not None and question.type == "select_multiple")

    @cached_property
    def split(self) -> Owned:
        return self._where(lambda question: question.type == "split")

    @cached_property
    def known_counts(self) -> Owned:
        """Counts that are filled in beforehand from what is known."""
        return self._where(lambda question: question.cell_type == "integer" and bool(question.prefill))

    def _where(self, holds: Callable[[Question], bool]) -> Owned:
        return {owner: slots for owner, slots in self.owners.items() if holds(slots[0].question)}

    @cached_property
    def sections(self) -> Mapping[str, tuple[Section, ...]]:
        """Section name → the section and those it stands in, innermost first."""
        found: dict[str, tuple[Section, ...]] = {}
        for section in self.form.walk():
            chain = (section, *found.get(section.name, ()))
            found[section.name] = chain
            found.update({child.name: chain for child in section.children})
        return found

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Expression, ...]]:
        """Path → what must hold for the cell to be asked for, where anything must."""
        found = {}
        for slot in self.in_order:
            stated = (slot.question.relevant, *(section.relevant for section in self.sections[slot.section]))
            conditions = tuple(condition for condition in stated if condition is not None)
            if conditions:
                found[slot.path] = conditions
        return found

    @cached_property
    def calculations(self) -> Mapping[str, Expression]:
        """Place of the section (row ids taken away) and name → what is calculated there."""
        found: dict[str, Expression] = {}
        places = [(section, "") for section in self.form.sections]
        while places:
            section, around = places.pop()
            place = joined(around, section.name) if section.shape in {"table", "card"} else around
            places += [(child, place) for child in section.children]
            found |= {joined(place, one.name): one.calculation for one in section.questions if one.calculation}
        return found

    @cached_property
    def known_names(self) -> frozenset[str]:
        return frozenset(self.owners) | self.types.keys()


_KEPT: dict[int, Questions] = {}


def questions_of(reading: Reading) -> Questions:
    """Kept by the identity of the reading's slots, which files with the same cells share."""
    found = _KEPT.get(id(reading.slots))
    if found is None or found.in_order is not reading.slots or found.form is not reading.form:
        found = Questions(reading.form, reading.slots)
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        _KEPT[id(reading.slots)] = found
    return found
