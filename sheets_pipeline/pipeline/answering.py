"""A judged file → the feedback workbook that goes back: the next version, with what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from sheets_pipeline.files import write_atomically
from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.layout import Layout, lay_out
from sheets_pipeline.model.programme import Organisation, Packet, Round
from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.remarks import describe, question_text
from sheets_pipeline.model.submissions import Manifest, Value
from sheets_pipeline.model.values import shown
from sheets_pipeline.pipeline.building import prepared_with, previous_values, reached, start_of, subtitle
from sheets_pipeline.pipeline.headlines import checked_headline, headline
from sheets_pipeline.pipeline.judging import JudgedFile, JudgedForm
from sheets_pipeline.project import Project
from sheets_pipeline.texts import text
from sheets_pipeline.validation import grouped
from sheets_pipeline.workbooks.book import (
    Book,
    BookPart,
    Difference,
    Echo,
    Feedback,
    FeedbackRow,
    Filling,
    Note,
)
from sheets_pipeline.workbooks.excel_write import write_workbook

Remarks = Mapping[str, frozenset[tuple[str, str]]]
_SAID_BY_THE_FIX = frozenset({"REQUIRED_MISSING", "PERSONAL_NUMBER"})
_TWO_COPIES = frozenset({"TWO_CHANNELS", "OLDER_THAN_ACCEPTED", "FEWER_ANSWERS"})


def write_feedback(project: Project, judged: JudgedFile, earlier: Remarks, as_of: date) -> Path | None:
    """Write the feedback workbook where there is a remark, or was one last time; None where nothing is written."""
    forms = [form for form in judged.forms if form.reading is not None and form.surroundings is not None]
    if not forms or not _needed(project, forms, earlier):
        return None
    book = feedback_book(project, judged, forms, earlier, as_of)
    if book is None:
        return None
    return _write(book, project.path("feedback") / book.manifest.parts[0].subject, judged)


def write_feedback_to(folder: Path, project: Project, judged: JudgedFile, as_of: date) -> Path | None:
    """Write the feedback on a checked file into a folder, whatever the verdict; None for a file without our forms."""
    forms = [form for form in judged.forms if form.reading is not None and form.surroundings is not None]
    book = feedback_book(project, judged, forms, {}, as_of) if forms else None
    if book is None or book.feedback is None:
        return None
    serious = sum(row.severity != "info" for row in book.feedback.rows)
    told = replace(book.feedback, headline=checked_headline(serious, book.manifest.language))
    return _write(replace(book, feedback=told), folder, judged)


def _write(book: Book, folder: Path, judged: JudgedFile) -> Path:
    path = folder / f"{sent_stem(judged.name, book.manifest)}_{_suffix(book.manifest.language)}.xlsx"
    write_atomically(path, write_workbook(book))
    return path


def _suffix(language: str) -> str:
    return text("feedback", language, context="file name")


def sent_stem(name: str, manifest: Manifest) -> str:
    """The sender's own file name when it is made of plain signs, else the subject's code; names never become paths."""
    plain = Path(name).stem.removesuffix("_" + _suffix(manifest.language)).replace(" ", "-")
    safe = all(sign.isalnum() or sign in "-_.()" for sign in plain) and not plain.startswith(".")
    return plain[:80] if safe and plain else f"{manifest.parts[0].subject}_{manifest.packet}"


def _needed(project: Project, forms: Iterable[JudgedForm], earlier: Remarks) -> bool:
    listed = list(forms)
    if all(form.verdict.name in {"rejected", "unreadable"} for form in listed):
        return False
    remarked = any(form.verdict.name != "accepted" for form in listed)
    before = any(earlier.get(str(form.key)) for form in listed)
    return project.settings.feedback.write == "always" or remarked or before


def feedback_book(
    project: Project, judged: JudgedFile, forms: list[JudgedForm], earlier: Remarks, as_of: date
) -> Book | None:
    """The whole feedback workbook; None when the file's organisation is not of its round."""
    first = forms[0]
    if first.reading is None or first.surroundings is None or judged.read is None or judged.read.manifest is None:
        return None
    round_, sent = first.surroundings.round, judged.read.manifest
    organisation = round_.organisation(first.reading.key.subject)
    packet = round_.packet(sent.packet)
    if organisation is None or packet is None:
        return None
    parts = [_part(form.reading, form, round_, organisation, packet) for form in forms if form.reading]
    manifest = Manifest(sent.round, sent.packet, sent.language, as_of.isoformat(), tuple(part.part for part in parts))
    return Book(
        manifest=manifest,
        parts=tuple(parts),
        start=start_of(round_, organisation, packet, sent.language),
        created=datetime.combine(as_of, time(0), tzinfo=UTC).replace(tzinfo=None),
        feedback=_feedback(
            forms, [part.layout for part in parts], earlier, sent.language, echo=project.settings.feedback.echo
        ),
    )


