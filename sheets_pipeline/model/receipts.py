"""What is noted of a file: where it lay, how each of its forms was judged, and what the store holds of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.submissions import Submission, SubmissionKey, VerdictName

State = Literal["in_force", "superseded", "held", "set_aside", "withdrawn", "rejected"]
Decision = Literal["use", "set_aside", "withdraw"]


@dataclass(frozen=True, slots=True)
class FileMark:
    """How a file is known again without reading it. `path` is the source's own name of the place, relative to it."""

    source: str
    path: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One form of one file with its verdict, as the store takes it.

    `unread` are paths that hold an error in this version: there, an earlier version's answer stays in force. `name`
    is the file's. `fingerprint` stands for everything the verdict rests on: definition, rules, waivers, settings.
    """

    submission: Submission
    issues: tuple[Issue, ...] = ()
    unread: frozenset[str] = frozenset()
    fingerprint: str
    source: str
    name: str
    sender: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version stands among those of its key: the last received counts, then the last saved, then checksum."""

    received: datetime
    saved: datetime | None
    checksum: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did. `id` is the submission's; `fault` says why it could not be stored (empty when it was)."""

    id: str
    state: State | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Settlement:
    """A file that is done with. `checksum` is empty for one too large to read; `issues` are those of the whole file.

    `name` and `received` are the source's. `fingerprint` and `verdict` are the file's: the worst of its forms.
    """

    mark: FileMark
    checksum: str
    name: str
    received: datetime
    fingerprint: str
    verdict: VerdictName
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Bytes that were judged before: their worst verdict and the ids of the submissions made of them.

    `settled` is false where a run ended between saving and settling, so that nobody may have been answered.
    """

    checksum: str
    verdict: VerdictName
    submissions: tuple[str, ...]
    settled: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """One version of a submission as lists show it. `number` counts the key's versions from 1, ordered by `Place`."""

    id: str
    key: SubmissionKey
    number: int
    state: State
    verdict: VerdictName
    checksum: str
    form_version: str
    definition: str
    fingerprint: str
    received: datetime
    saved: datetime | None
    source: str
    name: str
    sender: str

    @property
    def place(self) -> Place:
        """Where it stands among the versions of its key."""
        return Place(self.received, self.saved, self.checksum)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided about a version: who, when, why."""

    submission: str
    action: Decision
    because: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """Something to be sent to one recipient. One (occasion, recipient, content) is sent once, whichever run it is."""

    occasion: str
    recipient: str
    content: str
    state: Literal["waiting", "sending", "sent", "failed", "unknown"] = "waiting"
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run in the ledger. `local_date` is the day a scheduled run was due (empty for one started by hand)."""

    id: str
    job: str
    state: str
    started: datetime
    finished: datetime | None = None
    local_date: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
