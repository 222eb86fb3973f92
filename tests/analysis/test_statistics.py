"""Against published and R's values, and against counting everything by hand."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import combinations_with_replacement, pairwise, product
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.analysis.statistics import (
    FEWEST,
    average_deviation,
    benjamini_hochberg,
    hodges_lehmann,
    hodges_lehmann_interval,
    holm,
    signed_rank,
    smallest_p,
    wilson,
)

GOLDEN = {case["id"]: case for case in json.loads((Path(__file__).parent / "golden_cases.json").read_text("utf-8"))}
WITH_SHIFTS = ["hw_depression_wilcox_two", "darwin_maize", "ties_zeros_n12", "ties_zeros_n20"]
SMALL_SHIFTS = st.lists(st.integers(-3, 3), min_size=1, max_size=9)


def shifts_of(case: dict[str, Any]) -> list[Fraction]:
    data = case["input"]
    if "d" in data:
        return [Fraction(str(value)) for value in data["d"]]
    pairs = zip(data["x"], data["y"], strict=True) if "x" in data else zip(data["after"], data["before"], strict=True)
    return [Fraction(str(later)) - Fraction(str(earlier)) for later, earlier in pairs]


@pytest.mark.parametrize("name", WITH_SHIFTS)
def test_signed_rank_equals_the_exact_value(name: str) -> None:
    case = GOLDEN[name]
    found = signed_rank(shifts_of(case))
    expected = case["expect"]
    assert float(found.two_sided) == pytest.approx(expected.get("p") or expected["p_exact_wilcoxon"], abs=1e-12)
    if "V" in expected or "T_plus" in expected:
        assert found.positive == Fraction(str(expected.get("V") or expected["T_plus"]))


def test_signed_rank_to_one_side() -> None:
    case = GOLDEN["hw_depression_wilcox_greater"]
    assert float(signed_rank(shifts_of(case)).greater) == case["expect"]["p"]


@pytest.mark.parametrize("name", ["hw_depression_wilcox_two", "darwin_maize"])
def test_hodges_lehmann_and_its_exact_limits(name: str) -> None:
    case = GOLDEN[name]
    shifts = shifts_of(case)
    interval = hodges_lehmann_interval(shifts)
    assert hodges_lehmann(shifts) == Fraction(str(case["expect"]["hl"]))
    assert interval == tuple(Fraction(str(limit)) for limit in case["expect"]["ci95"])


def test_rank_biserial_and_wilson() -> None:
    case = GOLDEN["hw_depression_wilcox_two"]
    assert signed_rank(shifts_of(case)).rank_biserial == Fraction(7, 9)
    assert case["expect"]["rank_biserial"] == pytest.approx(7 / 9)
    sign = GOLDEN["hw_depression_sign"]
    assert wilson(sign["input"]["k"], sign["input"]["n"]) == pytest.approx(sign["expect"]["wilson"], abs=1e-12)


def test_adjustments_equal_the_published_example() -> None:
    case = GOLDEN["bh1995"]
    assert benjamini_hochberg(case["input"]["p"]) == pytest.approx(case["expect"]["bh"], abs=1e-12)
    assert holm(case["input"]["p"]) == pytest.approx(case["expect"]["holm"], abs=1e-12)


def signs_counted(shifts: list[int]) -> tuple[Fraction, Fraction]:
    """(greater, two-sided) by trying every assignment of signs to the sizes."""
    sizes = sorted(abs(shift) for shift in shifts if shift)
    rank = {size: Fraction(2 * sizes.index(size) + sizes.count(size) + 1, 2) for size in sizes}
    middle = sum((rank[size] for size in sizes), start=Fraction(0)) / 2
    observed = sum((rank[abs(shift)] for shift in shifts if shift > 0), start=Fraction(0))
    sums = [
        sum((rank[size] for size, positive in zip(sizes, signs, strict=True) if positive), start=Fraction(0))
        for signs in product((False, True), repeat=len(sizes))
    ]
    greater = Fraction(sum(total >= observed for total in sums), len(sums))
    return greater, Fraction(sum(abs(total - middle) >= abs(observed - middle) for total in sums), len(sums))


@given(SMALL_SHIFTS)
def test_signed_rank_is_every_assignment_of_signs_counted(shifts: list[int]) -> None:
    found = signed_rank(shifts)
    assert (found.greater, found.two_sided) == signs_counted(shifts)
    assert found.zeros + found.used == len(shifts)


@given(SMALL_SHIFTS)
def test_turning_every_shift_round_keeps_p_and_turns_the_effect(shifts: list[int]) -> None:
    found, turned = signed_rank(shifts), signed_rank([-shift for shift in shifts])
    assert found.two_sided == turned.two_sided
    assert (found.rank_biserial or 0) == -(turned.rank_biserial or 0)


@given(SMALL_SHIFTS)
def test_hodges_lehmann_is_the_median_of_all_pairwise_means_and_moves_with_the_shifts(shifts: list[int]) -> None:
    means = [Fraction(one + other, 2) for one, other in combinations_with_replacement(shifts, 2)]
    assert hodges_lehmann(shifts) == median(means)
    assert hodges_lehmann([shift + Fraction(1, 3) for shift in shifts]) == median(means) + Fraction(1, 3)


@given(st.lists(st.integers(-3, 3), min_size=FEWEST, max_size=12))
def test_the_limits_hold_the_estimate(shifts: list[int]) -> None:
    interval = hodges_lehmann_interval(shifts)
    assert interval is not None
    assert min(shifts) <= interval[0] <= hodges_lehmann(shifts) <= interval[1] <= max(shifts)


@pytest.mark.parametrize("count", range(FEWEST, 11))
def test_the_limits_cover_at_least_95_per_cent_of_all_signs(count: int) -> None:
    """For shifts symmetric about 0 without ties, every sign pattern is as likely: 0 is outside at most 5 % of them."""
    sizes = [2**power for power in range(count)]
    outside = 0
    for signs in product((-1, 1), repeat=count):
        interval = hodges_lehmann_interval([sign * size for sign, size in zip(signs, sizes, strict=True)])
        assert interval is not None
        outside += not interval[0] <= 0 <= interval[1]
    assert outside / 2**count <= 0.05


@pytest.mark.parametrize("count", range(1, FEWEST))
def test_under_six_there_is_no_interval(count: int) -> None:
    assert hodges_lehmann_interval([1] * count) is None


def test_extremes_nothing_one_and_sixty() -> None:
    assert signed_rank([]).two_sided == 1
    assert signed_rank([0, 0]).rank_biserial is None
    assert signed_rank([1]).two_sided == 1
    assert signed_rank([1] * 60).two_sided == smallest_p(60)
    assert hodges_lehmann_interval([1] * 60) == (Fraction(1), Fraction(1))
    assert smallest_p(1) == 1


@pytest.mark.parametrize(("successes", "expected"), [(0, (0.0, 0.324408)), (8, (0.675592, 1.0))])
def test_wilson_at_none_and_all(successes: int, expected: tuple[float, float]) -> None:
    assert wilson(successes, 8) == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_adjusted_values_keep_the_order_and_never_fall_below_the_raw(values: list[float]) -> None:
    for adjusted in (holm(values), benjamini_hochberg(values)):
        pairs = sorted(zip(values, adjusted, strict=True))
        assert all(raw <= after + 1e-12 and after <= 1 for raw, after in pairs)
        assert all(one[1] <= other[1] + 1e-15 for one, other in pairwise(pairs) if one[0] < other[0])


def test_average_deviation_of_hands() -> None:
    assert average_deviation({1: 0, 2: 0, 3: 0, 4: 0}) is None
    assert average_deviation({1: 0, 2: 3, 3: 0, 4: 0}) == (Fraction(2), Fraction(0))
    assert average_deviation({1: 1, 2: 2, 3: 1, 4: 1}) == (Fraction(2), Fraction(4, 5))
    assert average_deviation({1: 1, 2: 1}) == (Fraction(3, 2), Fraction(1, 2))
