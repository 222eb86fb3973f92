"""Questions for tests of values: one cell of each type."""

from __future__ import annotations

from typing import Any

from sheets_pipeline.model.forms import Choice, ChoiceList, Question
from sheets_pipeline.model.slots import Slot

SCALE = ChoiceList(
    "s4",
    (
        Choice("1", {"sv": "Saknas", "en": "Not in place"}, 1, typed={"sv": "1", "en": "1"}),
        Choice("2", {"sv": "Påbörjat", "en": "Started"}, 2, typed={"sv": "2", "en": "2"}),
        Choice("3", {"sv": "Till stor del på plats", "en": "Largely in place"}, 3, typed={"sv": "3", "en": "3"}),
        Choice("4", {"sv": "Fungerar i vardagen", "en": "Works in daily practice"}, 4, typed={"sv": "4", "en": "4"}),
        Choice(
            "dont_know",
            {"sv": "Vet ej", "en": "Do not know"},
            typed={"sv": "VE", "en": "DK"},
            also_typed=("vet inte", "?"),
            non_answer=True,
        ),
    ),
)
STATUS = ChoiceList(
    "status",
    (
        Choice("planned", {"sv": "Planeras", "en": "Planned"}),
        Choice("done", {"sv": "Klar", "en": "Done"}, also_typed=("färdig",)),
        Choice("nearly", {"sv": "Ja, ”nästan”", "en": "Yes, “nearly”"}),
    ),
)
LISTS = {"scale": SCALE, "select_one": STATUS}


def cell(kind: str, **details: Any) -> Slot:
    """A cell of a type; `question_type` when the question as a whole is of another (an option, a group)."""
    question_type = details.pop("question_type", kind)
    question = Question(name="q", type=question_type, label={"sv": "Fråga", "en": "Question"}, **details)
    return Slot(path="q", question=question, type=kind, section="s", choices=LISTS.get(kind))
