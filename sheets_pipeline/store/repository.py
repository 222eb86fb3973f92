"""The store as its callers see it: one object, opened by URL. What it takes and gives are values of `model`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy.exc import DBAPIError, OperationalError

from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.issues import Issue, worst
from sheets_pipeline.model.publications import Publication, RoundMark
from sheets_pipeline.model.reading import Earlier
from sheets_pipeline.model.receipts import (
    Decided,
    FileMark,
    Judged,
    Known,
    Message,
    Place,
    RunRecord,
    Saved,
    Settlement,
    State,
    StoredVersion,
)
from sheets_pipeline.model.submissions import Submission, SubmissionKey, Value
from sheets_pipeline.store import dump, ledger, loading, publications, saving
from sheets_pipeline.store.opening import open_engine, reading, writing
from sheets_pipeline.store.rows import submission_id

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BATCH = 100


class Store:
    """Submissions, what is in force, what is settled, the ledger and the outbox.

    Every method raises StoreError, DiskError or LockedError when the database cannot do its part. Use it in one thread.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the store at an SQLAlchemy URL (`sqlite:///data/store.sqlite`), made or migrated where needed."""
        return cls(open_engine(url))

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Files -----------------------------------------------------------------------------------------------------------

    def known(self, checksum: str, fingerprint: str) -> Known | None:
        """What became of these bytes when they were judged under this fingerprint, settled or not."""
        return self.known_among((checksum,), fingerprint).get(checksum)

    def known_among(self, checksums: Iterable[str], fingerprint: str) -> Mapping[str, Known]:
        """The same for a batch, by checksum; those that are new are left out."""
        with reading(self._engine) as connection:
            return loading.known(connection, checksums, fingerprint)

    def settled_files(self, source: str, fingerprint: str) -> frozenset[FileMark]:
        """The marks of a source's files that are done with under this fingerprint."""
        with reading(self._engine) as connection:
            return loading.settled_marks(connection, source, fingerprint)

    def settle(self, settlements: Sequence[Settlement], run: str) -> None:
        """Note, after saving, that files are done with. Any number of times is as good as once."""
        with writing(self._engine) as connection:
            ledger.settle(connection, settlements, run)

    # Submissions -----------------------------------------------------------------------------------------------------

    def save(self, judged: Sequence[Judged], run: str) -> tuple[Saved, ...]:
        """Save versions, at most a hundred in a transaction, the forms of one file together; one `Saved` each.

        One that the database refuses gets a `fault` and does not stop the others.
        """
        saved: list[Saved] = []
        for batch in _batches(judged):
            with writing(self._engine) as connection:
                saved += _save_batch(connection, batch, run)
        return tuple(saved)

    def in_force(self, round_id: str) -> Iterator[Submission]:
        """The submissions in force of a round in the order of their keys, read as they are asked for."""
        with reading(self._engine) as connection:
            yield from loading.submissions_in_force(connection, round_id)

    def submission(self, id_: str) -> Submission:
        """One version with its answers. Raises UsageError when there is none of that id."""
        with reading(self._engine) as connection:
            found = loading.submission(connection, id_)
        if found is None:
            raise UsageError(f"no submission {id_}", hint="`submissions list` shows their ids.")
        return found

    def version(self, prefix: str) -> StoredVersion:
        """The one version whose id begins so. Raises UsageError for none, or several."""
        with reading(self._engine) as connection:
            found = loading.versions(connection, of={}, prefix=prefix)
        if len(found) != 1 or not prefix:
            several = f"{len(found)} submissions begin with {prefix}" if found and prefix else f"no submission {prefix}"
            raise UsageError(several, hint="`submissions list` shows their ids.")
        return found[0]

    def versions(self, key: SubmissionKey) -> tuple[StoredVersion, ...]:
        """All versions of a key, the first received first."""
        of = {"round": key.round, "subject": key.subject, "form": key.form, "unit": key.unit, "occasion": key.occasion}
        with reading(self._engine) as connection:
            return loading.versions(connection, of=of)

    def list(
        self, round_id: str, *, subject: str = "", form: str = "", state: State | None = None
    ) -> tuple[StoredVersion, ...]:
        """The versions of a round in the order of their keys, all of them or those of a subject, form or state."""
        of = {"round": round_id, "subject": subject, "form": form, "state": state or ""}
        with reading(self._engine) as connection:
            return loading.versions(connection, of={name: value for name, value in of.items() if value})

    def waiting(self, round_id: str) -> tuple[StoredVersion, ...]:
        """The versions that are held until somebody decides or a newer one comes."""
        return self.list(round_id, state="held")

    def issues(self, id_: str) -> tuple[Issue, ...]:
        """The remarks on a submission, in the order they were given."""
        with reading(self._engine) as connection:
            return loading.issues_of(connection, submission_id=id_)

    def file_issues(self, checksum: str) -> tuple[Issue, ...]:
        """The remarks on a whole file."""
        with reading(self._engine) as connection:
            return loading.issues_of(connection, checksum=checksum)

    # What judging needs ----------------------------------------------------------------------------------------------

    def earlier(self, key: SubmissionKey, *, before: Place | None = None) -> Earlier | None:
        """The version in force of a key, or the one that was in force when a version of the place `before` came.

        With `before` a file is judged alike whenever it is processed, and never against itself.
        """
        return self.earlier_among({key: before}).get(key)

    def earlier_among(self, places: Mapping[SubmissionKey, Place | None]) -> Mapping[SubmissionKey, Earlier]:
        """The same for a batch; keys without an earlier version are left out."""
        with reading(self._engine) as connection:
            return loading.earlier(connection, places)

    def values_in_force(self, round_id: str, subject: str) -> Mapping[tuple[str, str, str], Mapping[str, Value]]:
        """A subject's values in force by (form, unit, occasion)."""
        return self.values_among(round_id, (subject,))[subject]

    def values_among(
        self, round_id: str, subjects: Iterable[str]
    ) -> Mapping[str, Mapping[tuple[str, str, str], Mapping[str, Value]]]:
        """The same for a batch of subjects, each of which is a key of what comes back."""
        with reading(self._engine) as connection:
            return loading.values_of_subjects(connection, round_id, subjects)

    def scores_of_others(self, round_id: str, form: str, occasion: str) -> Mapping[str, Mapping[str, Value]]:
        """Everybody's values in force for a form and occasion by subject (`subject/unit` for a unit's own).

        The subject that is being judged is among them. Read it once a batch: it grows with the round.
        """
        with reading(self._engine) as connection:
            return loading.values_of_all(connection, round_id, form, occasion)

    # Decisions -------------------------------------------------------------------------------------------------------

    def use(self, id_: str, because: str, who: str, at: datetime) -> None:
        """Put a version in force, over all that were received before `at`. Raises UsageError."""
        self._decide(Decided(id_, "use", because, who, at))

    def set_aside(self, id_: str, because: str, who: str, at: datetime) -> None:
        """Let a version count for nothing; the one before it is in force again. Raises UsageError."""
        self._decide(Decided(id_, "set_aside", because, who, at))

    def withdraw(self, id_: str, because: str, who: str, at: datetime) -> None:
        """Take a version back at its sender's wish; nothing is in force until the next one comes. Raises UsageError."""
        self._decide(Decided(id_, "withdraw", because, who, at))

    def decisions(self) -> tuple[Decided, ...]:
        """Everything decided by hand, in the order of time."""
        with reading(self._engine) as connection:
            return loading.decided(connection)

    def _decide(self, decision: Decided) -> None:
        with writing(self._engine) as connection:
            ledger.decide(connection, decision)

    # The ledger ------------------------------------------------------------------------------------------------------

    def start_run(self, run: str, job: str, at: datetime, *, local_date: str = "") -> None:
        """Open a run; `local_date` is set for a scheduled one, of which one a day can be completed."""
        with writing(self._engine) as connection:
            ledger.start_run(connection, RunRecord(run, job, "started", at, local_date=local_date))

    def finish_run(self, run: str, state: str, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
        """Close a run: `completed`, `failed` or `cancelled`. A second completed one of a day raises StoreError."""
        with writing(self._engine) as connection:
            ledger.finish_run(connection, run, state, at, facts or {})

    def step(self, run: str, name: str, state: str, at: datetime, facts: Mapping[str, Any] | None = None) -> None:
        """Note the next step of a run."""
        with writing(self._engine) as connection:
            ledger.add_step(connection, run, name, state, at, facts or {})

    def steps(self, run: str) -> tuple[tuple[str, str, dict[str, Any]], ...]:
        """A run's steps in order: name, state, facts."""
        with reading(self._engine) as connection:
            return ledger.steps(connection, run)

    def history(self, job: str = "", *, limit: int = 100) -> tuple[RunRecord, ...]:
        """The last runs, the latest first."""
        with reading(self._engine) as connection:
            return ledger.history(connection, job, limit)

    def completed(self, job: str, local_date: str) -> bool:
        """Whether a scheduled job has been completed for that day."""
        with reading(self._engine) as connection:
            return ledger.completed(connection, job, local_date)

    # The outbox ------------------------------------------------------------------------------------------------------

    def outbox_add(self, message: Message, run: str) -> bool:
        """Put a message in the outbox; false when it is there already, so that nobody gets it twice."""
        with writing(self._engine) as connection:
            return ledger.add_message(connection, message, run)

    def outbox_mark(self, message: Message, state: str) -> None:
        """Note what became of a message: `sending`, `sent`, `failed`, `unknown`."""
        with writing(self._engine) as connection:
            ledger.mark_message(connection, message, state)

    def outbox(self, state: str = "") -> tuple[Message, ...]:
        """The messages of a state, or all."""
        with reading(self._engine) as connection:
            return ledger.messages(connection, state)

    # Publishing ------------------------------------------------------------------------------------------------------

    def publish(self, made: Publication) -> bool:
        """Record what is made public, all of it or nothing; false when that very publication is recorded already."""
        with writing(self._engine) as connection:
            return publications.publish(connection, made)

    def published(self, round_id: str) -> tuple[Publication, ...]:
        """What was published of a round, figure by figure, the first first."""
        with reading(self._engine) as connection:
            return publications.published(connection, round_id)

    def mark_round(self, mark: RoundMark) -> None:
        """Note that a round was closed or reopened."""
        with writing(self._engine) as connection:
            publications.mark(connection, mark)

    def round_marks(self, round_id: str = "") -> tuple[RoundMark, ...]:
        """What was done to a round (to any, without an id), the first first."""
        with reading(self._engine) as connection:
            return publications.marks(connection, round_id)

    def closed_rounds(self) -> Mapping[str, datetime]:
        """The rounds that are closed, and since when."""
        last = {one.round: one for one in self.round_marks()}
        return {name: one.at for name, one in last.items() if one.action == "close"}

    def taken_in(self, checksums: Iterable[str], rounds: Iterable[str]) -> Mapping[str, Known]:
        """What was received of these bytes for these rounds, by checksum, whatever it was judged under."""
        with reading(self._engine) as connection:
            rows = publications.taken_in(connection, checksums, rounds)
        found: dict[str, Known] = {}
        for row in rows:
            before = found.get(row.checksum)
            verdicts = (row.verdict, before.verdict) if before else (row.verdict,)
            ids = (*before.submissions, row.id) if before else (row.id,)
            found[row.checksum] = Known(row.checksum, worst(verdicts), ids)
        return found

    # Comparing -------------------------------------------------------------------------------------------------------

    def canonical_dump(self) -> str:
        """All content as text, equal for equal content whatever its history of runs."""
        with reading(self._engine) as connection:
            return dump.canonical_dump(connection)


def _batches(judged: Sequence[Judged]) -> Iterator[list[Judged]]:
    """Batches of at most `BATCH`, the forms of one file never apart."""
    batch: list[Judged] = []
    for _, group in groupby(judged, key=lambda one: one.submission.checksum):
        forms = list(group)
        if batch and len(batch) + len(forms) > BATCH:
            yield batch
            batch = []
        batch += forms
    if batch:
        yield batch


def _save_batch(connection: Connection, batch: Sequence[Judged], run: str) -> tuple[Saved, ...]:
    """Save all at once; where the database refuses that, one by one, each at a savepoint of its own."""
    try:
        with connection.begin_nested():
            return saving.save(connection, batch, run)
    except OperationalError:
        raise
    except (DBAPIError, ValueError, OverflowError):
        return tuple(_save_one(connection, one, run) for one in batch)


def _save_one(connection: Connection, one: Judged, run: str) -> Saved:
    try:
        with connection.begin_nested():
            return saving.save(connection, (one,), run)[0]
    except OperationalError:
        raise
    except (DBAPIError, ValueError, OverflowError) as fault:
        reason = fault.orig if isinstance(fault, DBAPIError) else fault
        return Saved(submission_id(one.submission.key, one.submission.checksum), None, str(reason))
