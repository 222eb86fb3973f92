"""The hidden sheet `_manifest`: what a workbook says about itself, as rows of plain text cells."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sheets_pipeline.model.submissions import FormPart, Manifest, Parameters, canonical_json

SHEET = "_manifest"
LISTS_SHEET = "_lists"
FORMAT = "sheets-pipeline/1"
Row = tuple[str, str]


class ManifestError(ValueError):
    """The manifest is there but cannot be understood."""


def manifest_rows(manifest: Manifest) -> tuple[Row, ...]:
    """The manifest as (name, value) rows."""
    head = (
        ("manifest", FORMAT),
        ("round", manifest.round),
        ("packet", manifest.packet),
        ("language", manifest.language),
        ("built", manifest.built),
    )
    return head + tuple(("part", canonical_json(_part_json(part))) for part in manifest.parts)


def read_manifest(rows: Iterable[Row]) -> Manifest:
    """The inverse of `manifest_rows`; raises ManifestError for whatever it cannot understand."""
    named: dict[str, str] = {}
    parts: list[FormPart] = []
    for name, value in rows:
        if name == "part":
            parts.append(_part(value))
        else:
            named[name] = value
    if named.get("manifest") != FORMAT or not parts or not named.get("round"):
        message = "the sheet _manifest is not complete"
        raise ManifestError(message)
    return Manifest(
        round=named["round"],
        packet=named.get("packet", ""),
        language=named.get("language", "sv"),
        built=named.get("built", ""),
        parts=tuple(parts),
    )


def _part_json(part: FormPart) -> dict[str, Any]:
    return {
        "form": part.form,
        "version": part.version,
        "definition": part.definition,
        "subject": part.subject,
        "unit": part.unit,
        "parameters": part.parameters.as_json(),
        "built_on": part.built_on,
    }


def _part(text: str) -> FormPart:
    try:
        data = json.loads(text)
        parameters = Parameters.from_json(data["parameters"])
        names = ("form", "version", "definition", "subject", "unit", "built_on")
        texts = {name: data[name] for name in names}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = "a part of the sheet _manifest cannot be read"
        raise ManifestError(message) from error
    if not all(isinstance(value, str) for value in texts.values()):
        message = "a part of the sheet _manifest holds something that is no text"
        raise ManifestError(message)
    return FormPart(parameters=parameters, **texts)
