"""Key figures as files in one folder: what `facts refresh` keeps, and what people put there who have no network.

Every `*.json` and `*.csv` in the folder is read. JSON has Kolada's shape: a file that was kept here, one copied from
another machine, or an answer saved from the web interface. CSV has the columns kpi, municipality, period, gender, value
and, where wanted, status; with comma or semicolon, decimal point or comma.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sheets_pipeline.errors import ProjectError
from sheets_pipeline.files import disk_faults, is_part, write_atomically
from sheets_pipeline.model.key_figures import KeyFigure, KeyFigures, nested
from sheets_pipeline.reference.kolada.client import Asked
from sheets_pipeline.reference.kolada.completeness import Missing
from sheets_pipeline.reference.kolada.shape import ShapeError, figure, read_rows

SOURCE = "Kolada"
COLUMNS = ("kpi", "municipality", "period", "gender", "value")
_MARKS = frozenset({"", "-", ".", ".."})
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One file of figures; `fetched` and `asked` are None where the file does not say."""

    figures: tuple[KeyFigure, ...]
    fetched: date | None = None
    asked: Asked | None = None

    def covers(self, asked: Asked) -> bool:
        """Whether all of this was asked for when the file was fetched."""
        return self.asked is not None and all(
            set(wanted) <= set(had)
            for wanted, had in (
                (asked.kpis, self.asked.kpis),
                (asked.municipalities, self.asked.municipalities),
                (asked.years, self.asked.years),
            )
        )


def keep(
    path: Path, figures: Iterable[KeyFigure], *, asked: Asked, fetched: date, base_url: str, missing: Iterable[Missing]
) -> None:
    """Write what was fetched, whole, with its day and what was asked for. Raises DiskError."""
    content = {
        "source": SOURCE,
        "base_url": base_url,
        "fetched": fetched.isoformat(),
        "asked": {"kpis": asked.kpis, "municipalities": asked.municipalities, "years": asked.years},
        "missing": [one.as_json() for one in missing],
        "values": nested(figures),
    }
    write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def read_folder(folder: Path) -> KeyFigures:
    """What all files together say: what was fetched later counts, and anything fetched counts before what has no day.

    A later fetch also takes away what it asked for and Kolada no longer has. Raises ProjectError that names the file.
    """
    files = [read_kept(path) for path in _files(folder)]
    found: dict[tuple[str, str, int, str], KeyFigure] = {}
    for one in sorted(files, key=lambda file: file.fetched or date.min):
        found = {place: known for place, known in found.items() if not _asked_again(one.asked, known)}
        found |= {(row.kpi, row.municipality, row.period, row.gender): row for row in one.figures}
    days = [one.fetched for one in files if one.fetched]
    return KeyFigures(figures=tuple(found.values()), fetched=max(days, default=None))


def _files(folder: Path) -> list[Path]:
    with disk_faults(folder):
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
    return [path for path in paths if path.suffix.lower() in {".json", ".csv"} and not is_part(path.name)]


def _asked_again(asked: Asked | None, known: KeyFigure) -> bool:
    return (
        asked is not None
        and known.kpi in asked.kpis
        and known.municipality in asked.municipalities
        and known.period in asked.years
    )


def read_kept(path: Path) -> KeptFile:
    """One file. Raises ProjectError for one that cannot be read, or that says it has another source than Kolada."""
    with disk_faults(path):
        data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        return _from_json(text) if path.suffix.lower() == ".json" else KeptFile(tuple(_from_csv(text)))
    except ValueError as error:
        hint = "Take the file away, or put a whole one in its place: docs/kolada.md."
        raise ProjectError(f"these are no key figures from Kolada: {error}", file=str(path), hint=hint) from error


def _from_json(text: str) -> KeptFile:
    data = json.loads(text, parse_float=Decimal)
    if not isinstance(data, dict):
        message = "there is no list of values"
        raise ShapeError(message)
    if data.get("source", SOURCE) != SOURCE:
        message = f"the source is {data['source']}"
        raise ShapeError(message)
    fetched = data.get("fetched")
    return KeptFile(
        figures=tuple(read_rows(data.get("values"))),
        fetched=date.fromisoformat(fetched) if isinstance(fetched, str) else None,
        asked=_asked(data["asked"]) if "asked" in data else None,
    )


def _asked(data: Mapping[str, Any]) -> Asked:
    try:
        years = tuple(int(year) for year in data["years"])
        return Asked(tuple(data["kpis"]), tuple(data["municipalities"]), years)
    except (KeyError, TypeError) as error:
        message = f"what was asked for lacks {error}"
        raise ShapeError(message) from error


def _from_csv(text: str) -> Iterator[KeyFigure]:
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    lacking = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if lacking:
        message = "there is no column " + ", ".join(lacking)
        raise ShapeError(message)
    for row in rows:
        try:
            yield _csv_row({name: (value or "").strip() for name, value in row.items() if name})
        except (ShapeError, ArithmeticError) as error:
            message = f"line {rows.line_num}: {error}"
            raise ShapeError(message) from error


def _csv_row(row: Mapping[str, str]) -> KeyFigure:
    value = row["value"].translate({ord(space): None for space in " \u00a0\u202f"}).replace(",", ".")
    code = row["municipality"]
    return figure(
        kpi=row["kpi"],
        municipality=code.zfill(_DIGITS) if code.isdecimal() else code,
        period=row["period"],
        gender=row["gender"],
        value=None if value in _MARKS else Decimal(value.replace("\u2212", "-")),
        status=row.get("status", "") or (value if value in _MARKS else ""),
    )
