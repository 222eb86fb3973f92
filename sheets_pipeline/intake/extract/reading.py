"""A workbook's grid → its manifest and one Reading a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from sheets_pipeline.intake.extract.charts import Entry, KeyedGrid
from sheets_pipeline.intake.extract.versions import carried_over
from sheets_pipeline.model.cells import CellRef, CellValue, Grid
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.layout import kept_layout
from sheets_pipeline.model.manifest import SHEET, ManifestError, read_manifest
from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.remarks import remark, remark_on
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Answer, FormPart, Manifest
from sheets_pipeline.model.values import Finding, parse


class Definitions(Protocol):
    """Where form definitions are found."""

    def current(self, form_id: str) -> Form | None:
        """The form as the project has it now."""

    def archived(self, definition: str) -> Form | None:
        """The form as it was when a workbook was built."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What a file turned out to be: no manifest means that it is not one of ours."""

    manifest: Manifest | None
    readings: tuple[Reading, ...]
    issues: tuple[Issue, ...]


def extract(grid: Grid, definitions: Definitions) -> Extraction:
    """Read every form of a workbook."""
    try:
        manifest = _manifest_of(grid)
    except ManifestError:
        return Extraction(None, (), (remark("MANIFEST_DAMAGED"),))
    keyed = KeyedGrid(grid)
    if manifest is None:
        return Extraction(None, (), (remark("MANIFEST_DAMAGED" if keyed.markers.tags else "NOT_OUR_FORM"),))
    readings, issues = [], []
    for part in manifest.parts:
        form = definitions.archived(part.definition) or definitions.current(part.form)
        if form is None or form.form_id != part.form:
            issues.append(remark("UNKNOWN_FORM", form=part.form))
        else:
            readings.append(_read_part(grid, keyed, manifest, part, form, definitions))
    return Extraction(manifest, tuple(readings), (*issues, *keyed.outside()))


def _manifest_of(grid: Grid) -> Manifest | None:
    """The manifest sheet, by its name or, when someone renamed it, by what its first cell says."""
    sheet = grid.sheet(SHEET) or next((one for one in grid.sheets if one.cells.get((0, 0)) == "manifest"), None)
    if sheet is None:
        return None
    rows = sorted({row for row, _ in sheet.cells})
    return read_manifest([(str(sheet.cells.get((row, 0), "")), str(sheet.cells.get((row, 1), ""))) for row in rows])


def _read_part(
    grid: Grid, keyed: KeyedGrid, manifest: Manifest, part: FormPart, form: Form, definitions: Definitions
) -> Reading:
    try:
        layout = kept_layout(form, part.parameters, part.unit).layout
    except (KeyError, ValueError):  # row ids of another kind than the form's
        part = replace(part, parameters=replace(part.parameters, prepared={}))
        layout = kept_layout(form, part.parameters, part.unit).layout
    found = keyed.find(layout)
    answers, issues, unread = _read_cells(grid, found.entries, part.parameters.language)
    reading = Reading(
        key=part.key(manifest.round),
        part=part,
        form=form,
        slots=found.slots,
        answers=answers,
        places=found.places,
        issues=(*found.issues, *issues),
        unread=found.lost | unread,
        withdrawn=found.withdrawn,
    )
    return carried_over(reading, definitions.current(part.form))


def _read_cells(
    grid: Grid, entries: Iterable[Entry], language: str
) -> tuple[Mapping[str, Answer], list[Issue], set[str]]:
    answers: dict[str, Answer] = {}
    issues: list[Issue] = []
    unread: set[str] = set()
    uncomputed = grid.witnesses.uncomputed
    for slot, cell, raw in entries:
        if raw is None and cell not in uncomputed:
            continue
        found = _read_cell(grid, slot, cell, raw, language)
        issues += found.issues
        if found.answer is not None:
            answers[slot.path] = found.answer
        elif found.issues:
            unread.add(slot.path)
    return answers, issues, unread


@dataclass(frozen=True, slots=True)
class _CellRead:
    answer: Answer | None
    issues: tuple[Issue, ...]


def _read_cell(grid: Grid, slot: Slot, cell: CellRef, raw: CellValue, language: str) -> _CellRead:
    if raw in {None, ""} and cell in grid.witnesses.uncomputed:
        return _CellRead(None, (remark_on(slot, Finding("FORMULA_WITHOUT_VALUE"), cell, raw, language),))
    percent = slot.type == "percent" and cell in grid.witnesses.percent_cells
    parsed = parse(slot, raw, language, percent_format=percent)
    issues = tuple(remark_on(slot, finding, cell, raw, language) for finding in parsed.findings)
    answer = None if parsed.value is None else Answer(slot.path, parsed.value, raw, cell)
    return _CellRead(answer, issues)
