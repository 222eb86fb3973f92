"""Why a version is stored but waits for an answer before it is used."""

from __future__ import annotations

from sheets_pipeline.model.issues import IssueCode

HELD = (
    IssueCode(
        "POINT_CLOSED",
        "warning",
        "decision",
        message=(
            "This is the self-assessment “{occasion}”, and its meeting was on {date}. Until you have "
            "answered us, what we had before applies."
        ),
        fix=(
            "Tell us whether this puts the earlier answers right. If it describes how things are today, fill "
            "in the workbook for the next measurement point instead."
        ),
        stops="held",
    ),
    IssueCode(
        "FEWER_ANSWERS",
        "warning",
        "decision",
        message=(
            "{gone} of the {before} answers that we have from you are not in this version. Until you have "
            "answered us, the earlier version applies."
        ),
        fix=(
            "Tell us if they were taken away on purpose. Otherwise: check that it was the latest file, and "
            "send the right one."
        ),
        stops="held",
    ),
    IssueCode(
        "OTHER_SENDER",
        "warning",
        "decision",
        message="The workbook is for {organisation}, but it came from another organisation.",
        fix="Tell us if that is as it should be. Otherwise: send your own organisation's workbook.",
        stops="held",
    ),
    IssueCode(
        "COPIED_FROM",
        "warning",
        "decision",
        message="{count} scores and every comment are the same as another organisation's.",
        fix="Check that it is your own workbook. Tell us if it is right, or send the right one.",
        stops="held",
    ),
    IssueCode(
        "OLDER_THAN_ACCEPTED",
        "warning",
        "decision",
        message=("This workbook was saved on {saved}, before the version that we already have (saved on {in_force})."),
        fix="Send the latest file, or tell us that it is this one that applies.",
        stops="held",
    ),
    IssueCode(
        "TWO_CHANNELS",
        "warning",
        "decision",
        message="The same form has come in two ways ({earlier} and {now}), with {count} answers that differ.",
        fix="Tell us which of them applies. The sheet “Merge” shows where they differ.",
        stops="held",
    ),
)
