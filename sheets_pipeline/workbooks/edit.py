"""Change a built workbook as people do: type, paste, insert and delete rows, sort, rename and copy sheets.

The only home of openpyxl. Nothing is written anew: what is not touched stays as it was built, but for cached values of
formulas, which the next spreadsheet program computes again. Answers are found by the hidden keys.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell.rich_text import CellRichText
from openpyxl.formula.translate import Translator

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.layout import LABEL_COLUMN, Key, answer_path, parse_key
from sheets_pipeline.model.manifest import SHEET, read_manifest
from sheets_pipeline.model.submissions import Manifest, content_hash
from sheets_pipeline.workbooks.edit_references import rows_moved, sheet_renamed

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Typed = str | int | float | bool | date | None
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>|<dc:date>)[^<]*")
_PROPERTIES = {"docProps/core.xml": "%Y-%m-%dT%H:%M:%SZ", "meta.xml": "%Y-%m-%dT%H:%M:%S"}
_KEY_MARK = "§"


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table stands now: its sheet, its rows from the first to the last (from one) and its columns by key."""

    sheet: str
    first: int
    last: int
    columns: Mapping[str, int]


class Edited:
    """A workbook being edited. Rows and columns are counted from one here, as on the screen."""

    def __init__(self, data: bytes) -> None:
        self._book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)

    # ---------------------------------------------------------------------------------------------------- finding

    def cells(self, tag: str = "") -> dict[str, CellRef]:
        """Answer path → cell, for the form (or `form@unit`) of that tag; without a tag for all, the first one wins."""
        found: dict[str, CellRef] = {}
        for sheet in self._book.worksheets:
            columns: dict[tuple[str, str], dict[str, int]] = {}
            for row, keys in _keys(sheet):
                for column, key in keys:
                    if tag not in {"", key.tag}:
                        continue
                    block = columns.setdefault((key.tag, key.block), {})
                    if key.kind == "column" and key.name != LABEL_COLUMN:
                        block[key.name] = column
                    elif key.kind == "row":
                        for name, place in block.items():
                            found.setdefault(answer_path(key.name, name), CellRef(sheet.title, row - 1, place - 1))
        return found

    def manifest(self) -> Manifest:
        """What the workbook says about itself."""
        rows = self._book[SHEET].iter_rows(min_col=1, max_col=2, values_only=True)
        return read_manifest([(str(name), str(value)) for name, value in rows])

    def value(self, path: str, tag: str = "") -> object:
        """What stands in an answer's cell."""
        return self.at(self._where(path, tag))

    def at(self, ref: CellRef) -> object:
        """What stands in any cell."""
        return self._cell(ref).value

    def table(self, path: str, tag: str = "") -> Table:
        """The table at a place such as `departments` or `plans[P01]/activities`."""
        for sheet in self._book.worksheets:
            columns: dict[str, dict[str, int]] = {}
            rows: dict[str, list[int]] = {}
            for row, keys in _keys(sheet):
                for column, key in keys:
                    if tag not in {"", key.tag}:
                        continue
                    if key.kind == "column":
                        columns.setdefault(key.block, {})[key.name] = column
                    elif key.kind == "row" and key.name.rpartition("[")[0] == path:
                        rows.setdefault(key.block, []).append(row)
                    elif key.kind == "end" and key.block in rows:
                        block = rows[key.block]
                        return Table(sheet.title, min(block), row - 1, columns[key.block])
        message = f"no table {path!r} in this workbook"
        raise KeyError(message)

    # ---------------------------------------------------------------------------------------------------- typing

    def type(self, path: str, value: Typed, tag: str = "") -> CellRef:
        """Type into an answer's cell; a text that begins with `=` is a formula, None empties the cell."""
        ref = self._where(path, tag)
        self.type_at(ref, value)
        return ref

    def fill(self, values: Mapping[str, Typed], tag: str = "") -> None:
        """Type many answers, by path."""
        cells = self.cells(tag)
        for path, value in values.items():
            if path not in cells:
                message = f"no cell for {path!r} in this workbook"
                raise KeyError(message)
            self.type_at(cells[path], value)

    def type_at(self, ref: CellRef, value: Typed) -> None:
        """Type into any cell."""
        self._cell(ref).value = value

    def paste(self, path: str, text: str, tag: str = "") -> CellRef:
        """Paste a text over an answer's cell, which takes its format and its rule away."""
        ref = self._where(path, tag)
        cell = self._cell(ref)
        cell.style = "Normal"
        cell.number_format = "@"
        cell.value = text
        for rule in self._book[ref.sheet].data_validations.dataValidation:
            if cell.coordinate in rule.sqref:
                rule.sqref.remove(cell.coordinate)
        rules = self._book[ref.sheet].data_validations
        rules.dataValidation = [rule for rule in rules.dataValidation if rule.sqref.ranges]
        return ref

    # ------------------------------------------------------------------------------------------------------ rows

    def insert_rows(self, sheet: str, above: int, count: int = 1) -> None:
        """Insert empty rows, which look like the row above them and carry no key."""
        worksheet = self._book[sheet]
        worksheet.insert_rows(above, count)
        rows_moved(self._book, worksheet, lambda row: row + count if row >= above else row)
        for row in range(above, above + count):
            worksheet.row_dimensions[row].height = worksheet.row_dimensions[above - 1].height
            for column in range(1, worksheet.max_column + 1):
                _take_look(worksheet.cell(row, column), _look(worksheet.cell(above - 1, column)))

    def add_row(self, table: str, values: Mapping[str, Typed], below: int = 1, tag: str = "") -> int:
        """Insert a row below the n-th row of a table and fill it in by column key; its row number."""
        place = self.table(table, tag)
        row = place.first + below
        self.insert_rows(place.sheet, row)
        for name, value in values.items():
            self._book[place.sheet].cell(row, place.columns[name]).value = value
        return row

    def delete_row(self, sheet: str, row: int) -> None:
        """Delete one row."""
        worksheet = self._book[sheet]
        worksheet.delete_rows(row)
        rows_moved(self._book, worksheet, lambda old: 0 if old == row else old - (old > row))

    def sort(self, table: str, by: str, tag: str = "") -> None:
        """Sort the whole rows of a table by one column, the hidden keys with them; empty rows come last."""
        place = self.table(table, tag)
        worksheet = self._book[place.sheet]
        column = place.columns[by]
        rows = range(place.first, place.last + 1)
        order = sorted(rows, key=lambda row: _sort_key(worksheet.cell(row, column).value))
        moved = {row: [_content(worksheet, row, one) for one in range(1, worksheet.max_column + 1)] for row in rows}
        for target, source in zip(rows, order, strict=True):
            for content in moved[source]:
                content.put(worksheet, target)

    # ---------------------------------------------------------------------------------------------------- sheets

    def sheets(self) -> list[str]:
        """The names of all sheets in order."""
        return list(self._book.sheetnames)

    def rename_sheet(self, old: str, new: str) -> None:
        """Give a sheet another name; formulas follow, links do not (as in Excel)."""
        self._book[old].title = new
        sheet_renamed(self._book, old, new)

    def copy_sheet(self, sheet: str, new: str) -> None:
        """Copy a sheet with its keys, and put the copy beside it."""
        made = self._book.copy_worksheet(self._book[sheet])
        made.title = new
        self._book.move_sheet(made, self._book.sheetnames.index(sheet) + 1 - self._book.sheetnames.index(new))

    def hide_sheet(self, sheet: str) -> None:
        """Hide a sheet."""
        self._book[sheet].sheet_state = "hidden"

    def unprotect(self, sheet: str) -> None:
        """Lift the protection, which has no password."""
        self._book[sheet].protection.disable()

    # ---------------------------------------------------------------------------------------------------- saving

    def digest(self) -> str:
        """SHA-256 of what the workbook is (the parts of its manifest) and of what stands in its answers' cells."""
        answers = {path: self.at(ref) for path, ref in sorted(self.cells().items())}
        parts = [
            [part.definition, part.subject, part.unit, part.parameters.as_json()] for part in self.manifest().parts
        ]
        return content_hash([parts, {path: str(value) for path, value in answers.items() if value is not None}])

    def saved(self, at: datetime) -> bytes:
        """The workbook as saved at that time: it stands in the file's properties and on every part of the file."""
        buffer = io.BytesIO()
        self._book.save(buffer)
        return with_time(buffer.getvalue(), at)

    def _where(self, path: str, tag: str) -> CellRef:
        found = self.cells(tag).get(path)
        if found is None:
            message = f"no cell for {path!r} in this workbook"
            raise KeyError(message)
        return found

    def _cell(self, ref: CellRef) -> Any:  # noqa: ANN401 - a cell, or one of its kinds
        return self._book[ref.sheet].cell(ref.row + 1, ref.column + 1)


