"""Kolada beside the programme: what a round asks for, what is kept, and what is printed before anybody has answered.

The form asks for one year for all its figures, so all that is printed in a workbook is of one year: the one in which
Kolada has most of what is asked, the newest among those. Figures of different years never stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sheets_pipeline.model.key_figures import GENDER_OF_GROUP, KeyFigures
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.project import Project
from sheets_pipeline.texts import rounded

if TYPE_CHECKING:
    from sheets_pipeline.reference.kolada.client import Asked
    from sheets_pipeline.reference.kolada.refreshing import Refreshed

KIND, YEAR = "kolada", "year"
_YEARS_FETCHED, _YEARS_PRINTED = 6, 4


@dataclass(frozen=True, slots=True)
class KoladaFilling:
    """What Kolada knows of one organisation's questions: value by path, and the year that they are all of."""

    values: Mapping[str, Value] = field(default_factory=dict)
    year: int | None = None


def asked_kpi(slot: Slot) -> str:
    """The key figure that a question is filled from; empty for all others."""
    kind, _, name = (slot.question.prefill or "").partition(".")
    return name if kind == KIND and name != YEAR else ""


def kolada_filling(
    slots: Iterable[Slot], code: str, figures: KeyFigures, own: Mapping[str, Value], as_of: date
) -> KoladaFilling:
    """What may be printed for an organisation; where it has given the figures' year itself, that year's alone."""
    asked = [slot for slot in slots if asked_kpi(slot)]
    year_slots = [slot for slot in slots if slot.question.prefill == f"{KIND}.{YEAR}"]
    given = next((own[slot.path] for slot in year_slots if slot.path in own), None)
    years = [given] if isinstance(given, int) else range(as_of.year, as_of.year - _YEARS_PRINTED, -1)
    filled = [KoladaFilling(_of_year(asked, code, figures, year), year) for year in years]
    best = max(filled, key=lambda one: len(one.values), default=KoladaFilling())
    if not best.values or best.year is None:
        return KoladaFilling()
    return KoladaFilling({**best.values, **{slot.path: best.year for slot in year_slots}}, best.year)


def _of_year(asked: Iterable[Slot], code: str, figures: KeyFigures, year: int) -> dict[str, Value]:
    """Value by path; a question for women and men is filled for both or not at all."""
    found: dict[str, Value | None] = {}
    owners: dict[str, list[str]] = {}
    for slot in asked:
        owners.setdefault(slot.owner, []).append(slot.path)
        number = figures.value(asked_kpi(slot), code, year, GENDER_OF_GROUP.get(slot.key, "T"))
        found[slot.path] = None if number is None else _as_typed(slot, number)
    whole = [path for paths in owners.values() if all(found[path] is not None for path in paths) for path in paths]
    return {path: value for path in whole if (value := found[path]) is not None}


def _as_typed(slot: Slot, number: Decimal) -> Value:
    """As the question's cell holds it; a count that Kolada has with decimals is rounded, once."""
    return int(rounded(number, 0)) if slot.type == "integer" else number


def figures_kept(project: Project) -> KeyFigures:
    """What the project has from Kolada; nothing is fetched."""
    folder = kolada_folder(project)
    if not folder.is_dir():
        return KeyFigures()
    from sheets_pipeline.reference.kolada.files import read_folder

    return read_folder(folder)


def kolada_folder(project: Project) -> Path:
    """Where key figures are kept, and where people put files of them."""
    return project.folder / project.settings.kolada.folder


def asked_by(project: Project, round_: Round, as_of: date) -> Asked:
    """The chosen key figures and those that forms name, for the round's municipalities and regions, the last years."""
    from sheets_pipeline.reference.codes import places
    from sheets_pipeline.reference.kolada.client import Asked
    from sheets_pipeline.reference.kolada.kpis import chosen_kpis

    named = {
        question.prefill.partition(".")[2]
        for form in project.catalogue.values()
        for section in form.walk()
        for question in section.questions
        if question.prefill and question.prefill.startswith(f"{KIND}.")
    } - {YEAR}
    return Asked(
        kpis=(*chosen_kpis(), *sorted(named - set(chosen_kpis()))),
        municipalities=tuple(sorted({one.code for one in round_.organisations if one.code in places()})),
        years=tuple(range(as_of.year - _YEARS_FETCHED + 1, as_of.year + 1)),
    )


def refresh_key_figures(project: Project, round_: Round, as_of: date, *, force: bool = False) -> Refreshed:
    """Ask Kolada when what is kept for the round is old or lacks something. Raises ServiceError, DiskError."""
    from sheets_pipeline.reference.kolada.refreshing import refresh

    settings = project.settings.kolada
    return refresh(
        kolada_folder(project) / f"kolada_{round_.id}.json",
        asked_by(project, round_, as_of),
        base_url=settings.base_url,
        as_of=as_of,
        most_days=settings.most_days,
        force=force,
    )
