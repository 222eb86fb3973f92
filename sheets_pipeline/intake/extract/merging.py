"""Two copies of one workbook: the cells in which someone has chosen between them."""

from __future__ import annotations

from sheets_pipeline.intake.extract.locate import Located, Place
from sheets_pipeline.intake.extract.markers import Markers, RowMark
from sheets_pipeline.model.layout import MERGE_BLOCK

FIRST, SECOND, CHOICE = "first", "second", "choice"


def chosen_copies(tag: str, markers: Markers, located: Located) -> dict[str, Place]:
    """Answer path → the copy that was chosen; rows without a choice, or for unknown paths, are left alone."""
    chosen: dict[str, Place] = {}
    for mark in markers.rows.get((tag, MERGE_BLOCK), ()):
        slot = located.slots.get(mark.path)
        column = _column(mark)
        if slot is not None and column is not None:
            raw = mark.head.sheet.cells.get((mark.row, column))
            chosen[mark.path] = Place(slot, mark.head.sheet.ref(mark.row, column), raw)
    return chosen


def _column(mark: RowMark) -> int | None:
    """The column of the chosen copy in this row."""
    choice = mark.head.ref(mark.row, CHOICE)
    written = mark.head.sheet.cells.get((choice.row, choice.column)) if choice else None
    wanted = {"a": FIRST, "b": SECOND}.get(str(written).strip().casefold())
    return mark.head.columns.get(wanted) if wanted else None
