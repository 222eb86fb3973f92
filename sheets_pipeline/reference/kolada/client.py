"""Kolada's interface, version 3: `data/kpi/{ids}/municipality/{ids}/year/{years}`, at most 25 of each a call.

An answer is a page of at most 5,000 rows and names the next in `next_url`. The ids stand in the path: as parameters
(`municipality_id=…`) a misspelled name gives an empty list in place of an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlsplit, urlunsplit

import requests

from sheets_pipeline.errors import ServiceError
from sheets_pipeline.model.key_figures import KeyFigure
from sheets_pipeline.reference.kolada.line import Line
from sheets_pipeline.reference.kolada.shape import ShapeError, read_rows

IDS_A_CALL = 25
ROWS_A_PAGE = 5000
_MOST_PAGES = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """What Kolada is asked for: every key figure for every municipality or region and year."""

    kpis: tuple[str, ...]
    municipalities: tuple[str, ...]
    years: tuple[int, ...]


def fetch(base_url: str, asked: Asked, line: Line | None = None) -> tuple[KeyFigure, ...]:
    """Everything that Kolada has of what was asked for, and nothing else. Raises ServiceError."""
    found: dict[tuple[str, str, int, str], KeyFigure] = {}
    with requests.Session() as session:
        for first in _calls(base_url.rstrip("/"), asked):
            for row in _pages(session, line or Line(), base_url, first):
                if row.kpi in asked.kpis and row.municipality in asked.municipalities and row.period in asked.years:
                    found[row.kpi, row.municipality, row.period, row.gender] = row
    return tuple(sorted(found.values(), key=lambda one: (one.kpi, one.municipality, one.period, one.gender)))


def _calls(base_url: str, asked: Asked) -> Iterator[str]:
    years = [str(year) for year in asked.years]
    batches = product(_batches(asked.kpis), _batches(asked.municipalities), _batches(years))
    for kpis, municipalities, some in batches:
        yield f"{base_url}/data/kpi/{kpis}/municipality/{municipalities}/year/{some}?per_page={ROWS_A_PAGE}"


def _batches(ids: Sequence[str]) -> list[str]:
    return [",".join(ids[start : start + IDS_A_CALL]) for start in range(0, len(ids), IDS_A_CALL)]


def _pages(session: requests.Session, line: Line, base_url: str, first: str) -> Iterator[KeyFigure]:
    url, seen = first, {first}
    while url:
        answer = line.ask(session, url)
        if not isinstance(answer, dict):
            raise _misshapen(url, "an answer that is no page of values")
        try:
            yield from read_rows(answer.get("values"))
        except ShapeError as error:
            raise _misshapen(url, str(error)) from error
        url = _next(base_url, answer.get("next_url"))
        if url in seen or len(seen) > _MOST_PAGES:
            raise _misshapen(url, "pages that never end")
        seen.add(url)


def _next(base_url: str, named: object) -> str:
    """The next page on the server that was asked, by its scheme; nothing when this was the last."""
    if not named:
        return ""
    ours, next_page = urlsplit(base_url), urlsplit(str(named))
    if next_page.netloc not in {"", ours.netloc}:
        message = f"Kolada's answer leads to another server: {next_page.netloc}"
        raise ServiceError(message, retryable=False, hint="Nothing was fetched from there.")
    return urlunsplit((ours.scheme, ours.netloc, next_page.path, next_page.query, ""))


def _misshapen(url: str, what: str) -> ServiceError:
    return ServiceError(f"Kolada's answer is not as described ({what}): {url}", retryable=False)
