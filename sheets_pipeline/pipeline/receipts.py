"""What is told of each file, and the sum of a run: the contract's JSON for `check` and `collect`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.remarks import describe
from sheets_pipeline.pipeline.copies import Copies
from sheets_pipeline.pipeline.judging import JudgedFile, JudgedForm

Outcome = Literal["unchanged", "ignored", "new"]
VERDICTS = ("accepted", "remarks", "held", "rejected", "unreadable")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One file of a run. `reason` says why it was ignored; `judged` is None unless it is new."""

    file: str
    outcome: Outcome
    judged: JudgedFile | None = None
    reason: str = ""
    archived: str = ""
    feedback: Path | None = None
    copies: Copies = field(default_factory=Copies)


def file_json(judged: JudgedFile, language: str) -> list[dict[str, Any]]:
    """One entry a form; one for a file in which none was found."""
    cells = {"cells": dict(judged.read.cells)} if judged.read and judged.read.cells else {}
    return [_form_json(judged, form, language) | cells for form in judged.forms]


def _form_json(judged: JudgedFile, form: JudgedForm, language: str) -> dict[str, Any]:
    reading = form.reading
    part = reading.part if reading else None
    surroundings = form.surroundings
    round_ = surroundings.round if surroundings else None
    subject = part.subject if part else None
    is_cluster = bool(round_ and subject and round_.cluster(subject))
    return {
        "file": judged.name,
        "sha256": judged.checksum,
        "form": part.form if part else None,
        "version": part.version if part else None,
        "round": reading.key.round if reading else None,
        "organisation": None if is_cluster else subject,
        "cluster": _cluster(form, subject, is_cluster=is_cluster),
        "unit": (part.unit or None) if part else None,
        "point": part.parameters.occasion if part else None,
        "level": part.parameters.level if part else None,
        "scale": (part.parameters.scale or None) if part else None,
        "verdict": form.verdict.name,
        "answers": len(form.answers),
        "issues": [issue_json(issue, reading.form if reading else None, language) for issue in form.verdict.issues],
    }


def _cluster(form: JudgedForm, subject: str | None, *, is_cluster: bool) -> str | None:
    if is_cluster:
        return subject
    round_ = form.surroundings.round if form.surroundings else None
    organisation = round_.organisation(subject) if round_ and subject else None
    return organisation.cluster if organisation else None


def issue_json(issue: Issue, form: Form | None, language: str) -> dict[str, Any]:
    """One remark in the reader's words."""
    words = describe(issue, form, language)
    return {
        "code": issue.code,
        "severity": issue.severity,
        "sheet": issue.cell.sheet if issue.cell else None,
        "cell": issue.cell.a1 if issue.cell else None,
        "also": [str(cell) for cell in issue.also],
        "question": issue.question or None,
        "path": issue.path or None,
        "message": words.message,
        "value": issue.value or None,
        "expected": words.expected or None,
        "fix": words.fix,
    }


def summary(receipts: Iterable[Receipt]) -> dict[str, int]:
    """Seen = unchanged + ignored + new; new = the verdicts' sum."""
    counts: Counter[str] = Counter()
    for receipt in receipts:
        counts["seen"] += 1
        counts[receipt.outcome] += 1
        if receipt.judged is not None:
            counts[receipt.judged.verdict] += 1
    return {name: counts[name] for name in ("seen", "new", *VERDICTS, "unchanged", "ignored")}


def run_json(run: str, receipts: Iterable[Receipt], language: str) -> dict[str, Any]:
    """The contract's JSON for `collect`."""
    listed = list(receipts)
    files = [
        entry | {"archived": receipt.archived or None, "feedback": str(receipt.feedback) if receipt.feedback else None}
        for receipt in listed
        if receipt.judged is not None
        for entry in file_json(receipt.judged, language)
    ]
    return {"run": run, **summary(listed), "files": files}
