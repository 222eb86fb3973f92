"""Migrations: from an earlier version, to answers that this version has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheets_pipeline.forms.faults import nearest
from sheets_pipeline.forms.lint.forms import Linted
from sheets_pipeline.forms.lint.names import VERSION
from sheets_pipeline.forms.lint.scopes import paths
from sheets_pipeline.model.forms import Migration

_ROW = re.compile(r"\[[^\]]*\]")


def check(linted: Linted) -> None:
    known = paths(linted.form)
    for at, migration in enumerate(linted.form.migrations):
        for key, code, message in _migration(linted, migration, known):
            linted.add(("migrations", at, *key), code, f"migration from {migration.from_version}: {message}")


def _migration(linted: Linted, migration: Migration, known: set[str]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """(key, code, message) of what is wrong; paths may name rows, `plans[P01]/title`, or leave the ids out."""
    if not VERSION.fullmatch(migration.from_version):
        yield ("from_version",), "version", "a version has three numbers, such as 1.0.0"
    elif VERSION.fullmatch(linted.form.version) and _order(migration.from_version) >= _order(linted.form.version):
        yield ("from_version",), "version", f"it must be earlier than this version, {linted.form.version}"
    for old, new in migration.renamed.items():
        if _ROW.sub("", new) not in known:
            yield ("renamed", old), "migration", f"“{new}” is no answer of this version: {nearest(new, known)}"
    for old in (*migration.renamed, *migration.removed):
        if _ROW.sub("", old) in known and old not in migration.renamed.values():
            key = "renamed" if old in migration.renamed else "removed"
            yield (key, old), "migration", f"“{old}” is still an answer of this version: take the line away"


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
