"""Fetching when it is time: a file is fetched anew when it is old or does not hold what is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sheets_pipeline.errors import ProjectError
from sheets_pipeline.model.key_figures import KeyFigure
from sheets_pipeline.reference.kolada.client import Asked, fetch
from sheets_pipeline.reference.kolada.completeness import Missing, missing
from sheets_pipeline.reference.kolada.files import KeptFile, keep, read_kept
from sheets_pipeline.reference.kolada.line import Line


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What there is after a refresh; `fetched` is the file's day, `renewed` whether Kolada was asked now."""

    path: Path
    figures: tuple[KeyFigure, ...]
    missing: tuple[Missing, ...]
    fetched: date
    renewed: bool


def refresh(
    path: Path,
    asked: Asked,
    *,
    base_url: str,
    as_of: date,
    most_days: int,
    force: bool = False,
    line: Line | None = None,
) -> Refreshed:
    """The figures in the file at `path`, fetched first when the file is over `most_days` old, or lacks something.

    Raises ServiceError when Kolada cannot be asked (the file then stands as it was), and DiskError.
    """
    kept = None if force else _kept(path)
    if kept and kept.fetched and kept.covers(asked) and (as_of - kept.fetched).days <= most_days:
        return Refreshed(path, kept.figures, missing(asked, kept.figures), kept.fetched, renewed=False)
    figures = fetch(base_url, asked, line)
    gaps = missing(asked, figures)
    keep(path, figures, asked=asked, fetched=as_of, base_url=base_url, missing=gaps)
    return Refreshed(path, figures, gaps, as_of, renewed=True)


def _kept(path: Path) -> KeptFile | None:
    """The file as it stands; one that cannot be read is fetched anew."""
    try:
        return read_kept(path) if path.exists() else None
    except ProjectError:
        return None
