"""Rules as small generators, in stages: identity, cell, cross-cell and cross-round. Each stage sees what survived."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sheets_pipeline import plugins
from sheets_pipeline.model.issues import Verdict
from sheets_pipeline.model.reading import Reading, Surroundings
from sheets_pipeline.validation import facts, groups, holding, identity, personal, presence, scores, wellformed
from sheets_pipeline.validation.grouping import grouped
from sheets_pipeline.validation.judging import judged, right_answers
from sheets_pipeline.validation.rule import Rule

__all__ = ["RULES", "Rule", "grouped", "right_answers", "rules", "validate"]

RULES: tuple[Rule, ...] = (
    *identity.RULES,
    *presence.RULES,
    *wellformed.RULES,
    *personal.RULES,
    *groups.RULES,
    *scores.RULES,
    *facts.RULES,
    *holding.RULES,
)


@cache
def rules() -> tuple[Rule, ...]:
    """The product's own rules, then those of installed packages: each entry point holds a tuple of rules."""
    registered = (rule for name in plugins.names("rules") for rule in plugins.load("rules", name))
    return (*RULES, *(rule for rule in registered if rule not in RULES))


def validate(reading: Reading, surroundings: Surroundings, chosen: Sequence[Rule] | None = None) -> Verdict:
    """The verdict on one form of a file, its remarks in order, the most important first."""
    return judged(reading, surroundings, rules() if chosen is None else chosen)
