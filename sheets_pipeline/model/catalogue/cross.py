"""What answers say beside each other, and beside those of last time."""

from __future__ import annotations

from sheets_pipeline.model.issues import IssueCode

CROSS = (
    IssueCode(
        "TOTAL_DIFFERS",
        "warning",
        "cross",
        message="The groups add up to {sum}, and the total is {total}.",
        expected="About {sum}",
        fix="Check the figures for the groups and the total.",
    ),
    IssueCode(
        "TOTAL_OUTSIDE_GROUPS",
        "warning",
        "cross",
        message="The total, {total}, is not between the groups' values, {low} and {high}.",
        expected="From {low} to {high}",
        fix="Check the values of the groups and the total.",
    ),
    IssueCode(
        "ALL_ALIKE",
        "info",
        "cross",
        message="All {count} scores are {score}.",
        fix=(
            "Nothing needs doing if that is how you see it. It says most when each statement is talked "
            "through by itself."
        ),
    ),
    IssueCode(
        "SAME_AS_LAST_TIME",
        "info",
        "cross",
        message="All {count} scores are the same as last time.",
        fix="Nothing needs doing if nothing has changed. Otherwise go through the scores once more.",
    ),
    IssueCode(
        "POPULATION_CHANGED",
        "warning",
        "cross",
        message="The figure was {before} last time and is {now} now.",
        fix="Check that it is the same measure, and that no figure is missing or doubled.",
    ),
    IssueCode(
        "LARGE_FALL",
        "info",
        "cross",
        message="The score was {before} last time and is {now} now.",
        fix=(
            "You are welcome to say in the comment what has happened. A lower score may mean that you know more today."
        ),
    ),
    IssueCode(
        "TOO_MANY_IMPROVE",
        "info",
        "cross",
        message="You want to improve {count} things. Up to {maximum} is as much as can be done in a round.",
        expected="At most {maximum}",
        fix="Choose the most important ones if you can.",
    ),
    IssueCode(
        "NO_SERVICE_PLAN",
        "info",
        "cross",
        message="None of your plans is about a service for residents yet.",
        expected="At least one plan about a service",
        fix="See whether one of the improvements can be made in a service for residents.",
    ),
    IssueCode(
        "SMALL_GROUP",
        "info",
        "cross",
        message=(
            "The figure is below five, and small groups are protected: it is not shown in anything that is shared."
        ),
        fix="Nothing needs doing.",
    ),
)
