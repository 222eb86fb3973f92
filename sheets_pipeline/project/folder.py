"""Finding a project and reading it. Each part is read when it is first asked for."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import Any

from sheets_pipeline import __version__
from sheets_pipeline.errors import ProjectError, UsageError
from sheets_pipeline.forms import Catalogue, read_catalogue
from sheets_pipeline.model.programme import Programme, Round
from sheets_pipeline.model.reading import Waiver
from sheets_pipeline.project.decisions import Decision, read_decisions, read_waivers
from sheets_pipeline.project.files import checked, read_toml
from sheets_pipeline.project.programme import read_programme
from sheets_pipeline.project.settings import Settings

VARIABLE = "SHEETS_PIPELINE_PROJECT"
_PARTS = ("config", "workbook_templates")
_SQLITE = "sqlite:///"


class Project:
    """A project folder; its parts are read once, when they are needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def settings(self) -> Settings:
        """`config/settings.toml`; a project without the file runs on the defaults."""
        path = self.folder / "config" / "settings.toml"
        return checked(Settings, read_toml(path), path) if path.exists() else Settings()

    @cached_property
    def catalogue(self) -> Catalogue:
        """The forms, with the label overlay laid over them."""
        overlays = self.settings.forms.overlays
        folder = self.folder / "workbook_templates"
        return read_catalogue(folder, self.folder / overlays if overlays else None)

    @cached_property
    def programme(self) -> Programme:
        """`config/programme.toml`."""
        return read_programme(self.folder / "config" / "programme.toml", frozenset(self.form_ids))

    @property
    def form_ids(self) -> tuple[str, ...]:
        """The folders below `workbook_templates/` that hold a form."""
        return tuple(sorted(path.parent.name for path in (self.folder / "workbook_templates").glob("*/form.yaml")))

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """`config/decisions.toml`."""
        return read_decisions(self.folder / "config" / "decisions.toml")

    @cached_property
    def rules(self) -> tuple[tuple[Waiver, ...], dict[str, str]]:
        """Waivers and staged rules, from `config/waivers.toml`."""
        return read_waivers(self.folder / "config" / "waivers.toml")

    def round(self, round_id: str | None = None) -> Round:
        """The round of that id, the current one by default; raises UsageError for one that is not there."""
        wanted = round_id or self.programme.current
        found = self.programme.rounds.get(wanted)
        if found is None:
            message = f"there is no round {wanted!r}"
            raise UsageError(message, hint="known: " + ", ".join(self.programme.rounds))
        return found

    def path(self, name: str) -> Path:
        """One of the folders of `[paths]` in the settings."""
        folder: str = getattr(self.settings.paths, name)
        return self.folder / folder

    @property
    def store_url(self) -> str:
        """The store's URL; an SQLite file is named from the project's folder."""
        url = self.settings.store.url
        if url.startswith(_SQLITE) and not url.startswith(f"{_SQLITE}/"):
            return _SQLITE + (self.folder / url.removeprefix(_SQLITE)).as_posix()
        return url

    @property
    def judging_record(self) -> dict[str, Any]:
        """Every definition, rule, waiver, setting and date that a verdict rests on, and the program's version."""
        waivers, staged = self.rules
        return {
            "program": __version__,
            "definitions": {form.form_id: form.definition for form in self.catalogue.values()},
            "waivers": [f"{one.organisation} {one.code} {one.until} {one.reason}" for one in waivers],
            "staged": staged,
            "limits": self.settings.limits.model_dump(),
            "rounds": {name: _judged_by(round_) for name, round_ in self.programme.rounds.items()},
        }


def _judged_by(round_: Round) -> dict[str, Any]:
    """What of a round verdicts rest on: who takes part, which occasions there are, when they close."""
    return {
        "organisations": {one.code: [one.cluster, *(unit.id for unit in one.units)] for one in round_.organisations},
        "occasions": [[one.id, one.kind, one.order, one.meeting] for one in round_.edition.occasions],
        "meetings": [[one.id, one.cluster, one.date.isoformat() if one.date else ""] for one in round_.meetings],
    }


def open_project(folder: Path | None = None) -> Project:
    """The project in a folder, else in the one the environment names, else the nearest one upward from here."""
    if folder is None and os.environ.get(VARIABLE):
        folder = Path(os.environ[VARIABLE])
    found = folder if folder is not None else find_project(Path.cwd())
    if found is None or not _is_project(found):
        where = f"{found} is no project" if found else "there is no project here or above"
        raise ProjectError(where, hint="Make one with: sheets-pipeline init DIR, or name it with --project DIR.")
    return Project(found.resolve())


def find_project(start: Path) -> Path | None:
    """The nearest folder upward that is a project."""
    return next((folder for folder in (start, *start.parents) if _is_project(folder)), None)


def _is_project(folder: Path) -> bool:
    return all((folder / part).is_dir() for part in _PARTS)
