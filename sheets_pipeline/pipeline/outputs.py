"""Store → comparisons, reports and exports, all drawn from one summary of the round."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sheets_pipeline.errors import ProjectError, UsageError
from sheets_pipeline.files import write_atomically
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.programme import Round, SharingLevel
from sheets_pipeline.model.results import Artifact
from sheets_pipeline.model.round_results import Quality, RoundResults
from sheets_pipeline.model.submissions import Submission, SubmissionKey
from sheets_pipeline.pipeline.collecting import forms_of
from sheets_pipeline.pipeline.decided import told_decisions
from sheets_pipeline.pipeline.key_figures import with_key_figures
from sheets_pipeline.pipeline.kolada import figures_kept
from sheets_pipeline.pipeline.status import StatusRow, states_by_key, status
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store

MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ONE_PAGE = {"docx"}
ON_TEMPLATE = {"pptx"}
Forms = Mapping[tuple[str, str], Form]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a report or an export is to be about: all of the round, or (`about`) one cluster or organisation of it."""

    audience: SharingLevel
    as_of: date
    first: str = ""
    last: str = ""
    viewer: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round's results with what they were drawn from, and the template that slides of them use."""

    results: RoundResults
    forms: Forms
    submissions: tuple[Submission, ...]
    rows: tuple[StatusRow, ...]
    template: bytes | None = None


def view_round(project: Project, store: Store, round_: Round, asked: Asked) -> RoundView:
    """Summarise what is in force, first → last measurement point unless others are named.

    Raises UsageError for a point, a cluster or an organisation that the round does not have.
    """
    from sheets_pipeline.analysis.summary import summarise

    everything = tuple(store.in_force(round_.id))
    first, last = points(round_, everything, asked.first, asked.last)
    round_, submissions = _narrowed(round_, everything, asked.about)
    forms = _forms(project, submissions)
    rows = status(round_, store.list(round_.id), project.decisions, asked.as_of)
    results = summarise(
        round_,
        forms,
        submissions,
        first=first,
        last=last,
        audience=asked.audience,
        as_of=asked.as_of,
        viewer=asked.viewer,
        decisions=[one for one in told_decisions(project, store, round_.id) if _concerns(one.subject, round_, asked)],
        states=states_by_key(rows, round_),
        min_group=project.settings.report.min_group,
    )
    results = with_key_figures(replace(results, about=asked.about), figures_kept(project))
    return RoundView(results, forms, submissions, rows, _template(project))


def _template(project: Project) -> bytes | None:
    """The house's own presentation, if the settings name one; raises ProjectError when it is not there."""
    name = project.settings.report.template
    if not name:
        return None
    try:
        return (project.folder / name).read_bytes()
    except OSError as error:
        message = f"the template {name} cannot be read"
        raise ProjectError(message, file="config/settings.toml", key="report.template") from error


def _narrowed(round_: Round, submissions: tuple[Submission, ...], about: str) -> tuple[Round, tuple[Submission, ...]]:
    """The part of a round that is asked about, and what was handed in by it."""
    if not about:
        return round_, submissions
    if round_.organisation(about) is None and round_.cluster(about) is None:
        raise UsageError(f"neither an organisation nor a cluster of this round: {about}")
    part = round_.only(about)
    kept = {about, *(one.code for one in part.organisations)}
    return part, tuple(one for one in submissions if one.key.subject in kept)


def _concerns(subject: str, round_: Round, asked: Asked) -> bool:
    """Whether a decision is about what is asked for; in a report on a part, those about others are not told."""
    return not asked.about or subject == asked.about or round_.organisation(subject) is not None


def points(round_: Round, submissions: Iterable[Submission], first: str, last: str) -> tuple[str, str]:
    """The two points to compare: those named, else the first and the last that are always made.

    Raises UsageError for a point that the edition does not have.
    """
    known = [point.id for point in round_.edition.points]
    for name in (first, last):
        if name and name not in known:
            message = f"there is no measurement point {name!r}"
            raise UsageError(message, hint="known: " + ", ".join(known))
    always = [point.id for point in round_.edition.points if point.required] or known
    if not always:
        message = "the edition has no measurement points"
        raise UsageError(message, hint="Add them to config/programme.toml.")
    answered = {one.key.occasion for one in submissions}
    reached = [point for point in known if point in answered]
    default_last = always[-1] if always[-1] in answered or len(reached) < 2 else reached[-1]  # noqa: PLR2004 - a pair
    return first or always[0], last or default_last


