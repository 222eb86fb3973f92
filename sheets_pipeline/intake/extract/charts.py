"""Where a layout's answers stand in a file: found by `locate`, and remembered for files whose keys stand alike.

Most files of a night come back with every row where it was. What `locate` finds rests on the keys, on the labels beside
them and on what stands in a table's rows without keys. Where all of that is as in a file in which there was nothing to
remark on, the answers stand in the same cells, and only their contents are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from sheets_pipeline.intake.extract.locate import Located, locate
from sheets_pipeline.intake.extract.markers import Head, KeyCells, Markers, find_markers, key_cells
from sheets_pipeline.intake.extract.merging import chosen_copies
from sheets_pipeline.intake.extract.outside import written_outside
from sheets_pipeline.model.cells import CellRef, CellValue, Grid
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.layout import LABEL_COLUMN, MERGE_BLOCK, Block, Layout
from sheets_pipeline.model.slots import Slot

Entry = tuple[Slot, CellRef, CellValue]
_Place = tuple[int, int]
_MOST = 128


@dataclass(frozen=True, slots=True)
class Found:
    """Where the answers of a layout stand in one file; `entries` are the cells to read, with what stands there."""

    slots: tuple[Slot, ...]
    places: Mapping[str, CellRef]
    entries: Iterable[Entry]
    issues: tuple[Issue, ...] = ()
    lost: frozenset[str] = frozenset()
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """What is remembered of a layout: its cells by number of sheet, and other cells with what stood in them."""

    slots: tuple[Slot, ...]
    places: Mapping[str, CellRef]
    cells: tuple[tuple[Slot, CellRef, int, _Place], ...]
    watched: tuple[tuple[int, _Place, CellValue], ...]

    def fits(self, grid: Grid) -> bool:
        """Whether everything that `locate` would look at is as it was."""
        look = [sheet.cells.get for sheet in grid.sheets]
        return all(look[sheet](place) == value for sheet, place, value in self.watched)

    def found_in(self, grid: Grid) -> Found:
        look = [sheet.cells.get for sheet in grid.sheets]
        entries = ((slot, cell, look[sheet](place)) for slot, cell, sheet, place in self.cells)
        return Found(self.slots, self.places, entries)


_CHARTS: dict[tuple[KeyCells, ...], dict[int, tuple[Layout, Chart | None]]] = {}


class KeyedGrid:
    """A grid whose keys have been found."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid
        self._keys = tuple(map(key_cells, grid.sheets))
        if self._keys not in _CHARTS and len(_CHARTS) >= _MOST:
            _CHARTS.clear()
        self._charts = _CHARTS.setdefault(self._keys, {})

    @cached_property
    def markers(self) -> Markers:
        return find_markers(self._grid, self._keys)

    def outside(self) -> tuple[Issue, ...]:
        """What was written beside the form."""
        return tuple(written_outside(self._grid, self._keys))

    def find(self, layout: Layout) -> Found:
        """Where the answers of a layout stand."""
        known, chart = self._charts.get(id(layout), (None, None))
        if chart is not None and chart.fits(self._grid):
            return chart.found_in(self._grid)
        located = locate(layout, self.markers)
        copies = chosen_copies(layout, self.markers, located, self._grid.witnesses.percent_cells)
        if known is not layout:
            self._charts[id(layout)] = (layout, None if copies else _chart(layout, self._grid, self.markers, located))
        located.places.update(copies)
        return Found(
            slots=tuple(located.slots.values()),
            places={path: place.cell for path, place in located.places.items()},
            entries=_entries(located),
            issues=tuple(located.issues),
            lost=frozenset(located.lost),
            withdrawn=tuple(located.withdrawn),
        )


def _entries(located: Located) -> Iterator[Entry]:
    for path, place in located.places.items():
        if path not in located.lost:
            yield place.slot, place.cell, place.raw


def _chart(layout: Layout, grid: Grid, markers: Markers, located: Located) -> Chart | None:
    """What to remember; nothing where anything was remarkable, since that may rest on the answers themselves."""
    if located.issues or located.lost or located.withdrawn or markers.rows.get((layout.tag, MERGE_BLOCK)):
        return None
    numbers = {sheet.name: number for number, sheet in enumerate(grid.sheets)}
    watched: list[tuple[int, _Place, CellValue]] = []
    for block in (block for sheet in layout.sheets for block in sheet.blocks):
        heads = markers.heads.get((layout.tag, block.id), [])
        paths = [mark.path for mark in markers.rows.get((layout.tag, block.id), ())]
        if len(heads) != 1 or len(paths) != len(set(paths)):
            return None
        sheet = heads[0].sheet
        number = numbers[sheet.name]
        watched += ((number, place, sheet.cells.get(place)) for place in _watched(layout, block, heads[0], markers))
    return Chart(
        slots=tuple(located.slots.values()),
        places={path: place.cell for path, place in located.places.items()},
        cells=tuple(
            (place.slot, place.cell, numbers[place.cell.sheet], (place.cell.row, place.cell.column))
            for place in located.places.values()
        ),
        watched=tuple(watched),
    )


def _watched(layout: Layout, block: Block, head: Head, markers: Markers) -> Iterator[_Place]:
    """The labels of a block's rows, and every column of a table's rows that have no key."""
    identity = (layout.tag, block.id)
    marked = markers.marked_rows(identity, head)
    label = head.columns.get(LABEL_COLUMN)
    if label is not None:
        yield from ((row, label) for row in marked)
    if block.shape == "table":
        unmarked = (row for row in range(head.row + 1, head.end) if row not in marked)
        yield from ((row, column) for row in unmarked for column in head.columns.values())
