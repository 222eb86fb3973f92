"""A filled round on the project's own forms: what the summary and the exports are tried on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sheets_pipeline.analysis.summary import summarise
from sheets_pipeline.model.programme import Organisation, Round, SharingLevel
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.model.slots import slots
from sheets_pipeline.model.submissions import Parameters, Submission, Value
from tests.analysis.example import AS_OF, answered, organisation, real_form, real_forms, round_of

MEASURE = "plans[P01]/measures[K01]"
MENTOR = organisation("9901", role="mentor", units=("bun",))
SECRETIVE = organisation("9904", scores="salar", texts="salar")
WORDLESS = organisation("9905", texts="cluster", cluster="k2")
GONE = organisation("9906", cluster="k2", left=date(2026, 6, 1))
PLAN: dict[str, Value] = {
    "plans[P01]/title": "Lika långa samtal",
    "plans[P01]/kind": "service",
    "plans[P01]/area": "Socialtjänst",
    "plans[P01]/items/1": "m01_1",
    "plans[P01]/items/2": "m01_0",
    "plans[P01]/groups/women": True,
    "plans[P01]/groups/men": True,
    "plans[P01]/national_goals/health": True,
    "plans[P01]/problem": "=Kvinnor får kortare samtal",
    "plans[P01]/status": "done",
    "plans[P01]/start": date(2026, 3, 1),
    "plans[P01]/end": date(2026, 10, 1),
    "plans[P01]/activities[A01]/what": "Mäta",
    "plans[P01]/activities[A01]/done": date(2026, 4, 1),
    "plans[P01]/activities[A02]/what": "Följa upp",
    f"{MEASURE}/goal": "Lika tid för kvinnor och män",
    f"{MEASURE}/name": "Andel nöjda",
    f"{MEASURE}/unit": "percent",
    f"{MEASURE}/direction": "increase",
    f"{MEASURE}/source": "Brukarenkät, Kolada N01951",
    f"{MEASURE}/baseline/date": date(2026, 1, 31),
    f"{MEASURE}/baseline/women": Decimal("-40.5"),
    f"{MEASURE}/baseline/men": Decimal(50),
    f"{MEASURE}/baseline/total": Decimal("45.25"),
    f"{MEASURE}/target/women": Decimal(48),
    f"{MEASURE}/target/men": Decimal(50),
    f"{MEASURE}/actual/women": Decimal(48),
    f"{MEASURE}/actual/men": Decimal(49),
    f"{MEASURE}/people/women": 25,
    f"{MEASURE}/people/men": 30,
}
FEW: dict[str, Value] = {**PLAN, f"{MEASURE}/people/women": 3}
FACTS: dict[str, Value] = {"population/women": 5012, "population/men": 4988, "residents_comment": "Uppgifter från 2025"}


def assessment(code: str, occasion: str, lowest: int, *, unit: str = "") -> Submission:
    """Scores that run through the steps from `lowest`, a non-answer in each section, and a comment."""
    form = real_form("self_assessment")
    parameters = Parameters(occasion=occasion, level="unit" if unit else "overall", mode="full", scale="s4")
    values: dict[str, Value] = {"assessed_on": date(2026, 1, 20), "roles_present/politician": True}
    for number, slot in enumerate(one for one in slots(form, parameters) if one.type == "scale"):
        values[slot.path] = "dont_know" if number % 7 == 6 else min(4, lowest + number % 2)
    values["m01_1/comment"] = f"@{code} {occasion}"
    return answered(code, occasion, values, form=form, unit=unit)


def filled_round() -> Round:
    return round_of(
        MENTOR,
        organisation("9902"),
        organisation("9903", scores="round", texts="round", cluster="k2"),
        SECRETIVE,
        WORDLESS,
        GONE,
    )


def submissions() -> tuple[Submission, ...]:
    """Everybody answered both points, but 9903, whose last one is missing; a plan and facts each."""
    found = [assessment("9901", point, lowest, unit="bun") for point, lowest in (("bm1", 1), ("final", 2))]
    for one in filled_round().organisations:
        found.append(assessment(one.code, "bm1", 1))
        if one.code != "9903":
            found.append(assessment(one.code, "final", 3))
        plan = FEW if one.code == "9902" else PLAN
        found.append(answered(one.code, "round", plan, form=real_form("improvement_plan")))
        found.append(answered(one.code, "round", FACTS, form=real_form("organisation_facts")))
    return tuple(found)


def results(audience: SharingLevel = "salar", viewer: str = "") -> RoundResults:
    return summarise(
        filled_round(),
        real_forms(),
        submissions(),
        first="bm1",
        last="final",
        audience=audience,
        viewer=viewer,
        as_of=AS_OF,
    )


def organisation_of(code: str) -> Organisation:
    found = filled_round().organisation(code)
    assert found is not None
    return found
