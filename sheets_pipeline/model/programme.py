"""The programme: rounds, editions, who takes part, and what is due when. Plain values from `config/programme.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Literal

from sheets_pipeline.model.forms import Texts

SharingLevel = Literal["salar", "cluster", "round", "public"]
SHARING_LEVELS: tuple[SharingLevel, ...] = ("salar", "cluster", "round", "public")
Role = Literal["mentor", "participant"]
ORGANISATION_TYPES = ("municipality", "region", "city_district", "department", "federation", "other")
ORGANISATION_CODE = r"^([0-9]{4}(-[a-z0-9]{2,12})?|x-[a-z0-9]{2,20})$"
FRIDAY = 4
FOLLOW_UP = "followup"
"""The measurement point a year after the conference: it may be answered when the round is closed."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A measurement point (`bm1`), a meeting (`m1`) or `round`, in the order of the edition."""

    id: str
    kind: Literal["point", "meeting", "round"]
    label: Texts
    order: int
    meeting: str = ""
    required: bool = True


@dataclass(frozen=True, slots=True)
class Edition:
    """A published version of the model: its occasions in order and its scale."""

    id: str
    label: Texts
    scale: str
    occasions: tuple[Occasion, ...]

    def occasion(self, occasion_id: str) -> Occasion | None:
        """The occasion of that id."""
        return next((occasion for occasion in self.occasions if occasion.id == occasion_id), None)

    @property
    def points(self) -> tuple[Occasion, ...]:
        """The measurement points in order."""
        return tuple(occasion for occasion in self.occasions if occasion.kind == "point")

    def reached(self, occasion_id: str, threshold: str) -> bool:
        """Whether an occasion is at or after another; false when either is not of this edition."""
        here, there = self.occasion(occasion_id), self.occasion(threshold)
        return here is not None and there is not None and here.order >= there.order


@dataclass(frozen=True, slots=True)
class PacketForm:
    """A form in a packet; `occasion` is the one it answers for (empty: the packet's own).

    `per_unit` asks it once more of every unit that makes an assessment of its own.
    """

    form: str
    occasion: str = ""
    per_unit: bool = False


@dataclass(frozen=True, slots=True)
class Packet:
    """What travels in one workbook: its forms, the occasion it is for, and how its due date is set."""

    id: str
    label: Texts
    file_words: Texts
    forms: tuple[PacketForm, ...]
    occasion: str
    meeting: str
    offset_days: int
    offset_working_days: int = 0
    owed_by: tuple[Role, ...] = ("mentor", "participant")


@dataclass(frozen=True, slots=True)
class Unit:
    """A committee or department that makes an assessment of its own."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """Who takes part. `code` is text (`0114`, `0014`, `0180-eav`, `x-norrbotten`)."""

    code: str
    name: str
    type: str
    cluster: str
    role: Role
    sharing_scores: SharingLevel = "cluster"
    sharing_texts: SharingLevel = "cluster"
    language: str = "sv"
    scale: str = ""
    mode: str = ""
    units: tuple[Unit, ...] = ()
    senders: tuple[str, ...] = ()
    left: date | None = None
    example: bool = False

    @property
    def slug(self) -> str:
        """The name as it stands in file names: `9901_exempelby`."""
        table = str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuaaoeu")
        plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in self.name.translate(table))
        return f"{self.code}_{'-'.join(part for part in plain.lower().split('-') if part)}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """A mentor and the organisations it supports."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A date when a cluster (or, with an empty cluster, everybody) meets."""

    id: str
    cluster: str
    date: date | None


@dataclass(frozen=True)
class Round:
    """One round of the programme."""

    id: str
    name: Texts
    edition: Edition
    organisations: tuple[Organisation, ...]
    clusters: tuple[Cluster, ...]
    meetings: tuple[Meeting, ...]
    packets: tuple[Packet, ...]
    contact: str = ""
    inbox: str = ""
    mentors_apart: bool = True

    def organisation(self, code: str) -> Organisation | None:
        """The organisation of that code."""
        return self._by_code.get(code)

    @cached_property
    def _by_code(self) -> dict[str, Organisation]:
        return {one.code: one for one in reversed(self.organisations)}

    def cluster(self, cluster_id: str) -> Cluster | None:
        """The cluster of that id."""
        return next((one for one in self.clusters if one.id == cluster_id), None)

    def only(self, about: str) -> Round:
        """The round as if one cluster, or one organisation, were all of it; unchanged when it is neither."""
        kept = tuple(one for one in self.organisations if about in (one.code, one.cluster))
        if not kept:
            return self
        clusters = {one.cluster for one in kept}
        return replace(self, organisations=kept, clusters=tuple(one for one in self.clusters if one.id in clusters))

    def packet(self, packet_id: str) -> Packet | None:
        """The packet of that id."""
        return next((one for one in self.packets if one.id == packet_id), None)

    def meeting_date(self, meeting: str, cluster: str) -> date | None:
        """When a cluster has that meeting; the date set for everybody when it has none of its own."""
        dates = {one.cluster: one.date for one in self.meetings if one.id == meeting}
        return dates.get(cluster) or dates.get("")


@dataclass(frozen=True, slots=True)
class Programme:
    """Every round the project knows; `current` is the one commands speak of without `--round`."""

    name: Texts
    rounds: Mapping[str, Round]
    current: str
    labels: Mapping[str, Texts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deliverable:
    """One thing one subject owes: a form of a packet, for an occasion, on a date (None: no date yet)."""

    organisation: Organisation
    packet: Packet
    form: str
    occasion: str
    unit: str
    due: date | None


def due_date(packet: Packet, meeting: date) -> date:
    """The packet's due date: calendar days from the meeting, then working days, never on a weekend (moved back).

    Swedish public holidays are not considered here.
    """
    day = meeting + timedelta(days=packet.offset_days)
    day = _back_to_weekday(day)
    for _ in range(abs(packet.offset_working_days)):
        day = _back_to_weekday(day - timedelta(days=1))
    return day


def _back_to_weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def deliverables(round_: Round) -> Iterator[Deliverable]:
    """Everything that is owed in a round, organisation by organisation in the order of the packets."""
    for organisation in round_.organisations:
        for packet in round_.packets:
            if organisation.role not in packet.owed_by:
                continue
            meeting = round_.meeting_date(packet.meeting, organisation.cluster)
            due = due_date(packet, meeting) if meeting else None
            for entry in packet.forms:
                units = ("", *(unit.id for unit in organisation.units)) if entry.per_unit else ("",)
                for unit in units:
                    yield Deliverable(organisation, packet, entry.form, entry.occasion or packet.occasion, unit, due)
