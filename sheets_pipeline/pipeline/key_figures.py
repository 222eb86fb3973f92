"""Kolada's figures beside the scores: each organisation's newest, for women and men, as Kolada has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from sheets_pipeline.model.key_figures import Gender, KeyFigures
from sheets_pipeline.model.round_results import KeyFigureRow, OrganisationResult, RoundResults

if TYPE_CHECKING:
    from sheets_pipeline.reference.kolada.kpis import Kpi

Known = Mapping[tuple[int, Gender], Decimal]
MISSING, NOT_APPLICABLE = "-", "."


def with_key_figures(results: RoundResults, figures: KeyFigures) -> RoundResults:
    """The results with the chosen key figures of every organisation that is shown, up to the day of the results.

    A figure that Kolada lacks is a row all the same. Where nothing was ever kept from Kolada there are no rows, nor for
    organisations that it does not know: examples, parts of municipalities, others.
    """
    known = _by_place(figures, results.as_of.year)
    if not known:
        return results
    organisations = tuple(_with_rows(one, known) if one.scores_shown else one for one in results.organisations)
    return replace(results, organisations=organisations, figures_fetched=figures.fetched)


def _by_place(figures: KeyFigures, last_year: int) -> dict[str, dict[str, dict[tuple[int, Gender], Decimal]]]:
    """Municipality → key figure → (year, sex) → number."""
    found: dict[str, dict[str, dict[tuple[int, Gender], Decimal]]] = {}
    for one in figures.figures:
        of_place = found.setdefault(one.municipality, {})
        if one.value is not None and one.period <= last_year:
            of_place.setdefault(one.kpi, {})[one.period, one.gender] = one.value
    return found


def _with_rows(result: OrganisationResult, known: Mapping[str, Mapping[str, Known]]) -> OrganisationResult:
    from sheets_pipeline.reference.codes import places
    from sheets_pipeline.reference.kolada.kpis import chosen_kpis

    code = result.organisation.code
    if code not in known and code not in places():
        return result
    asked = [kpi for kpi in chosen_kpis().values() if kpi.is_for(code)]
    return replace(result, key_figures=tuple(_rows(asked, known.get(code, {}))))


def _rows(asked: Iterable[Kpi], known: Mapping[str, Known]) -> Iterator[KeyFigureRow]:
    for kpi in asked:
        found = known.get(kpi.id, {})
        year = _year(found)
        women, men, total = (found.get((year, sex)) if year else None for sex in ("K", "M", "T"))
        by_sex = kpi.by_sex or women is not None or men is not None
        yield KeyFigureRow(
            kpi=kpi.id,
            title={"sv": kpi.title},
            year=year,
            women=women,
            men=men,
            total=total,
            women_code=_code(women, asked=by_sex),
            men_code=_code(men, asked=by_sex),
            total_code=_code(total, asked=True),
        )


def _year(found: Known) -> int | None:
    """The newest year with both women and men, else the newest with anything; two years never share a row."""
    years = sorted({year for year, _ in found}, reverse=True)
    both = (year for year in years if (year, "K") in found and (year, "M") in found)
    return next(both, next(iter(years), None))


def _code(value: Decimal | None, *, asked: bool) -> str:
    if value is not None:
        return ""
    return MISSING if asked else NOT_APPLICABLE