@dataclass(frozen=True, slots=True)
class _Content:
    """What moves when a row is sorted: value and look."""

    column: int
    address: str
    value: Any
    look: Any

    def put(self, sheet: Worksheet, row: int) -> None:
        cell = sheet.cell(row, self.column)
        value = self.value
        if isinstance(value, str) and value.startswith("="):
            value = Translator(value, origin=self.address).translate_formula(cell.coordinate)
        cell.value = value
        _take_look(cell, self.look)


def _content(sheet: Worksheet, row: int, column: int) -> _Content:
    cell = sheet.cell(row, column)
    return _Content(column, cell.coordinate, cell.value, _look(cell))


def _look(cell: Any) -> Any:  # noqa: ANN401 - a cell's formats, which the library lets one copy in this way only
    return copy(cell._style)  # noqa: SLF001


def _take_look(cell: Any, look: Any) -> None:  # noqa: ANN401 - as above
    cell._style = copy(look)  # noqa: SLF001


def _keys(sheet: Worksheet) -> Iterator[tuple[int, list[tuple[int, Key]]]]:
    """Row number → the keys in it with their columns, from the top."""
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        keys = [(column, key) for column, key in enumerate(map(_key, row), start=1) if key is not None]
        if keys:
            yield number, keys


def _key(value: object) -> Key | None:
    return parse_key(value) if isinstance(value, str) and value.startswith(_KEY_MARK) else None


def _sort_key(value: object) -> tuple[bool, str, Sequence[object]]:
    """Numbers before texts before empty cells, as spreadsheet programs sort."""
    if value is None:
        return True, "", ()
    if isinstance(value, int | float):
        return False, "0", (value,)
    text = value.isoformat() if isinstance(value, date) else str(CellRichText(str(value)))
    return False, "1", (text.casefold(),)


def with_time(data: bytes, at: datetime) -> bytes:
    """The same package (`.xlsx` or `.ods`) saved at that time: in its properties and on every part of the file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in _PROPERTIES:
                stamp = at.strftime(_PROPERTIES[entry.filename]).encode()
                content = _MODIFIED.sub(rb"\g<1>" + stamp, content)
            info = zipfile.ZipInfo(entry.filename, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            info.compress_type = entry.compress_type
            target.writestr(info, content)
    return buffer.getvalue()
