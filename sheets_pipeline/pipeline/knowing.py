"""What validation is told beside the file: the round, earlier versions, other organisations, waivers, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sheets_pipeline.errors import UsageError
from sheets_pipeline.intake.sources import folder_organisation
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.reading import Earlier, Reading, Surroundings
from sheets_pipeline.model.receipts import Place
from sheets_pipeline.model.submissions import SubmissionKey
from sheets_pipeline.pipeline.judging import due_occasion
from sheets_pipeline.pipeline.others import Others, Values
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store

InForce = Mapping[tuple[str, str, str], Values]
_MOST_OTHERS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How and when a file came."""

    received: datetime
    saved: datetime | None
    checksum: str
    source: str = ""
    folder: str = ""

    @property
    def place(self) -> Place:
        """Where it stands among the versions of its key."""
        return Place(self.received, self.saved, self.checksum)


@dataclass(slots=True)
class Knowledge:
    """Gathers surroundings for one run.

    Other organisations' answers are read once a form and occasion, and kept up to date by `learn`. What the store has
    of the files' own organisations is read by `ask` for several files at once, and singly for those not asked about.
    """

    project: Project
    as_of: date
    store: Store | None = None
    round_id: str | None = None
    closed: frozenset[str] = frozenset()
    _others: dict[tuple[str, str, str], Others] = field(default_factory=dict)
    _codes: dict[str, frozenset[str]] = field(default_factory=dict)
    _earlier: dict[SubmissionKey, Earlier | None] = field(default_factory=dict)
    _in_force: dict[tuple[str, str], InForce] = field(default_factory=dict)

    def ask(self, arrivals: Mapping[SubmissionKey, Arrival]) -> None:
        """Ask the store about several submissions; answers hold until something is saved."""
        if self.store is None or not arrivals:
            return
        found = self.store.earlier_among({key: arrival.place for key, arrival in arrivals.items()})
        self._earlier = {key: found.get(key) for key in arrivals}
        self._in_force = {}
        for round_id in {key.round for key in arrivals}:
            values = self.store.values_among(round_id, {key.subject for key in arrivals if key.round == round_id})
            self._in_force |= {(round_id, subject): known for subject, known in values.items()}

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
        return Surroundings(
            round=round_,
            as_of=self.as_of,
            received=arrival.received,
            folder_organisation=folder_organisation(arrival.folder, self._codes_of(round_)),
            source=arrival.source,
            saved=arrival.saved,
            checksum=arrival.checksum,
            same_key=self._earlier_of(reading.key, arrival),
            in_force=self._in_force_of(reading.key),
            others=self._others_of(reading),
            waivers=waivers,
            staged=staged,
            due_occasion=due_occasion(round_, cluster, arrival.received.date()),
            closed=reading.key.round in self.closed,
        )

    def learn(self, reading: Reading) -> None:
        """A version that was just judged may be what a later file of the same run was copied from."""
        kept = self._others.get(self._same(reading))
        if kept is not None:
            kept.learn(reading)

    def _codes_of(self, round_: Round) -> frozenset[str]:
        if round_.id not in self._codes:
            self._codes[round_.id] = frozenset(one.code for one in round_.organisations)
        return self._codes[round_.id]

    def _earlier_of(self, key: SubmissionKey, arrival: Arrival) -> Earlier | None:
        if self.store is None or key in self._earlier:
            return self._earlier.get(key)
        return self.store.earlier(key, before=arrival.place)

    def _in_force_of(self, key: SubmissionKey) -> InForce:
        if self.store is None or (key.round, key.subject) in self._in_force:
            return self._in_force.get((key.round, key.subject), {})
        return self.store.values_in_force(key.round, key.subject)

    def _others_of(self, reading: Reading) -> Mapping[str, Values]:
        if self.store is None:
            return {}
        same = self._same(reading)
        if same not in self._others:
            if len(self._others) >= _MOST_OTHERS:
                self._others.pop(next(iter(self._others)))
            self._others[same] = Others(dict(self.store.scores_of_others(*same)))
        return self._others[same].like(reading)

    @staticmethod
    def _same(reading: Reading) -> tuple[str, str, str]:
        return (reading.key.round, reading.key.form, reading.key.occasion)
