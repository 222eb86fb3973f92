"""Kolada's shape, read strictly: rows of a key figure, municipality and year with values by sex inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, get_args

from sheets_pipeline.model.key_figures import Gender, KeyFigure

KPI = re.compile(r"[NU][0-9]{5}")
MUNICIPALITY = re.compile(r"[0-9]{4}|G[0-9]+")
YEAR = re.compile(r"(19|20)[0-9]{2}")
DELETED = "deleted"


class ShapeError(ValueError):
    """Something is not of Kolada's shape."""


def read_rows(rows: object) -> Iterator[KeyFigure]:
    """The figures in a list of rows. Raises ShapeError that says where."""
    if not isinstance(rows, list):
        message = "there is no list of values"
        raise ShapeError(message)
    for place, row in enumerate(rows, 1):
        try:
            yield from _row(row)
        except (KeyError, TypeError, AttributeError) as error:
            message = f"row {place} lacks {error}"
            raise ShapeError(message) from error
        except ShapeError as error:
            message = f"row {place}: {error}"
            raise ShapeError(message) from error


def _row(row: Mapping[str, Any]) -> Iterator[KeyFigure]:
    for entry in row["values"]:
        deleted = entry.get("isdeleted") is True
        yield figure(
            kpi=row["kpi"],
            municipality=row["municipality"],
            period=str(row["period"]),
            gender=entry["gender"],
            value=None if deleted else entry["value"],
            status=DELETED if deleted else str(entry.get("status") or ""),
        )


def figure(*, kpi: object, municipality: object, period: str, gender: object, value: object, status: str) -> KeyFigure:
    """One figure, each of its parts of the right kind. Raises ShapeError."""
    if gender not in get_args(Gender):
        message = f"gender {gender!r} is none of T, K, M"
        raise ShapeError(message)
    return KeyFigure(
        kpi=_matching(KPI, "key figure", kpi),
        municipality=_matching(MUNICIPALITY, "municipality", municipality),
        period=int(_matching(YEAR, "year", period)),
        gender=gender,  # type: ignore[arg-type] # one of them, as was just asked
        value=_number(value),
        status=status,
    )


def _matching(pattern: re.Pattern[str], what: str, value: object) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        message = f"{value!r} is no {what}"
        raise ShapeError(message)
    return value


def _number(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        message = f"{value!r} is no number"
        raise ShapeError(message)
    number = Decimal(value)
    if not number.is_finite():
        message = f"{value!r} is no number"
        raise ShapeError(message)
    return number