def _part(reading: Reading, form: JudgedForm, round_: Round, organisation: Organisation, packet: Packet) -> BookPart:
    """The form laid out again with the answers as they were given."""
    language = reading.part.parameters.language
    answers = {path: answer.value for path, answer in reading.answers.items() if path not in form.unread}
    prepared = prepared_with(reading.form, reading.part.parameters, reading.places)
    parameters = replace(reading.part.parameters, prepared={**reading.part.parameters.prepared, **prepared})
    layout = lay_out(reading.form, parameters, reading.part.unit)
    surroundings = form.surroundings
    in_force = surroundings.in_force if surroundings else {}
    key = reading.key
    part = replace(
        reading.part,
        version=reading.form.version,
        definition=reading.form.definition,
        parameters=parameters,
        built_on=surroundings.checksum if surroundings else "",
    )
    return BookPart(
        part=part,
        layout=layout,
        filling=Filling(
            answers=answers,
            previous=previous_values(round_.edition, key.form, key.unit, key.occasion, in_force),
            typed=_typed(reading, form),
            notes=_notes(form, language),
            reached=reached(round_.edition, packet, key.occasion),
        ),
        subtitle=subtitle(round_.edition, organisation, key.unit, key.occasion, packet, language),
        minutes=next(
            (mode.minutes for mode in reading.form.modes if mode.name == parameters.mode), reading.form.minutes
        ),
    )


def _typed(reading: Reading, form: JudgedForm) -> dict[str, str]:
    """What could not be used, as it was typed; a personal number is left out."""
    veiled = {issue.path for issue in form.verdict.issues if issue.code == "PERSONAL_NUMBER"}
    typed = {issue.path: issue.value for issue in reading.issues if issue.path in form.unread and issue.value}
    for path in form.unread:
        answer = reading.answers.get(path)
        if answer is not None and path not in typed:
            typed[path] = answer.typed()
    return {path: value for path, value in typed.items() if path not in veiled}


def _told(form: JudgedForm) -> list[Issue]:
    """The remarks that the sender sees."""
    return [issue for issue in form.verdict.issues if CATALOGUE[issue.code].audience == "sender"]


def _listed(form: JudgedForm) -> list[Issue]:
    """The same with repeated remarks as one, their cells together."""
    told = _told(form)
    return list(grouped(told, form.reading.form)) if form.reading else told


def _notes(form: JudgedForm, language: str) -> dict[str, Note]:
    notes: dict[str, Note] = {}
    for issue in reversed(_told(form)):
        if issue.path and form.reading is not None:
            words = describe(issue, form.reading.form, language)
            notes[issue.path] = Note(issue.severity, f"{words.message}\n{words.fix}".strip())
    return notes


def _feedback(
    forms: list[JudgedForm], layouts: list[Layout], earlier: Remarks, language: str, *, echo: bool
) -> Feedback:
    rows: list[FeedbackRow] = []
    echoes: list[Echo] = []
    differences: list[Difference] = []
    for form, layout in zip(forms, layouts, strict=True):
        cells = layout.cells()
        rows += [_row(issue, form, cells, language) for issue in _listed(form)]
        if echo:
            echoes += _echoes(form, cells, language)
        differences += _differences(form, layout, language)
    resolved, remaining = _since(forms, earlier)
    serious = sum(row.severity != "info" for row in rows)
    return Feedback(
        headline=headline({form.verdict.name for form in forms}, serious, language),
        rows=tuple(rows),
        echoes=tuple(echoes),
        resolved=resolved,
        remaining=remaining,
        differences=tuple(differences),
        names=(text("what we had", language, context="merge"), text("this file", language, context="merge")),
    )


