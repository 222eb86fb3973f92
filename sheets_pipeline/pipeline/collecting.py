"""Inbox → store, file by file: known, archived, read, judged, saved, answered with feedback, settled.

`collect` is a generator of receipts, so that a console can draw progress and a job write its ledger. The order of
writing is what makes a crash harmless: original and receipt, then submission, then feedback, then settling. What was
saved but not settled is judged and answered again, which changes nothing that is stored.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.intake.archive import Archive, quarantine
from sheets_pipeline.intake.guard import Limits
from sheets_pipeline.intake.guard.limits import MB
from sheets_pipeline.intake.sources import REASONS, Arrived, FolderSource, Ignored, Oversize, Sighting, Unchanged
from sheets_pipeline.model.file_codes import refusal
from sheets_pipeline.model.receipts import Judged, Known, Settlement
from sheets_pipeline.model.remarks import describe
from sheets_pipeline.model.submissions import SubmissionKey
from sheets_pipeline.pipeline.answering import write_feedback
from sheets_pipeline.pipeline.copies import Copies, write_copies
from sheets_pipeline.pipeline.definitions import KnownForms
from sheets_pipeline.pipeline.judging import JudgedFile, judge_file, refused, submission_of
from sheets_pipeline.pipeline.knowing import Arrival, Knowledge
from sheets_pipeline.pipeline.reading import READ_FILE, FileRead, ReadTask
from sheets_pipeline.pipeline.receipts import Receipt
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.workbooks.worker import ReaderPool, WorkerLimits

BATCH = 50
_SELDOM = 50_000
Outcome = FileRead | DeliveryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One collecting run. `now` is only compared with the times of files; `recheck` judges known files again."""

    id: str
    as_of: date
    now: datetime
    recheck: bool = False
    feedback: bool = True


@dataclass(slots=True)
class _Night:
    """What the steps of one run share."""

    project: Project
    store: Store
    run: Run
    forms: KnownForms
    knowledge: Knowledge
    archive: Archive
    fingerprint: str
    closed: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that came and what its reader made of it."""

    one: Arrived
    outcome: Outcome

    @property
    def keys(self) -> tuple[SubmissionKey, ...]:
        """What it is about, one for each form."""
        if not isinstance(self.outcome, FileRead) or self.outcome.manifest is None:
            return ()
        return tuple(form.part.key(self.outcome.manifest.round) for form in self.outcome.forms)

    @property
    def subjects(self) -> set[str]:
        return {key.subject for key in self.keys}

    @property
    def arrival(self) -> Arrival:
        delivery = self.one.delivery
        return Arrival(
            received=delivery.received,
            saved=self.outcome.saved if isinstance(self.outcome, FileRead) else None,
            checksum=delivery.checksum,
            source=delivery.source,
            folder=delivery.folder,
        )


def forms_of(project: Project) -> KnownForms:
    """The project's forms, and those archived in it."""
    return KnownForms(project.catalogue, Archive(project.path("archive")))


def judging_record(project: Project, closed: Iterable[str] = ()) -> dict[str, Any]:
    """Everything that a verdict rests on; it is archived under its hash, the fingerprint that verdicts carry.

    That rounds are closed is part of it only while any of them is.
    """
    rounds = sorted(closed)
    return project.judging_record | ({"closed": rounds} if rounds else {})


def collect(project: Project, store: Store, run: Run) -> Iterator[Receipt]:
    """Take in everything that lies in the inbox; one receipt a file, in the order in which they are done."""
    forms = forms_of(project)
    project.round()  # a programme that is wrong stops the run before anything is taken in
    forms.keep()
    closed = frozenset(store.closed_rounds())
    archive = Archive(project.path("archive"))
    night = _Night(
        project=project,
        store=store,
        run=run,
        forms=forms,
        knowledge=Knowledge(project, run.as_of, store, closed=closed),
        archive=archive,
        fingerprint=archive.put_json(judging_record(project, closed)),
        closed=closed,
    )
    source = FolderSource(project.path("inbox"))
    settled = frozenset() if run.recheck else store.settled_files(source.name, night.fingerprint)
    with _seldom_searched(), ReaderPool(project.settings.run.workers, worker_limits(project)) as pool:
        arrived: list[Arrived] = []
        for sighting in source.look(run.now, settled.__contains__):
            if isinstance(sighting, Arrived):
                arrived.append(sighting)
                if len(arrived) >= BATCH:
                    yield from _batch(night, pool, arrived)
                    arrived = []
            else:
                yield _at_once(night, sighting)
        yield from _batch(night, pool, arrived)


