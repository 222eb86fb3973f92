"""Deliverables → workbooks: who owes what, laid out, pre-filled with what is known, written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from sheets_pipeline.model.forms import Form, text_in
from sheets_pipeline.model.key_figures import KeyFigures
from sheets_pipeline.model.layout import lay_out
from sheets_pipeline.model.programme import Edition, Organisation, Packet, Round, deliverables, due_date
from sheets_pipeline.model.slots import Slot, rows_in, slots
from sheets_pipeline.model.submissions import FormPart, Manifest, Parameters, SubmissionKey, Value
from sheets_pipeline.pipeline.known import known_value
from sheets_pipeline.pipeline.kolada import KoladaFilling, kolada_filling
from sheets_pipeline.project import Project
from sheets_pipeline.texts import text
from sheets_pipeline.workbooks.book import Book, BookPart, Filling, Note, Start
from sheets_pipeline.workbooks.excel_write import write_workbook

InForce = Mapping[tuple[str, str, str], Mapping[str, Value]]
_NO_FIGURES = KeyFigures()


@dataclass(frozen=True, slots=True)
class Built:
    """A workbook that was built; `name` is its file name."""

    organisation: Organisation
    packet: Packet
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one organisation on a day: its answers in force, and what Kolada has."""

    in_force: InForce
    figures: KeyFigures
    as_of: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which workbooks to build; empty means all."""

    packet: str = ""
    organisation: str = ""
    unit: str = ""
    language: str = ""


def build(
    project: Project,
    round_: Round,
    wanted: Wanted,
    as_of: date,
    in_force: Mapping[str, InForce],
    figures: KeyFigures = _NO_FIGURES,
) -> Iterator[Built]:
    """One workbook for each packet that an organisation owes. `in_force` holds what is known by organisation code.

    A workbook for one unit is named after it, and there is none where the unit answers nothing.
    """
    for organisation, packet in _owed(round_, wanted):
        known = Known(in_force.get(organisation.code, {}), figures, as_of)
        book = make_book(project, round_, organisation, packet, wanted, known)
        if book.parts:
            words = (organisation.slug, text_in(packet.file_words, book.manifest.language), wanted.unit)
            yield Built(organisation, packet, "_".join(filter(None, words)) + ".xlsx", write_workbook(book))


def _owed(round_: Round, wanted: Wanted) -> Iterator[tuple[Organisation, Packet]]:
    seen: set[tuple[str, str]] = set()
    for owed in deliverables(round_):
        pair = (owed.organisation.code, owed.packet.id)
        fits = wanted.organisation in {"", owed.organisation.code} and wanted.packet in {"", owed.packet.id}
        if fits and owed.organisation.left is None and pair not in seen:
            seen.add(pair)
            yield owed.organisation, owed.packet


def make_book(
    project: Project,
    round_: Round,
    organisation: Organisation,
    packet: Packet,
    wanted: Wanted,
    known: Known,
) -> Book:
    """Everything that stands in one packet's workbook."""
    language = wanted.language or organisation.language
    parts = tuple(
        _part(project.catalogue[entry.form], round_, organisation, packet, entry.occasion, unit, language, known)
        for entry in packet.forms
        for unit in _units(organisation, wanted, per_unit=entry.per_unit)
    )
    manifest = Manifest(round_.id, packet.id, language, known.as_of.isoformat(), tuple(part.part for part in parts))
    return Book(
        manifest=manifest,
        parts=parts,
        start=start_of(round_, organisation, packet, language),
        created=datetime.combine(known.as_of, time(0), tzinfo=UTC).replace(tzinfo=None),
    )


def _units(organisation: Organisation, wanted: Wanted, *, per_unit: bool) -> Iterable[str]:
    own = [unit.id for unit in organisation.units] if per_unit else []
    return [unit for unit in ("", *own) if wanted.unit in {"", unit}]


def start_of(round_: Round, organisation: Organisation, packet: Packet, language: str) -> Start:
    """What the start sheet of a packet says."""
    meeting = round_.meeting_date(packet.meeting, organisation.cluster)
    cluster = round_.cluster(organisation.cluster)
    facts = (
        (text("Cluster", language, context="start"), cluster.name if cluster else ""),
        (text("Who may see the answers", language, context="start"), _sharing(organisation, language)),
    )
    name = organisation.name
    if organisation.example:
        name = f"{name} ({text('example', language, context='organisation')})"
    return Start(
        title=text_in(packet.label, language),
        organisation=name,
        round=text_in(round_.name, language),
        due=due_date(packet, meeting) if meeting else None,
        contact=round_.contact,
        inbox=round_.inbox,
        facts=facts,
    )


_SHARING = {
    "salar": "the project lead only",
    "cluster": "the cluster and the project lead",
    "round": "everyone in the round and the project lead",
    "public": "everyone, and they may be published by name",
}