def _row(issue: Issue, form: JudgedForm, cells: Mapping[str, CellRef], language: str) -> FeedbackRow:
    reading_form = form.reading.form if form.reading else None
    words = describe(issue, reading_form, language)
    question = words.question or (text_in(reading_form.title, language) if reading_form else "")
    expected = "" if issue.code in _SAID_BY_THE_FIX else _expected(words.expected, language)
    fix = f"{words.fix} {expected}".strip()
    return FeedbackRow(
        severity=issue.severity,
        question=question,
        value=issue.value,
        message=f"{words.message} {_elsewhere(issue, form, cells, language)}".strip(),
        fix=fix,
        cell=_cell_of(issue.path, cells),
        was=str(issue.cell) if issue.cell else "",
    )


def _elsewhere(issue: Issue, form: JudgedForm, cells: Mapping[str, CellRef], language: str) -> str:
    """The other cells of which the same is said, as they stand in this workbook."""
    paths = {ref: path for path, ref in form.reading.places.items()} if form.reading else {}
    there = [cells[paths[ref]].a1 for ref in issue.also if paths.get(ref) in cells]
    return text("The same for {cells}.", language, cells=", ".join(there)) if there else ""


def _expected(expected: str, language: str) -> str:
    return text("Expected: {expected}.", language, expected=expected.rstrip(".")) if expected else ""


def _cell_of(path: str, cells: Mapping[str, CellRef]) -> CellRef | None:
    """The cell of a path, or the first of a question that has several, or of a row."""
    if path in cells or not path:
        return cells.get(path)
    return next((ref for other, ref in cells.items() if other.startswith(f"{path}/")), None)


def _echoes(form: JudgedForm, cells: Mapping[str, CellRef], language: str) -> list[Echo]:
    if form.reading is None:
        return []
    slots = {slot.path: slot for slot in form.reading.slots}
    echoes = []
    for answer in form.answers:
        slot = slots.get(answer.path)
        if slot is not None and not slot.question.locked:
            words = shown(slot.type, slot.question, slot.choices, answer.value, language)
            question = question_text(form.reading.form, answer.path, language)
            echoes.append(Echo(question, words, cells.get(answer.path)))
    return echoes


def _differences(form: JudgedForm, layout: Layout, language: str) -> list[Difference]:
    """The cells in which this file differs from the version in force, when it is asked which of them applies."""
    surroundings, reading = form.surroundings, form.reading
    if surroundings is None or reading is None or surroundings.same_key is None:
        return []
    if not any(issue.code in _TWO_COPIES for issue in form.verdict.issues):
        return []
    before = surroundings.same_key.values
    now = {path: answer.value for path, answer in reading.answers.items()}
    return [
        _difference(slot.path, before.get(slot.path), now.get(slot.path), reading, layout, language)
        for slot in reading.slots
        if before.get(slot.path) != now.get(slot.path)
    ]


def _difference(
    path: str, before: Value | None, now: Value | None, reading: Reading, layout: Layout, language: str
) -> Difference:
    slot = next(one for one in reading.slots if one.path == path)
    first = shown(slot.type, slot.question, slot.choices, before, language)
    second = shown(slot.type, slot.question, slot.choices, now, language)
    return Difference(layout.tag, question_text(reading.form, path, language), first, second, path)


def _since(forms: Iterable[JudgedForm], earlier: Remarks) -> tuple[int | None, int]:
    """(resolved, remaining) since the version before; None the first time."""
    before = {(str(form.key), *one) for form in forms for one in earlier.get(str(form.key), frozenset())}
    if not before and not any(str(form.key) in earlier for form in forms):
        return None, 0
    now = {
        (str(form.key), issue.code, issue.path)
        for form in forms
        for issue in form.verdict.issues
        if issue.severity != "info"
    }
    return len(before - now), len(before & now)
