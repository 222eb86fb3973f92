"""The few statistics of the product, exact where ties and zeros make approximations wrong.

Shifts are ordinal, few, tied and full of zeros, so the signed-rank distribution is counted out instead of looked up,
and everything before the last division is done in integers or fractions: ties stay ties.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import combinations_with_replacement
from math import lcm, sqrt
from statistics import NormalDist, median_high, median_low

Exact = int | Fraction
FEWEST = 6
CONFIDENCE = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class SignedRank:
    """Wilcoxon's signed-rank test without its zeros, which `zeros` counts.

    `positive` is the sum of the midranks of the positive shifts, `total` that of all. `greater` tests whether the
    shifts lie above zero, `two_sided` whether they lie on either side. `rank_biserial` is None where all
    shifts are zero.
    """

    positive: Fraction
    total: Fraction
    used: int
    zeros: int
    greater: Fraction
    two_sided: Fraction

    @property
    def rank_biserial(self) -> Fraction | None:
        """Matched-pairs rank-biserial (Kerby 2014): (positive - negative) / total rank sum."""
        return (2 * self.positive - self.total) / self.total if self.total else None


def signed_rank(shifts: Iterable[Exact]) -> SignedRank:
    """The exact test: every assignment of signs to the observed midranks counted (Wilcoxon 1945, ties by midranks)."""
    values = [Fraction(shift) for shift in shifts]
    signed = [value for value in values if value]
    ranks = doubled_midranks([abs(value) for value in signed])
    positive = sum(rank for rank, value in zip(ranks, signed, strict=True) if value > 0)
    total = sum(ranks)
    above, extreme = _tail(ranks, positive), _tail(ranks, max(positive, total - positive))
    return SignedRank(
        positive=Fraction(positive, 2),
        total=Fraction(total, 2),
        used=len(signed),
        zeros=len(values) - len(signed),
        greater=above,
        two_sided=min(Fraction(1), 2 * extreme),
    )


def doubled_midranks(values: Sequence[Fraction]) -> tuple[int, ...]:
    """Twice the rank of each value, ties sharing their mean rank: integers, in the order of the values."""
    ordered = sorted(values)
    first: dict[Fraction, int] = {}
    last: dict[Fraction, int] = {}
    for position, value in enumerate(ordered, 1):
        first.setdefault(value, position)
        last[value] = position
    return tuple(first[value] + last[value] for value in values)


def _tail(ranks: Sequence[int], threshold: int) -> Fraction:
    """P(sum of a random half of the ranks >= threshold), each rank in or out with equal chance.

    The digits above the threshold are summed by casting out (base - 1), which their sum never reaches.
    """
    digit = _digit(len(ranks))
    return Fraction((_sums(tuple(sorted(ranks))) >> (threshold * digit)) % ((1 << digit) - 1), 1 << len(ranks))


@lru_cache(maxsize=8)
def _sums(ranks: tuple[int, ...]) -> int:
    """The generating function, the product of (1 + x^rank), as one integer with a digit a power."""
    digit, product = _digit(len(ranks)), 1
    for rank in ranks:
        product += product << (rank * digit)
    return product


def _digit(count: int) -> int:
    """Bits a digit: room for every assignment of so many signs, in whole bytes."""
    return 8 * -(-(count + 2) // 8)


def hodges_lehmann(shifts: Sequence[Exact]) -> Fraction:
    """The median of all pairwise means (Walsh averages), zeros included; raises ValueError for no shifts."""
    sums, twice = _pairwise_sums(shifts)
    return Fraction(median_low(sums) + median_high(sums), 2 * twice)


def hodges_lehmann_interval(shifts: Sequence[Exact]) -> tuple[Fraction, Fraction] | None:
    """The exact 95 % limits around Hodges-Lehmann's shift, or None where so few shifts have none (under six).

    The limits are the Walsh averages that the signed-rank distribution cuts off (Hollander & Wolfe 1973, 3.3; R's
    `wilcox.test(exact = TRUE, conf.int = TRUE)`). Zeros are shifts like others here; with ties the true confidence
    is at least 95 %.
    """
    if len(shifts) < FEWEST:
        return None
    sums, twice = _pairwise_sums(shifts)
    cut = max(1, _quantile(len(shifts), (1 - CONFIDENCE) / 2))
    return Fraction(sums[cut - 1], twice), Fraction(sums[-cut], twice)


def _pairwise_sums(shifts: Sequence[Exact]) -> tuple[list[int], int]:
    """The sorted sums of every pair, each with itself too, as integers; and what divides one into its Walsh average."""
    denominator = lcm(*(Fraction(shift).denominator for shift in shifts))
    whole = [int(shift * denominator) for shift in shifts]
    return sorted(one + other for one, other in combinations_with_replacement(whole, 2)), 2 * denominator


@cache
def _quantile(count: int, probability: Fraction) -> int:
    """The smallest q with P(rank sum <= q) >= probability for ranks 1 … count: R's `qsignrank`."""
    width = _digit(count) // 8
    digits = _sums(tuple(range(1, count + 1))).to_bytes(width * (count * (count + 1) // 2 + 1), "little")
    reached, quantile = 0, -1
    while reached < probability * (1 << count):
        quantile += 1
        reached += int.from_bytes(digits[quantile * width : (quantile + 1) * width], "little")
    return quantile


def smallest_p(count: int) -> Fraction:
    """The smallest two-sided p that so many shifts can give: all of them to one side."""
    return min(Fraction(1), Fraction(2, 2**count))


def wilson(successes: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); raises ZeroDivisionError for a count of 0."""
    z = NormalDist().inv_cdf(float((1 + CONFIDENCE) / 2))
    share, weight = successes / count, z * z / count
    middle = share + weight / 2
    reach = z * sqrt(share * (1 - share) / count + weight / (4 * count))
    low, high = (middle - reach) / (1 + weight), (middle + reach) / (1 + weight)
    return (0.0 if successes == 0 else low), (1.0 if successes == count else high)


def holm(values: Sequence[float]) -> tuple[float, ...]:
    """P-values adjusted for the whole family (Holm 1979), in the order given."""
    order = sorted(range(len(values)), key=lambda index: values[index])
    adjusted, worst = [0.0] * len(values), 0.0
    for rank, index in enumerate(order):
        worst = max(worst, min(1.0, (len(values) - rank) * values[index]))
        adjusted[index] = worst
    return tuple(adjusted)


def benjamini_hochberg(values: Sequence[float]) -> tuple[float, ...]:
    """P-values adjusted for the share of false discoveries (Benjamini & Hochberg 1995), in the order given."""
    order = sorted(range(len(values)), key=lambda index: values[index], reverse=True)
    adjusted, best = [0.0] * len(values), 1.0
    for above, index in enumerate(order):
        best = min(best, values[index] * (len(values) / (len(values) - above)))
        adjusted[index] = best
    return tuple(adjusted)


def average_deviation(counts: Mapping[int, int]) -> tuple[Fraction, Fraction] | None:
    """Median and average deviation from it (Burke & Dunlap 2002) of counts of hands by step; None without hands."""
    hands = sorted(step for step, count in counts.items() for _ in range(count))
    if not hands:
        return None
    middle = Fraction(hands[(len(hands) - 1) // 2] + hands[len(hands) // 2], 2)
    return middle, sum((abs(step - middle) for step in hands), start=Fraction(0)) / len(hands)
