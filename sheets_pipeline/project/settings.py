"""`config/settings.toml`: how this project runs. Every key has a default; unknown keys are faults."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["sv", "en"]
Audience = Literal["salar", "cluster", "round", "public"]
LOWEST_GROUP = 3


class Strict(BaseModel):
    """A table of a settings file: frozen, and nothing but the keys it names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paths(Strict):
    """Folders, from the project's folder."""

    inbox: str = "data/inbox"
    archive: str = "data/archive"
    quarantine: str = "data/quarantine"
    feedback: str = "data/feedback"
    workbooks: str = "data/workbooks"
    reports: str = "data/reports"
    exports: str = "data/exports"
    logs: str = "data/logs"


class StoreSettings(Strict):
    """Where submissions are stored, as an SQLAlchemy URL; an SQLite path counts from the project's folder."""

    url: str = "sqlite:///data/store.sqlite"


class FormSettings(Strict):
    """`overlays` is a folder of label overlays, empty for none."""

    overlays: str = ""


class FeedbackSettings(Strict):
    """When a feedback workbook is written, whether it echoes every answer, and whether a PDF copy lies beside it."""

    write: Literal["remarks", "always"] = "remarks"
    echo: bool = True
    copies: bool = True


class ReportSettings(Strict):
    """What a report is by default; `min_group` is the fewest people behind a figure that is shown.

    `template` is a presentation whose layouts the slides use, counted from the project's folder; empty for our own.
    """

    audience: Audience = "salar"
    formats: tuple[Literal["html", "pdf", "pptx", "xlsx", "docx"], ...] = ("html", "pdf", "pptx", "xlsx")
    template: str = ""
    min_group: int = Field(default=5, ge=LOWEST_GROUP)


class ExportSettings(Strict):
    """The export profiles written by default."""

    profiles: tuple[str, ...] = ("salar",)


class KoladaSettings(Strict):
    """Where key figures are fetched from and kept; after `most_days` what is kept is fetched anew when asked."""

    base_url: str = Field(default="https://api.kolada.se/v3", pattern=r"^https?://[^/?#\s]+[^?#\s]*$")
    folder: str = "data/kolada"
    most_days: int = Field(default=90, ge=0)


class Limits(Strict):
    """What is taken in at most."""

    file_megabytes: int = Field(default=25, ge=1, le=100)
    inflated_megabytes: int = Field(default=200, ge=1, le=1000)
    cells: int = Field(default=500_000, ge=1000)
    read_seconds: int = Field(default=20, ge=1)
    read_memory_megabytes: int = Field(default=1024, ge=128)


class RunSettings(Strict):
    """How many files are read at the same time."""

    workers: int = Field(default=1, ge=1, le=64)


class Settings(Strict):
    """Everything in `config/settings.toml`."""

    language: Language = "sv"
    paths: Paths = Paths()
    store: StoreSettings = StoreSettings()
    forms: FormSettings = FormSettings()
    feedback: FeedbackSettings = FeedbackSettings()
    report: ReportSettings = ReportSettings()
    export: ExportSettings = ExportSettings()
    kolada: KoladaSettings = KoladaSettings()
    limits: Limits = Limits()
    run: RunSettings = RunSettings()
