"""What validation is told beside the file: the round, earlier versions, other organisations, waivers, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sheets_pipeline.errors import UsageError
from sheets_pipeline.intake.sources import folder_organisation
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.reading import Reading, Surroundings
from sheets_pipeline.model.receipts import Place
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.pipeline.judging import due_occasion
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How and when a file came."""

    received: datetime
    saved: datetime | None
    checksum: str
    source: str = ""
    folder: str = ""


@dataclass(slots=True)
class Knowledge:
    """Gathers surroundings for one run; `others` are read once a form and occasion and kept up to date by `learn`."""

    project: Project
    as_of: date
    store: Store | None = None
    round_id: str | None = None
    _others: dict[tuple[str, str, str], dict[str, Values]] = field(default_factory=dict)

    def round_of(self, named: str) -> Round:
        """The round a workbook names; the current one for a name that is not known, which validation then tells."""
        try:
            return self.project.round(named if self.round_id is None else self.round_id)
        except UsageError:
            return self.project.round(self.round_id)

    def around(self, reading: Reading, arrival: Arrival) -> Surroundings:
        """Everything that judging this reading needs."""
        round_ = self.round_of(reading.key.round)
        waivers, staged = self.project.rules
        organisation = round_.organisation(reading.key.subject)
        cluster = organisation.cluster if organisation else ""
        codes = {one.code for one in round_.organisations}
        store = self.store
        place = Place(arrival.received, arrival.saved, arrival.checksum)
        return Surroundings(
            round=round_,
            as_of=self.as_of,
            received=arrival.received,
            folder_organisation=folder_organisation(arrival.folder, codes),
            source=arrival.source,
            saved=arrival.saved,
            checksum=arrival.checksum,
            same_key=store.earlier(reading.key, before=place) if store else None,
            in_force=store.values_in_force(reading.key.round, reading.key.subject) if store else {},
            others=self._others_of(reading),
            waivers=waivers,
            staged=staged,
            due_occasion=due_occasion(round_, cluster, arrival.received.date()),
        )

    def learn(self, reading: Reading) -> None:
        """A version that was just judged may be what a later file of the same run was copied from."""
        kept = self._others.get(self._same(reading))
        if kept is not None:
            kept[reading.key.subject] = {path: answer.value for path, answer in reading.answers.items()}

    def _others_of(self, reading: Reading) -> Mapping[str, Values]:
        if self.store is None:
            return {}
        same = self._same(reading)
        if same not in self._others:
            self._others[same] = dict(self.store.scores_of_others(*same))
        own = reading.key.subject
        return {subject: values for subject, values in self._others[same].items() if subject.split("/")[0] != own}

    @staticmethod
    def _same(reading: Reading) -> tuple[str, str, str]:
        return (reading.key.round, reading.key.form, reading.key.occasion)
