"""What comes in: a delivery, the answers found in it, and whom they speak for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from sheets_pipeline.model.cells import CellRef, CellValue

Value = str | int | bool | Decimal | date
VerdictName = Literal["accepted", "remarks", "held", "rejected", "unreadable"]
MOST_PREPARED = 5_000
VERDICTS_WORST_FIRST: tuple[VerdictName, ...] = ("unreadable", "rejected", "held", "remarks", "accepted")


@dataclass(frozen=True)
class Delivery:
    """A file as it arrived. `folder` is the inbox folder it lay in; `received` is the source's own time."""

    name: str
    data: bytes
    source: str
    received: datetime
    folder: str = ""
    sender: str = ""

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the bytes, hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class SubmissionKey:
    """What a submission is about; unique in the store. `subject` is an organisation, a cluster or the round."""

    round: str
    form: str
    subject: str
    unit: str = ""
    occasion: str = ""

    def __str__(self) -> str:
        return "/".join((self.round, self.form, self.subject, self.unit or "-", self.occasion))

    @classmethod
    def parse(cls, text: str) -> SubmissionKey:
        """Read `round/form/subject/unit/occasion` back; raises ValueError."""
        parts = text.split("/")
        if len(parts) != len(cls.__slots__) or not all(parts):
            raise ValueError(f"not round/form/subject/unit/occasion (unit - for none): {text!r}")
        round_, form, subject, unit, occasion = parts
        return cls(round_, form, subject, "" if unit == "-" else unit, occasion)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """Everything a layout depends on beside the form itself; travels in the manifest.

    `prepared` holds the ids printed for a table or card by its place (`plans`, `plans[P01]/whys`) where they are not
    the form's own first ones; `counts` (`headline` or `all`) adds the column group with counts of hands.
    """

    language: str = "sv"
    occasion: str = ""
    level: str = "overall"
    mode: str = "full"
    scale: str = ""
    organisation_type: str = ""
    edition: str = ""
    counts: str = ""
    prepared: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """As the manifest writes them."""
        return {
            "language": self.language,
            "occasion": self.occasion,
            "level": self.level,
            "mode": self.mode,
            "scale": self.scale,
            "organisation_type": self.organisation_type,
            "edition": self.edition,
            "counts": self.counts,
            "prepared": {place: list(ids) for place, ids in sorted(self.prepared.items())},
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Parameters:
        """Read back what `as_json` wrote, unknown keys ignored; raises ValueError for wrong types and endless rows."""
        texts = {name: data.get(name, "") for name in _TEXT_PARAMETERS if name in data}
        prepared = data.get("prepared", {})
        if not all(isinstance(text, str) for text in texts.values()) or not isinstance(prepared, Mapping):
            message = "the manifest's parameters are not of their types"
            raise ValueError(message)
        rows = {str(place): tuple(map(str, ids)) for place, ids in prepared.items()}
        if sum(map(len, rows.values())) > MOST_PREPARED:
            message = "the manifest asks for more rows than anybody prints"
            raise ValueError(message)
        return cls(**texts, prepared=rows)


_TEXT_PARAMETERS = (
    "language",
    "occasion",
    "level",
    "mode",
    "scale",
    "organisation_type",
    "edition",
    "counts",
)


@dataclass(frozen=True, slots=True)
class FormPart:
    """One form of a workbook, as the manifest names it. `built_on` is the version in force when it was built."""

    form: str
    version: str
    definition: str
    subject: str
    unit: str
    parameters: Parameters
    built_on: str = ""

    def key(self, round_id: str) -> SubmissionKey:
        """The submission this part is about."""
        return SubmissionKey(round_id, self.form, self.subject, self.unit, self.parameters.occasion)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the hidden sheet `_manifest` says about a workbook."""

    round: str
    packet: str
    language: str
    built: str
    parts: tuple[FormPart, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its path, the value that counts, what was typed, and where.

    `origin` is the checksum of the earlier file an answer was kept from; empty for one of the submission's own file.
    """

    path: str
    value: Value
    raw: CellValue
    cell: CellRef
    origin: str = ""

    def typed(self) -> str:
        """What the person typed, as text."""
        return str(self.raw)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What one delivery says for one key, after validation; `answers` hold only what is right.

    `mode`, `scale` and `level` come from the layout it was filled on; `withdrawn_rows` are row paths that stood in
    the version before and are gone. `places` maps every path that could be answered to its cell in the file.
    """

    key: SubmissionKey
    version: str
    definition: str
    parameters: Parameters
    checksum: str
    received: datetime
    saved: datetime | None
    verdict: VerdictName
    answers: tuple[Answer, ...]
    withdrawn_rows: tuple[str, ...] = ()

    def value(self, path: str) -> Value | None:
        """The value answered at a path."""
        return next((answer.value for answer in self.answers if answer.path == path), None)

    def values(self) -> dict[str, Value]:
        """Path → value."""
        return {answer.path: answer.value for answer in self.answers}


def value_to_json(value: Value | None) -> Any:  # noqa: ANN401 - JSON is anything
    """A value as JSON holds it: decimals as numbers' text in `{"decimal": …}`, dates in `{"date": …}`."""
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return value


def value_from_json(data: Any) -> Value:  # noqa: ANN401 - JSON is anything
    """The inverse of `value_to_json`."""
    if isinstance(data, dict):
        return Decimal(data["decimal"]) if "decimal" in data else date.fromisoformat(data["date"])
    value: Value = data
    return value


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical_json(data: object) -> str:
    """One text for one content: sorted keys, no spaces, UTF-8 characters as they are."""
    return _CANONICAL.encode(data)


def content_hash(data: object) -> str:
    """SHA-256 of the canonical JSON, hexadecimal."""
    return hashlib.sha256(canonical_json(data).encode()).hexdigest()
