"""Method, missing data, decisions taken by hand, suppression and provenance: the note that stands in every report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sheets_pipeline.model.notes import reason_text
from sheets_pipeline.model.round_results import Decided, Input, RoundResults
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import Block, Bullets, Cell, Column, Details, Heading, Paragraph, Section, Table

SHORT = 12


def method(results: RoundResults, voice: Voice, made_with: str) -> Section:
    """The section; `made_with` names program and version."""
    return Section(
        "method", voice.say("Method, missing data and provenance"), tuple(_blocks(results, voice, made_with))
    )


def _blocks(results: RoundResults, voice: Voice, made_with: str) -> Iterator[Block]:
    yield Heading(voice.say("How to read the figures"))
    yield Bullets(tuple(_reading(voice)))
    yield Heading(voice.say("Missing and not comparable"))
    yield from _missing(results, voice)
    yield Heading(voice.say("Decisions taken by hand"))
    yield _decisions(results, voice)
    yield Heading(voice.say("Suppression and sharing"))
    yield from _suppression(results, voice)
    yield Heading(voice.say("Provenance"))
    yield Paragraph(
        voice.say(
            "Own calculations. Made with {made_with} on answers up to {day}.",
            made_with=made_with,
            day=voice.day(results.as_of),
        )
    )
    if results.inputs:
        yield Details(voice.say("The workbooks behind the figures, with checksums"), (_inputs(results, voice),))


def _reading(voice: Voice) -> Iterator[str]:
    yield voice.say(
        "The organisations assess themselves. There is no comparison group, so nothing here shows what caused a change."
    )
    yield voice.say(
        "Those who learn what good looks like often rate themselves more strictly. A flat or falling rating may be "
        "insight: ask why, and never take it as failure by itself."
    )
    yield voice.say(
        "A shift is later minus earlier over the statements scored at both points. How many they are is always shown."
    )
    yield voice.say(
        "“Do not know” and “Not applicable” are answers, never scores and never zero. Nothing is filled in afterwards."
    )
    yield voice.say(
        "Statements and headline questions, different scales, and different levels are never added or mixed."
    )
    yield voice.say(
        "Numbers are rounded once, half up, from the exact value. A shift is counted before rounding and may differ "
        "by 0.1 from the difference of the means shown."
    )
    yield voice.say(
        "“Rose” and “fell” are used without reservation only where an exact test, adjusted for the number of tests, "
        "gives less than 0.05. Below six organisations nothing is tested."
    )


def _missing(results: RoundResults, voice: Voice) -> Iterator[Block]:
    shifts = [one.shift for result in results.organisations for one in result.items]
    reasons = Counter(shift.reason for shift in shifts if shift.reason)
    if not reasons:
        yield Paragraph(voice.say("Every statement shown can be compared between the two points."))
        return
    yield Paragraph(
        voice.count(
            "{count} of {total} pairs of answers cannot be compared:",
            "{count} of {total} pairs of answers cannot be compared:",
            sum(reasons.values()),
            total=len(shifts),
        )
    )
    ordered = sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))
    yield Bullets(tuple(f"{reason_text(reason, voice.language)} ({count})" for reason, count in ordered))


def _decisions(results: RoundResults, voice: Voice) -> Block:
    if not results.decisions:
        return Paragraph(voice.say("No decision has been taken by hand in this round."))
    headings = ("What", "About", "By", "Date", "Why")
    return Table(
        anchor="table-decisions",
        caption=voice.say("Decisions taken by hand"),
        columns=tuple(Column(voice.say(heading), "long" if heading == "Why" else "text") for heading in headings),
        rows=tuple(_decision(one, results, voice) for one in results.decisions),
        sheet=voice.say("Decisions"),
    )


WHAT = {"accept": "Accepted as it is", "exempt": "Need not answer", "withdraw": "Withdrawn", "extend": "More time"}


def _decision(one: Decided, results: RoundResults, voice: Voice) -> tuple[Cell, ...]:
    organisation = results.round.organisation(one.subject)
    about = [organisation.name if organisation else one.subject]
    about += [voice.label(results.title("form", one.form))] if one.form else []
    about += [voice.label(results.title("occasion", one.occasion))] if one.occasion else []
    what = voice.say(WHAT[one.what]) if one.what in WHAT else one.what
    return (what, ", ".join(about), one.by, voice.day(one.on), one.because)


SUPPRESSED = {
    "few_people": "fewer than five people stand behind the value",
    "small_count": "a count of one to four",
    "no_number": "the number of people behind a share is missing",
    "complementary": "hidden so that another hidden value cannot be worked out",
    "by_organisation": "marked as confidential by the organisation",
}
SHARED = {
    "salar": "This report is for the project lead only.",
    "cluster": "This report is for the cluster and the project lead.",
    "round": "This report is for those who take part in the round.",
    "public": "This report is for the public.",
}


def _shared(results: RoundResults, voice: Voice) -> str:
    viewer = results.round.organisation(results.viewer)
    if results.audience == "cluster" and viewer:
        return voice.say("This report is for {name} and the project lead.", name=viewer.name)
    return voice.say(SHARED[results.audience])


def _suppression(results: RoundResults, voice: Voice) -> Iterator[Block]:
    yield Paragraph(
        _shared(results, voice)
        + " "
        + voice.say("Each organisation has decided how far its scores and texts are spread.")
    )
    hidden = {reason: count for reason, count in results.suppressed.items() if count}
    if not hidden:
        yield Paragraph(voice.say("No value is hidden to protect people."))
        return
    yield Paragraph(voice.say("Values shown as “..” are hidden to protect people:"))
    yield Bullets(
        tuple(
            f"{voice.say(SUPPRESSED[one]) if one in SUPPRESSED else one}: {count}"
            for one, count in sorted(hidden.items())
        )
    )


def _inputs(results: RoundResults, voice: Voice) -> Table:
    headings = ("About", "Form", "Occasion", "Version", "Received", "Checksum (SHA-256)", "Form definition")
    return Table(
        anchor="table-inputs",
        caption=voice.say("The workbooks behind the figures, with checksums"),
        columns=tuple(Column(voice.say(heading)) for heading in headings),
        rows=tuple(_input(one, results, voice) for one in results.inputs),
        headers=2,
        sheet=voice.say("Provenance"),
    )


def _input(one: Input, results: RoundResults, voice: Voice) -> tuple[Cell, ...]:
    organisation = results.round.organisation(one.key.subject)
    occasion = voice.label(results.title("occasion", one.key.occasion)) if one.key.occasion else NOTHING
    return (
        organisation.name if organisation else one.key.subject,
        voice.label(results.title("form", one.key.form)),
        occasion,
        one.version,
        voice.day(one.received.date()),
        one.checksum,
        one.definition[:SHORT],
    )
