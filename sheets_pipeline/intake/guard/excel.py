"""Excel workbooks (.xlsx, .xlsm): one pass over the parts that a reader will read, and nothing else."""

from __future__ import annotations

from sheets_pipeline.intake.guard import repack, sheet_exact, sheet_fast
from sheets_pipeline.intake.guard.container import Container
from sheets_pipeline.intake.guard.inspection import Inspection, Note, saved_at
from sheets_pipeline.intake.guard.limits import Limits
from sheets_pipeline.intake.guard.mend import keep_spaces, without_counts
from sheets_pipeline.intake.guard.package import Package, PartReader, open_package
from sheets_pipeline.intake.guard.sheet import MarkedCells, SheetFacts
from sheets_pipeline.intake.guard.styles import percent_styles
from sheets_pipeline.model.cells import CellRef, CellSet, Witnesses, parse_a1
from sheets_pipeline.model.file_codes import refusal

_LEAST_FILLED_CELL = len("<c><v>1</v></c>")


def inspect_excel(container: Container, limits: Limits) -> Inspection:
    """Raises `DeliveryError` for a workbook that may not be read."""
    parts = PartReader(container)
    package = open_package(parts)
    styles = parts.read(package.styles)[0] if package.styles else None
    strings = _strings(parts, package)
    sheets = {sheet.name: _sheet_xml(parts, sheet.name, sheet.part) for sheet in package.sheets}
    percent = percent_styles(package.styles, styles) if styles else frozenset[str]()
    facts = _facts(package, sheets, percent, limits)
    saved = saved_at(parts.read(package.core)[0]) if package.core else None
    members = [(sheet.name, sheet.visible, _spaced(sheets[sheet.name])) for sheet in package.sheets]
    return Inspection(
        kind="excel",
        workbook=repack.excel(members, strings, styles, date_1904=package.date_1904),
        visibility={sheet.name: sheet.visible for sheet in package.sheets},
        witnesses=Witnesses(
            error_cells=_errors(facts),
            uncomputed=CellSet(MarkedCells(facts, "uncomputed")),
            formulas=CellSet(MarkedCells(facts, "formulas")),
            percent_cells=CellSet(MarkedCells(facts, "percent")),
            merged={name: found.merged for name, found in facts.items() if found.merged},
            external_links=package.external_links,
            strict=package.strict,
            date_1904=package.date_1904,
            macros=package.macros,
            saved=saved,
        ),
        notes=_notes(parts),
    )


def _strings(parts: PartReader, package: Package) -> bytes | None:
    if not package.strings:
        return None
    data, root = parts.read(package.strings)
    if root != "sst":
        raise refusal("XML_BROKEN", part=package.strings)
    return keep_spaces(without_counts(data))


def _spaced(sheet: bytes) -> bytes:
    return keep_spaces(sheet) if sheet_fast.has_inline_texts(sheet) else sheet


def _sheet_xml(parts: PartReader, name: str, part: str) -> bytes:
    data, root = parts.read(part)
    if root != "worksheet":
        raise refusal("SHEET_MISSING", sheet=name)
    return data


def _facts(
    package: Package, sheets: dict[str, bytes], percent: frozenset[str], limits: Limits
) -> dict[str, SheetFacts]:
    """The facts by sheet; cells are counted only where the XML is long enough to hold too many."""
    count = sum(map(len, sheets.values())) > _LEAST_FILLED_CELL * limits.filled_cells
    facts: dict[str, SheetFacts] = {}
    filled = 0
    for sheet in package.sheets:
        data = sheets[sheet.name]
        found = sheet_fast.scan(data, percent)
        if found is not None:
            filled += sheet_fast.count_filled(data) if count else 0
        else:
            found, more = sheet_exact.scan(sheet.name, sheet.part, data, percent, limits)
            filled += more
        if filled > limits.filled_cells:
            raise refusal("TOO_MANY_CELLS", limit=limits.filled_cells)
        facts[sheet.name] = found
    return facts


def _errors(facts: dict[str, SheetFacts]) -> dict[CellRef, str]:
    return {CellRef(name, *parse_a1(a1)): text for name, found in facts.items() for a1, text in found.errors.items()}


def _notes(parts: PartReader) -> tuple[Note, ...]:
    notes = [Note("PART_NAMES_MENDED")] if parts.container.backslashes else []
    if parts.mended:
        part, encoding = parts.mended
        notes.append(Note("ENCODING_MENDED", {"part": part, "encoding": encoding}))
    return tuple(notes)
