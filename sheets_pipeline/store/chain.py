"""Which version of a submission is in force, and which one each version followed: a function of the set of versions.

The order of processing plays no part. Versions stand in the order of `Place`; a decision to use or withdraw one stands
at its own time, so that what is received later is judged on its merits again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sheets_pipeline.model.receipts import Decision, Place, State
from sheets_pipeline.model.submissions import VerdictName

_EARLIEST = datetime.min.replace(tzinfo=UTC)
Item = TypeVar("Item")
_COUNTS: tuple[VerdictName, ...] = ("accepted", "remarks")
_STOPS: tuple[VerdictName, ...] = ("rejected", "unreadable")
_Moment = tuple[datetime, int, datetime, str]


@dataclass(frozen=True, slots=True)
class Link:
    """One version: its verdict, its place, and the last thing decided about it."""

    id: str
    verdict: VerdictName
    place: Place
    decision: Decision | None = None
    decided: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A version's state, and the id of the version that was in force when it came (empty for none)."""

    state: State
    before: str = ""


def order(place: Place) -> tuple[datetime, datetime, str]:
    """What versions are sorted by; a workbook that does not say when it was saved comes before one that does."""
    return place.received, place.saved or _EARLIEST, place.checksum


def in_order(links: Iterable[Link]) -> list[Link]:
    """The versions from first to last."""
    return sorted(links, key=lambda link: order(link.place))


def standings(links: Iterable[Link]) -> dict[str, Standing]:
    """Every version's standing, by id, in the order in which they came."""
    versions = {link.id: link for link in in_order(links)}
    current, since, before = "", (_EARLIEST, 0, _EARLIEST, ""), dict.fromkeys(versions, "")
    for moment, version, decided in sorted(_events(versions.values())):
        if not decided:
            before[version] = current
        now = _after(versions[version], current, decided=decided)
        if now != current or decided:
            current, since = now, moment
    return {
        version: Standing(_state(link, in_force=version == current, late=_arrival(link) > since), before[version])
        for version, link in versions.items()
    }


def _events(links: Iterable[Link]) -> Iterable[tuple[_Moment, str, bool]]:
    """When each version came and when something was decided about it: (moment, id, whether it is the decision)."""
    for link in links:
        yield _arrival(link), link.id, False
        if link.decision in ("use", "withdraw") and link.decided:
            yield (link.decided, 1, _EARLIEST, link.place.checksum), link.id, True


def _arrival(link: Link) -> _Moment:
    received, saved, checksum = order(link.place)
    return received, 0, saved, checksum


def _after(link: Link, current: str, *, decided: bool) -> str:
    """The id in force after a version came, or after what was decided about it."""
    if decided:
        if link.decision == "use":
            return link.id
        return "" if link.id == current else current
    counts = link.verdict in _COUNTS and link.decision != "set_aside"
    return link.id if counts else current


def _state(link: Link, *, in_force: bool, late: bool) -> State:
    """`late`: it came after what is in force, so that a question about it still stands."""
    if in_force:
        return "in_force"
    if link.verdict in _STOPS:
        return "rejected"
    if link.decision == "set_aside":
        return "set_aside"
    if link.decision == "withdraw":
        return "withdrawn"
    return "held" if link.verdict == "held" and late else "superseded"


def kept(
    own: Mapping[str, Mapping[str, Item]], unread: Mapping[str, Iterable[str]], chain: Mapping[str, Standing]
) -> dict[str, dict[str, Item]]:
    """Version → path → what it takes over from the version before it, where its own cell holds an error."""
    whole: dict[str, Mapping[str, Item]] = {}
    taken: dict[str, dict[str, Item]] = {}
    for version, standing in chain.items():
        before = whole.get(standing.before, {})
        taken[version] = {path: before[path] for path in unread[version] if path in before and path not in own[version]}
        whole[version] = {**own[version], **taken[version]}
    return taken
