"""One file, bytes in, readings out: guard, reader, extract. Run in a worker process, since files are hostile."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sheets_pipeline.intake.extract import extract
from sheets_pipeline.intake.guard import LIMITS, Limits, Note, inspect
from sheets_pipeline.model.cells import CellRef, CellValue, Grid
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.layout import kept_layout
from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.slots import Slot, rows_in, slots
from sheets_pipeline.model.submissions import Answer, FormPart, Manifest, Value
from sheets_pipeline.pipeline.definitions import KnownForms, known_forms
from sheets_pipeline.workbooks import excel_read

_MOST = 64
READ_FILE = "sheets_pipeline.pipeline.reading:read_file"


@dataclass(frozen=True, slots=True)
class ReadTask:
    """What a worker needs to read one file. Folders are text: a task is pickled."""

    name: str
    data: bytes
    templates: str
    overlays: str
    archive: str
    limits: Limits = LIMITS
    with_cells: bool = False


@dataclass(frozen=True, slots=True)
class FormRead:
    """A Reading without what the parent knows anyway (the form and its slots), so that little crosses the pipe.

    `answers` maps paths to (value, raw). `places` is pickled: path → (sheet number, row, column), the same bytes for
    all files with the same cells, so that they are packed and unpacked once.
    """

    part: FormPart
    definition: str
    answers: Mapping[str, tuple[Value, CellValue]]
    places: bytes
    issues: tuple[Issue, ...]
    unread: frozenset[str]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRead:
    """What a file turned out to be. `cells` is the contract's `cells` object, only when asked for."""

    manifest: Manifest | None
    sheets: tuple[str, ...]
    forms: tuple[FormRead, ...]
    issues: tuple[Issue, ...]
    saved: datetime | None
    notes: tuple[Note, ...] = ()
    cells: Mapping[str, Any] = field(default_factory=dict)


def read_file(task: ReadTask) -> FileRead:
    """Guard, read and extract one file; raises DeliveryError for one that cannot be read."""
    inspection = inspect(task.data, task.name, task.limits)
    grid = excel_read.read(inspection.workbook, task.name, inspection.witnesses, inspection.visibility)
    extraction = extract(grid, known_forms(task.templates, task.overlays, task.archive))
    sheets = tuple(sheet.name for sheet in grid.sheets)
    return FileRead(
        manifest=extraction.manifest,
        sheets=sheets,
        forms=tuple(_packed(reading, sheets) for reading in extraction.readings),
        issues=extraction.issues,
        saved=grid.witnesses.saved,
        notes=inspection.notes,
        cells=seen_cells(grid) if task.with_cells else {},
    )


def _packed(reading: Reading, sheets: tuple[str, ...]) -> FormRead:
    return FormRead(
        part=reading.part,
        definition=reading.form.definition,
        answers={path: (answer.value, answer.raw) for path, answer in reading.answers.items()},
        places=_packed_places(reading.places, sheets),
        issues=reading.issues,
        unread=reading.unread,
        withdrawn=reading.withdrawn,
    )


_PACKED: dict[int, tuple[Mapping[str, CellRef], bytes]] = {}


def _packed_places(places: Mapping[str, CellRef], sheets: tuple[str, ...]) -> bytes:
    """Kept by the identity of the places, which `extract` shares between files with the same cells."""
    known, packed = _PACKED.get(id(places), (None, b""))
    if known is not places:
        numbers = {name: number for number, name in enumerate(sheets)}
        plain = {path: (numbers[ref.sheet], ref.row, ref.column) for path, ref in places.items()}
        packed = pickle.dumps(plain, pickle.HIGHEST_PROTOCOL)
        if len(_PACKED) >= _MOST:
            _PACKED.clear()
        _PACKED[id(places)] = (places, packed)
    return packed


@lru_cache(maxsize=_MOST)
def _unpacked_places(packed: bytes, sheets: tuple[str, ...]) -> Mapping[str, CellRef]:
    plain: dict[str, tuple[int, int, int]] = pickle.loads(packed)  # noqa: S301 - our own worker wrote it
    return {path: CellRef(sheets[number], row, column) for path, (number, row, column) in plain.items()}


def unpacked(read: FormRead, file: FileRead, round_id: str, forms: KnownForms) -> Reading | None:
    """The Reading again, beside the form and slots of this process; None when the form is not known here."""
    form = forms.archived(read.definition) or forms.current(read.part.form)
    if form is None:
        return None
    places = _unpacked_places(read.places, file.sheets)
    answers = {path: Answer(path, value, raw, places[path]) for path, (value, raw) in read.answers.items()}
    return Reading(
        key=read.part.key(round_id),
        part=read.part,
        form=form,
        slots=_slots_for(form, read.part, places),
        answers=answers,
        places=places,
        issues=read.issues,
        unread=read.unread,
        withdrawn=read.withdrawn,
    )


def _slots_for(form: Form, part: FormPart, places: Mapping[str, CellRef]) -> tuple[Slot, ...]:
    """The slots that were asked for, those of rows that people added included."""
    usual = kept_layout(form, part.parameters, part.unit)
    if places.keys() <= usual.slots.keys():
        return usual.in_order
    return tuple(slots(form, part.parameters, rows_in((*usual.slots, *places))))


def seen_cells(grid: Grid) -> dict[str, Any]:
    """What the reader saw, as `check --cells` shows it: dates as ISO text, error cells as their text."""
    witnesses = grid.witnesses
    return {
        "sheets": [
            {
                "name": sheet.name,
                "visible": sheet.visible,
                "cells": {sheet.ref(*place).a1: _shown(value) for place, value in sorted(sheet.cells.items())},
            }
            for sheet in grid.sheets
        ],
        "witnesses": {
            "error_cells": sorted(str(ref) for ref in witnesses.error_cells),
            "uncomputed": sorted(str(ref) for ref in witnesses.uncomputed),
            "external_links": witnesses.external_links,
            "strict": witnesses.strict,
            "date_1904": witnesses.date_1904,
        },
    }


def _shown(value: CellValue) -> Any:  # noqa: ANN401 - whatever JSON holds
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value)
