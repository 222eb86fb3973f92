"""What reading one form of a workbook gives, before it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Answer, FormPart, SubmissionKey, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The answers of one form in one file, each with its cell.

    `slots` are all answers asked for, rows that people added included; `places` says where each slot's cell is in
    the file, answered or not. `unread` are paths that hold something no value could be made of (their issues are
    in `issues`). `withdrawn` are rows that stood in the version before and are gone.
    """

    key: SubmissionKey
    part: FormPart
    form: Form
    slots: tuple[Slot, ...]
    answers: Mapping[str, Answer]
    places: Mapping[str, CellRef]
    issues: tuple[Issue, ...]
    unread: frozenset[str] = frozenset()
    withdrawn: tuple[str, ...] = ()

    def value(self, path: str) -> Value | None:
        """The value read at a path."""
        answer = self.answers.get(path)
        return answer.value if answer else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A version that the store has: its values, its checksum, and when its workbook was saved."""

    key: SubmissionKey
    values: Mapping[str, Value]
    checksum: str
    received: datetime
    saved: datetime | None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """A rule that does not apply to an organisation up to and with a day, and why; at one path or anywhere."""

    organisation: str
    code: str
    until: date
    reason: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What validation knows beside the file itself.

    `in_force` are the values in force of the same organisation by (form, unit, occasion); `same_key` is the version in
    force of exactly this submission. `others` are the values of the same form and occasion of those other organisations
    that this could be a copy of, by organisation code. `due_occasion` is the occasion that a living form's delivery
    counts for. `staged` maps an issue code to the last round in which it is no more than a warning; `decided` maps an
    issue code, or the file's checksum, to `accept` where a person has decided that what was asked about is as it should
    be. In a `closed` round nothing more counts but what is for the follow-up.
    """

    round: Round
    as_of: date
    received: datetime
    folder_organisation: str = ""
    source: str = ""
    saved: datetime | None = None
    checksum: str = ""
    same_key: Earlier | None = None
    in_force: Mapping[tuple[str, str, str], Mapping[str, Value]] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    staged: Mapping[str, str] = field(default_factory=dict)
    decided: Mapping[str, str] = field(default_factory=dict)
    due_occasion: str = ""
    closed: bool = False
