"""What organisations, units and clusters are called, and the order they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from sheets_pipeline.model.programme import Organisation
from sheets_pipeline.model.results import Comparison
from sheets_pipeline.model.round_results import OrganisationResult, RoundResults
from sheets_pipeline.reports.build.voice import Voice

_SWEDISH_ORDER = str.maketrans({"å": "~a", "ä": "~b", "ö": "~c", "é": "e", "ü": "y"})


def alphabetical(name: str) -> str:
    """A key that puts å, ä and ö last, in that order."""
    return name.lower().translate(_SWEDISH_ORDER)


def subject_name(organisation: Organisation, unit: str) -> str:
    """The organisation, with its unit where it is a unit's own assessment."""
    if not unit:
        return organisation.name
    name = next((one.name for one in organisation.units if one.id == unit), unit)
    return f"{organisation.name}, {name}"


def cluster_name(results: RoundResults, cluster: str) -> str:
    """The cluster's name; its id where the round does not know it."""
    found = results.round.cluster(cluster)
    return found.name if found else cluster


def role_name(organisation: Organisation, voice: Voice) -> str:
    return voice.say("Mentor") if organisation.role == "mentor" else voice.say("Participant")


def shown(results: RoundResults) -> tuple[OrganisationResult, ...]:
    """Organisations whose scores this audience may see, in the alphabet's order."""
    return by_name(one for one in results.organisations if one.scores_shown)


def by_name(found: Iterable[OrganisationResult]) -> tuple[OrganisationResult, ...]:
    return tuple(sorted(found, key=lambda one: (alphabetical(one.organisation.name), one.organisation.code)))


Subject = tuple[OrganisationResult, Comparison]


def in_chart_order(subjects: Iterable[Subject], results: RoundResults) -> tuple[Subject, ...]:
    """By shift inside the project, by name for everybody else: a sorted list of results is a ranking."""
    named = sorted(subjects, key=lambda pair: (alphabetical(pair[0].organisation.name), pair[1].unit))
    if results.audience != "salar":
        return tuple(named)
    return tuple(sorted(named, key=lambda pair: (pair[1].shift is None, -(pair[1].shift or 0))))
