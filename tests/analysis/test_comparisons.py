"""Rows of `compare`, from the lines that organisations filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.analysis.audience import visible
from sheets_pipeline.analysis.comparisons import compare, section_rows
from sheets_pipeline.analysis.shifts import shifts
from sheets_pipeline.analysis.titles import titles_of
from sheets_pipeline.model.programme import Round, SharingLevel
from sheets_pipeline.model.results import By, Comparison
from sheets_pipeline.model.submissions import Submission
from tests.analysis.example import AS_OF, ASSESSMENT, FORMS, assessed, organisation, participants, round_of

UP = ("m01 1 1 1 1 | 1  m02 2 2 2 | 2", "m01 2 2 2 2 | 3  m02 2 2 2 | 2")
SAME = ("m01 3 3 3 3 | 3  m02 2 2 2 | 2", "m01 3 3 3 3 | 3  m02 2 2 2 | 2")
DOWN = ("m01 4 4 4 4 | 4  m02 2 2 2 | 2", "m01 3 3 3 3 | 2  m02 2 2 2 | 2")
Lines = Mapping[str, tuple[str, str]]


def rows(
    by: By, round_: Round, lines: Lines, *, audience: SharingLevel = "salar", extra: Iterable[Submission] = ()
) -> tuple[Comparison, ...]:
    """The rows of a round whose organisations filled in these lines, before and after."""
    more = list(extra)
    before = [assessed(code, "bm1", line) for code, (line, _) in lines.items()]
    after = [assessed(code, "final", line) for code, (_, line) in lines.items()]
    found = shifts(
        before + [one for one in more if one.key.occasion == "bm1"],
        after + [one for one in more if one.key.occasion == "final"],
        FORMS,
    )
    seen = visible(round_, audience, as_of=AS_OF)
    return compare(found, by, round_, titles_of([ASSESSMENT], round_), seen)


def only(found: Iterable[Comparison], key: str, series: str = "items", role: str = "participant") -> Comparison:
    (row,) = (one for one in found if (one.key, one.series, one.role) == (key, series, role))
    return row


def test_an_organisation_has_the_mean_of_its_matched_items_and_counts_them() -> None:
    row = only(
        rows("organisation", round_of(*participants(1)), {"9901": ("m01 1 2 4 DK | 2", "m01 2 2 3 4 | 4")}), "9901"
    )
    assert (row.n, row.matched, row.before, row.after, row.shift) == (1, 3, Fraction(7, 3), Fraction(7, 3), Fraction(0))
    assert (row.up, row.same, row.down, row.could_rise) == (1, 1, 1, 2)
    assert (row.dont_know_before, row.dont_know_after) == (1, 0)
    assert row.not_comparable == 4  # one "do not know", and three statements of the second section never answered
    assert row.p is None
    assert row.interval is None


def test_headlines_are_a_series_of_their_own() -> None:
    found = rows("organisation", round_of(*participants(1)), {"9901": UP})
    assert only(found, "9901").shift == Fraction(4, 7)
    assert only(found, "9901", "headline").shift == 1


def test_a_section_mean_needs_half_of_what_applies_at_both_points() -> None:
    round_ = round_of(*participants(1))
    line = "m01 1 {} {} {} | 2"
    for before, after, shown in [
        (line.format(2, "DK", "DK"), line.format(3, "DK", "DK"), True),
        (line.format("DK", "DK", "DK"), line.format(3, 3, 3), False),
        (line.format("NA", "NA", "NA"), line.format("NA", "NA", "NA"), True),
        (line.format("DK", "DK", "DK"), line.format("NA", "NA", "NA"), False),
        (line.format(2, "DK", "DK"), line.format("DK", 2, 2), False),
    ]:
        found = shifts([assessed("9901", "bm1", before)], [assessed("9901", "final", after)], FORMS)
        (row,) = (
            one
            for one in section_rows(found, round_, titles_of([ASSESSMENT], round_))
            if (one.key, one.series) == ("m01", "items")
        )
        assert (row.shift is not None) == shown, (before, after)
        assert ("below_half" in row.notes) == (not shown)
        assert row.matched >= 1


def test_rounds_count_organisations_and_every_organisation_weighs_the_same() -> None:
    row = only(rows("round", round_of(*participants(3)), {"9901": UP, "9902": SAME, "9903": DOWN}), "2026")
    assert (row.n, row.matched, row.up, row.same, row.down) == (3, 21, 1, 1, 1)
    assert row.shift == 0
    assert row.after is not None
    assert row.before is not None
    assert row.after - row.before == row.shift


def test_mentors_are_apart_unless_the_round_says_otherwise() -> None:
    organisations = (organisation("9901", role="mentor"), *participants(3)[1:])
    lines = {"9901": SAME, "9902": UP, "9903": UP}
    apart = rows("round", round_of(*organisations), lines)
    assert (only(apart, "2026").n, only(apart, "2026", role="mentor").n) == (2, 1)
    together = rows("round", round_of(*organisations, mentors_apart=False), lines)
    assert only(together, "2026", role="").n == 3


def test_clusters_have_their_mentor_beside_them_always() -> None:
    organisations = (organisation("9901", role="mentor"), organisation("9902"), organisation("9903", cluster="k2"))
    found = rows("cluster", round_of(*organisations, mentors_apart=False), {"9901": SAME, "9902": UP, "9903": UP})
    assert {(one.key, one.role) for one in found} == {("k1", "mentor"), ("k1", "participant"), ("k2", "participant")}


def test_scales_and_levels_have_rows_of_their_own() -> None:
    extra = [assessed("9902", point, "m01 1 1 1 1 | 1  m02 1 1 1 | 1", scale="s3") for point in ("bm1", "final")] + [
        assessed("9901", point, "m01 1 1 1 1 | 1  m02 1 1 1 | 1", unit="bun") for point in ("bm1", "final")
    ]
    found = rows("round", round_of(*participants(2)), {"9901": UP}, extra=extra)
    assert {(one.scale, one.level, one.n) for one in found if one.series == "items"} == {
        ("s4", "overall", 1),
        ("s3", "overall", 1),
        ("s4", "unit", 1),
    }


def test_units_of_one_organisation_count_once() -> None:
    extra = [
        assessed("9901", point, f"m01 {score} {score} {score} {score} | 1", unit=unit)
        for unit, scores in (("bun", (1, 3)), ("son", (2, 2)))
        for point, score in zip(("bm1", "final"), scores, strict=True)
    ]
    (row,) = (one for one in rows("round", round_of(*participants(1)), {}, extra=extra) if one.series == "items")
    assert (row.n, row.matched, row.shift, row.level) == (1, 8, Fraction(1), "unit")
    assert "units_averaged" in row.notes
    by_unit = rows("organisation", round_of(*participants(1)), {}, extra=extra)
    assert {(one.unit, one.shift) for one in by_unit if one.series == "items"} == {
        ("bun", Fraction(2)),
        ("son", Fraction(0)),
    }


def test_who_left_is_in_no_row() -> None:
    gone = organisation("9902", left=AS_OF)
    found = rows("round", round_of(organisation("9901"), gone), {"9901": UP, "9902": DOWN})
    assert only(found, "2026").n == 1


@pytest.mark.parametrize(("hidden", "counted", "left_out"), [(4, 1, 4), (5, 6, 0)])
def test_the_hidden_are_out_of_aggregates_unless_they_are_five(hidden: int, counted: int, left_out: int) -> None:
    closed = tuple(organisation(f"99{number}", scores="cluster") for number in range(11, 11 + hidden))
    lines = {one.code: UP for one in (organisation("9901"), *closed)}
    round_ = round_of(organisation("9901"), *closed)
    by_round = only(rows("round", round_, lines, audience="public"), "2026")
    assert (by_round.n, by_round.left_out, "left_out" in by_round.notes) == (counted, left_out, left_out > 0)
    assert {one.key for one in rows("organisation", round_, lines, audience="public")} == {"9901"}
    assert only(rows("cluster", round_, lines, audience="public"), "k1").n == 1


def test_rows_stand_in_the_order_of_the_form_and_the_register() -> None:
    lines = {"9902": UP, "9901": UP}
    round_ = round_of(*reversed(participants(2)))
    assert [one.key for one in rows("organisation", round_, lines)][:2] == ["9902", "9901"]
    assert [one.key for one in rows("item", round_, lines) if one.series == "items"][:3] == ["m01_1", "m01_2", "m01_3"]


SCORES = st.lists(st.sampled_from(["1", "2", "3", "4", "DK", "NA", "-"]), min_size=9, max_size=9).map(
    lambda words: "m01 {} {} {} {} | {} m02 {} {} {} | {}".format(*words)
)


@given(st.lists(st.tuples(SCORES, SCORES), min_size=1, max_size=8), st.sampled_from(["item", "section", "round"]))
def test_turning_time_round_turns_every_row(lines: list[tuple[str, str]], by: By) -> None:
    codes = [f"99{number:02d}" for number in range(1, len(lines) + 1)]
    round_ = round_of(*participants(len(lines)))
    forward = rows(by, round_, dict(zip(codes, lines, strict=True)))
    turned = {code: (after, before) for code, (before, after) in zip(codes, lines, strict=True)}
    backward = rows(by, round_, turned)
    for one, other in zip(forward, backward, strict=True):
        assert (one.key, one.n, one.matched, one.p) == (other.key, other.n, other.matched, other.p)
        assert (one.up, one.down, one.before, one.after) == (other.down, other.up, other.after, other.before)
        assert (one.shift or 0) == -(other.shift or 0)
        assert (one.hodges_lehmann or 0) == -(other.hodges_lehmann or 0)
        assert one.n == one.up + one.same + one.down


def test_a_row_as_json_has_the_contract_s_keys_and_unrounded_numbers() -> None:
    row = only(rows("organisation", round_of(*participants(1)), {"9901": UP}), "9901").as_json()
    promised = "key scale level unit n matched before after shift up same down interval p p_adjusted effect notes"
    assert set(promised.split()) <= set(row)
    assert row["shift"] == 4 / 7
    assert row["unit"] is None
