"""Who answered: what every organisation owes, and in which state it is, counted without naming anybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from sheets_pipeline.analysis.audience import has_left
from sheets_pipeline.model.programme import Deliverable, Round, deliverables
from sheets_pipeline.model.round_results import Received
from sheets_pipeline.model.submissions import Submission, SubmissionKey

States = Mapping[SubmissionKey, str]


def received(round_: Round, submissions: Iterable[Submission], as_of: date, states: States) -> tuple[Received, ...]:
    """A row a form, occasion, role and cluster, in the order of the packets.

    `states` are those that `status` knows better than the answers in force do (`held`, `extended`, …).
    """
    known = {one.key: one.verdict for one in submissions} | dict(states)
    found: dict[tuple[str, str, str, str], Counter[str]] = {}
    for owed in _in_packet_order(round_):
        place = (owed.form, owed.occasion, owed.organisation.role, owed.organisation.cluster)
        found.setdefault(place, Counter())[_state(owed, round_, known, as_of)] += 1
    return tuple(
        Received(
            form=form,
            occasion=occasion,
            role="mentor" if role == "mentor" else "participant",
            cluster=cluster,
            states=dict(sorted(counts.items())),
        )
        for (form, occasion, role, cluster), counts in found.items()
    )


def _in_packet_order(round_: Round) -> list[Deliverable]:
    order = {packet.id: place for place, packet in enumerate(round_.packets)}
    return sorted(deliverables(round_), key=lambda owed: order[owed.packet.id])


def _state(owed: Deliverable, round_: Round, known: Mapping[SubmissionKey, str], as_of: date) -> str:
    if has_left(owed.organisation, as_of):
        return "withdrawn"
    state = known.get(SubmissionKey(round_.id, owed.form, owed.organisation.code, owed.unit, owed.occasion))
    if state:
        return state
    if owed.due is None:
        return "no_date"
    return "missing" if owed.due < as_of else "not_due"
