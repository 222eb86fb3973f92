"""What was published, figure by figure, and what was done to a round: closed, reopened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from sheets_pipeline.model.programme import SharingLevel

RoundAction = Literal["close", "reopen"]
PublicationKind = Literal["report", "closing", "addendum"]


@dataclass(frozen=True, slots=True)
class PublishedFigure:
    """One figure of a publication: `shown` is its value or mark as text, for figures that were hidden `..`.

    `exact` is what stands behind a figure about people, shown or not, and `people` the number of people behind it:
    they tell whether a figure is the same one as in another publication. They never leave the store. `unit` says how
    a measure's groups make up their total.
    """

    shown: str
    exact: str = ""
    people: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was made public to one audience: its files by name with their checksums, and every figure by its id.

    `about` is the cluster or organisation that it is about, empty for all of the round.
    """

    id: str
    round: str
    kind: PublicationKind
    audience: SharingLevel
    viewer: str
    about: str = ""
    as_of: date
    at: datetime
    who: str
    files: Mapping[str, str]
    figures: Mapping[str, PublishedFigure] = field(default_factory=dict)

    @property
    def reader(self) -> tuple[SharingLevel, str]:
        """Whom it was made for."""
        return self.audience, self.viewer


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMark:
    """A round was closed or reopened: when, by whom, why; `manifest` is the checksum of what says what was frozen."""

    round: str
    action: RoundAction
    at: datetime
    who: str
    because: str = ""
    manifest: str = ""
