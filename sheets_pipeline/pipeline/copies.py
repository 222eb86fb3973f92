"""Reading copies of deliveries: one for the sender beside the feedback, and those of a whole round in one folder."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sheets_pipeline.errors import RenderError
from sheets_pipeline.files import write_atomically
from sheets_pipeline.model.forms import Form, text_in
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.submissions import Manifest, Submission, SubmissionKey
from sheets_pipeline.pipeline.answering import sent_stem
from sheets_pipeline.pipeline.definitions import KnownForms
from sheets_pipeline.pipeline.judging import JudgedFile
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import text

CHECKSUMS = "SHA256SUMS"
_RECEIVED = frozenset({"accepted", "remarks"})


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one file's forms, and why there is none of a form that could not be set as a PDF."""

    paths: tuple[Path, ...] = ()
    faults: tuple[str, ...] = ()


MOST_ANSWERS = 5_000
"""Beyond so many answers a copy on paper serves nobody, and setting it would hold up the night."""


def write_copies(project: Project, store: Store, judged: JudgedFile) -> Copies:
    """Write what was received of each form that is in use, in the folder of its feedback and under the same stem.

    A file with several forms gives several copies, the form's name in each. One that cannot be set stops neither the
    others nor the run. Raises DiskError.
    """
    manifest = judged.read.manifest if judged.read else None
    if manifest is None:
        return Copies()
    folder = project.path("feedback") / manifest.parts[0].subject
    paths, faults = [], []
    received = list(_received(store, judged))
    for submission, form, round_ in received:
        path = folder / _file_name(judged, manifest, form if len(received) > 1 else None)
        try:
            write_atomically(path, _copied(submission, form, round_))
            paths.append(path)
        except RenderError as fault:
            faults.append(fault.message)
    return Copies(tuple(paths), tuple(faults))


def _received(store: Store, judged: JudgedFile) -> Iterator[tuple[Submission, Form, Round]]:
    """Each form that is in use, as the store has it: with the answers that were kept from the version before."""
    for one in judged.forms:
        if one.verdict.name not in _RECEIVED or one.reading is None or one.surroundings is None:
            continue
        versions = (version for version in store.versions(one.reading.key) if version.checksum == judged.checksum)
        version = next(versions, None)
        if version is not None and len(one.answers) <= MOST_ANSWERS:
            yield store.submission(version.id), one.reading.form, one.surroundings.round


def _copied(submission: Submission, form: Form, round_: Round) -> bytes:
    from sheets_pipeline.reports.copies import reading_copy

    return reading_copy(submission, form, round_, submission.parameters.language)


def _file_name(judged: JudgedFile, manifest: Manifest, form: Form | None) -> str:
    titled = _words(text_in(form.title, manifest.language)) if form else ""
    stem = sent_stem(judged.name, manifest)
    return _joined(stem, titled, _suffix(manifest.language))


def _suffix(language: str) -> str:
    return text("copy", language, context="file name")


def _joined(*parts: str) -> str:
    return "_".join(part for part in parts if part) + ".pdf"


def _words(title: str) -> str:
    """A title as it stands in file names: `fakta-om-organisationen`."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    signs = "".join(sign if sign.isalnum() else " " for sign in plain)
    return "-".join(signs.split())


# ------------------------------------------------------------------------------------------------------ a whole round


def archive_copies(store: Store, round_: Round, forms: KnownForms, to: Path) -> tuple[Path, ...]:
    """Write the copy of every delivery in force into one folder, with the checksums of all in `SHA256SUMS`.

    Raises RenderError for a delivery that cannot be set as a PDF, and DiskError.
    """
    made: dict[str, str] = {}
    for submission in store.in_force(round_.id):
        form = forms.archived(submission.definition) or forms.current(submission.key.form)
        if form is None:
            message = f"the form {submission.key.form} of {submission.key} is not known any more"
            raise RenderError(message)
        data = _copied(submission, form, round_)
        name = _archived_name(submission.key, form, round_, submission.parameters.language)
        write_atomically(to / name, data)
        made[name] = hashlib.sha256(data).hexdigest()
    write_atomically(to / CHECKSUMS, "".join(f"{checksum}  {name}\n" for name, checksum in sorted(made.items())))
    return tuple(to / name for name in sorted(made))


def _archived_name(key: SubmissionKey, form: Form, round_: Round, language: str) -> str:
    """`9901_exempelby_sjalvskattning_bm1_kopia.pdf`: no two deliveries in force share one."""
    organisation = round_.organisation(key.subject)
    subject = organisation.slug if organisation else key.subject
    return _joined(subject, _words(text_in(form.title, language)), key.unit, key.occasion, _suffix(language))
