"""The organisation facts that are Kolada's key figures, in Kolada's shape: JSON as its interface gives it, and CSV.

They are the organisations' own figures, so Kolada is never named as their source, and nothing is computed: a total that
nobody handed in is not there.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from sheets_pipeline.exports.profile import profile
from sheets_pipeline.exports.source import LANGUAGE, Forms, Source, asked, file_suffix
from sheets_pipeline.exports.swedish_csv import swedish_csv
from sheets_pipeline.exports.table import table
from sheets_pipeline.exports.written import written
from sheets_pipeline.model.forms import Form, text_in
from sheets_pipeline.model.key_figures import GENDER_OF_GROUP, KeyFigure, nested
from sheets_pipeline.model.results import Artifact
from sheets_pipeline.model.round_results import Quality, RoundResults
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Submission, SubmissionKey, Value

NAME = "kolada"
MISSING, CONFIDENTIAL = "-", ".."
_CODE = re.compile(r"[0-9]{4}")
_KPI = re.compile(r"kolada\.([NU][0-9]{5})")
_YEAR = "kolada.year"


def export_kolada(
    results: RoundResults,
    forms: Forms,
    submissions: Iterable[Submission],
    *,
    to: Path,
    quality: Mapping[SubmissionKey, Quality] | None = None,
) -> tuple[Artifact, ...]:
    """Write the JSON and the CSV into the folder `to`, the same bytes for the same input.

    The JSON also names those who gave no year, whose figures Kolada's shape has no place for. Raises DiskError.
    """
    source = Source(
        profile=profile(NAME),
        results=results,
        forms=forms,
        submissions=tuple(submissions),
        quality=quality or {},
    )
    figures, yearless = _figures(source)
    stem = source.profile.file.format(round=results.round.id, date=results.as_of.isoformat()) + file_suffix(results)
    values = nested(figures)
    content = {
        "source": text_in(source.profile.title, LANGUAGE),
        "round": results.round.id,
        "as_of": results.as_of.isoformat(),
        "audience": results.audience,
        "without_year": list(yearless),
        "count": len(values),
        "next_url": None,
        "previous_url": None,
        "values": values,
    }
    data = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return (
        written(to / f"{stem}.json", data.encode(), "application/json"),
        written(to / f"{stem}.csv", _csv(source, figures), "text/csv; charset=utf-8"),
    )


def _csv(source: Source, figures: Iterable[KeyFigure]) -> bytes:
    rows = (
        {
            "kpi": one.kpi,
            "municipality": one.municipality,
            "period": one.period,
            "gender": one.gender,
            "value": one.value,
            "status": one.status,
        }
        for one in figures
    )
    return swedish_csv(table(source.profile.sheet(NAME), rows))


def _figures(source: Source) -> tuple[list[KeyFigure], tuple[str, ...]]:
    """The figures in order, and the codes of those who answered without a year."""
    found: list[KeyFigure] = []
    yearless: dict[str, None] = {}
    for organisation, submission, form in source.shown():
        if source.scores_of(organisation.code) and _CODE.fullmatch(organisation.code):
            slots = _slots(submission, form)
            year = next((submission.value(slot.path) for slot in slots if slot.question.prefill == _YEAR), None)
            if isinstance(year, int):
                found += _of(source, submission, slots, year)
            elif any(_kpi(slot) and submission.value(slot.path) is not None for slot in slots):
                yearless[organisation.code] = None
    return sorted(found, key=lambda one: (one.kpi, one.municipality, one.period, one.gender)), tuple(yearless)


def _slots(submission: Submission, form: Form) -> list[Slot]:
    """The questions that are filled from Kolada, and the one for their year."""
    return [slot for slot in asked(submission, form) if _kpi(slot) or slot.question.prefill == _YEAR]


def _kpi(slot: Slot) -> str:
    match = _KPI.fullmatch(slot.question.prefill or "")
    return match[1] if match else ""


def _of(source: Source, submission: Submission, slots: Iterable[Slot], year: int) -> Iterator[KeyFigure]:
    result = source.results.organisation(submission.key.subject)
    shown = {fact.path: fact.value for fact in result.facts} if result else {}
    for slot in slots:
        if _kpi(slot):
            value, status = _value(submission.value(slot.path), shown.get(slot.path))
            yield KeyFigure(
                kpi=_kpi(slot),
                municipality=submission.key.subject,
                period=year,
                gender=GENDER_OF_GROUP[slot.key],
                value=value,
                status=status,
            )


def _value(answered: Value | None, shown: Value | None) -> tuple[Decimal | None, str]:
    """The number and why there is none: what was answered and the results keep back is protected."""
    if answered is None:
        return None, MISSING
    if isinstance(shown, bool) or not isinstance(shown, int | Decimal):
        return None, CONFIDENTIAL
    return Decimal(shown), ""
