"""Small groups, small counts, and what subtraction would give back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.analysis.disclosure import PAIRS, suppressed
from sheets_pipeline.model.results import MeasureGroup

Typed = int | str | None


def split(kind: Typed) -> tuple[Decimal | None, str]:
    if isinstance(kind, int):
        return Decimal(kind), ""
    return None, "-" if kind is None else kind


def measure(unit: str, values: dict[str, Typed], people: dict[str, int] | None = None) -> tuple[MeasureGroup, ...]:
    """One measure with these outcomes by group; the baseline is empty."""
    return tuple(
        MeasureGroup(
            organisation="9901",
            plan="P01",
            measure="K01",
            name="",
            unit=unit,
            direction="increase",
            group=group,
            baseline=None,
            target=None,
            actual=split(value)[0],
            people=(people or {}).get(group),
            baseline_code="-",
            target_code="-",
            actual_code=split(value)[1],
            people_code="" if group in (people or {}) else "-",
        )
        for group, value in values.items()
    )


def shown(unit: str, values: dict[str, Typed], people: dict[str, int] | None = None, *, public: bool = False) -> str:
    """The outcomes as a file shows them, group by group."""
    groups, _ = suppressed(measure(unit, values, people), public=public)
    return " ".join(one.actual_code or str(one.actual) for one in groups)


@pytest.mark.parametrize(
    ("values", "people", "expected"),
    [
        ({"women": 40, "men": 50}, {"women": 5, "men": 30}, "40 50"),
        ({"women": 40, "men": 50}, {"women": 4, "men": 30}, ".. 50"),
        ({"women": 40, "men": 50, "total": 49}, {"women": 4, "men": 30}, ".. 50 .."),
        ({"women": 40, "men": 50, "total": 45}, {"women": 4, "men": 3}, ".. .. 45"),
        ({"women": 40, "men": 50, "total": 45}, {"women": 2, "men": 2}, ".. .. .."),
        ({"women": 40, "men": "-", "total": 45}, {"women": 4, "men": 30}, ".. - 45"),
        ({"women": 40, "men": ".", "total": 40}, {"women": 4, "men": 0}, ".. . .."),
        ({"women": "..", "men": 50, "total": 45}, {"women": 9, "men": 30}, ".. 50 .."),
        ({"women": 40, "men": 50, "total": ".."}, {"women": 9, "men": 30}, ".. 50 .."),
    ],
)
def test_few_people_behind_a_share(values: dict[str, Typed], people: dict[str, int], expected: str) -> None:
    assert shown("percent", values, people) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"women": 0, "men": 5}, "0 5"),
        ({"women": 1, "men": 9}, ".. 9"),
        ({"women": 4, "men": 9, "total": 13}, ".. 9 .."),
        ({"girls": 3, "boys": 2, "total": 5}, ".. .. 5"),
        ({"women": 0, "men": 3, "total": 3}, "0 .. .."),
        ({"women": 3, "men": 20, "girls": 30, "boys": 40, "total": 93}, ".. 20 30 40 .."),
    ],
)
def test_small_counts(values: dict[str, Typed], expected: str) -> None:
    assert shown("number", values) == expected


def test_in_public_files_a_share_needs_its_number() -> None:
    values: dict[str, Typed] = {"women": 40, "men": 50, "total": 45}
    assert shown("percent", values, {"women": 20}) == "40 50 45"
    assert shown("percent", values, {"women": 20}, public=True) == "40 .. .."
    assert shown("percent", values, {"women": 20, "men": 30}, public=True) == "40 50 45"
    assert shown("minutes", values, public=True) == "40 50 45"


def test_the_number_itself_is_protected_and_targets_are_not() -> None:
    (women, men), reasons = suppressed(
        measure("percent", {"women": 40, "men": 50}, {"women": 3, "men": 30}), public=False
    )
    assert (women.people, women.people_code, men.people) == (None, "..", 30)
    assert women.target_code == "-"
    assert reasons == {"few_people": 1, "small_count": 1}


COUNTS = st.dictionaries(st.sampled_from(["women", "men", "girls", "boys"]), st.integers(0, 12), min_size=1, max_size=4)


@given(COUNTS, st.booleans())
def test_no_suppressed_count_follows_from_the_shown_ones_and_the_total(counts: dict[str, int], public: bool) -> None:  # noqa: FBT001 - hypothesis gives it
    values: dict[str, Typed] = {**counts, "total": sum(counts.values())}
    groups, _ = suppressed(measure("number", values), public=public)
    hidden = {one.group for one in groups if one.actual_code == ".."}
    assert all(not 0 < (one.actual or 0) < 5 for one in groups)
    assert len(hidden) != 1
    if "total" not in hidden:
        assert all(len(hidden & set(pair)) != 1 for pair in PAIRS)


@given(COUNTS)
def test_suppressing_twice_changes_nothing(counts: dict[str, int]) -> None:
    values: dict[str, Typed] = {**counts, "total": sum(counts.values())}
    once, _ = suppressed(measure("number", values), public=False)
    assert suppressed(once, public=False)[0] == once
