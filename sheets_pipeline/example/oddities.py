"""What people do to workbooks beside answering: what should do no harm, and what should be told them.

Each edit is for one workbook, by (wave, organisation, packet).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sheets_pipeline.workbooks.edit import Edited

Edit = Callable[[Edited], None]
ASSESSMENT = "Självskattning"
_TOLVAN = "19121212-1212"  # the test number of the tax agency's own examples


def _sorted_departments(edited: Edited) -> None:
    """Rows sorted by name, and one more inserted in the middle of them."""
    edited.sort("departments", "unit_name")
    edited.add_row("departments", {"unit_name": "Revisionen"}, below=6)


def _more_goals(edited: Edited) -> None:
    edited.add_row(
        "goals",
        {
            "goal": "Kollektivtrafiken ska passa både kvinnors och mäns resor",
            "document": "Trafikförsörjningsprogram",
            "level": "Styrelse eller nämnd",
        },
        below=1,
    )


def _words_in_number_cells(edited: Edited) -> None:
    edited.type("staff/women", "ca 900")
    edited.type("managers/women", "39 st, varav 4 vik")
    edited.type("steering_model", None)


def _wrong_scores(edited: Edited) -> None:
    """A step that is not on the scale, one between two steps, a word, two that are missing."""
    edited.type("m01_1/score", 5)
    edited.type("m02_2/score", "2,5")
    edited.type("m03_3/score", "sällan")
    edited.type("m04_2/score", None)
    edited.type("m06_0/score", None)


def _nearly_mended(edited: Edited) -> None:
    """The corrected file: one thing is still left."""
    edited.type("m02_2/score", "2,5")


def _copied_sheet(edited: Edited) -> None:
    edited.copy_sheet(ASSESSMENT, f"{ASSESSMENT} (2)")


def _renamed_sheet(edited: Edited) -> None:
    edited.rename_sheet(ASSESSMENT, "Skattning 10 februari")


def _pasted(edited: Edited) -> None:
    """Figures and texts pasted from another document."""
    edited.paste("population/women", "52\N{NO-BREAK SPACE}390")
    edited.paste("employed/women", "79 %")
    edited.paste("challenges", "”Våld upptäcks för sent”\r\n– könsmönster i gymnasievalen")


def _number_of_a_person(edited: Edited) -> None:
    edited.type("m03_4/comment", f"Frågan kom från en medarbetare ({_TOLVAN}) som inte fått utbildning.")


def _sum_that_differs(edited: Edited) -> None:
    edited.type("plans[P01]/measures[K01]/baseline/total", 270)


def _commas_in_text(edited: Edited) -> None:
    edited.type("plans[P01]/measures[K01]/baseline/girls", "14,2")
    edited.type("plans[P01]/measures[K01]/target/girls", "11,0 ")
    edited.type("plans[P01]/activities[A02]/due", "v. 16 2026")


def _sorted_activities(edited: Edited) -> None:
    edited.add_row(
        "plans[P01]/activities",
        {
            "what": "Informera anhörigföreningen",
            "who": "Enhetschef",
            "due": date(2026, 4, 10),
        },
        below=1,
    )
    edited.sort("plans[P01]/activities", "due")


def _hesitation(edited: Edited) -> None:
    edited.type("m05_1/score", "3-4")
    edited.type("m10_2/score", None)


EDITS: Mapping[tuple[str, str, str], Edit] = {
    ("before", "9902", "start"): _sorted_departments,
    ("before", "9905", "start"): _words_in_number_cells,
    ("before", "9906", "start"): _more_goals,
    ("before", "9910", "start"): _pasted,
    ("before", "9905", "meeting_1"): _wrong_scores,
    ("before", "9906", "meeting_1"): _copied_sheet,
    ("before", "9907", "meeting_1"): _renamed_sheet,
    ("before", "9912", "meeting_1"): _number_of_a_person,
    ("before", "9901", "plan"): _sorted_activities,
    ("before", "9906", "plan"): _sum_that_differs,
    ("before", "9907", "plan"): _commas_in_text,
    ("final", "9904", "closing"): _hesitation,
}
MENDED: Mapping[tuple[str, str, str], Edit] = {("before", "9905", "meeting_1"): _nearly_mended}


def second_opinion(edited: Edited) -> None:
    """Another copy of a workbook, in which someone else has answered a few questions and never came to others."""
    answers = {"m01_0": 3, "m02_1": 1, "m04_1": 4, "m07_1": 1, "m09_0": 3}
    for item, score in answers.items():
        edited.type(f"{item}/score", score)
    edited.type("m09_0/comment", "Vi som arbetar i verksamheten ser att det har blivit bättre.")
    for item in ("m05_1", "m05_3", "m05_4", "m06_1", "m06_2", "m06_3", "m07_3"):
        edited.type(f"{item}/score", None)
