"""An organisation's facts: what it wrote, and figures that follow from its size."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import Any

from sheets_pipeline.example.content import SEED, profile
from sheets_pipeline.model.programme import Organisation
from sheets_pipeline.model.submissions import Value

_AGES = {"age_0_17": (0.196, 0.208), "age_18_64": (0.566, 0.585)}
_CITY, _TOWN = 50_000, 15_000
_TEXTS = ("companies", "steering_model", "challenges", "earlier_work", "expectations", "residents_comment")


def facts(organisation: Organisation) -> dict[str, Value]:
    """Answer path → value for `organisation_facts`; what the register fills in is left alone."""
    known = profile(organisation.code)
    answers: dict[str, Value] = dict(_mandate(known))
    answers |= dict(_residents(known, organisation))
    answers |= dict(_governance(known))
    answers |= dict(_priorities(known))
    return answers


def _mandate(known: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    decision = known["decision"]
    yield "decision", "date" in decision
    if "expected" in decision:
        yield "decision_expected", decision["expected"]
        yield "responsible_function", "Kommunchef"
    else:
        yield from ((f"decision_kinds/{kind}", True) for kind in decision["kinds"])
        yield "decided_by", decision["by"]
        yield "decision_date", decision["date"]
        yield "responsible_function", decision["function"]
    yield "cemr_signed", "cemr" in known
    if "cemr" in known:
        yield "cemr_year", known["cemr"]["year"]
        yield "cemr_plan", known["cemr"]["plan"]


def _residents(known: dict[str, Any], organisation: Organisation) -> Iterator[tuple[str, Value]]:
    chance = Random(f"{SEED}:{organisation.code}:residents")
    women, men = known["residents"]["women"], known["residents"]["men"]
    if organisation.type == "municipality":
        size = women + men
        yield "municipality_group", "B3" if size >= _CITY else "C6" if size >= _TOWN else "C8"
    yield "population/women", women
    yield "population/men", men
    rest = [women, men]
    for question, shares in _AGES.items():
        groups = ("girls", "boys") if question == "age_0_17" else ("women", "men")
        for place, (group, share) in enumerate(zip(groups, shares, strict=True)):
            count = round((women, men)[place] * (share + chance.uniform(-0.012, 0.012)))
            rest[place] -= count
            yield f"{question}/{group}", count
    yield "age_65_plus/women", rest[0]
    yield "age_65_plus/men", rest[1]
    for question, (first, second) in known["shares"].items():
        yield f"{question}/women", Decimal(first)
        yield f"{question}/men", Decimal(second)
    yield "median_income/women", known["income"]["women"]
    yield "median_income/men", known["income"]["men"]
    yield "reference_year", 2025


def _governance(known: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    for question, name in (("council_members", "council"), ("chairs", "chairs"), ("staff", "staff")):
        yield f"{question}/women", known[name][0]
        yield f"{question}/men", known[name][1]
    yield "managers/women", known["managers"][0]
    yield "managers/men", known["managers"][1]
    yield "committees", known["committees"]
    yield from ((name, known[name]) for name in _TEXTS if known[name])
    for number, name in enumerate(known["departments"], start=1):
        yield f"departments[D{number:02d}]/unit_name", name
        if name == known.get("own_assessment"):
            yield f"departments[D{number:02d}]/own_assessment", True


def _priorities(known: dict[str, Any]) -> Iterator[tuple[str, Value]]:
    yield from ((f"priority_areas/{area}", True) for area in known["areas"])
    yield from ((f"national_goals/{goal}", True) for goal in known["national_goals"])
    yield "comparison_wish", known["wish"]
    yield "anchored", known["anchored"]
    if not known["goals"]:
        yield "no_goals", True
    for number, (goal, document, level, indicator) in enumerate(known["goals"], start=1):
        row = f"goals[G{number:02d}]"
        yield from ((f"{row}/goal", goal), (f"{row}/document", document), (f"{row}/level", level))
        if indicator:
            yield f"{row}/indicator", indicator
