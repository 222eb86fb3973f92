"""The words of the codes that stand on shifts and comparisons, in English; the translations stand in `analysis.po`."""

from __future__ import annotations

from sheets_pipeline.model.results import Comparison
from sheets_pipeline.texts import text

REASONS = {
    "one_point_only": "Answered at one of the two points only.",
    "other_scale": "Another scale at the two points.",
    "other_level": "Another level at the two points.",
    "not_in_version": "The question was in one of the two versions only.",
    "not_asked": "Not asked at both points: one of them took the headline questions only.",
    "revision": "The question or its answers changed between the points.",
    "not_applicable": "“Not applicable to us” at one of the points or both.",
    "dont_know": "“Do not know” at one of the points or both.",
    "unanswered": "No answer at one of the points or both.",
}
NOTES = {
    "fewer_than_six": "Fewer than six organisations: too few for a test or an interval.",
    "significance_impossible": (
        "With so few organisations no result could be statistically significant after adjustment for the number of "
        "tests, so no test was made."
    ),
    "exploratory": "One of many tests: exploratory, adjusted for the share of false discoveries.",
    "all_unchanged": "No organisation changed, so there is nothing to test.",
    "below_half": "Fewer than half of the statements that apply are scored at both points, so no mean is shown.",
    "few_matched": "Fewer than half of the statements that apply are scored at both points: read with care.",
    "nothing_matched": "Nothing that can be compared between the two points.",
    "quick_and_full": "Between a quick and a full assessment only the headline questions can be compared.",
    "other_scale": (
        "Some answers stand on different scales at the two points. They are never subtracted; their shares of the "
        "maximum may be read side by side."
    ),
    "units_averaged": "Organisations with several units count once, with the mean of their units.",
    "left_out": "Organisations that do not share their scores with this audience are not included.",
}


def reason_text(code: str, language: str) -> str:
    """Why a pair is not comparable, as a sentence."""
    return text(REASONS[code], language, context=f"reason/{code}")


def note_texts(row: Comparison, language: str) -> tuple[str, ...]:
    """The remarks on a row, as sentences."""
    return tuple(text(NOTES[code], language, context=f"note/{code}") for code in row.notes)
