"""What became of a workbook, in one sentence at the top of its feedback: the words of the programme."""

from __future__ import annotations

from collections.abc import Collection

from sheets_pipeline.model.submissions import VerdictName
from sheets_pipeline.texts import plural, text

_NOT_TAKEN = frozenset({"rejected", "unreadable"})


def headline(verdicts: Collection[VerdictName], count: int, language: str) -> str:
    """For a file that was handed in: the verdicts of its forms taken together, and how many things to look at."""
    if "held" in verdicts:
        return text("Received, but we need to ask you one thing before it is used.", language)
    if _NOT_TAKEN.issuperset(verdicts):
        return text("We could not take the workbook. Do this:", language)
    if set(verdicts) == {"accepted"}:
        return text("Received. Nothing more is needed.", language)
    return plural(
        "Received. {count} thing to look at; what is right has been saved.",
        "Received. {count} things to look at; what is right has been saved.",
        count,
        language,
    )


def checked_headline(count: int, language: str) -> str:
    """For a file that was only checked: it has not been received, and the words do not say so."""
    if not count:
        return text("Checked, not handed in. There is nothing to mend.", language)
    return plural(
        "Checked, not handed in. There is {count} thing to look at.",
        "Checked, not handed in. There are {count} things to look at.",
        count,
        language,
    )
