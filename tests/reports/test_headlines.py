"""The first sentence says what the data say, in both languages, at every extreme."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_pipeline.model.results import Comparison
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build import build
from tests.reports.rounds import Wish, a_round, fallen, risen, unmoved

Sentences = tuple[str, str]


def both(results: RoundResults) -> Sentences:
    return build(results, "sv").headline, build(results, "en").headline


def with_counts(up: int, same: int, down: int) -> RoundResults:
    """A round whose own rows say that so many rose, stood still and fell."""

    def counted(row: Comparison) -> Comparison:
        return replace(row, n=up + same + down, up=up, same=same, down=down) if row.by == "round" else row

    results = a_round()
    return replace(results, comparisons=tuple(counted(row) for row in results.comparisons))


@pytest.mark.parametrize(
    ("counts", "swedish", "english"),
    [
        (
            (8, 1, 2),
            "8 av 11 organisationer skattar sig högre efter än före. 2 skattar sig lägre och 1 är oförändrad.",
            (
                "8 of 11 organisations rate themselves higher after than before. "
                "2 rate themselves lower and 1 is unchanged."
            ),
        ),
        (
            (1, 0, 4),
            "1 av 5 organisationer skattar sig högre efter än före. 4 skattar sig lägre.",
            "1 of 5 organisations rates itself higher after than before. 4 rate themselves lower.",
        ),
        (
            (0, 2, 1),
            "Ingen av de 3 organisationerna skattar sig högre efter än före. 1 skattar sig lägre och 2 är oförändrade.",
            (
                "None of the 3 organisations rates itself higher after than before. "
                "1 rates itself lower and 2 are unchanged."
            ),
        ),
        (
            (2, 0, 0),
            "Båda organisationerna skattar sig högre efter än före.",
            "Both organisations rate themselves higher after than before.",
        ),
        (
            (0, 0, 0),
            "Ingen förflyttning kan visas ännu: ingen har svar från båda mättillfällena.",
            "No shift can be shown yet: nobody has answers from both measurement points.",
        ),
    ],
)
def test_some_rose_some_fell(counts: tuple[int, int, int], swedish: str, english: str) -> None:
    assert both(with_counts(*counts)) == (swedish, english)


def test_everybody_rose() -> None:
    assert both(a_round(Wish(move=risen))) == (
        "Alla 9 organisationer skattar sig högre efter än före.",
        "All 9 organisations rate themselves higher after than before.",
    )


def test_everybody_fell_and_that_is_not_called_failure() -> None:
    document = build(a_round(Wish(move=fallen)), "sv")
    assert document.headline == "Alla 9 organisationer skattar sig lägre efter än före."
    assert "Fråga vad som ligger bakom" in repr(document.opening)


def test_nobody_moved() -> None:
    assert both(a_round(Wish(move=unmoved)))[0] == "Ingen av de 9 organisationerna har ändrat sin samlade skattning."


def test_one_organisation_alone() -> None:
    assert both(a_round(Wish(count=1, move=risen))) == (
        "Den enda organisation som har svar från båda tillfällena skattar sig högre efter än före.",
        "The only organisation with answers from both points rates itself higher after than before.",
    )


def test_nobody_has_a_second_point() -> None:
    assert both(a_round(Wish(lacking=12)))[0].startswith("Ingen förflyttning kan visas ännu")


def test_nobody_shares_with_this_audience() -> None:
    assert both(a_round(Wish(hidden=12, audience="public"))) == (
        "Ingen förflyttning visas: ingen av organisationerna delar sin skattning med den här målgruppen.",
        "No shift is shown: none of the organisations shares its scores with this audience.",
    )


def test_a_small_shift_never_looks_like_none_beside_a_word_that_says_it_rose() -> None:
    document = build(a_round(), "sv")
    lillvik = next(
        row
        for table in document.tables()
        for row in table.rows
        if table.sheet == "Organisationer" and row[0] == "Lillvik"
    )
    assert str(lillvik[5]) == "+0,04"
