"""What openpyxl leaves behind when rows or sheets move: references in formulas, rules, heights and hidden rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.dimensions import RowDimension

from sheets_pipeline.model.cells import quoted_sheet

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ROW = re.compile(r"(\$?[A-Z]{1,3}\$?)([1-9][0-9]*)")
RowShift = Callable[[int], int]


def rows_moved(workbook: Workbook, sheet: Worksheet, shift: RowShift) -> None:
    """After rows of `sheet` moved: `shift` gives the new number (from one) of an old row."""
    _move_dimensions(sheet, shift)
    _move_rules(sheet, shift)
    _move_merged(sheet, shift)
    here = quoted_sheet(sheet.title)
    rewrite_formulas(workbook, lambda place, reference: _moved(place, reference, here, shift))


def sheet_renamed(workbook: Workbook, old: str, new: str) -> None:
    """After a sheet got a new name: formulas elsewhere follow it."""
    before, after = quoted_sheet(old) + "!", quoted_sheet(new) + "!"

    def renamed(place: str, reference: str) -> str:
        del place
        return after + reference.removeprefix(before) if reference.startswith(before) else reference

    rewrite_formulas(workbook, renamed)


def rewrite_formulas(workbook: Workbook, rewrite: Callable[[str, str], str]) -> None:
    """Replace every reference of every formula by `rewrite(quoted name of the formula's sheet, reference)`."""
    for sheet in workbook.worksheets:
        place = quoted_sheet(sheet.title)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = _rewritten(cell.value, place, rewrite)


def _rewritten(formula: str, place: str, rewrite: Callable[[str, str], str]) -> str:
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            token.value = rewrite(place, token.value)
    return "=" + "".join(token.value for token in tokens.items)


def _moved(place: str, reference: str, sheet: str, shift: RowShift) -> str:
    """A reference as it reads after the rows of `sheet` moved; names and other sheets stay."""
    name, mark, area = reference.rpartition("!")
    if (name or place) != sheet:
        return reference
    parts = area.split(":")
    if not all(_ROW.fullmatch(part) for part in parts):
        return reference
    return name + mark + ":".join(_shifted(part, shift) for part in parts)


def _shifted(address: str, shift: RowShift) -> str:
    return _ROW.sub(lambda match: f"{match[1]}{shift(int(match[2]))}", address)


def _move_dimensions(sheet: Worksheet, shift: RowShift) -> None:
    """Heights and hidden flags go with their rows."""
    before = dict(sheet.row_dimensions)
    sheet.row_dimensions.clear()
    for row, dimension in before.items():
        new = shift(row)
        if new:
            sheet.row_dimensions[new] = RowDimension(
                sheet, index=new, ht=dimension.ht, hidden=dimension.hidden, outlineLevel=dimension.outlineLevel
            )


def _move_rules(sheet: Worksheet, shift: RowShift) -> None:
    kept = []
    for rule in sheet.data_validations.dataValidation:
        areas = [area for area in (_moved_area(one, shift) for one in rule.sqref.ranges) if area]
        if areas:
            rule.sqref = MultiCellRange(areas)
            rule.formula1 = _rule_formula(rule.formula1, shift)
            kept.append(rule)
    sheet.data_validations.dataValidation = kept


def _rule_formula(formula: str | None, shift: RowShift) -> str | None:
    if not formula or formula.startswith('"'):
        return formula
    return _rewritten(f"={formula}", "", lambda place, reference: _moved(place, reference, "", shift))[1:]


def _move_merged(sheet: Worksheet, shift: RowShift) -> None:
    areas = [area for area in (_moved_area(one, shift) for one in sheet.merged_cells.ranges) if area]
    sheet.merged_cells = MultiCellRange(areas)


def _moved_area(area: CellRange, shift: RowShift) -> CellRange | None:
    first, last = shift(area.min_row), shift(area.max_row)
    if not first or not last:
        return None
    return CellRange(min_col=area.min_col, max_col=area.max_col, min_row=first, max_row=last)
