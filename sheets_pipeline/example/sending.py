"""What the made-up organisations put into the inbox, one wave at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sheets_pipeline.example.encrypted import encrypted_workbook
from sheets_pipeline.example.filling import Answering, Forms, fill
from sheets_pipeline.example.oddities import EDITS, MENDED, second_opinion
from sheets_pipeline.example.older import FORM, VERSION, AsItWas
from sheets_pipeline.example.plans import CARD
from sheets_pipeline.example.saved import kept_file
from sheets_pipeline.example.waves import BEFORE, FINAL, Wave, handed_in
from sheets_pipeline.intake.archive import Archive
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.submissions import FormPart
from sheets_pipeline.pipeline.building import Built, Wanted, build
from sheets_pipeline.project import Project
from sheets_pipeline.workbooks.edit import Edited

_NOT_SENT = {("before", "9905", "plan"), ("before", "9912", "plan"), ("final", "9905", "closing")}
_UPDATE_THEIR_OWN = {"9901", "9902", "9906", "9907", "9909", "9911"}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file in the inbox: its folder and name, its bytes, and when it came."""

    folder: str
    name: str
    data: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """An organisation with a workbook to fill in and hand in."""

    wave: Wave
    round: Round
    built: Built
    forms: Forms
    inbox: Path

    @property
    def workbook(self) -> tuple[str, str, str]:
        """Which workbook this is: wave, organisation, packet."""
        return self.wave.name, self.built.organisation.code, self.built.packet.id

    @property
    def at(self) -> datetime:
        """When it is handed in."""
        return handed_in(self.wave, self.round, self.built.organisation, self.built.packet)

    @property
    def saved(self) -> datetime:
        """When the file was last saved."""
        return self.at - timedelta(hours=1)

    def answering(self, *, again: bool = False) -> Answering:
        """Who fills it in: two days before it is handed in."""
        day = (self.at - timedelta(days=2)).date()
        return Answering(self.built.organisation, day, after=self.wave is FINAL, again=again)


def send(project: Project, wave: Wave, built: Iterable[Built]) -> list[Path]:
    """Fill in the built workbooks of a wave and put them into the project's inbox; the files in the order they came."""
    sent = [one for desk in desks(project, wave, built) for one in _sent(desk)]
    inbox = project.path("inbox")
    return [_put(inbox, one) for one in sorted(sent, key=lambda one: (one.at, one.folder, one.name))]


def desks(project: Project, wave: Wave, built: Iterable[Built]) -> Iterator[Desk]:
    """Who sits with which workbook."""
    round_, forms = project.round(), _Forms(project)
    for one in built:
        yield Desk(wave, round_, _as_it_was(project, wave, round_, one), forms, project.path("inbox"))


class _Forms:
    """The form of a part, in the version that its workbook was built on."""

    def __init__(self, project: Project) -> None:
        self._now = project.catalogue
        self._then = AsItWas(project.folder).catalogue

    def __call__(self, part: FormPart) -> Form:
        known = self._then if part.version == VERSION and part.form == FORM else self._now
        return known[part.form]


def _as_it_was(project: Project, wave: Wave, round_: Round, built: Built) -> Built:
    """One organisation still has the facts workbook of the form's older version."""
    if (wave, built.organisation.code, built.packet.id) != (BEFORE, "9908", "start"):
        return built
    then = AsItWas(project.folder)
    Archive(project.path("archive")).put_json(then.catalogue[FORM].source)
    wanted = Wanted(packet=built.packet.id, organisation=built.organisation.code)
    return next(build(then, round_, wanted, wave.built, {}))


def _sent(desk: Desk) -> Iterator[Sent]:
    """Everything that one organisation hands in for one packet."""
    if desk.workbook == ("final", "9905", "closing"):
        yield _last_points_file(desk)
    if desk.workbook in _NOT_SENT:
        return
    if desk.workbook == ("before", "9911", "start"):
        yield replace(_named(desk, b""), data=encrypted_workbook(seed=9911))
        return
    sent = _filled(desk)
    if desk.workbook == ("before", "9911", "meeting_1"):
        yield replace(_named(desk, desk.built.data), at=desk.at - timedelta(days=4))
        sent = replace(sent, name=_with(sent.name, "_ifylld"))
    yield sent
    yield from _more(desk, sent)


