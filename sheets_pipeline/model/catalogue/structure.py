"""What became of the sheets, rows and columns that answers stand in."""

from __future__ import annotations

from sheets_pipeline.model.issues import IssueCode

STRUCTURE = (
    IssueCode(
        "SHEET_GONE",
        "error",
        "structure",
        message="The sheet “{sheet}” is missing, so the answers there could not be read.",
        fix=(
            "Fill in the sheet in the workbook with feedback, where it is back, or send the workbook with "
            "all its sheets."
        ),
    ),
    IssueCode(
        "ROW_GONE",
        "error",
        "structure",
        message="The row with this question is missing, so no answer could be read.",
        fix="Answer in the workbook with feedback, where the row is back.",
    ),
    IssueCode(
        "COLUMN_GONE",
        "error",
        "structure",
        message="The column “{column}” is missing, so the answers in it could not be read.",
        fix="Fill in the column in the workbook with feedback, where it is back.",
    ),
    IssueCode(
        "KEY_TWICE",
        "error",
        "structure",
        message="The question stands in two places with different answers: {first} and {second}.",
        fix="Keep the answer that applies and empty the other cell.",
    ),
    IssueCode(
        "KEY_LOST",
        "error",
        "structure",
        message=("The row “{label}” has lost its hidden mark, so we cannot see which question the answers belong to."),
        fix="Write the answers in the workbook with feedback, where the row is whole.",
    ),
    IssueCode(
        "ROW_SPLIT",
        "error",
        "structure",
        message=(
            "Part of the row has been moved: it begins as “{left}” and ends as “{right}”, so the answers may "
            "stand at another question."
        ),
        fix="Undo the move or the sorting, or write the answers in the workbook with feedback.",
    ),
    IssueCode(
        "LABEL_DISAGREES",
        "warning",
        "structure",
        message="The text beside the cell is “{label}”; the form says “{expected_label}”.",
        expected="{expected_label}",
        fix=("The answer was read by its hidden key. See whether the question has been reworded in the workbook."),
        audience="administrator",
    ),
    IssueCode(
        "ROW_ADDED",
        "info",
        "structure",
        message="A new row. It has been given the number {row}.",
        fix="Nothing needs doing.",
    ),
    IssueCode(
        "ROW_COPIED",
        "warning",
        "structure",
        message="The row is a copy of {original}. It has been read as a new row with the number {row}.",
        fix="Remove one of the rows if they are meant to be the same.",
    ),
    IssueCode(
        "ROW_WITHDRAWN",
        "info",
        "structure",
        message="{row} was in your last version but not in this one. We take it that you have removed it.",
        fix=("Nothing needs doing if that was the intention. Otherwise write it in again; it gets a new number."),
    ),
    IssueCode(
        "ANSWER_OUTSIDE",
        "warning",
        "structure",
        message="“{value}” stands outside the cells for answers and has not been read.",
        fix="Move it to the cell for the answer, or to the comment.",
    ),
)
