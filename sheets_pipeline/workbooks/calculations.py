"""A form's own calculations in a sheet: the formula, and its value for what is filled in."""

from __future__ import annotations

from collections.abc import Sequence

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.expressions import evaluate
from sheets_pipeline.model.forms import Question
from sheets_pipeline.model.layout import Layout, Line
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.workbooks.book import Filling
from sheets_pipeline.workbooks.cell_rules import Places, formula_of


class _RowScope:
    """The answers of one row, as an expression sees them."""

    def __init__(self, line: Line, filling: Filling) -> None:
        self._line = line
        self._filling = filling

    def value(self, name: str) -> Value | None:
        return self._filling.answers.get(f"{self._line.path}/{name}")

    def values(self, name: str) -> Sequence[Value]:
        start = f"{self._line.path}/{name}/"
        return tuple(value for path, value in self._filling.answers.items() if path.startswith(start))

    def context(self, name: str) -> Value | None:
        del name
        return None

    def pulldata(self, form: str, path: str, occasion: str) -> Value | None:
        del form, path, occasion
        return None


def calculated(
    question: Question,
    slot: Slot,
    line: Line,
    layout: Layout,
    places: Places,
    filling: Filling,
    sheet: str,
) -> tuple[str, str]:
    """(formula body, shown value); an empty formula where only the pipeline can calculate."""
    if question.calculation is None:
        return "", ""
    formula = formula_of(question.calculation, slot, CellRef(sheet, line.row, 0), layout, places)
    value = evaluate(question.calculation, _RowScope(line, filling))
    shown = "" if value is None else str(value)
    choices = layout.form.choice_list(question, layout.parameters.scale)
    for choice in choices.choices if choices else ():
        label = choice.shown(layout.parameters.language)
        formula = formula.replace(f'"{choice.name}"', f'"{label}"')
        shown = label if shown == choice.name else shown
    return formula, shown
