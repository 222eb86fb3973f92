"""Read and validate files without storing anything: what an organisation runs before it sends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.files import disk_faults
from sheets_pipeline.model.file_codes import refusal
from sheets_pipeline.pipeline.answering import write_feedback_to
from sheets_pipeline.pipeline.collecting import forms_of, read_task, worker_limits
from sheets_pipeline.pipeline.judging import JudgedFile, judge_file
from sheets_pipeline.pipeline.knowing import Arrival, Knowledge
from sheets_pipeline.pipeline.reading import READ_FILE, FileRead, ReadTask
from sheets_pipeline.project import Project
from sheets_pipeline.workbooks.worker import ReaderPool


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked file, and the feedback workbook that was written for it."""

    judged: JudgedFile
    feedback: Path | None = None


def check(
    project: Project,
    paths: Iterable[Path],
    as_of: date,
    *,
    feedback: Path | None = None,
    with_cells: bool = False,
    round_id: str | None = None,
) -> Iterator[Checked]:
    """Check files one after another, each in a worker process; a file that cannot be read never stops the next."""
    forms = forms_of(project)
    knowledge = Knowledge(project, as_of, round_id=round_id)
    with ReaderPool(1, worker_limits(project)) as pool:
        for path in paths:
            outcome, checksum = _read(project, pool, path, with_cells=with_cells)
            arrival = Arrival(
                received=datetime.combine(as_of, time(12), tzinfo=UTC),
                saved=outcome.saved if isinstance(outcome, FileRead) else None,
                checksum=checksum,
            )
            judged = judge_file(path.name, checksum, outcome, forms, partial(knowledge.around, arrival=arrival))
            written = write_feedback_to(feedback, project, judged, as_of) if feedback is not None else None
            yield Checked(judged, written)


def _read(project: Project, pool: ReaderPool, path: Path, *, with_cells: bool) -> tuple[FileRead | DeliveryError, str]:
    """What a file turned out to be, and its checksum (empty when it was too large to read)."""
    task, checksum = _task(project, path, with_cells=with_cells)
    if isinstance(task, DeliveryError):
        return task, checksum
    try:
        outcome: FileRead = pool.run(READ_FILE, task)
    except DeliveryError as error:
        return error, checksum
    return outcome, checksum


def _task(project: Project, path: Path, *, with_cells: bool) -> tuple[ReadTask | DeliveryError, str]:
    limit = project.settings.limits.file_megabytes
    with disk_faults(path):
        size = path.stat().st_size
        if size > limit * 1_000_000:
            return refusal("FILE_TOO_LARGE", megabytes=size // 1_000_000, limit=limit), ""
        data = path.read_bytes()
    return read_task(project, path.name, data, with_cells=with_cells), hashlib.sha256(data).hexdigest()
