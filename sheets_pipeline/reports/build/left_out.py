"""Who took part but cannot be compared, and why: a sentence under a headline that speaks of the others."""

from __future__ import annotations

from sheets_pipeline.model.notes import note_texts
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.lens import Lens, role_of_round
from sheets_pipeline.reports.build.names import shown
from sheets_pipeline.reports.build.voice import Voice

NAMED = 8


def left_out(results: RoundResults, lens: Lens | None, voice: Voice) -> tuple[tuple[str, str], ...]:
    """(name, reason) of every organisation of the round that may be shown and has no shift in the set."""
    role = role_of_round(results)
    found = []
    for one in shown(results):
        rows = lens.overall(one) if lens else ()
        if (role and one.organisation.role != role) or any(row.shift is not None for row in rows):
            continue
        reasons = (reason for row in rows for reason in note_texts(row, voice.language))
        found.append((one.organisation.name, next(reasons, voice.say("no answers to compare"))))
    return tuple(found)


def left_out_sentence(results: RoundResults, lens: Lens | None, voice: Voice) -> str:
    """Names with reasons, those of the same reason together; empty when everybody is compared."""
    found = left_out(results, lens, voice)
    if not found:
        return ""
    named, more = found[:NAMED], len(found) - NAMED
    reasons = dict.fromkeys(reason for _, reason in named)
    parts = [f"{voice.listed(name for name, own in named if own == reason)} ({_lowered(reason)})" for reason in reasons]
    parts += [voice.count("{count} more", "{count} more", more)] if more > 0 else []
    return voice.say("Cannot be compared: {names}.", names=voice.listed(parts))


def _lowered(sentence: str) -> str:
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")
