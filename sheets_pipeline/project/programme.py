"""`config/programme.toml` → Programme: checked for its keys, and for names that point at something."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from sheets_pipeline.errors import ProjectError
from sheets_pipeline.model.programme import (
    ORGANISATION_CODE,
    Cluster,
    Edition,
    Meeting,
    Occasion,
    Organisation,
    Packet,
    PacketForm,
    Programme,
    Round,
    Unit,
)
from sheets_pipeline.project.files import checked, read_toml
from sheets_pipeline.project.settings import Audience, Language, Strict
from sheets_pipeline.reference.codes import places

Words = dict[str, str]
OrganisationType = Literal["municipality", "region", "city_district", "department", "federation", "other"]
_ID = re.compile(r"^[a-z0-9][a-z0-9_-]{0,30}$")


class OccasionEntry(Strict):
    """An occasion of an edition."""

    id: str
    kind: Literal["point", "meeting", "round"]
    label: Words
    order: int
    meeting: str = ""
    required: bool = True


class EditionEntry(Strict):
    """An edition of the model."""

    label: Words
    scale: str
    occasions: tuple[OccasionEntry, ...]


class UnitEntry(Strict):
    """A committee or department."""

    id: str
    name: str


class OrganisationEntry(Strict):
    """An organisation; `name` may be left out for a municipality or region that is known by its code."""

    code: str
    name: str = ""
    type: OrganisationType
    cluster: str
    role: Literal["mentor", "participant"]
    sharing_scores: Audience = "cluster"
    sharing_texts: Audience = "cluster"
    language: Language = "sv"
    scale: str = ""
    mode: str = ""
    units: tuple[UnitEntry, ...] = ()
    senders: tuple[str, ...] = ()
    left: dt.date | None = None
    example: bool = False


class ClusterEntry(Strict):
    """A cluster."""

    id: str
    name: str


class MeetingEntry(Strict):
    """A meeting of a cluster, or of everybody."""

    id: str
    cluster: str = ""
    date: dt.date | None = None


class PacketFormEntry(Strict):
    """A form in a packet."""

    form: str
    occasion: str = ""
    per_unit: bool = False


class PacketEntry(Strict):
    """What travels in one workbook."""

    id: str
    label: Words
    file_words: Words
    forms: tuple[PacketFormEntry, ...]
    occasion: str
    meeting: str
    offset_days: int
    offset_working_days: int = 0
    owed_by: tuple[Literal["mentor", "participant"], ...] = ("mentor", "participant")


class RoundEntry(Strict):
    """One round."""

    name: Words
    edition: str
    contact: str = ""
    inbox: str = ""
    mentors_apart: bool = True
    clusters: tuple[ClusterEntry, ...] = ()
    organisations: tuple[OrganisationEntry, ...] = ()
    meetings: tuple[MeetingEntry, ...] = ()
    packets: tuple[PacketEntry, ...] = ()


class ProgrammeEntry(Strict):
    """The head of the file."""

    name: Words
    current: str
    labels: dict[str, Words] = Field(default_factory=dict)


class ProgrammeFile(Strict):
    """The whole file."""

    programme: ProgrammeEntry
    editions: dict[str, EditionEntry]
    rounds: dict[str, RoundEntry]


def read_programme(path: Path, form_ids: frozenset[str]) -> Programme:
    """Read and check the file; raises ProjectError with every fault found."""
    file = checked(ProgrammeFile, read_toml(path), path)
    faults = tuple(_faults(file, form_ids))
    if faults:
        raise ProjectError(
            "; ".join(faults), file=f"{path.parent.name}/{path.name}", hint="Mend the names that differ."
        )
    editions = {name: _edition(name, entry) for name, entry in file.editions.items()}
    rounds = {name: _round(name, entry, editions) for name, entry in file.rounds.items()}
    head = file.programme
    return Programme(name=head.name, rounds=rounds, current=head.current, labels=head.labels)


def _edition(name: str, entry: EditionEntry) -> Edition:
    occasions = sorted((Occasion(**dict(one)) for one in entry.occasions), key=lambda one: one.order)
    return Edition(id=name, label=entry.label, scale=entry.scale, occasions=tuple(occasions))


def _round(name: str, entry: RoundEntry, editions: Mapping[str, Edition]) -> Round:
    return Round(
        id=name,
        name=entry.name,
        edition=editions[entry.edition],
        organisations=tuple(_organisation(one) for one in entry.organisations),
        clusters=tuple(Cluster(one.id, one.name) for one in entry.clusters),
        meetings=tuple(Meeting(one.id, one.cluster, one.date) for one in entry.meetings),
        packets=tuple(_packet(one) for one in entry.packets),
        contact=entry.contact,
        inbox=entry.inbox,
        mentors_apart=entry.mentors_apart,
    )


def _organisation(entry: OrganisationEntry) -> Organisation:
    facts = dict(entry)
    facts["name"] = entry.name or places()[entry.code].name
    facts["units"] = tuple(Unit(one.id, one.name) for one in entry.units)
    return Organisation(**facts)


def _packet(entry: PacketEntry) -> Packet:
    facts = dict(entry)
    facts["forms"] = tuple(PacketForm(one.form, one.occasion, one.per_unit) for one in entry.forms)
    return Packet(**facts)


def _faults(file: ProgrammeFile, form_ids: frozenset[str]) -> Iterator[str]:
    if file.programme.current not in file.rounds:
        yield f"programme.current: there is no round {file.programme.current!r}"
    for name, entry in file.rounds.items():
        where = f"rounds.{name}"
        if not _ID.match(name):
            yield f"{where}: a round's id is lower-case letters, digits and hyphens"
        if entry.edition not in file.editions:
            yield f"{where}.edition: there is no edition {entry.edition!r}"
            continue
        occasions = {one.id for one in file.editions[entry.edition].occasions}
        yield from _organisation_faults(where, entry)
        yield from _date_faults(where, entry, occasions)
        yield from _packet_faults(where, entry, occasions, form_ids)


def _organisation_faults(where: str, entry: RoundEntry) -> Iterator[str]:
    clusters = {one.id for one in entry.clusters}
    yield from _twice(f"{where}.clusters", [one.id for one in entry.clusters])
    yield from _twice(f"{where}.organisations", [one.code for one in entry.organisations])
    for number, one in enumerate(entry.organisations, start=1):
        here = f"{where}.organisations[{number}]"
        if not re.match(ORGANISATION_CODE, one.code):
            yield f"{here}.code: {one.code!r} is no organisation code (0114, 0014, 0180-eav, x-norrbotten)"
        if one.cluster not in clusters:
            yield f"{here}.cluster: there is no cluster {one.cluster!r}"
        if not one.name and one.code not in places():
            yield f"{here}.name: the code is in no register, so a name is needed"
        for unit in one.units:
            if not _ID.match(unit.id):
                yield f"{here}.units: {unit.id!r} is no short name (lower-case letters, digits, hyphens)"


def _date_faults(where: str, entry: RoundEntry, occasions: set[str]) -> Iterator[str]:
    clusters = {one.id for one in entry.clusters} | {""}
    for number, one in enumerate(entry.meetings, start=1):
        if one.id not in occasions:
            yield f"{where}.meetings[{number}].id: the edition has no meeting {one.id!r}"
        if one.cluster not in clusters:
            yield f"{where}.meetings[{number}].cluster: there is no cluster {one.cluster!r}"
    yield from _twice(f"{where}.meetings", [f"{one.id} {one.cluster}".strip() for one in entry.meetings])


def _packet_faults(where: str, entry: RoundEntry, occasions: set[str], form_ids: frozenset[str]) -> Iterator[str]:
    yield from _twice(f"{where}.packets", [one.id for one in entry.packets])
    for number, one in enumerate(entry.packets, start=1):
        here = f"{where}.packets[{number}]"
        for name in (one.occasion, one.meeting, *(form.occasion for form in one.forms if form.occasion)):
            if name not in occasions:
                yield f"{here}: the edition has no occasion {name!r}"
        for form in one.forms:
            if form.form not in form_ids:
                yield f"{here}.forms: there is no form {form.form!r} in workbook_templates/"


def _twice(where: str, names: list[str]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{where}: {name!r} stands {count} times"
