"""Between the values that stages exchange and the rows of the tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Row

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.receipts import Judged, Place, StoredVersion
from sheets_pipeline.model.submissions import (
    Answer,
    Parameters,
    Submission,
    SubmissionKey,
    Value,
    canonical_json,
    content_hash,
    value_from_json,
    value_to_json,
)
from sheets_pipeline.store.tables import utc

Fields = dict[str, Any]
AnyRow = Row[Any]
_ID_LENGTH = 16


def submission_id(key: SubmissionKey, checksum: str) -> str:
    """The id of what one file says for one key: the same in every store."""
    parts = (key.round, key.form, key.subject, key.unit, key.occasion, checksum)
    return content_hash(parts)[:_ID_LENGTH]


def columns_of(row: AnyRow) -> Fields:
    """A row by the names of its columns."""
    return dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it


def key_of(row: AnyRow) -> SubmissionKey:
    return SubmissionKey(row.round, row.form, row.subject, row.unit, row.occasion)


def submission_fields(judged: Judged) -> Fields:
    """The columns that a judgement sets, `state`, `number` and `run` left out."""
    submission = judged.submission
    key = submission.key
    return {
        "id": submission_id(key, submission.checksum),
        "round": key.round,
        "subject": key.subject,
        "form": key.form,
        "unit": key.unit,
        "occasion": key.occasion,
        "verdict": submission.verdict,
        "checksum": submission.checksum,
        "form_version": submission.version,
        "definition": submission.definition,
        "parameters": _parameters_json(submission.parameters),
        "unread": canonical_json(sorted(judged.unread)),
        "withdrawn_rows": canonical_json(submission.withdrawn_rows),
        "fingerprint": judged.fingerprint,
        "received": utc(submission.received),
        "saved": utc(submission.saved) if submission.saved else None,
        "source": judged.source,
        "name": judged.name,
        "sender": judged.sender,
    }


def _parameters_json(parameters: Parameters) -> str:
    return canonical_json(parameters.as_json())


def answer_row(number: int, answer: Answer) -> tuple[Any, ...]:
    """One answer in the order of the columns of `answers`."""
    value, cell = answer.value, answer.cell
    amount = float(value) if isinstance(value, int | Decimal) else None
    where = (cell.sheet, cell.row, cell.column)
    return (number, answer.path, _value_text(value), amount, str(answer.raw), *where, answer.origin or None)


def _value_text(value: Value) -> str:
    """A value as JSON; the two kinds that nearly all answers are go the short way."""
    if isinstance(value, str):
        return encode_basestring(value)
    if type(value) is int:
        return str(value)
    return canonical_json(value_to_json(value))


def value_of(text: str) -> Value:
    """The inverse of what `answer_row` writes as `value`."""
    found = json.loads(text)
    return value_from_json(found) if isinstance(found, dict) else found


def answer_of(path: str, value: str, raw: str, sheet: str, row: int, column: int, origin: str | None) -> Answer:
    """The answer; `raw` comes back as text, whatever it was typed as."""
    return Answer(path, value_of(value), raw, CellRef(sheet, row, column), origin or "")


def submission_of(row: AnyRow, answers: tuple[Answer, ...]) -> Submission:
    return Submission(
        key=key_of(row),
        version=row.form_version,
        definition=row.definition,
        parameters=_parameters(row.parameters),
        checksum=row.checksum,
        received=row.received,
        saved=row.saved,
        verdict=row.verdict,
        answers=answers,
        withdrawn_rows=tuple(json.loads(row.withdrawn_rows)),
    )


@lru_cache(maxsize=256)
def _parameters(text: str) -> Parameters:
    return Parameters.from_json(json.loads(text))


def version_of(row: AnyRow, number: int) -> StoredVersion:
    return StoredVersion(
        id=row.id,
        key=key_of(row),
        number=number,
        state=row.state,
        verdict=row.verdict,
        checksum=row.checksum,
        form_version=row.form_version,
        definition=row.definition,
        fingerprint=row.fingerprint,
        received=row.received,
        saved=row.saved,
        source=row.source,
        name=row.name,
        sender=row.sender,
    )


def place_of(row: AnyRow) -> Place:
    return Place(row.received, row.saved, row.checksum)


def utc_place(place: Place) -> Place:
    """The place with its times in UTC, as stored ones are."""
    return Place(utc(place.received), utc(place.saved) if place.saved else None, place.checksum)


def issue_fields(checksum: str, submission: str, position: int, issue: Issue) -> Fields:
    """One remark; `submission` is empty for one about the whole file."""
    cell = issue.cell
    return {
        "checksum": checksum,
        "submission_id": submission,
        "position": position,
        "code": issue.code,
        "severity": issue.severity,
        "sheet": cell.sheet if cell else None,
        "row": cell.row if cell else None,
        "column": cell.column if cell else None,
        "question": issue.question,
        "path": issue.path,
        "value": issue.value,
        "params": canonical_json(_plain(issue.params)),
        "also": canonical_json([[ref.sheet, ref.row, ref.column] for ref in issue.also]),
    }


def issue_of(row: AnyRow) -> Issue:
    """The remark; in `params` tuples come back as lists, and cells as their text."""
    return Issue(
        code=row.code,
        severity=row.severity,
        cell=CellRef(row.sheet, row.row, row.column) if row.sheet is not None else None,
        question=row.question,
        path=row.path,
        value=row.value,
        params={name: _typed(value) for name, value in json.loads(row.params).items()},
        also=tuple(CellRef(*ref) for ref in json.loads(row.also)),
    )


def _plain(value: object) -> object:
    """What JSON can hold of a parameter; anything without a form of its own becomes its text."""
    if isinstance(value, Mapping):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if isinstance(value, Decimal) or type(value) is date:
        return value_to_json(value)
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _typed(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    if isinstance(value, list):
        return [_typed(one) for one in value]
    if isinstance(value, dict):
        if value.keys() in ({"decimal"}, {"date"}):
            return value_from_json(value)
        return {name: _typed(one) for name, one in value.items()}
    return value