def _filled(desk: Desk) -> Sent:
    """The filled workbook as it is handed in: as its people saved it, or as LibreOffice saved it for the example."""
    edited = filled(desk)
    kept = kept_file(desk.workbook, edited)
    sent = _named(desk, kept[1] if kept else edited.saved(desk.saved))
    if kept:
        sent = replace(sent, name=Path(sent.name).stem + kept[0])
    return replace(sent, name=_with(sent.name, "_uppdaterad")) if _has_been_sent(desk) else sent


def filled(desk: Desk) -> Edited:
    """The workbook with the answers, and with whatever its people did to it."""
    edited = Edited(_start_file(desk) or desk.built.data)
    fill(edited, desk.answering(again=_has_been_sent(desk)), desk.forms)
    if desk.workbook in EDITS:
        EDITS[desk.workbook](edited)
    return edited


def _more(desk: Desk, sent: Sent) -> Iterator[Sent]:
    """A corrected version, a second copy with other answers, a draft in somebody else's folder."""
    if desk.workbook in MENDED:
        edited, later = _refilled(desk), sent.at + timedelta(days=1)
        MENDED[desk.workbook](edited)
        yield replace(sent, name=_with(sent.name, "_rättad"), data=edited.saved(later), at=later)
    if desk.workbook == ("before", "9909", "meeting_1"):
        edited, later = _refilled(desk), sent.at + timedelta(minutes=50)
        second_opinion(edited)
        yield replace(sent, name=f"Kopia av {sent.name}", data=edited.saved(later), at=later)
    if desk.workbook == ("final", "9910", "closing"):
        edited, before = _refilled(desk), sent.at - timedelta(days=3)
        edited.type("m10_0/comment", "Utkast, ska stämmas av i styrgruppen.")
        other = desk.round.organisation("9912")
        folder = other.slug if other else sent.folder
        yield replace(sent, folder=folder, name=_with(sent.name, "_utkast"), data=edited.saved(before), at=before)


def _refilled(desk: Desk) -> Edited:
    """The same workbook filled in once more, without what was done to the other."""
    edited = Edited(desk.built.data)
    fill(edited, desk.answering(), desk.forms)
    return edited


def _start_file(desk: Desk) -> bytes | None:
    """The file that is updated: some keep on with what they sent last time, others take the new workbook.

    A new workbook that says nothing of the plan is left aside: it was built before the plan was collected.
    """
    path = desk.inbox / desk.built.organisation.slug / desk.built.name
    if desk.wave is not FINAL or desk.built.packet.id != "plan" or not path.exists():
        return None
    own = desk.built.organisation.code in _UPDATE_THEIR_OWN
    return path.read_bytes() if own or Edited(desk.built.data).value(f"{CARD}/title") is None else None


def _has_been_sent(desk: Desk) -> bool:
    """Whether the plan's first version has come in, so that only what is new is typed."""
    first = ("before", desk.built.organisation.code, "plan")
    return desk.wave is FINAL and desk.built.packet.id == "plan" and first not in _NOT_SENT


def _last_points_file(desk: Desk) -> Sent:
    """The workbook of the first point, updated and handed in again for the last one."""
    old = next((desk.inbox / desk.built.organisation.slug).glob("*_rättad.xlsx"))
    edited = Edited(old.read_bytes())
    for part in edited.manifest().parts:
        edited.fill(_higher(edited, desk.forms(part)))
    return _named(desk, edited.saved(desk.saved))


def _higher(edited: Edited, form: Form) -> dict[str, int]:
    """Every third score a step higher."""
    items = {f"{item.name}/score" for section in form.sections for item in section.items}
    cells = edited.cells()
    found = {path: edited.at(cells[path]) for path in sorted(items & cells.keys())}
    return {path: min(score + 1, 4) for path, score in list(found.items())[::3] if isinstance(score, int)}


def _named(desk: Desk, data: bytes) -> Sent:
    return Sent(desk.built.organisation.slug, desk.built.name, data, desk.at)


def _with(name: str, word: str) -> str:
    """`arbetsbok.xlsx` → `arbetsbok_rättad.xlsx`."""
    return f"{Path(name).stem}{word}{Path(name).suffix}"


def _put(inbox: Path, sent: Sent) -> Path:
    """Write a file with the time at which it came."""
    path = inbox / sent.folder / sent.name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sent.data)
    moment = sent.at.replace(tzinfo=UTC).timestamp()
    os.utime(path, (moment, moment))
    return path
