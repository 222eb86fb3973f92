"""What a total leaves over, the same figure in two measures, counts among facts, and the number of the settings."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.model.submissions import Value
from tests.analysis.example import answered, real_form
from tests.analysis.published_round import Split, Typed, plan_of, published_to, seen_by

W, M, G, B, T = "women", "men", "girls", "boys", "total"


def shown(
    *measures: Typed, audience: SharingLevel = "salar", min_group: int = 5, row: str = "actual"
) -> tuple[str, ...]:
    """The outcomes of each measure as an audience sees them, group by group."""
    figures = published_to(audience, "", [plan_of("9901", measures)], min_group=min_group)
    return tuple(
        " ".join(
            one.shown for name, one in figures.items() if name.startswith(f"measure/9901/P01/K{number:02d}/{row}/")
        )
        for number in range(1, len(measures) + 1)
    )


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ({W: 1, M: 2, G: 30, B: 40, T: 73}, ".. .. 30 40 .."),  # women and men would share 3
        ({W: 2, M: 2, G: 30, B: 40, T: 74}, ".. .. 30 40 74"),  # they share 4: each may be 0 to 4
        ({W: 2, M: "-", T: 2}, ".. - .."),
        ({W: 2, M: "-", T: 30}, ".. - 30"),
        ({W: 3, T: 13}, ".. .."),
        ({W: "..", M: "..", T: 3}, ".. .. .."),
    ],
)
def test_a_total_leaves_room_for_what_is_hidden(actual: Split, expected: str) -> None:
    assert shown(Typed(unit="number", actual=actual, people={})) == (expected,)


@pytest.mark.parametrize(
    ("total", "expected"), [(45, ".. .. 45"), (0, ".. .. .."), (99, ".. .. .."), (80, ".. .. 80"), (81, ".. .. ..")]
)
def test_an_extreme_share_of_all_tells_the_share_of_each(total: int, expected: str) -> None:
    assert shown(Typed(unit="percent", actual={W: 50, M: 50, T: total}, people={W: 4, M: 3})) == (expected,)


@pytest.mark.parametrize(("min_group", "expected"), [(3, "40 50"), (5, ".. 50"), (20, ".. .."), (31, ".. ..")])
def test_the_settings_say_how_few_people_may_stand_behind_a_figure(min_group: int, expected: str) -> None:
    assert shown(Typed(unit="percent", actual={W: 40, M: 50}, people={W: 4, M: 19}), min_group=min_group) == (expected,)


def test_counts_of_one_to_four_are_never_shown_whatever_the_settings_say() -> None:
    assert shown(Typed(unit="number", actual={W: 4, M: 30}, people={}), min_group=3) == (".. 30",)
    assert shown(Typed(unit="percent", actual={W: 4, M: 30}, people={W: 4, M: 30}), min_group=3, row="people") == (
        ".. 30",
    )


def test_the_same_figure_in_two_measures_is_hidden_in_both() -> None:
    split = Typed(unit="number", actual={W: 3, M: 10}, people={}, name="Sökande")
    total = Typed(unit="number", actual={T: 13}, people={}, name="sökande ")
    assert shown(split, total) == (".. 10", "..")
    other = Typed(unit="number", actual={T: 13}, people={}, name="Antagna")
    assert shown(split, other) == (".. 10", "13")


def facts_of(values: dict[str, Value]) -> dict[str, str]:
    submission = answered("9901", "round", values, form=real_form("organisation_facts"))
    results = seen_by("salar", "", [submission])
    assert results.suppressed.keys() <= {"small_count", "complementary"}
    return {fact.path: str(fact.value) for fact in results.organisations[0].facts}


def test_small_counts_among_facts_are_hidden_with_the_group_beside_them() -> None:
    typed: dict[str, Value] = {"managers/women": 3, "managers/men": 9, "staff/women": 40, "staff/men": 50}
    shares: dict[str, Value] = {"foreign_born/women": Decimal(3), "median_income/women": 4, "committees": 3}
    found = facts_of({**typed, **shares})
    assert (found["managers/women"], found["managers/men"]) == ("..", "..")
    assert (found["staff/women"], found["staff/men"]) == ("40", "50")
    assert (found["foreign_born/women"], found["median_income/women"], found["committees"]) == ("3", "4", "3")


def test_nobody_is_no_few_people() -> None:
    assert facts_of({"managers/women": 0, "managers/men": 9}) == {"managers/women": "0", "managers/men": "9"}
