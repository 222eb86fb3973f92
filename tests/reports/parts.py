"""Reports on a part of a round: one organisation with everything in its plan, and a cluster."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sheets_pipeline.model.round_results import (
    Activity,
    Cause,
    Obstacle,
    OrganisationResult,
    Plan,
    RoundResults,
    TextAnswer,
)
from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Document
from tests.reports.rounds import Wish, a_round, words

OWN = "9902"
OBSTACLES = (
    Obstacle(obstacle="Ont om tid", idea="Pröva på nya ärenden först", effort=2, effect=4, chosen=True),
    Obstacle(obstacle="Dyr ändring", idea="Börja med en bilaga på papper", effort=1, effect=2, chosen=False),
    Obstacle(obstacle="Oro", idea="", effort=None, effect=None, chosen=False),
    Obstacle(obstacle="Få resor", idea="Köp in gemensamt", effort=5, effect=5, chosen=False),
    Obstacle(obstacle="Svårt att mäta", idea="Vänta ett år", effort=4, effect=1, chosen=False),
)
CAUSES = (
    Cause(bone="methods", cause="Resor beställs olika", behind="Ingen gemensam mall", certainty="facts"),
    Cause(bone="people", cause="Handläggarna är få", behind="", certainty=""),
    Cause(bone="methods", cause="Ingen följer upp väntetiden", behind="", certainty="guess"),
)
AGREED = (
    Activity(what="Informera anhöriga", due=date(2026, 12, 1), done=None),
    Activity(what="Skriv mallen", due=date(2026, 4, 1), done=date(2026, 3, 20)),
    Activity(what="Följ upp i juni", due=None, done=None),
    Activity(what="Utbilda fler", due=date(2026, 11, 10), done=None),
)
TOLD = {
    "problem": "Kvinnor väntar längre på färdtjänst än män.",
    "learned": "Det tog längre tid än vi trodde att få ut statistiken.",
    "secure": "Frågorna ligger i mallen.",
    "spread": "Hemtjänsten kan använda samma frågor.",
}
LABELS = {
    "done": words("Klar", "Done"),
    "methods": words("Arbetssätt", "Ways of working"),
    "people": words("Människor och kompetens", "People and competence"),
    "facts": words("Vi har fakta", "We have facts"),
    "guess": words("En gissning", "A guess"),
}


def with_plan(results: RoundResults, code: str, **changes: object) -> RoundResults:
    """The round with an organisation's plan changed."""

    def changed(one: OrganisationResult) -> OrganisationResult:
        if one.organisation.code != code:
            return one
        return replace(one, plans=tuple(replace(plan, **changes) for plan in one.plans))  # type: ignore[arg-type] # a plan's own fields

    return replace(results, organisations=tuple(map(changed, results.organisations)))


def the_plan(results: RoundResults, code: str = OWN) -> Plan:
    found = results.organisation(code)
    assert found is not None
    return found.plans[0]


def said(told: Mapping[str, str], code: str = OWN) -> tuple[TextAnswer, ...]:
    """A plan's long answers by the names of their questions."""
    return tuple(
        TextAnswer(
            organisation=code,
            form="improvement_plan",
            occasion="round",
            unit="",
            path=f"plans[P01]/{name}",
            label=words(f"Fråga: {name}?", f"Question: {name}?"),
            text=text,
        )
        for name, text in told.items()
    )


def reached(plan: Plan) -> tuple[object, ...]:
    """The plan's measures with every goal met."""
    return tuple(
        replace(measure, groups=tuple(replace(group, goal_met=True) for group in measure.groups))
        for measure in plan.measures
    )


def a_full_plan() -> RoundResults:
    """A round in which one organisation's plan has everything: pictures, texts, goals met, steps left."""
    results = a_round(Wish(count=4))
    plan = the_plan(results)
    return with_plan(
        results,
        OWN,
        status="done",
        obstacles=OBSTACLES,
        causes=CAUSES,
        agreed=AGREED,
        texts=said(TOLD),
        measures=reached(plan),
        labels={**plan.labels, **LABELS},
    )


def only(results: RoundResults, code: str = OWN) -> RoundResults:
    """The results narrowed to one organisation, as its own report is drawn from."""
    return replace(
        results,
        round=results.round.only(code),
        organisations=tuple(one for one in results.organisations if one.organisation.code == code),
        audience="cluster",
        viewer=code,
        about=code,
    )


def own_report(results: RoundResults, code: str = OWN, language: str = "sv") -> Document:
    return build(only(results, code), language)
