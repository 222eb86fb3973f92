"""The catalogue of remarks: every code's severity, stage and English words; Swedish stands in `locale/sv/`."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.catalogue.cell import CELL
from sheets_pipeline.model.catalogue.cross import CROSS
from sheets_pipeline.model.catalogue.held import HELD
from sheets_pipeline.model.catalogue.identity import IDENTITY
from sheets_pipeline.model.catalogue.structure import STRUCTURE
from sheets_pipeline.model.file_codes import NOTES, REFUSALS
from sheets_pipeline.model.issues import IssueCode


def _of_files() -> Iterator[IssueCode]:
    for refusal in REFUSALS:
        yield IssueCode(refusal.code, "error", "file", refusal.message, refusal.fix, stops="unreadable")
    for note in NOTES:
        yield IssueCode(note.code, "info", "file", note.message, note.fix, audience="administrator")


CATALOGUE: dict[str, IssueCode] = {
    code.code: code for code in (*_of_files(), *IDENTITY, *STRUCTURE, *CELL, *CROSS, *HELD)
}
