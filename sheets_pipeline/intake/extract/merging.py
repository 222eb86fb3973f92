"""Two copies of one workbook: the cells in which someone has chosen between them."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from sheets_pipeline.intake.extract.locate import Located, Place
from sheets_pipeline.intake.extract.markers import Markers, RowMark
from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.layout import MERGE_BLOCK, Layout
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import parse

FIRST, SECOND, CHOICE = "first", "second", "choice"


def chosen_copies(
    layout: Layout, markers: Markers, located: Located, percent: AbstractSet[CellRef]
) -> dict[str, Place]:
    """Answer path → the copy that was chosen; rows without a choice, or for unknown paths, are left alone.

    So is an answer that somebody has typed over since: the sheet stays in the workbook when the choice is long made.
    `percent` are the cells whose number format is a percentage.
    """
    chosen: dict[str, Place] = {}
    for mark in markers.rows.get((layout.tag, MERGE_BLOCK), ()):
        slot, column = located.slots.get(mark.path), _column(mark)
        if slot is not None and column is not None:
            answer, second = located.places.get(mark.path), _place(mark, mark.head.columns.get(SECOND, column), slot)
            if answer is None or _value(answer, layout, percent) == _value(second, layout, percent):
                chosen[mark.path] = _place(mark, column, slot)
    return chosen


def _place(mark: RowMark, column: int, slot: Slot) -> Place:
    return Place(slot, mark.head.sheet.ref(mark.row, column), mark.head.sheet.cells.get((mark.row, column)))


def _value(place: Place, layout: Layout, percent: AbstractSet[CellRef]) -> Value | None:
    language = layout.parameters.language
    return parse(place.slot, place.raw, language, percent_format=place.cell in percent).value


def _column(mark: RowMark) -> int | None:
    """The column of the chosen copy in this row."""
    choice = mark.head.ref(mark.row, CHOICE)
    written = mark.head.sheet.cells.get((choice.row, choice.column)) if choice else None
    wanted = {"a": FIRST, "b": SECOND}.get(str(written).strip().casefold())
    return mark.head.columns.get(wanted) if wanted else None