@contextmanager
def _seldom_searched() -> Iterator[None]:
    """A run makes hundreds of small values a file without a cycle among them: searching for cycles can wait."""
    usual = gc.get_threshold()
    gc.set_threshold(_SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def worker_limits(project: Project) -> WorkerLimits:
    """The settings' limits on reading one file."""
    limits = project.settings.limits
    return WorkerLimits(limits.read_seconds, limits.read_seconds, limits.read_memory_megabytes)


def read_task(project: Project, name: str, data: bytes, *, with_cells: bool = False) -> ReadTask:
    """What a worker needs to read a file of this project."""
    settings = project.settings
    overlays = settings.forms.overlays
    return ReadTask(
        name=name,
        data=data,
        templates=str(project.folder / "workbook_templates"),
        overlays=str(project.folder / overlays) if overlays else "",
        archive=str(project.path("archive")),
        limits=Limits(
            file=settings.limits.file_megabytes * MB,
            inflated=settings.limits.inflated_megabytes * MB,
            filled_cells=settings.limits.cells,
        ),
        with_cells=with_cells,
    )


def _at_once(night: _Night, sighting: Sighting) -> Receipt:
    """What needs no reading: unchanged, ignored, or too large to be read."""
    if isinstance(sighting, Unchanged):
        return Receipt(sighting.mark.path, "unchanged")
    if isinstance(sighting, Ignored):
        return Receipt(sighting.path, "ignored", reason=REASONS[sighting.reason])
    if isinstance(sighting, Oversize):
        return _too_large(night, sighting)
    raise TypeError(sighting)


def _too_large(night: _Night, sighting: Oversize) -> Receipt:
    limit = night.project.settings.limits.file_megabytes
    error = refusal("FILE_TOO_LARGE", megabytes=sighting.mark.size // MB, limit=limit)
    judged = refused(sighting.delivery.name, error)
    quarantine(night.project.path("quarantine"), sighting.delivery.name, None, _reason(night, judged))
    issues = judged.forms[0].verdict.issues
    settlement = Settlement(
        sighting.mark, "", sighting.delivery.name, sighting.delivery.received, night.fingerprint, "unreadable", issues
    )
    night.store.settle([settlement], night.run.id)
    return Receipt(sighting.mark.path, "new", judged)


def _batch(night: _Night, pool: ReaderPool, arrived: list[Arrived]) -> Iterator[Receipt]:
    """Archive a batch, read it in the workers, judge, save, answer and settle."""
    if not arrived:
        return
    known = _known(night, [one.delivery.checksum for one in arrived])
    fresh = []
    for one in arrived:
        before = known.get(one.delivery.checksum)
        if before is not None and before.settled:
            yield _again(night, one, before)
        else:
            fresh.append(one)
    night.archive.put_all([(one.delivery.data, _entry(night, one)) for one in fresh])
    tasks = (read_task(night.project, one.delivery.name, one.delivery.data) for one in fresh)
    for group in _apart(zip(fresh, pool.map(READ_FILE, tasks), strict=True)):
        yield from _judged(night, group)


def _known(night: _Night, checksums: Sequence[str]) -> dict[str, Known]:
    """The files that need no judging: judged under the same fingerprint, or taken in before their round was closed."""
    known = {} if night.run.recheck else dict(night.store.known_among(checksums, night.fingerprint))
    return known | dict(night.store.taken_in(checksums, night.closed)) if night.closed else known


def _entry(night: _Night, one: Arrived) -> dict[str, str]:
    delivery = one.delivery
    return {
        "name": delivery.name,
        "source": delivery.source,
        "folder": delivery.folder,
        "path": one.mark.path,
        "received": delivery.received.isoformat(),
        "fingerprint": night.fingerprint,
        "run": night.run.id,
    }


def _again(night: _Night, one: Arrived, known: Known) -> Receipt:
    """Bytes that were judged before under the same fingerprint: settle them and stop."""
    delivery = one.delivery
    settlement = Settlement(
        one.mark, known.checksum, delivery.name, delivery.received, night.fingerprint, known.verdict
    )
    night.archive.receipt(known.checksum, _entry(night, one))
    night.store.settle([settlement], night.run.id)
    return Receipt(one.mark.path, "unchanged")


def _apart(outcomes: Iterable[tuple[Arrived, Outcome]]) -> Iterator[list[_Read]]:
    """Files in the order they came, in groups in which no subject comes twice: one may rest on the other."""
    group: list[_Read] = []
    subjects: set[str] = set()
    for one, outcome in outcomes:
        read = _Read(one, outcome)
        if subjects & read.subjects:
            yield group
            group, subjects = [], set()
        group.append(read)
        subjects |= read.subjects
    if group:
        yield group


def _judged(night: _Night, group: Sequence[_Read]) -> Iterator[Receipt]:
    """Judge files that do not rest on each other, save and answer them, and only then settle."""
    night.knowledge.ask({key: read.arrival for read in group for key in read.keys})
    judged = [(read.one, _judge(night, read)) for read in group]
    earlier = [_earlier_remarks(night, file) if night.run.feedback else {} for _, file in judged]
    night.store.save([kept for one, file in judged for kept in _kept(night, one, file)], night.run.id)
    receipts = [_answered(night, one, file, remarks) for (one, file), remarks in zip(judged, earlier, strict=True)]
    night.store.settle([_settlement(night, one, file) for one, file in judged], night.run.id)
    yield from receipts


def _judge(night: _Night, read: _Read) -> JudgedFile:
    judged = judge_file(
        read.one.delivery.name,
        read.one.delivery.checksum,
        read.outcome,
        night.forms,
        partial(night.knowledge.around, arrival=read.arrival),
    )
    for form in judged.forms:
        if form.reading is not None:
            night.knowledge.learn(form.reading)
    return judged


def _kept(night: _Night, one: Arrived, judged: JudgedFile) -> Iterable[Judged]:
    saved = judged.read.saved if judged.read else None
    for form in judged.forms:
        submission = submission_of(form, judged.checksum, one.delivery.received, saved)
        if submission is not None:
            yield Judged(
                submission=submission,
                issues=form.verdict.issues,
                unread=form.unread,
                fingerprint=night.fingerprint,
                source=one.delivery.source,
                name=one.delivery.name,
                sender=one.delivery.sender or one.delivery.folder,
            )


def _settlement(night: _Night, one: Arrived, judged: JudgedFile) -> Settlement:
    issues = tuple(issue for form in judged.forms if form.reading is None for issue in form.verdict.issues)
    delivery = one.delivery
    return Settlement(
        one.mark, judged.checksum, delivery.name, delivery.received, night.fingerprint, judged.verdict, issues
    )


def _earlier_remarks(night: _Night, judged: JudgedFile) -> dict[str, frozenset[tuple[str, str]]]:
    """(code, path) of the remarks on the version of each form that was in force before this one, by form."""
    remarks: dict[str, frozenset[tuple[str, str]]] = {}
    for form in judged.forms:
        if form.key is not None:
            versions = [one for one in night.store.versions(form.key) if one.checksum != judged.checksum]
            last = versions[-1] if versions else None
            if last is not None:
                issues = night.store.issues(last.id)
                found = {(issue.code, issue.path) for issue in issues if issue.severity != "info"}
                remarks[str(form.key)] = frozenset(found)
    return remarks


def _answered(
    night: _Night, one: Arrived, judged: JudgedFile, earlier: dict[str, frozenset[tuple[str, str]]]
) -> Receipt:
    feedback: Path | None = None
    if judged.verdict in {"unreadable", "rejected"}:
        quarantine(night.project.path("quarantine"), judged.name, one.delivery.data, _reason(night, judged))
    if night.run.feedback:
        feedback = write_feedback(night.project, judged, earlier, night.run.as_of)
    copied = night.run.feedback and night.project.settings.feedback.copies
    copies = write_copies(night.project, night.store, judged) if copied else Copies()
    return Receipt(one.mark.path, "new", judged, archived=judged.checksum, feedback=feedback, copies=copies)


def _reason(night: _Night, judged: JudgedFile) -> str:
    """The quarantine's `.reason.txt`: what was the matter and what the sender does about it."""
    language = night.project.settings.language
    lines = [judged.name, ""]
    for form in judged.forms:
        for issue in form.verdict.issues:
            words = describe(issue, form.reading.form if form.reading else None, language)
            where = f"{issue.cell}: " if issue.cell else ""
            lines += [f"{issue.code}: {where}{words.message}", words.fix, ""]
    return "\n".join(lines)
