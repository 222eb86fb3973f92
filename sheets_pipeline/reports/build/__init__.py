"""The conference report: one round's results as a `Document`, once, for every writer."""

from __future__ import annotations

from sheets_pipeline import __version__
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.answered import answered
from sheets_pipeline.reports.build.clusters import clusters
from sheets_pipeline.reports.build.downloads import downloads
from sheets_pipeline.reports.build.items import items
from sheets_pipeline.reports.build.lens import primary
from sheets_pipeline.reports.build.lessons import lessons
from sheets_pipeline.reports.build.method import method
from sheets_pipeline.reports.build.opening import opening
from sheets_pipeline.reports.build.organisation_shifts import organisation_shifts
from sheets_pipeline.reports.build.pages import pages
from sheets_pipeline.reports.build.plans import improvement, targeted
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


def build(results: RoundResults, language: str, *, published: bool = False) -> Document:
    """The report in one language; unless `published` it says on every format that it is a draft."""
    voice = Voice(language)
    lens = primary(results)
    sections: tuple[Section, ...] = (
        answered(results, voice),
        improvement(results, voice),
        organisation_shifts(results, lens, voice),
        section_shifts(results, lens, voice),
        items(results, lens, voice),
        clusters(results, lens, voice),
        targeted(results, voice),
        lessons(results, voice),
        pages(results, lens, voice),
        method(results, voice, f"sheets-pipeline {__version__}"),
    )
    tables = tuple(tables_in(sections))
    return Document(
        language=language,
        title=voice.say("Results: {round}", round=voice.label(results.round.name)),
        programme=voice.label(results.round.edition.label),
        standing=voice.say("Published") if published else voice.say("Draft"),
        draft=not published,
        audience=voice.say(AUDIENCES[results.audience]),
        dated=voice.day(results.as_of),
        created=(results.as_of.year, results.as_of.month, results.as_of.day),
        headline=headline(results, lens, voice),
        opening=opening(results, lens, voice, published=published),
        sections=(*sections, downloads(results, voice, tables)),
    )
