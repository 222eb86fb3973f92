"""Sentences computed from the data: what moved, how sure that is, and what stands behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sheets_pipeline.model.results import Comparison, Shift
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.left_out import left_out
from sheets_pipeline.reports.build.lens import Lens, role_of_round, rows_of_round
from sheets_pipeline.reports.build.names import shown
from sheets_pipeline.reports.build.voice import Voice

PAIR = 2


def headline(results: RoundResults, lens: Lens | None, voice: Voice) -> str:
    """The report in one sentence or two: how many rose, fell and stood still, the extremes included.

    Where some who took part cannot be compared, it says that it speaks of the others.
    """
    row = round_row(results, lens)
    up, same, down = (row.up, row.same, row.down) if row else (0, 0, 0)
    total = up + same + down
    if not total and results.left_out and not shown(results):
        return voice.say("No shift is shown: none of the organisations shares its scores with this audience.")
    if not total:
        return voice.say("No shift can be shown yet: nobody has answers from both measurement points.")
    if total == 1:
        return _only_one(up, down, voice)
    partly = bool(left_out(results, lens, voice))
    if total in (up, down, same):
        return _all_alike(up, down, total, voice, partly=partly)
    return f"{_some(up, total, voice, partly=partly)} {_rest(same, down, voice)}"


def _some(up: int, total: int, voice: Voice, *, partly: bool) -> str:
    if not up and partly:
        return voice.say(
            "None of the {total} organisations that can be compared rates itself higher after than before.", total=total
        )
    if not up:
        return voice.say("None of the {total} organisations rates itself higher after than before.", total=total)
    if partly:
        return voice.count(
            "{count} of {total} organisations that can be compared rates itself higher after than before.",
            "{count} of {total} organisations that can be compared rate themselves higher after than before.",
            up,
            total=total,
        )
    return voice.count(
        "{count} of {total} organisations rates itself higher after than before.",
        "{count} of {total} organisations rate themselves higher after than before.",
        up,
        total=total,
    )


def round_row(results: RoundResults, lens: Lens | None) -> Comparison | None:
    """The round in one set: participants alone where mentors are apart."""
    rows = rows_of_round(results, "round", lens) if lens else ()
    return rows[0] if rows else None


def _only_one(up: int, down: int, voice: Voice) -> str:
    if up:
        return voice.say("The only organisation with answers from both points rates itself higher after than before.")
    if down:
        return voice.say("The only organisation with answers from both points rates itself lower after than before.")
    return voice.say("The only organisation with answers from both points rates itself the same after as before.")


def _all_alike(up: int, down: int, total: int, voice: Voice, *, partly: bool) -> str:
    both = total == PAIR
    if up:
        return _all_rose(total, voice, both=both, partly=partly)
    if down:
        return _all_fell(total, voice, both=both, partly=partly)
    if partly:
        return voice.say(
            "None of the {total} organisations that can be compared has changed its overall rating.", total=total
        )
    return voice.say("None of the {total} organisations has changed its overall rating.", total=total)


def _all_rose(total: int, voice: Voice, *, both: bool, partly: bool) -> str:
    if both and partly:
        return voice.say("Both organisations that can be compared rate themselves higher after than before.")
    if both:
        return voice.say("Both organisations rate themselves higher after than before.")
    if partly:
        return voice.say(
            "All {total} organisations that can be compared rate themselves higher after than before.", total=total
        )
    return voice.say("All {total} organisations rate themselves higher after than before.", total=total)


def _all_fell(total: int, voice: Voice, *, both: bool, partly: bool) -> str:
    if both and partly:
        return voice.say("Both organisations that can be compared rate themselves lower after than before.")
    if both:
        return voice.say("Both organisations rate themselves lower after than before.")
    if partly:
        return voice.say(
            "All {total} organisations that can be compared rate themselves lower after than before.", total=total
        )
    return voice.say("All {total} organisations rate themselves lower after than before.", total=total)


def _rest(same: int, down: int, voice: Voice) -> str:
    lower = voice.count("{count} rates itself lower", "{count} rate themselves lower", down)
    level = voice.count("{count} is unchanged", "{count} are unchanged", same)
    return voice.listed(words for words, count in ((lower, down), (level, same)) if count) + "."


def judged(row: Comparison, voice: Voice) -> str:
    """How a mean moved; the plain word stands only where the adjusted test allows it."""
    total = row.up + row.same + row.down
    if row.shift is None or not total:
        return voice.say("Nothing to compare")
    if row.shift == 0:
        return voice.say("Unchanged")
    if row.established:
        return voice.say("Rose") if row.shift > 0 else voice.say("Fell")
    if row.shift > 0:
        return voice.say("Rose at {count} of {total}, not established", count=row.up, total=total)
    return voice.say("Fell at {count} of {total}, not established", count=row.down, total=total)


def moved(shift: Shift, voice: Voice) -> str:
    """One item's shift in a word."""
    change = shift.change
    if change is None:
        return voice.say("Not comparable")
    return voice.say("Higher") if change > 0 else voice.say("Lower") if change < 0 else voice.say("The same")


def whose(results: RoundResults, voice: Voice) -> str:
    """Who is in the numbers of the round."""
    if role_of_round(results) == "participant":
        return voice.say("The participating organisations; mentors are reported apart.")
    return voice.say("All organisations, mentors included.")


def counts(up: int, same: int, down: int, voice: Voice) -> str:
    """`12 högre, 3 oförändrade och 1 lägre`; what there is none of is not named."""
    parts = (
        (up, voice.count("{count} higher", "{count} higher", up)),
        (same, voice.count("{count} unchanged", "{count} unchanged", same)),
        (down, voice.count("{count} lower", "{count} lower", down)),
    )
    return voice.listed(words for count, words in parts if count)


def directions(rows: Iterable[Comparison], voice: Voice) -> str:
    """How many of these rows went which way."""
    found = Counter(row.direction for row in rows)
    return counts(found["up"], found["same"], found["down"], voice) or voice.say("none can be compared")
