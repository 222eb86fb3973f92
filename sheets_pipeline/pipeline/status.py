"""Who owes what and what has become of it, on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from sheets_pipeline.model.programme import Deliverable, Round, deliverables
from sheets_pipeline.model.receipts import StoredVersion
from sheets_pipeline.model.submissions import SubmissionKey
from sheets_pipeline.project.decisions import Decision

State = Literal["not_due", "no_date", "missing", "extended", "held", "rejected", "remarks", "accepted", "withdrawn"]


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One deliverable on the day asked about. `late_days` is None unless it came, or is missing, after its date."""

    deliverable: Deliverable
    state: State
    received: datetime | None
    late_days: int | None

    def as_json(self) -> dict[str, Any]:
        """As the contract's `status --json` prints it."""
        owed = self.deliverable
        return {
            "organisation": owed.organisation.code,
            "cluster": owed.organisation.cluster,
            "unit": owed.unit or None,
            "form": owed.form,
            "point": owed.occasion,
            "due": owed.due.isoformat() if owed.due else None,
            "state": self.state,
            "received": self.received.isoformat() if self.received else None,
            "late_days": self.late_days,
        }


def status(
    round_: Round, versions: Iterable[StoredVersion], decisions: Iterable[Decision], as_of: date
) -> tuple[StatusRow, ...]:
    """Every deliverable of the round with its state on a day; versions received later are not looked at."""
    latest = _latest(versions, as_of)
    exempt = _exempt(decisions)
    return tuple(_row(owed, round_, latest, exempt, as_of) for owed in deliverables(round_))


def states_by_key(rows: Iterable[StatusRow], round_: Round) -> dict[SubmissionKey, str]:
    """Key → state, as reports count who answered."""
    return {_key(row.deliverable, round_): row.state for row in rows}


def _key(owed: Deliverable, round_: Round) -> SubmissionKey:
    return SubmissionKey(round_.id, owed.form, owed.organisation.code, owed.unit, owed.occasion)


def _latest(versions: Iterable[StoredVersion], as_of: date) -> Mapping[SubmissionKey, StoredVersion]:
    """What speaks for a key on that day: the version in force, else one that is held, else the last of any kind."""
    rank = {"in_force": 3, "held": 2}
    best: dict[SubmissionKey, StoredVersion] = {}
    for version in versions:
        if version.received.date() > as_of:
            continue
        known = best.get(version.key)
        here = (rank.get(version.state, 1), version.number)
        if known is None or here > (rank.get(known.state, 1), known.number):
            best[version.key] = version
    return best


def _exempt(decisions: Iterable[Decision]) -> frozenset[str]:
    """Submission keys and organisation codes that need not hand in."""
    return frozenset(one.submission or one.organisation for one in decisions if one.action == "exempt")


def _row(
    owed: Deliverable,
    round_: Round,
    latest: Mapping[SubmissionKey, StoredVersion],
    exempt: frozenset[str],
    as_of: date,
) -> StatusRow:
    key = _key(owed, round_)
    version = latest.get(key)
    left = owed.organisation.left
    if left is not None and left <= as_of:
        return StatusRow(owed, "withdrawn", version.received if version else None, None)
    if version is not None and version.state in {"in_force", "held", "rejected", "superseded"}:
        return _received(owed, version)
    if owed.organisation.code in exempt or str(key) in exempt:
        return StatusRow(owed, "not_due", None, None)
    return _awaited(owed, round_, as_of)


def _received(owed: Deliverable, version: StoredVersion) -> StatusRow:
    late = (version.received.date() - owed.due).days if owed.due else 0
    if version.state == "held":
        state: State = "held"
    elif version.verdict == "accepted":
        state = "accepted"
    else:
        state = "rejected" if version.state == "rejected" else "remarks"
    return StatusRow(owed, state, version.received, late if late > 0 else None)


def _awaited(owed: Deliverable, round_: Round, as_of: date) -> StatusRow:
    """Not received: missing only when its date has passed and its point is one that is always made."""
    if owed.due is None:
        return StatusRow(owed, "no_date", None, None)
    occasion = round_.edition.occasion(owed.occasion)
    if as_of <= owed.due or (occasion is not None and not occasion.required):
        return StatusRow(owed, "not_due", None, None)
    return StatusRow(owed, "missing", None, (as_of - owed.due).days)
