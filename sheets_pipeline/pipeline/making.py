"""Workbooks into a folder: what is owed, built on what is in force, each definition archived first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sheets_pipeline.errors import UsageError
from sheets_pipeline.files import write_atomically
from sheets_pipeline.model.programme import Round
from sheets_pipeline.pipeline.building import Built, InForce, Wanted, build
from sheets_pipeline.pipeline.collecting import forms_of
from sheets_pipeline.pipeline.kolada import figures_kept
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store

__all__ = ["Built", "Wanted", "make_workbooks"]


def make_workbooks(
    project: Project, round_id: str | None, wanted: Wanted, as_of: date, folder: Path
) -> Iterator[tuple[Path, Built]]:
    """Write each workbook and return its path. Raises UsageError for names that are not in the round."""
    round_ = project.round(round_id)
    _check_names(round_, wanted)
    forms_of(project).keep()
    for built in build(project, round_, wanted, as_of, _known(project, round_, wanted), figures_kept(project)):
        path = folder / built.organisation.slug / built.name
        write_atomically(path, built.data)
        yield path, built


def _check_names(round_: Round, wanted: Wanted) -> None:
    if wanted.packet and round_.packet(wanted.packet) is None:
        known = ", ".join(packet.id for packet in round_.packets)
        raise UsageError(f"there is no packet {wanted.packet!r} in round {round_.id}", hint=f"known: {known}")
    organisation = round_.organisation(wanted.organisation) if wanted.organisation else None
    if wanted.organisation and organisation is None:
        known = ", ".join(one.code for one in round_.organisations)
        raise UsageError(
            f"there is no organisation {wanted.organisation!r} in round {round_.id}", hint=f"known: {known}"
        )
    units = {unit.id for one in round_.organisations for unit in one.units if organisation in {None, one}}
    if wanted.unit and wanted.unit not in units:
        raise UsageError(f"there is no unit {wanted.unit!r}", hint="known: " + ", ".join(sorted(units)))


def _known(project: Project, round_: Round, wanted: Wanted) -> dict[str, InForce]:
    """What is in force by organisation code; nothing where there is no store yet."""
    with Store.open(project.store_url) as store:
        codes = [wanted.organisation] if wanted.organisation else [one.code for one in round_.organisations]
        return {code: store.values_in_force(round_.id, code) for code in codes}
