"""The conference report: one round's results as a `Document`, once, for every writer."""

from __future__ import annotations

from sheets_pipeline import __version__
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.answered import answered
from sheets_pipeline.reports.build.brief import brief_sections
from sheets_pipeline.reports.build.clusters import clusters
from sheets_pipeline.reports.build.downloads import downloads
from sheets_pipeline.reports.build.items import items
from sheets_pipeline.reports.build.lens import Lens, primary
from sheets_pipeline.reports.build.lessons import lessons
from sheets_pipeline.reports.build.links import targeted
from sheets_pipeline.reports.build.method import method
from sheets_pipeline.reports.build.opening import opening
from sheets_pipeline.reports.build.organisation_shifts import organisation_shifts
from sheets_pipeline.reports.build.own_report import own_headline, own_opening, own_sections
from sheets_pipeline.reports.build.pages import pages
from sheets_pipeline.reports.build.plans import improvement
from sheets_pipeline.reports.build.section_shifts import section_shifts
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.build.words import headline
from sheets_pipeline.reports.document import Document, Section, tables_in

AUDIENCES = {
    "salar": "For the project lead",
    "cluster": "For the cluster",
    "round": "For those who take part",
    "public": "For the public",
}


def build(results: RoundResults, language: str, *, published: bool = False, brief: bool = False) -> Document:
    """The report in one language; unless `published` it says on every format that it is a draft.

    Of a whole round, of a cluster, or an organisation's own, by what the results are about; `brief` is the one page
    for the council.
    """
    voice, lens = Voice(language), primary(results)
    own = results.round.organisation(results.about) is not None
    if own:
        opened, said = own_opening(results, lens, voice, published=published), own_headline(results, lens, voice)
    else:
        opened, said = opening(results, lens, voice, published=published), headline(results, lens, voice)
    return Document(
        language=language,
        title=_title(results, voice, brief=brief),
        programme=voice.label(results.round.edition.label),
        standing=voice.say("Published") if published else voice.say("Draft"),
        draft=not published,
        audience=_reader(results, voice),
        dated=voice.day(results.as_of),
        created=(results.as_of.year, results.as_of.month, results.as_of.day),
        headline=said,
        opening=opened,
        sections=brief_sections(results, lens, voice) if brief else _sections(results, lens, voice, own=own),
        brief=brief,
    )


def _reader(results: RoundResults, voice: Voice) -> str:
    """Whom it is for; what an organisation may see of itself is for nobody else."""
    viewer = results.round.organisation(results.viewer)
    if results.audience == "cluster" and viewer:
        return voice.say("For {name}", name=viewer.name)
    return voice.say(AUDIENCES[results.audience])


def _title(results: RoundResults, voice: Voice, *, brief: bool) -> str:
    """What it is, of which round, and about whom when not about all."""
    round_ = voice.label(results.round.name)
    about = results.round.organisation(results.about) or results.round.cluster(results.about)
    if brief:
        title = voice.say("Results in brief: {round}", round=round_)
        return f"{title}, {about.name}" if about else title
    if about:
        return voice.say("Results for {name}: {round}", name=about.name, round=round_)
    return voice.say("Results: {round}", round=round_)


def _sections(results: RoundResults, lens: Lens | None, voice: Voice, *, own: bool) -> tuple[Section, ...]:
    """The chapters, the method and the files last."""
    made_with = f"sheets-pipeline {__version__}"
    chapters = own_sections(results, lens, voice) if own else _of_several(results, lens, voice)
    sections = (*chapters, method(results, voice, made_with))
    return (*sections, downloads(results, voice, tuple(tables_in(sections))))


def _of_several(results: RoundResults, lens: Lens | None, voice: Voice) -> tuple[Section, ...]:
    return (
        answered(results, voice),
        improvement(results, voice),
        organisation_shifts(results, lens, voice),
        section_shifts(results, lens, voice),
        items(results, lens, voice),
        clusters(results, lens, voice),
        targeted(results, voice),
        lessons(results, voice),
        pages(results, lens, voice),
    )
