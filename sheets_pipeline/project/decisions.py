"""`config/decisions.toml` and `config/waivers.toml`: what people have settled by hand, as data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from sheets_pipeline.errors import ProjectError
from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.reading import Waiver
from sheets_pipeline.model.submissions import SubmissionKey
from sheets_pipeline.project.files import checked, read_toml
from sheets_pipeline.project.settings import Strict


class Decision(Strict):
    """One decision about a submission (`round/form/subject/unit/occasion`, `-` for no unit) or a whole organisation."""

    id: str
    action: Literal["accept", "exempt", "withdraw"]
    submission: str = ""
    organisation: str = ""
    who: str
    when: date
    why: str

    @model_validator(mode="after")
    def about_something(self) -> Decision:
        """A decision is about a submission or an organisation, not both."""
        if bool(self.submission) == bool(self.organisation):
            raise ValueError("give either submission or organisation")
        if self.submission:
            SubmissionKey.parse(self.submission)
        return self


class DecisionsFile(Strict):
    """The whole file."""

    decisions: tuple[Decision, ...] = ()


class WaiverEntry(Strict):
    """One waiver."""

    organisation: str
    code: str
    until: date
    reason: str


class WaiversFile(Strict):
    """The whole file; `staged` gives the last round in which a new rule only warns."""

    waivers: tuple[WaiverEntry, ...] = ()
    staged: dict[str, str] = Field(default_factory=dict)


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions; a project without the file has none."""
    return checked(DecisionsFile, read_toml(path), path).decisions if path.exists() else ()


def read_waivers(path: Path) -> tuple[tuple[Waiver, ...], dict[str, str]]:
    """The waivers and the staged rules; raises ProjectError for a code that no rule has."""
    if not path.exists():
        return (), {}
    file = checked(WaiversFile, read_toml(path), path)
    codes = [*(one.code for one in file.waivers), *file.staged]
    unknown = sorted(code for code in codes if code not in CATALOGUE)
    if unknown:
        message = f"there is no rule {unknown[0]!r}"
        raise ProjectError(message, file="config/waivers.toml", hint="The codes are listed in docs/issues.md.")
    waivers = tuple(
        Waiver(organisation=one.organisation, code=one.code, until=one.until, reason=one.reason) for one in file.waivers
    )
    return waivers, dict(file.staged)
