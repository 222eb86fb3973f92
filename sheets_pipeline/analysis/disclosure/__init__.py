"""Suppression that protects people: small groups, small counts, and what arithmetic would give back.

Everything that leaves the archive passes here, whatever its audience. Targets are intentions, not facts about people,
and are never suppressed. Organisations are protected by their sharing level (`analysis.audience`), never here.
"""

from sheets_pipeline.analysis.disclosure.cells import (
    FEWEST_PEOPLE,
    MISSING,
    NOT_APPLICABLE,
    PAIRS,
    SUPPRESSED,
    TOTAL,
    smallest_count,
)
from sheets_pipeline.analysis.disclosure.measure import Policy, people_behind, suppressed

__all__ = [
    "FEWEST_PEOPLE",
    "MISSING",
    "NOT_APPLICABLE",
    "PAIRS",
    "SUPPRESSED",
    "TOTAL",
    "Policy",
    "people_behind",
    "smallest_count",
    "suppressed",
]
