"""What a file is: whose, for which form, version, round and occasion."""

from __future__ import annotations

from sheets_pipeline.model.issues import IssueCode

IDENTITY = (
    IssueCode(
        "NOT_OUR_FORM",
        "error",
        "identity",
        message="This is not one of our workbooks: nothing in it says which form it is.",
        fix=(
            "Send the workbook that you had from us, with all its sheets. If your answers are in a file of "
            "your own, copy them into it."
        ),
        stops="rejected",
    ),
    IssueCode(
        "MANIFEST_DAMAGED",
        "error",
        "identity",
        message=(
            "The hidden sheet that says whose workbook this is has been changed, so we cannot tell which "
            "answer belongs to which question."
        ),
        fix="Ask us for a new workbook and copy your answers into it.",
        stops="rejected",
    ),
    IssueCode(
        "UNKNOWN_FORM",
        "error",
        "identity",
        message="There is no form called “{form}” in this round.",
        fix="Send the workbook that you had from us for this round.",
        stops="rejected",
    ),
    IssueCode(
        "UNKNOWN_VERSION",
        "error",
        "identity",
        message="The workbook is built on version {version} of the form, which we no longer can read.",
        fix="Ask us for a new workbook and copy your answers into it.",
        stops="rejected",
    ),
    IssueCode(
        "NEWER_VERSION",
        "error",
        "identity",
        message=("The workbook is built on version {version} of the form, and we have only come to version {current}."),
        fix="You need do nothing. We update our form and read the workbook again.",
        stops="rejected",
    ),
    IssueCode(
        "OLD_VERSION",
        "info",
        "identity",
        message=(
            "The workbook is built on version {version} of the form. Your answers have been carried over to "
            "version {current}."
        ),
        fix="Nothing needs doing. Your next workbook is built on the new version.",
    ),
    IssueCode(
        "NOT_CARRIED_OVER",
        "info",
        "identity",
        message="This question is no longer part of the form, so the answer was not carried over. {reason}",
        fix="Nothing needs doing. The answer is still in the file that you sent.",
    ),
    IssueCode(
        "OTHER_ROUND",
        "error",
        "identity",
        message="The workbook belongs to the round {round}, and what we are collecting now is {current}.",
        fix="Send the workbook for {current}. If you have none, ask us for it.",
        stops="rejected",
    ),
    IssueCode(
        "UNKNOWN_ORGANISATION",
        "error",
        "identity",
        message="The workbook is for an organisation that does not take part in this round ({organisation}).",
        fix="Check that it is your own workbook. If it is, tell the project lead.",
        stops="rejected",
    ),
    IssueCode(
        "UNKNOWN_OCCASION",
        "error",
        "identity",
        message="The workbook is made for “{occasion}”, which is not part of this round.",
        fix="Ask us for the workbook that applies now and copy your answers into it.",
        stops="rejected",
    ),
    IssueCode(
        "ROUND_CLOSED",
        "error",
        "identity",
        message="The round {round} is closed, so nothing more can be received for it.",
        fix="Tell the project lead if something in it needs to be put right.",
        stops="rejected",
    ),
    IssueCode(
        "UNANSWERED",
        "error",
        "identity",
        message="There are no answers yet in the form {form_title}.",
        fix=(
            "Fill it in and send it again. If you had filled it in: check that the file was saved and that "
            "the right file was sent."
        ),
        stops="rejected",
    ),
)