def _sharing(organisation: Organisation, language: str) -> str:
    """How far scores and texts are spread, and that the level says nothing of public access to documents."""
    scores, texts = organisation.sharing_scores, organisation.sharing_texts
    words = {level: text(_SHARING[level], language, context="sharing") for level in (scores, texts)}
    told = "Scores and texts: {scores}." if scores == texts else "Scores: {scores}. Texts: {texts}."
    spread = text(told, language, context="sharing", scores=words[scores], texts=words[texts])
    note = "This governs only what the project lead spreads. What you hand in is a public document all the same."
    return f"{spread} {text(note, language, context='sharing')}"


def _part(
    form: Form,
    round_: Round,
    organisation: Organisation,
    packet: Packet,
    occasion: str,
    unit: str,
    language: str,
    known: Known,
) -> BookPart:
    occasion = occasion or packet.occasion
    key = SubmissionKey(round_.id, form.form_id, organisation.code, unit, occasion)
    own = known.in_force.get((form.form_id, unit, occasion), {})
    parameters = part_parameters(form, round_.edition, organisation, unit, occasion, language, own)
    layout = lay_out(form, parameters, unit)
    asked = tuple(slots(form, parameters, parameters.prepared))
    previous = previous_values(round_.edition, form.form_id, unit, occasion, known.in_force)
    kept = _living(form, own)
    kolada = kolada_filling(asked, organisation.code, known.figures, kept, known.as_of)
    answers = {**_prefilled(asked, round_, organisation, previous), **kolada.values, **kept}
    part = FormPart(form.form_id, form.version, form.definition, key.subject, unit, parameters, "")
    return BookPart(
        part=part,
        layout=layout,
        filling=Filling(
            answers=answers,
            previous=previous,
            notes={path: _source(kolada, language) for path in kolada.values if path not in kept},
            reached=reached(round_.edition, packet, occasion),
        ),
        subtitle=subtitle(round_.edition, organisation, unit, occasion, packet, language),
        minutes=_minutes(form, parameters.mode),
    )


def _source(kolada: KoladaFilling, language: str) -> Note:
    return Note("info", text("Source: Kolada, {year}", language, context="kolada", year=kolada.year))


def part_parameters(
    form: Form,
    edition: Edition,
    organisation: Organisation,
    unit: str,
    occasion: str,
    language: str,
    own: Mapping[str, Value],
) -> Parameters:
    """What a part's layout depends on, from the programme and (for rows that exist already) the version in force."""
    default = form.mode_by_occasion.get(occasion, form.modes[-1].name if form.modes else "full")
    scale = (organisation.scale or edition.scale) if form.scales else ""
    parameters = Parameters(
        language=language,
        occasion=occasion,
        level="unit" if unit else "overall",
        mode=organisation.mode if organisation.mode and form.modes else default,
        scale=scale if scale in form.scales else next(iter(form.scales), ""),
        organisation_type=organisation.type,
        edition=edition.id,
    )
    return replace(parameters, prepared=prepared_with(form, parameters, own))


def prepared_with(form: Form, parameters: Parameters, values: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The row ids to print where rows beyond the printed ones are in use: those, and fresh ones after them."""
    printed = rows_in(slot.path for slot in slots(form, parameters))
    used = rows_in(values)
    more: dict[str, tuple[str, ...]] = {}
    for place, ids in used.items():
        known = printed.get(place, ())
        extra = tuple(sorted(set(ids) - set(known)))
        if extra:
            more[place] = (*known, *extra)
    return more


def _living(form: Form, own: Mapping[str, Value]) -> Mapping[str, Value]:
    """A living form, or one answered once a round, carries its own last version on."""
    return own if form.cadence in {"living", "round"} else {}


def _prefilled(
    asked: Iterable[Slot], round_: Round, organisation: Organisation, previous: Mapping[str, Value]
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for slot in asked:
        value = known_value(slot, round_, organisation, previous)
        if value is not None:
            found[slot.path] = value
    return found


def previous_values(edition: Edition, form: str, unit: str, occasion: str, in_force: InForce) -> Mapping[str, Value]:
    """The answers of the last earlier point that has any."""
    here = edition.occasion(occasion)
    earlier = [one for one in edition.points if here is not None and one.order < here.order]
    for one in reversed(earlier):
        values = in_force.get((form, unit, one.id))
        if values:
            return values
    return {}


def reached(edition: Edition, packet: Packet, occasion: str) -> frozenset[str]:
    """The occasions from which questions may be required; a living form counts for its packet's meeting."""
    point = next((one.id for one in edition.points if one.meeting == packet.meeting), occasion)
    here = edition.occasion(occasion)
    threshold = occasion if here is not None and here.kind == "point" else point
    return frozenset(one.id for one in edition.occasions if edition.reached(threshold, one.id))


def subtitle(
    edition: Edition, organisation: Organisation, unit: str, occasion: str, packet: Packet, language: str
) -> str:
    """Whom and what a part is about: `Exempelby · Barn- och utbildningsnämnden · Inför träff 1`."""
    here = edition.occasion(occasion)
    about = text_in(here.label, language) if here and here.kind == "point" else text_in(packet.label, language)
    named = next((one.name for one in organisation.units if one.id == unit), "")
    return " · ".join(part for part in (organisation.name, named, about) if part)


def _minutes(form: Form, mode: str) -> int:
    return next((one.minutes for one in form.modes if one.name == mode), form.minutes)
