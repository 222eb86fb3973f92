"""The export as a Frictionless Data Package, version 2: CSV tables and a descriptor with their schemas.

https://datapackage.org/standard/data-package/ and https://datapackage.org/standard/table-schema/ say what stands where.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sheets_pipeline.exports.datapackage_tables import NAME, Keys, codes_of, english, keys, rows_of
from sheets_pipeline.exports.plain_csv import plain_csv
from sheets_pipeline.exports.profile import Column, SheetProfile
from sheets_pipeline.exports.source import Forms, Source, file_suffix
from sheets_pipeline.exports.table import Row, RowValue, Table, content
from sheets_pipeline.exports.written import written
from sheets_pipeline.model.results import Artifact
from sheets_pipeline.model.round_results import Quality, RoundResults
from sheets_pipeline.model.submissions import Submission, SubmissionKey

_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES = {"text": "string", "longtext": "string"}
_MARKED = frozenset({"measures"})
"""Tables whose values carry a mark where there is no number."""

_MARKS = (
    ("", "No value"),
    ("-", "Missing"),
    (".", "Not applicable"),
    ("..", "Confidential or too few people"),
)
_SEVERAL = frozenset({"reasons"})
"""Coded columns that hold more than one code."""


def export_datapackage(
    results: RoundResults,
    forms: Forms,
    submissions: Iterable[Submission],
    *,
    to: Path,
    quality: Mapping[SubmissionKey, Quality] | None = None,
) -> tuple[Artifact, ...]:
    """Write a folder with `datapackage.json` and a CSV a table into `to`, the same bytes for the same input.

    Rows and numbers are those of the export for SALAR. Raises DiskError.
    """
    source = Source(
        profile=english(),
        results=results,
        forms=forms,
        submissions=tuple(submissions),
        quality=quality or {},
        by_name=True,
    )
    name = source.profile.file.format(round=results.round.id, date=results.as_of.isoformat())
    folder = to / f"{name}{file_suffix(results)}"
    made, resources = [], []
    for sheet in source.profile.sheets:
        data = plain_csv(_table(source, sheet))
        made.append(written(folder / f"{sheet.name}.csv", data, "text/csv; charset=utf-8"))
        resources.append(_resource(sheet, keys()[sheet.id], data))
    descriptor = json.dumps(_descriptor(source, resources), ensure_ascii=False, indent=2) + "\n"
    return (written(folder / "datapackage.json", descriptor.encode(), "application/json"), *made)


def _table(source: Source, sheet: SheetProfile) -> Table:
    rows = (
        tuple(_cell(row, column, marked=sheet.id in _MARKED) for column in sheet.columns)
        for row in rows_of(source, sheet.id)
    )
    return Table(sheet, tuple(rows))


def _cell(row: Row, column: Column, *, marked: bool) -> Any:  # noqa: ANN401 - what a cell of any type holds
    value: RowValue = row[column.id]
    if isinstance(value, bool):
        return "true" if value else "false"
    if marked and column.id == "value" and value is None:
        return _mark(str(row["missing"]))
    return content(value, column)


def _mark(code: str) -> str | None:
    listed = english().codes["missing"].values()
    return next((one.id for one in listed if one.code == code), None)


def _descriptor(source: Source, resources: list[dict[str, Any]]) -> dict[str, Any]:
    results = source.results
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": re.sub(r"[^a-z0-9._-]+", "-", f"{NAME}-{results.round.id}".lower()),
        "title": f"{source.profile.title['en']}: {results.round.name.get('en') or results.round.id}",
        "description": "\n".join(f"- {line}" for line in source.profile.readme),
        "version": source.profile.version,
        "created": f"{results.as_of.isoformat()}T00:00:00Z",
        "keywords": ["gender mainstreaming", "self-assessment", "Sweden"],
        "round": results.round.id,
        "audience": results.audience,
        "first": results.first,
        "last": results.last,
        "resources": resources,
    }


def _resource(sheet: SheetProfile, its: Keys, data: bytes) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "type": "table",
        "path": f"{sheet.name}.csv",
        "title": sheet.grain["en"],
        "description": sheet.grain["sv"],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "$schema": f"{_PROFILES}/tableschema.json",
            "fields": [_field(column, its) for column in sheet.columns],
            "missingValues": list(_missing(sheet)),
            "primaryKey": list(its.primary),
            "foreignKeys": [_reference(columns, table) for columns, table in its.foreign.items()],
        },
    }


def _field(column: Column, its: Keys) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.id,
        "type": _TYPES.get(column.type, column.type),
        "title": column.meaning["en"],
        "description": column.meaning["sv"],
    }
    constraints: dict[str, Any] = {"required": True} if column.id in its.primary else {}
    codes = codes_of(column)
    if codes and column.id not in _SEVERAL:
        constraints["enum"] = list(codes)
    return {**found, "constraints": constraints} if constraints else found


def _missing(sheet: SheetProfile) -> Iterator[dict[str, str]]:
    marks = _MARKS if sheet.id in _MARKED else _MARKS[:1]
    return ({"value": value, "label": label} for value, label in marks)


def _reference(columns: tuple[str, ...], table: str) -> dict[str, Any]:
    return {"fields": list(columns), "reference": {"resource": table, "fields": list(keys()[table].primary)}}
