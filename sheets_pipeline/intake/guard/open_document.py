"""OpenDocument spreadsheets (.ods): all sheets lie in one part, where repeats can stand for millions of cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sheets_pipeline.intake.guard import mend, repack
from sheets_pipeline.intake.guard.container import Container
from sheets_pipeline.intake.guard.inspection import Inspection, saved_at
from sheets_pipeline.intake.guard.limits import Limits
from sheets_pipeline.intake.guard.xml import Attributes, parse, parser_for, plain
from sheets_pipeline.model.cells import (
    LAST_COLUMN,
    LAST_ROW,
    CellRef,
    CellSet,
    Range,
    Visibility,
    Witnesses,
    column_letters,
)
from sheets_pipeline.model.file_codes import refusal

CONTENT = "content.xml"


def is_open_document(container: Container) -> bool:
    """Whether the container says that it is OpenDocument, of whatever kind."""
    return container.find("mimetype") is not None or container.find("META-INF/manifest.xml") is not None


def inspect_open_document(container: Container, limits: Limits) -> Inspection:
    """Raises `DeliveryError` for a spreadsheet that may not be read, and for other documents."""
    _admit(container)
    if container.find(CONTENT) is None:
        raise refusal("PART_MISSING", part=CONTENT)
    content = plain(CONTENT, container.read(CONTENT).data).data
    state = Scan(limits)
    parser = parser_for(CONTENT)
    parser.StartElementHandler = state.start
    parser.EndElementHandler = state.end
    parser.CharacterDataHandler = state.text
    parse(parser, CONTENT, content)
    if not state.visibility:
        raise refusal("NO_SHEETS")
    meta = plain("meta.xml", container.read("meta.xml").data).data if container.find("meta.xml") else b""
    macros = any(name.startswith(("Basic/", "Scripts/")) for name in container.names)
    copy = repack.open_document(mend.with_line_breaks(content))
    return Inspection("opendocument", copy, state.visibility, state.witnesses(meta, macros=macros))


def _admit(container: Container) -> None:
    if container.find("encrypted-package"):
        raise refusal("FILE_ENCRYPTED")
    manifest = container.find("META-INF/manifest.xml")
    if manifest and b"encryption-data" in container.read(manifest).data:
        raise refusal("FILE_ENCRYPTED")
    kind = container.read("mimetype").data.strip() if container.find("mimetype") else repack.OPEN_DOCUMENT
    if kind != repack.OPEN_DOCUMENT:
        raise refusal("NOT_A_WORKBOOK", found=kind.decode("ascii", "replace").rpartition(".")[2][:40])


@dataclass(slots=True)
class Cell:
    """The cell that is being read: where its repeats begin, and how many there are across."""

    column: int
    across: int
    kind: str
    formula: bool
    error: bool
    covered: bool
    text: str = ""


@dataclass(slots=True)
class Scan:
    """The state of one pass over the content, sheet after sheet."""

    limits: Limits
    sheet: str = ""
    row: int = 0
    down: int = 1
    column: int = 0
    path: list[str] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cell: Cell | None = None
    filled: int = 0
    corner: tuple[int, int, int, int] | None = None
    style: str = ""
    hidden_styles: set[str] = field(default_factory=set)
    visibility: dict[str, Visibility] = field(default_factory=dict)
    errors: dict[CellRef, str] = field(default_factory=dict)
    marks: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    merged: dict[str, list[Range]] = field(default_factory=lambda: defaultdict(list))
    links: int = 0

    def start(self, name: str, attributes: Attributes) -> None:
        local = name.rpartition(":")[2]
        parent = self.path[-1] if self.path else ""
        self.path.append(local)
        if local == "style":
            self.style = _get(attributes, "name")
        elif local == "table-properties" and _get(attributes, "display") == "false":
            self.hidden_styles.add(self.style)
        elif local == "table-source":
            self.links += 1
        elif local == "table" and parent == "spreadsheet":
            self.begin_sheet(attributes)
        elif self.sheet and local == "table-row":
            self.begin_row(attributes)
        elif self.sheet and local in {"table-cell", "covered-table-cell"} and parent == "table-row":
            self.begin_cell(attributes, covered=local == "covered-table-cell")
        elif self.cell is not None and local == "p" and self.cell.text and parent.endswith("table-cell"):
            self.cell.text += "\n"

    def begin_sheet(self, attributes: Attributes) -> None:
        self.sheet = _get(attributes, "name")
        if not self.sheet or self.sheet in self.visibility:
            raise refusal("XML_BROKEN", part=CONTENT)
        self.visibility[self.sheet] = "hidden" if _get(attributes, "style-name") in self.hidden_styles else "visible"
        self.row, self.corner = 0, None

    def begin_row(self, attributes: Attributes) -> None:
        self.down = _repeats(attributes, "number-rows-repeated")
        self.column = 0
        self.cells = []
        if self.row + self.down > LAST_ROW + 1:
            raise refusal("CELL_OUT_OF_RANGE", sheet=self.sheet, cell=f"A{self.row + self.down}")

    def begin_cell(self, attributes: Attributes, *, covered: bool) -> None:
        across = _repeats(attributes, "number-columns-repeated")
        if self.column + across > LAST_COLUMN + 1:
            raise refusal(
                "CELL_OUT_OF_RANGE", sheet=self.sheet, cell=f"{column_letters(self.column + across - 1)}{self.row + 1}"
            )
        kinds = {value for name, value in attributes.items() if name.endswith(":value-type")}
        kind = next(iter(kinds - {"error"}), "")
        self.cell = Cell(self.column, across, kind, bool(_get(attributes, "formula")), "error" in kinds, covered)
        wide, high = (_repeats(attributes, f"number-{axis}-spanned") for axis in ("columns", "rows"))
        if wide > 1 or high > 1:
            self.merged[self.sheet].append((self.row, self.column, self.row + high - 1, self.column + wide - 1))

    def text(self, data: str) -> None:
        if self.cell is not None and "annotation" not in self.path and "p" in self.path:
            self.cell.text += data

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        self.path.pop()
        if local == "table" and self.path and self.path[-1] == "spreadsheet":
            self.sheet = ""
        elif local == "table-row" and self.sheet:
            self.finish_row()
        elif self.cell is not None and local in {"table-cell", "covered-table-cell"}:
            self.column += self.cell.across
            if self.cell.kind or self.cell.formula or self.cell.error:
                self.cells.append(self.cell)
            self.cell = None

    def finish_row(self) -> None:
        for cell in self.cells:
            self.stretch(cell)
            self.witness(cell)
        self.row += self.down

    def stretch(self, cell: Cell) -> None:
        """Count a cell with its repeats and stretch the rectangle that a reader will lay out."""
        self.filled += cell.across * self.down
        if self.filled > self.limits.filled_cells:
            raise refusal("TOO_MANY_CELLS", limit=self.limits.filled_cells)
        last_row, last_column = self.row + self.down - 1, cell.column + cell.across - 1
        top, left, bottom, right = self.corner or (self.row, cell.column, last_row, last_column)
        self.corner = min(top, self.row), min(left, cell.column), max(bottom, last_row), max(right, last_column)
        top, left, bottom, right = self.corner
        if (bottom - top + 1) * (right - left + 1) > self.limits.dense_cells:
            raise refusal("FAR_CELL", sheet=self.sheet, cell=f"{column_letters(cell.column)}{self.row + 1}")

    def witness(self, cell: Cell) -> None:
        marks = {
            "formulas": cell.formula,
            "uncomputed": cell.formula and not cell.kind and not cell.error,
            "percent": cell.kind == "percentage",
        }
        found = [mark for mark, holds in marks.items() if holds]
        if not found and not cell.error:
            return
        for row in range(self.row, self.row + self.down):
            for column in range(cell.column, cell.column + cell.across):
                for mark in found:
                    self.marks[mark][self.sheet].add(f"{column_letters(column)}{row + 1}")
                if cell.error:
                    self.errors[CellRef(self.sheet, row, column)] = cell.text or "#VALUE!"

    def witnesses(self, meta: bytes, *, macros: bool) -> Witnesses:
        sets = {
            mark: CellSet({sheet: frozenset(found) for sheet, found in self.marks[mark].items()})
            for mark in ("formulas", "uncomputed", "percent")
        }
        return Witnesses(
            error_cells=self.errors,
            uncomputed=sets["uncomputed"],
            formulas=sets["formulas"],
            percent_cells=sets["percent"],
            merged={sheet: tuple(ranges) for sheet, ranges in self.merged.items()},
            external_links=self.links,
            macros=macros,
            saved=saved_at(meta),
        )


def _get(attributes: Attributes, local: str) -> str:
    return next((value for name, value in attributes.items() if name.rpartition(":")[2] == local), "")


def _repeats(attributes: Attributes, local: str) -> int:
    """How often something is repeated: at least once; a number of more than nine digits counts as that many."""
    text = _get(attributes, local)
    return max(int(text[:9]), 1) if text.isdecimal() and text.isascii() else 1
