"""A file that was read → what became of each of its forms: validation with what is known beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.issues import Issue, Verdict, worst
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.reading import Earlier, Reading, Surroundings
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.model.submissions import Answer, Submission, SubmissionKey, VerdictName
from sheets_pipeline.pipeline.definitions import KnownForms
from sheets_pipeline.pipeline.reading import FileRead, unpacked
from sheets_pipeline.validation import right_answers, validate

Knowing = Callable[[Reading], Surroundings]


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """One form of a file. `reading` is None when no form was found; `answers` are the right ones, `unread` the rest."""

    reading: Reading | None
    verdict: Verdict
    answers: tuple[Answer, ...] = ()
    unread: frozenset[str] = frozenset()
    surroundings: Surroundings | None = None

    @property
    def key(self) -> SubmissionKey | None:
        """The submission it is about."""
        return self.reading.key if self.reading else None


@dataclass(frozen=True, slots=True)
class JudgedFile:
    """What became of a file; `read` is None for one that could not be read."""

    name: str
    checksum: str
    forms: tuple[JudgedForm, ...]
    read: FileRead | None

    @property
    def verdict(self) -> VerdictName:
        """The worst of its forms."""
        return worst(form.verdict.name for form in self.forms)


def judge_file(
    name: str,
    checksum: str,
    outcome: FileRead | DeliveryError,
    forms: KnownForms,
    knowing: Knowing,
) -> JudgedFile:
    """Judge every form of a file that was read, or say why there is none."""
    if isinstance(outcome, DeliveryError):
        return refused(name, outcome, checksum)
    notes = tuple(replace(remark(note.code), params=dict(note.params)) for note in outcome.notes)
    if outcome.manifest is None or not outcome.forms:
        return JudgedFile(name, checksum, (_without_form((*outcome.issues, *notes)),), outcome)
    judged, of_file = [], (*notes, *outcome.issues)
    for part in outcome.forms:
        reading = unpacked(part, outcome, outcome.manifest.round, forms)
        if reading is not None:
            judged.append(_judge(replace(reading, issues=(*of_file, *reading.issues)), knowing))
            of_file = ()
    return JudgedFile(name, checksum, tuple(judged), outcome)


def refused(name: str, error: DeliveryError, checksum: str = "") -> JudgedFile:
    """A file that cannot be read."""
    return JudgedFile(name, checksum, (_without_form((_as_issue(error),)),), None)


def _judge(reading: Reading, knowing: Knowing) -> JudgedForm:
    surroundings = knowing(reading)
    reading = replace(reading, withdrawn=_withdrawn(reading, surroundings.same_key))
    verdict = validate(reading, surroundings)
    answers, unread = right_answers(reading, verdict)
    unread |= _out_of_sight(reading, surroundings.same_key)
    return JudgedForm(reading, verdict, tuple(answers), frozenset(unread), surroundings)


def _withdrawn(reading: Reading, earlier: Earlier | None) -> tuple[str, ...]:
    """The rows that the version before answered and that this file no longer has.

    Where the table itself is gone with its sheet, or a card with its own, nobody has taken rows away.
    """
    if earlier is None:
        return ()
    before, here = _rows(earlier.values), _rows(reading.places)
    tables = {_table(row) for row in (*here, *reading.withdrawn)}
    lost = _rows(reading.unread)
    return tuple(row for row in before if row not in here and row not in lost and _table(row) in tables)


def _out_of_sight(reading: Reading, earlier: Earlier | None) -> frozenset[str]:
    """Earlier answers in rows that are neither in this file nor taken away: their table is gone with its sheet."""
    if earlier is None:
        return frozenset()
    seen = {*_rows(reading.places), *reading.withdrawn}
    return frozenset(path for path in earlier.values if not seen.issuperset(_rows((path,))))


def _rows(paths: Iterable[str]) -> dict[str, None]:
    """The rows that these answers stand in, in their order."""
    return {path[: path.rindex("]") + 1]: None for path in paths if "]" in path}


def _table(row: str) -> str:
    return row.rpartition("[")[0]


def _as_issue(error: DeliveryError) -> Issue:
    code = error.code if error.code in CATALOGUE else "READER_FAILED"
    return Issue(code, CATALOGUE[code].severity, params=dict(error.params))


def _without_form(issues: tuple[Issue, ...]) -> JudgedForm:
    stops = [CATALOGUE[issue.code].stops for issue in issues]
    return JudgedForm(None, Verdict(worst(name for name in stops if name), issues))


def submission_of(form: JudgedForm, checksum: str, received: datetime, saved: datetime | None) -> Submission | None:
    """What the store keeps of a judged form; None when there is no form."""
    if form.reading is None:
        return None
    return Submission(
        key=form.reading.key,
        version=form.reading.form.version,
        definition=form.reading.form.definition,
        parameters=form.reading.part.parameters,
        checksum=checksum,
        received=received,
        saved=saved,
        verdict=form.verdict.name,
        answers=form.answers,
        withdrawn_rows=form.reading.withdrawn,
    )


def due_occasion(round_: Round, cluster: str, day: date) -> str:
    """The point that a living form's delivery counts for: that of the next meeting, else the last one."""
    points = [point for point in round_.edition.points if point.meeting]
    for point in points:
        meeting = round_.meeting_date(point.meeting, cluster)
        if meeting is None or meeting >= day:
            return point.id
    return points[-1].id if points else ""
