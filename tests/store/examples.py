"""Submissions of fictional organisations, as short as a test wants them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.receipts import FileMark, Judged, Settlement
from sheets_pipeline.model.submissions import Answer, Parameters, Submission, SubmissionKey, Value, VerdictName
from sheets_pipeline.store.repository import Store

MORNING = datetime(2026, 2, 3, 8, tzinfo=UTC)
EXEMPELBY = SubmissionKey("2026", "self_assessment", "9901", "", "bm1")
PROVBERG = SubmissionKey("2026", "self_assessment", "9902", "", "bm1")


def clock(hours: float) -> datetime:
    """So many hours into the day of the example."""
    return MORNING + timedelta(hours=hours)


def checksum_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def answers_of(values: Mapping[str, Value]) -> tuple[Answer, ...]:
    places = ((path, CellRef("Självskattning", row, 3)) for row, path in enumerate(values, 13))
    return tuple(Answer(path, values[path], str(values[path]), cell) for path, cell in places)


def version(  # noqa: PLR0913 - a submission has this many sides
    name: str,
    values: Mapping[str, Value],
    *,
    hour: float = 0,
    saved: float | None = None,
    verdict: VerdictName = "accepted",
    unread: tuple[str, ...] = (),
    key: SubmissionKey = EXEMPELBY,
    fingerprint: str = "rules-1",
    issues: tuple[Issue, ...] = (),
) -> Judged:
    """A file of that name, received so many hours into the day, with its answers."""
    submission = Submission(
        key=key,
        version="1.0.0",
        definition="d" * 64,
        parameters=Parameters(occasion=key.occasion),
        checksum=checksum_of(name),
        received=clock(hour),
        saved=None if saved is None else clock(saved),
        verdict=verdict,
        answers=answers_of(values),
    )
    return Judged(
        submission=submission,
        issues=issues,
        unread=frozenset(unread),
        fingerprint=fingerprint,
        source="inbox",
        name=name,
    )


def settlement(judged: Judged, *, path: str = "", hour: float | None = None) -> Settlement:
    """The file of a version is done with; it may lie in another place, and have come at another hour."""
    submission = judged.submission
    return Settlement(
        mark=FileMark(judged.source, path or judged.name, 30_000, 1_770_000_000_000_000_000),
        checksum=submission.checksum,
        name=judged.name,
        received=submission.received if hour is None else clock(hour),
        fingerprint=judged.fingerprint,
        verdict=submission.verdict,
    )


def in_force(store: Store, key: SubmissionKey = EXEMPELBY) -> dict[str, Value]:
    """Path → value in force; nothing where no version is."""
    return next((one.values() for one in store.in_force(key.round) if one.key == key), {})


def states(store: Store, key: SubmissionKey = EXEMPELBY) -> dict[str, str]:
    """The state of each version by its file's name, the first received first."""
    return {one.name: one.state for one in store.versions(key)}
