"""Whoever has every file that is for them cannot work out a hidden figure, whatever the organisations typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_pipeline.model.publications import PublishedFigure
from tests.analysis.attack import GROUPS, attack, everything, is_small, worked_out
from tests.analysis.published_round import READERS, SEES, Typed, plan_of, published_to

NUMBERS = st.sampled_from([0, 1, 1, 2, 2, 3, 4, 6, 30])  # where the danger is
SHARES = st.sampled_from([0, 0, 1, 2, 50, 97, 99, 100, 100])
PEOPLE = st.sampled_from([1, 2, 3, 3, 4, 4, 5, 60])
GROUP_SETS = st.sampled_from([("women", "men"), ("girls", "boys"), GROUPS, ("women",)])


@st.composite
def marked(draw: st.DrawFn, split: dict[str, Decimal]) -> dict[str, Decimal | str]:
    """The same with a mark in place of a figure, now and then."""
    mark = draw(st.sampled_from(["", "", "", "..", "-"]))
    where = draw(st.sampled_from(sorted(split)))
    return {group: mark if mark and group == where else one for group, one in split.items()}


@st.composite
def counts(draw: st.DrawFn) -> Typed:
    """A count whose groups make up its total, where there is one."""
    groups = draw(GROUP_SETS)
    actual = {group: draw(NUMBERS) for group in groups}
    people = {group: draw(PEOPLE) for group in groups if draw(st.booleans())}
    if draw(st.booleans()):
        actual["total"] = sum(actual.values())
    return Typed(
        unit="number", actual=draw(marked({group: Decimal(one) for group, one in actual.items()})), people=people
    )


@st.composite
def shares(draw: st.DrawFn) -> Typed:
    """A share whose total is the mean over its people, where their numbers are given; else anything between."""
    groups = draw(GROUP_SETS)
    actual = {group: Decimal(draw(SHARES)) for group in groups}
    every = {group: draw(PEOPLE) for group in groups}
    people = {group: number for group, number in every.items() if draw(st.integers(0, 3))}
    if draw(st.booleans()):
        actual["total"] = sum((actual[group] * every[group] for group in groups), Decimal(0)) / sum(every.values())
    return Typed(unit="percent", actual=draw(marked(actual)), people=people)


def files_of(measures: list[Typed]) -> dict[str, dict[str, PublishedFigure]]:
    plans = [plan_of("9901", measures)]
    return {audience: published_to(audience, viewer, plans) for audience, viewer in READERS}


@given(st.lists(st.one_of(counts(), shares()), min_size=1, max_size=3))
@settings(max_examples=150)
def test_no_reader_works_out_a_hidden_figure(measures: list[Typed]) -> None:
    files = files_of(measures)
    tried: list[tuple[object, object]] = []
    for audience, seen in SEES.items():
        known, hidden, missing = everything(files[name] for name in seen)
        if (known.keys(), hidden.keys()) not in tried:
            tried.append((known.keys(), hidden.keys()))
            assert attack(known, hidden, missing) == [], audience


@given(st.lists(st.one_of(counts(), shares()), min_size=1, max_size=3))
def test_no_small_figure_is_shown_to_anybody(measures: list[Typed]) -> None:
    for file in files_of(measures).values():
        known, _, _ = everything([file])
        assert [name for name, one in known.items() if "/target/" not in name and one.exact and is_small(one)] == []


@given(st.lists(st.one_of(counts(), shares()), min_size=1, max_size=2))
def test_the_public_sees_nothing_that_others_do_not(measures: list[Typed]) -> None:
    files = files_of(measures)
    public, others = everything([files["public"]])[0], everything([files["round"]])[0]
    assert public.keys() <= others.keys()


@pytest.mark.parametrize(
    ("actual", "weak"),
    [
        ({"women": "..", "men": 9, "total": 12}, {"women"}),
        ({"women": "..", "men": "..", "girls": 30, "boys": 40, "total": 73}, {"women", "men"}),
        ({"women": "..", "men": "..", "total": 12}, set()),
        ({"women": "..", "men": 9, "total": ".."}, set()),
    ],
)
def test_the_attacker_finds_what_is_hidden_badly(actual: dict[str, int | str], weak: set[str]) -> None:
    """An attack that never succeeds would prove nothing."""
    true = {"women": 3, "men": 9, "total": 12}
    file = {
        f"measure/9901/P01/K01/actual/{group}": PublishedFigure(
            str(one), str(true.get(group, 1) if one == ".." else one), "", "number"
        )
        for group, one in actual.items()
    }
    assert {one.figure.rpartition("/")[2] for one in worked_out([file])} == weak


def test_the_attacker_finds_a_share_that_its_total_gives_away() -> None:
    shown = {"actual/women": ("..", "95", "4"), "actual/men": ("..", "97", "3"), "actual/total": ("96", "96", "7")}
    people = {"people/women": ("..", "4", "4"), "people/men": ("..", "3", "3")}
    file = {
        f"measure/9901/P01/K01/{name}": PublishedFigure(*one, "number" if name.startswith("people") else "percent")
        for name, one in {**shown, **people}.items()
    }
    assert {one.figure.rpartition("/")[2] for one in worked_out([file])} >= {"women", "men"}
