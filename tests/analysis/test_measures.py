"""Whether goals were met, by direction, and the gaps between groups."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from sheets_pipeline.analysis.measures import gaps, goal_met
from sheets_pipeline.model.results import MeasureGroup

WOMEN = MeasureGroup(
    organisation="9901",
    plan="P01",
    measure="K01",
    name="",
    unit="percent",
    direction="increase",
    group="women",
    baseline=Decimal(40),
    target=Decimal(50),
    actual=Decimal(50),
    people=30,
)


def group(direction: str, target: int | None, actual: int | None, name: str = "women") -> MeasureGroup:
    return replace(
        WOMEN,
        group=name,
        direction=direction,
        target=None if target is None else Decimal(target),
        actual=None if actual is None else Decimal(actual),
    )


@pytest.mark.parametrize(
    ("direction", "target", "actual", "met"),
    [
        ("increase", 50, 50, True),
        ("increase", 50, 49, False),
        ("decrease", 50, 49, True),
        ("decrease", 50, 51, False),
        ("keep", 50, 50, True),
        ("keep", 50, 51, None),
        ("increase", None, 50, None),
        ("decrease", 50, None, None),
        ("", 50, 50, None),
    ],
)
def test_goal_met(direction: str, target: int | None, actual: int | None, met: bool | None) -> None:  # noqa: FBT001 - a case
    one = group(direction, target, actual)
    assert goal_met(one, [one]) is met


@pytest.mark.parametrize(
    ("women", "men", "met"),
    [((50, 47), (50, 47), True), ((48, 45), (50, 47), True), ((48, 45), (50, 48), False), ((48, None), (50, 47), None)],
)
def test_a_gap_is_closed_when_it_is_no_wider_than_the_targets(
    women: tuple[int, int | None],
    men: tuple[int, int],
    met: bool | None,  # noqa: FBT001 - a case
) -> None:
    both = [group("close_gap", *women), group("close_gap", *men, name="men")]
    assert [goal_met(one, both) for one in both] == [met, met]


def test_a_gap_needs_both_groups() -> None:
    assert gaps([WOMEN]) == ()
    (gap,) = gaps([WOMEN, replace(WOMEN, group="men", baseline=Decimal(60), actual=Decimal("45.5"))])
    assert (gap.before, gap.after, gap.change) == (Decimal(-20), Decimal("4.5"), Decimal("-15.5"))


def test_girls_and_boys_are_a_pair_of_their_own() -> None:
    groups = [replace(WOMEN, group=name) for name in ("women", "girls", "boys", "total")]
    assert [gap.pair for gap in gaps(groups)] == [("girls", "boys")]