def _forms(project: Project, submissions: Iterable[Submission]) -> Forms:
    known = forms_of(project)
    forms = {(form.form_id, form.definition): form for form in project.catalogue.values()}
    for one in submissions:
        place = (one.key.form, one.definition)
        if place not in forms:
            found = known.archived(one.definition) or known.current(one.key.form)
            if found is not None:
                forms[place] = found
    return forms


def write_report(
    view: RoundView, formats: Sequence[str], language: str, to: Path, *, brief: bool = False
) -> tuple[Artifact, ...]:
    """Write the report in each format as a draft; files are whole or not there at all."""
    made = rendered_report(view, formats, language, brief=brief)
    return tuple(written(to / name, data) for name, data in made.items())


def rendered_report(
    view: RoundView, formats: Sequence[str], language: str, *, published: bool = False, brief: bool = False
) -> dict[str, bytes]:
    """The report in each format by its file name; unless `published` it says that it is a draft.

    `brief` makes the one page for the council in place of the whole report; for Word there is only that page.
    """
    from sheets_pipeline.reports.build import build

    files = {}
    for name in formats:
        short = brief or name in ONE_PAGE
        document = build(view.results, language, published=published, brief=short)
        files[f"{_stem(view.results, language, brief=short)}.{name}"] = _render(view, document, name)
    return files


def _render(view: RoundView, document: object, name: str) -> bytes:
    from sheets_pipeline import plugins

    render = plugins.load("report_writers", name)
    rendered = render(document, view.template) if name in ON_TEMPLATE else render(document)
    return rendered.encode() if isinstance(rendered, str) else bytes(rendered)


def _stem(results: RoundResults, language: str, *, brief: bool) -> str:
    """`resultat_2026_round_k1`: what it is, of which round, for whom, and about whom when not about all."""
    from sheets_pipeline.texts import text

    named = "in_brief_{round}" if brief else "results_{round}"
    organisation = results.round.organisation(results.about)
    audience = "" if results.audience == "salar" else results.audience
    about = organisation.slug if organisation else results.about or results.viewer
    parts = (text(named, language, context="file name", round=results.round.id), audience, about)
    return "_".join(part for part in parts if part)


def written(path: Path, data: bytes) -> Artifact:
    """Write a file and say what was made; its type follows from its ending."""
    write_atomically(path, data)
    media_type = MEDIA.get(path.suffix.removeprefix("."), "application/octet-stream")
    return Artifact(path, media_type, hashlib.sha256(data).hexdigest())


def write_exports(view: RoundView, store: Store, profiles: Sequence[str], to: Path) -> tuple[Artifact, ...]:
    """Write each export profile."""
    from sheets_pipeline import plugins

    quality = _quality(view, store)
    made: list[Artifact] = []
    for name in profiles:
        export = plugins.load("exporters", name)
        made += export(view.results, view.forms, view.submissions, to=to, quality=quality)
    return tuple(made)


def _quality(view: RoundView, store: Store) -> dict[SubmissionKey, Quality]:
    """What the export's sheet on quality says of each submission in force."""
    round_ = view.results.round
    versions: dict[SubmissionKey, list[str]] = {}
    in_force: dict[SubmissionKey, str] = {}
    for version in store.list(round_.id):
        versions.setdefault(version.key, []).append(version.id)
        if version.state == "in_force":
            in_force[version.key] = version.id
    found = {}
    for key, id_ in in_force.items():
        issues = store.issues(id_)
        found[key] = Quality(
            versions=len(versions[key]),
            missing_required=sum(issue.code == "REQUIRED_MISSING" for issue in issues),
            errors=sum(issue.severity == "error" for issue in issues),
            warnings=sum(issue.severity == "warning" for issue in issues),
        )
    return found
