"""Where expressions find their names: the answer's own row, the cards around it, the form, earlier deliveries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sheets_pipeline.model.expressions import Expression, evaluate
from sheets_pipeline.model.forms import DATE_KEY
from sheets_pipeline.model.reading import Reading, Surroundings
from sheets_pipeline.model.slots import Slot, joined
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import MARKS, ONGOING
from sheets_pipeline.validation.questions import Owned, Questions

ITSELF = "."
PREVIOUS = "previous"
_ROW = re.compile(r"\[[^\]]*\]")
_TEXTS = frozenset({"text", "longtext", "select_one"})
_NOTHING_TO_COMPUTE = frozenset({*MARKS, ONGOING})


def rows_around(row: str) -> Iterator[str]:
    """`plans[P01]/measures[K02]`, then `plans[P01]`: a row and the cards it stands in."""
    while row:
        yield row
        row = row.rpartition("/")[0]


@dataclass(frozen=True)
class Lookup:
    """The answers of one reading by name, shared by the scopes of all its cells."""

    reading: Reading
    surroundings: Surroundings
    questions: Questions
    answered: Mapping[str, Value]
    occasion: str

    @property
    def cells(self) -> Owned:
        return self.questions.owners

    @property
    def calculations(self) -> Mapping[str, Expression]:
        return self.questions.calculations

    def computable(self, path: str) -> Value | None:
        """The value at a path; a mark, or a date that is `ongoing`, is nothing to compare or compute with."""
        value = self.answered.get(path)
        if not isinstance(value, str) or value not in _NOTHING_TO_COMPUTE:
            return value
        return value if self.questions.types.get(path, "text") in _TEXTS else None

    def is_excluded(self, path: str) -> bool:
        """Whether an answer was read but is not counted."""
        return path in self.reading.answers and path not in self.answered

    def in_force(self, form: str, occasion: str) -> Mapping[str, Value]:
        """The same organisation's values in force: of the same unit, else of the organisation as a whole."""
        known = self.surroundings.in_force
        return known.get((form, self.reading.key.unit, occasion)) or known.get((form, "", occasion)) or {}

    def previous(self, form: str) -> Mapping[str, Value]:
        """The values at the latest point before this one that has any, of the same unit."""
        edition = self.surroundings.round.edition
        here = edition.occasion(self.occasion)
        earlier = [point for point in edition.points if here and point.order < here.order]
        for point in sorted(earlier, key=lambda one: -one.order):
            found = self.surroundings.in_force.get((form, self.reading.key.unit, point.id))
            if found:
                return found
        return {}


@dataclass(frozen=True, slots=True)
class AnswerScope:
    """The names seen from one cell: `row` is the row or card it stands in, `item` the item it is a column of."""

    lookup: Lookup
    path: str
    row: str
    item: str

    def value(self, name: str) -> Value | None:
        """One answer; None for an empty one and for a question with several cells."""
        path = self._found(name)
        if path in self.lookup.cells or path in self.lookup.answered:
            return self.lookup.computable(path)
        calculation = self.lookup.calculations.get(_ROW.sub("", path))
        return evaluate(calculation, self) if calculation else None

    def values(self, name: str) -> Sequence[Value]:
        """Every answer of a question with several cells, or of a column seen from outside its table."""
        path = self._found(name)
        cells = self.lookup.cells.get(path)
        if cells and cells[0].question.type == "select_multiple":
            return tuple(self._chosen(cells))
        if cells and cells[0].key:
            found = (self.lookup.computable(slot.path) for slot in cells if slot.key != DATE_KEY)
            return tuple(value for value in found if value is not None)
        one = self.value(name)
        return (one,) if one is not None else tuple(self._column(name))

    def context(self, name: str) -> Value | None:
        """What the workbook was built for; the occasion of a living form is the one its delivery counts for."""
        parameters = self.lookup.reading.part.parameters
        if name == "as_of":
            return self.lookup.surroundings.as_of
        value = self.lookup.occasion if name == "occasion" else getattr(parameters, name, "")
        return value or None

    def pulldata(self, form: str, path: str, occasion: str) -> Value | None:
        """An answer in force of another form or occasion."""
        values = self.lookup.previous(form) if occasion == PREVIOUS else self.lookup.in_force(form, occasion)
        return values.get(self.path if path == ITSELF else path)

    def is_known(self, name: str) -> bool:
        """Whether anything that could be read stands at a name."""
        return bool(self.values(name))

    def is_unread(self, name: str) -> bool:
        """Whether a name stands for an answer that could not be read, or that was found wrong."""
        path = self._found(name)
        paths = [slot.path for slot in self.lookup.cells.get(path, ())] or [path]
        return any(one in self.lookup.reading.unread or self.lookup.is_excluded(one) for one in paths)

    def _chosen(self, cells: tuple[Slot, ...]) -> Iterator[Value]:
        for slot in cells:
            value = self.lookup.answered.get(slot.path)
            if slot.type == "boolean" and value is True:
                yield slot.key
            elif slot.type != "boolean" and value is not None:
                yield value

    def _found(self, name: str) -> str:
        """The path a name means here: the nearest of item, row, cards around, form."""
        if name == ITSELF:
            return self.path
        for around in self._places():
            path = joined(around, name)
            if path in self.lookup.questions.known_names or _ROW.sub("", path) in self.lookup.calculations:
                return path
        return name

    def _places(self) -> Iterator[str]:
        if self.item:
            yield joined(self.row, self.item)
        yield from rows_around(self.row)
        yield ""

    def _column(self, name: str) -> Iterator[Value]:
        for path in self.lookup.answered:
            plain = _ROW.sub("", path)
            value = self.lookup.computable(path) if plain == name or plain.endswith(f"/{name}") else None
            if value is not None:
                yield value
