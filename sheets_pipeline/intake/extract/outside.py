"""What people wrote beside the form, where no answer is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sheets_pipeline.intake.extract.markers import KeyCells
from sheets_pipeline.model.cells import Grid, SheetGrid
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.layout import parse_key
from sheets_pipeline.model.remarks import remark

MOST = 20
"""So many remarks a sheet: somebody who has kept a list of their own beside the form needs no more to see it."""


def written_outside(grid: Grid, keys: Sequence[KeyCells]) -> Iterator[Issue]:
    """Texts to the right of a sheet's last hidden column, or below its last row; a table's rows go on below."""
    for sheet, cells in zip(grid.sheets, keys, strict=True):
        if cells.cells:
            right = max(column for (_, column), _ in cells.cells)
            bottom = max(row for (row, _), _ in cells.cells)
            if cells.widest > right or (cells.last > bottom and not _has_tables(cells)):
                yield from _texts(sheet, right, cells.last if _has_tables(cells) else bottom)


def _has_tables(cells: KeyCells) -> bool:
    """Whether rows may be added on the sheet: a row key of a table ends in its printed id."""
    keys = (parse_key(text) for _, text in cells.cells)
    return any(key is not None and key.kind == "row" and key.name.endswith("]") for key in keys)


def _texts(sheet: SheetGrid, right: int, bottom: int) -> Iterator[Issue]:
    places = sorted(place for place in sheet.cells if place[1] > right or place[0] > bottom)
    texts = [(place, value) for place in places if isinstance(value := sheet.cells.get(place), str) and value.strip()]
    for place, value in texts[:MOST]:
        yield replace(remark("ANSWER_OUTSIDE", cell=sheet.ref(*place)), value=value[:200])
