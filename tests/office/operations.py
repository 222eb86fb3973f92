"""What a person does in LibreOffice Calc, as operations on an open document. Runs under the Python that has `uno`.

Addresses are A1 texts; rows and columns are counted from zero, as everywhere in this project. Every operation that
changes something answers what it found afterwards where that is cheap, so that the caller can see it really happened.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".pdf": "calc_pdf_Export", ".png": "calc_png_Export"}
ERROR_RESULTS = 4
FORMULAS = 16
ALL_CONTENT = 1 | 2 | 4 | FORMULAS
KINDS = {"EMPTY": "empty", "VALUE": "number", "TEXT": "text", "FORMULA": "formula"}


def properties(**named: Any) -> tuple[Any, ...]:
    made = []
    for name, value in named.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        made.append(one)
    return tuple(made)


def plain(cell: Any) -> str:
    """A cell's or area's address within its sheet, such as `D14`."""
    address: str = cell.AbsoluteName
    return address.rpartition(".")[2].replace("$", "")


class Document:
    """One open workbook."""

    def __init__(self, component: Any) -> None:
        self._component = component

    def close(self) -> None:
        self._component.setModified(False)
        self._component.close(True)  # noqa: FBT003 - the program's own interface

    # ---------------------------------------------------------------------------------------------------- sheets

    def sheets(self) -> list[dict[str, Any]]:
        return [
            {"name": one.Name, "visible": one.IsVisible, "protected": one.isProtected()}
            for one in self._component.Sheets
        ]

    def rename_sheet(self, sheet: str, to: str) -> None:
        self._sheet(sheet).setName(to)

    def copy_sheet(self, sheet: str, to: str, place: int) -> None:
        self._component.Sheets.copyByName(sheet, to, place)

    def move_sheet(self, sheet: str, place: int) -> None:
        self._component.Sheets.moveByName(sheet, place)

    def unprotect(self, sheet: str) -> bool:
        """Lift a protection without a password; whether the sheet is open now."""
        self._sheet(sheet).unprotect("")
        return not self._sheet(sheet).isProtected()

    # ----------------------------------------------------------------------------------------------------- cells

    def type(self, sheet: str, cell: str, text: str) -> dict[str, Any]:
        """Type a text as a person does: the program makes a number, a date or a formula of it where it can."""
        self._cell(sheet, cell).FormulaLocal = text
        return self.cell(sheet, cell)

    def set_string(self, sheet: str, cell: str, text: str) -> dict[str, Any]:
        self._cell(sheet, cell).setString(text)
        return self.cell(sheet, cell)

    def set_number(self, sheet: str, cell: str, number: float) -> dict[str, Any]:
        self._cell(sheet, cell).setValue(number)
        return self.cell(sheet, cell)

    def clear(self, sheet: str, area: str) -> None:
        self._area(sheet, area).clearContents(ALL_CONTENT)

    def cell(self, sheet: str, cell: str) -> dict[str, Any]:
        """What the cell holds: kind, the text shown, number, formula (with English names), error code, locked."""
        found = self._cell(sheet, cell)
        return {
            "kind": KINDS[found.Type.value],
            "shown": found.String,
            "number": found.Value,
            "formula": found.Formula,
            "error": found.getError(),
            "locked": found.CellProtection.IsLocked,
            "format": self._component.NumberFormats.getByKey(found.NumberFormat).FormatString,
            "row_hidden": not found.Rows.getByIndex(0).IsVisible,
        }

    def rule(self, sheet: str, cell: str) -> dict[str, Any]:
        """The validation of one cell: type, formulas as seen from `base`, what it says and how hard it is."""
        rule = self._cell(sheet, cell).Validation
        base = rule.getSourcePosition()
        return {
            "base": plain(self._sheet(sheet).getCellByPosition(base.Column, base.Row)),
            "type": rule.Type.value,
            "operator": rule.getOperator().value,
            "formula": rule.getFormula1(),
            "second": rule.getFormula2(),
            "alert": rule.ErrorAlertStyle.value if rule.ShowErrorMessage else "",
            "error": rule.ErrorMessage,
            "prompt": rule.InputMessage,
        }

    def values(self, sheet: str, area: str) -> list[list[Any]]:
        return [list(row) for row in self._area(sheet, area).getDataArray()]

    def used(self, sheet: str) -> str:
        """The used area: `A1:F40`."""
        cursor = self._sheet(sheet).createCursor()
        cursor.gotoEndOfUsedArea(False)  # noqa: FBT003 - the program's own interface
        corner = cursor.RangeAddress
        return "A1:" + plain(self._sheet(sheet).getCellByPosition(corner.EndColumn, corner.EndRow))

    def evaluate(self, sheet: str, formula: str, at: str) -> dict[str, Any]:
        """A formula's result in an empty cell of that sheet, which is cleared again."""
        cell = self._cell(sheet, at)
        if cell.Type.value != "EMPTY":
            raise ValueError(f"{at} is not empty")
        cell.setFormula(formula)
        answer = self.cell(sheet, at)
        cell.clearContents(ALL_CONTENT)
        return answer

    def invalid(self, sheet: str) -> list[str]:
        """The filled cells that the program's own validation marks as wrong."""
        page = self._sheet(sheet).DrawPage
        before = page.Count
        self._sheet(sheet).showInvalid()
        marks = [page.getByIndex(place).Anchor for place in range(before, page.Count)]
        found = {plain(mark) for mark in marks}
        self._sheet(sheet).clearArrows()
        return sorted(found)

    def errors(self) -> list[str]:
        """Every formula cell that shows an error: `Sheet!A1`."""
        return [
            f"{sheet.Name}!{plain(cell)}"
            for sheet in self._component.Sheets
            for cell in sheet.queryFormulaCells(ERROR_RESULTS).Cells
        ]

    def formulas(self) -> list[dict[str, Any]]:
        """Every formula cell with what it shows."""
        return [
            {"sheet": sheet.Name, "cell": plain(cell), "formula": cell.Formula, "shown": cell.String}
            for sheet in self._component.Sheets
            for cell in sheet.queryContentCells(FORMULAS).Cells
        ]

    def recalculate(self) -> None:
        """Compute every formula anew, whatever the file says."""
        self._component.calculateAll()

    # ---------------------------------------------------------------------------------------------- rows, columns

    def insert_rows(self, sheet: str, row: int, count: int) -> None:
        self._sheet(sheet).Rows.insertByIndex(row, count)

    def delete_rows(self, sheet: str, row: int, count: int) -> None:
        self._sheet(sheet).Rows.removeByIndex(row, count)

    def insert_columns(self, sheet: str, column: int, count: int) -> None:
        self._sheet(sheet).Columns.insertByIndex(column, count)

    def delete_columns(self, sheet: str, column: int, count: int) -> None:
        self._sheet(sheet).Columns.removeByIndex(column, count)

    def hide_rows(self, sheet: str, row: int, count: int, hidden: bool) -> None:  # noqa: FBT001 - spoken over a pipe
        for place in range(row, row + count):
            self._sheet(sheet).Rows.getByIndex(place).IsVisible = not hidden

    def hide_columns(self, sheet: str, column: int, count: int, hidden: bool) -> None:  # noqa: FBT001 - spoken over a pipe
        for place in range(column, column + count):
            self._sheet(sheet).Columns.getByIndex(place).IsVisible = not hidden

    def move(self, sheet: str, area: str, to: str) -> None:
        """Cut and paste."""
        self._sheet(sheet).moveRange(self._cell(sheet, to).CellAddress, self._area(sheet, area).RangeAddress)

    def copy(self, sheet: str, area: str, to: str) -> None:
        """Copy and paste everything, formats and rules included."""
        self._sheet(sheet).copyRange(self._cell(sheet, to).CellAddress, self._area(sheet, area).RangeAddress)

    def sort(self, sheet: str, area: str, column: int, descending: bool) -> None:  # noqa: FBT001 - spoken over a pipe
        """Sort whole rows of the area by its n-th column (from zero); the area has no header."""
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = column, not descending
        fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
        self._area(sheet, area).sort(properties(SortFields=fields, ContainsHeader=False))

    # ------------------------------------------------------------------------------------------------------ files

    def save_as(self, path: str) -> int:
        """Save in the format of the path's ending; the file's size. A PNG is a picture of the first sheet."""
        target = Path(path)
        self._component.storeToURL(target.as_uri(), properties(FilterName=FILTERS[target.suffix], Overwrite=True))
        return target.stat().st_size

    def _sheet(self, name: str) -> Any:
        return self._component.Sheets.getByName(name)

    def _cell(self, sheet: str, cell: str) -> Any:
        if not re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]*", cell):
            raise ValueError(f"not one cell: {cell}")
        return self._sheet(sheet).getCellRangeByName(cell).getCellByPosition(0, 0)

    def _area(self, sheet: str, area: str) -> Any:
        return self._sheet(sheet).getCellRangeByName(area)


OPERATIONS = frozenset(name for name in vars(Document) if not name.startswith("_"))
