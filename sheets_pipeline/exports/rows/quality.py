"""The sheet of quality: what came when, how complete it was, and who took part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sheets_pipeline.exports.source import INSIDE, Source, unit_name
from sheets_pipeline.exports.table import Row, RowValue
from sheets_pipeline.model.programme import Deliverable, deliverables
from sheets_pipeline.model.round_results import Quality
from sheets_pipeline.model.submissions import Submission, SubmissionKey

ROLES = ("politician", "manager", "key_person")


def quality_rows(source: Source) -> Iterator[Row]:
    """A row a delivery owed, by those who left the round too; none for anybody but SALAR's own project lead."""
    if source.results.audience != INSIDE:
        return
    in_force = {one.key: one for one in source.submissions}
    for owed in deliverables(source.results.round):
        key = SubmissionKey(source.results.round.id, owed.form, owed.organisation.code, owed.unit, owed.occasion)
        yield {
            "round": key.round,
            "organisation_code": owed.organisation.code,
            "unit": unit_name(owed.organisation, owed.unit),
            "form": owed.form,
            "occasion": owed.occasion,
            "left": owed.organisation.left,
            **_delivery(owed, in_force.get(key), source.quality.get(key)),
        }


def _delivery(owed: Deliverable, submission: Submission | None, quality: Quality | None) -> Mapping[str, RowValue]:
    values = submission.values() if submission else {}
    assessed = any(path.startswith("roles_present/") for path in values)
    received = submission.received.date() if submission else None
    due = quality.extended_to if quality and quality.extended_to else owed.due
    roles: dict[str, RowValue] = {role: f"roles_present/{role}" in values if assessed else None for role in ROLES}
    return {
        "received": received,
        "extended_to": quality.extended_to if quality else None,
        "late_days": max(0, (received - due).days) if received and due else None,
        "versions": quality.versions if quality else None,
        "missing_required": quality.missing_required if quality else None,
        "errors": quality.errors if quality else None,
        "warnings": quality.warnings if quality else None,
        **roles,
    }
