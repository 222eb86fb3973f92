"""The slow scanner: a full XML parser, right for every sheet that is well-formed, however it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat

from sheets_pipeline.intake.guard.limits import Limits
from sheets_pipeline.intake.guard.sheet import Mark, SheetFacts, address, merged_range
from sheets_pipeline.intake.guard.xml import Attributes, parse, parser_for
from sheets_pipeline.model.cells import LAST_COLUMN, LAST_ROW, CellRef, Range, column_letters
from sheets_pipeline.model.file_codes import refusal


@dataclass(slots=True)
class Cell:
    """The cell that is being read."""

    row: int
    column: int
    style: str
    kind: str
    formula: bool = False
    value_seen: bool = False
    text: str = ""


@dataclass(slots=True)
class Scan:
    """The state of one pass over one sheet; `filled` counts cells that hold something."""

    sheet: str
    limits: Limits
    percent_styles: frozenset[str]
    row: int = -1
    column: int = -1
    cell: Cell | None = None
    in_value: bool = False
    filled: int = 0
    corner: list[int] = field(default_factory=lambda: [LAST_ROW, LAST_COLUMN, 0, 0])
    errors: dict[str, str] = field(default_factory=dict)
    formulas: set[str] = field(default_factory=set)
    uncomputed: set[str] = field(default_factory=set)
    percent: set[str] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)

    def start(self, name: str, attributes: Attributes) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self.begin_cell(attributes)
        elif local == "row":
            self.begin_row(attributes)
        elif local == "mergeCell":
            self.merge(attributes.get("ref", ""))
        elif self.cell is not None and local in {"v", "t"}:
            self.cell.value_seen = self.cell.value_seen or local == "v"
            self.in_value = True
        elif self.cell is not None and local == "f":
            self.cell.formula = True

    def begin_row(self, attributes: Attributes) -> None:
        stated = attributes.get("r")
        self.row = self.row + 1 if stated is None else int(stated) - 1 if stated.isdecimal() else LAST_ROW + 1
        self.column = -1
        if not 0 <= self.row <= LAST_ROW:
            raise refusal("CELL_OUT_OF_RANGE", sheet=self.sheet, cell=f"A{stated or self.row + 1}")

    def begin_cell(self, attributes: Attributes) -> None:
        stated = attributes.get("r")
        place = (max(self.row, 0), self.column + 1) if stated is None else address(stated)
        if place is None or place[1] > LAST_COLUMN:
            raise refusal("CELL_OUT_OF_RANGE", sheet=self.sheet, cell=stated or f"{column_letters(self.column + 1)}…")
        self.column = place[1]
        self.cell = Cell(*place, attributes.get("s", "0"), attributes.get("t", "n"))

    def merge(self, text: str) -> None:
        found = merged_range(text)
        if found is None:
            raise refusal("CELL_OUT_OF_RANGE", sheet=self.sheet, cell=text)
        self.merged.append(found)

    def text(self, data: str) -> None:
        if self.in_value and self.cell is not None:
            self.cell.text += data

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local in {"v", "t"}:
            self.in_value = False
        elif local == "c" and self.cell is not None:
            self.finish(self.cell)
            self.cell = None

    def finish(self, cell: Cell) -> None:
        a1 = f"{column_letters(cell.column)}{cell.row + 1}"
        if cell.kind == "e" and cell.text:
            self.errors[a1] = cell.text
        if cell.formula:
            self.formulas.add(a1)
            computed = cell.text or (cell.kind == "str" and cell.value_seen)
            if not computed:
                self.uncomputed.add(a1)
        if cell.text:
            self.fill(cell)
            if cell.style in self.percent_styles:
                self.percent.add(a1)

    def fill(self, cell: Cell) -> None:
        """Count a filled cell and stretch the rectangle that a reader will lay out."""
        self.filled += 1
        if self.filled > self.limits.filled_cells:
            raise refusal("TOO_MANY_CELLS", limit=self.limits.filled_cells)
        top, left, bottom, right = self.corner
        self.corner = [min(top, cell.row), min(left, cell.column), max(bottom, cell.row), max(right, cell.column)]
        top, left, bottom, right = self.corner
        if (bottom - top + 1) * (right - left + 1) > self.limits.dense_cells:
            raise refusal("FAR_CELL", sheet=self.sheet, cell=CellRef(self.sheet, cell.row, cell.column).a1)

    def facts(self) -> SheetFacts:
        found: dict[Mark, frozenset[str]] = {
            "formulas": frozenset(self.formulas),
            "uncomputed": frozenset(self.uncomputed),
            "percent": frozenset(self.percent),
        }
        return SheetFacts(self.errors, tuple(self.merged), found.__getitem__)


def scan(sheet: str, part: str, data: bytes, percent_styles: frozenset[str], limits: Limits) -> tuple[SheetFacts, int]:
    """The facts of a sheet and how many of its cells are filled."""
    state = Scan(sheet, limits, percent_styles)
    parser: expat.XMLParserType = parser_for(part)
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.text
    parse(parser, part, data)
    return state.facts(), state.filled
