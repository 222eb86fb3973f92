"""Every code that stands on a row has words in both languages."""

from __future__ import annotations

import pytest

from sheets_pipeline.analysis.dataset import observations, table
from sheets_pipeline.model.notes import NOTES, REASONS, note_texts, reason_text
from sheets_pipeline.model.results import Comparison
from sheets_pipeline.texts import has
from tests.analysis.example import FORMS, assessed
from tests.analysis.filled import results


@pytest.mark.parametrize("audience", ["salar", "public"])
def test_every_note_and_reason_that_occurs_is_known(audience: str) -> None:
    found = results("public" if audience == "public" else "salar")
    assert {note for row in found.comparisons for note in row.notes} <= NOTES.keys()
    assert {reason for row in found.comparisons for reason in row.reasons} <= REASONS.keys()


def test_every_code_has_swedish_words() -> None:
    assert all(has(text, "sv", context=f"note/{code}") for code, text in NOTES.items())
    assert all(has(text, "sv", context=f"reason/{code}") for code, text in REASONS.items())


def test_words_come_in_the_reader_s_language() -> None:
    row = Comparison(
        key="m01", label={}, by="section", scale="s4", level="overall", n=3, matched=9, notes=("fewer_than_six",)
    )
    assert note_texts(row, "sv") == ("Färre än sex organisationer: för få för test eller intervall.",)
    assert reason_text("dont_know", "en") == "“Do not know” at one of the points or both."


def test_the_long_table_keeps_non_answers_apart_from_scores() -> None:
    frame = table(observations([assessed("9901", "bm1", "m01 1 DK NA - | 4")], FORMS))
    first = frame[frame["section"] == "m01"]
    assert first["score"].dropna().tolist() == [1, 4]
    assert first["code"].tolist() == ["", "dont_know", "not_applicable", "unanswered", ""]
