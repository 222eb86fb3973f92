"""Earlier publications beside a new one: what was hidden may not follow from the two together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_pipeline.analysis.disclosure.publications import changes, revealed
from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.model.publications import Publication, PublishedFigure
from tests.analysis.attack import worked_out
from tests.analysis.published_round import Split, Typed, plan_of, published_to
from tests.analysis.test_disclosure_attack import counts

CLUSTERS = {"9901": "k1", "9902": "k1", "9903": "k2"}
START = datetime(2026, 11, 1, tzinfo=UTC)
K01 = "measure/9901/P01/K01/actual"


def publication(
    figures: Mapping[str, PublishedFigure], audience: SharingLevel = "round", viewer: str = "", *, day: int = 0
) -> Publication:
    return Publication(
        id=f"{audience}{viewer}{day}",
        round="2026",
        kind="report",
        audience=audience,
        viewer=viewer,
        as_of=date(2026, 11, 1),
        at=START + timedelta(days=day),
        who="projektledaren",
        files={},
        figures=figures,
    )


def typed(actual: Split, people: Split | None = None, unit: str = "number") -> Typed:
    return Typed(unit=unit, actual=actual, people=people or {})


def made(
    measure: Typed, audience: SharingLevel = "round", viewer: str = "", *, day: int = 0, min_group: int = 5
) -> Publication:
    figures = published_to(audience, viewer, [plan_of("9901", [measure])], min_group=min_group)
    return publication(figures, audience, viewer, day=day)


def told(*publications: Publication) -> set[str]:
    *earlier, new = publications
    return set(revealed(earlier, new, clusters=CLUSTERS, min_group=5))


SMALL = typed({"women": 3, "men": 10, "total": 13})


def test_a_publication_beside_itself_tells_nothing() -> None:
    assert told(made(SMALL)) == set()
    assert told(made(SMALL), made(SMALL, day=1)) == set()


def test_a_figure_that_is_taken_out_of_the_plan_is_still_what_it_was() -> None:
    """Without women the total is shown again; whoever has the first report subtracts the men."""
    assert told(made(SMALL), made(typed({"men": 10, "total": 13}), day=1)) >= {f"{K01}/women"}
    assert told(made(SMALL), made(typed({"women": "-", "men": 10, "total": 13}), day=1)) >= {f"{K01}/women"}


def test_a_lower_limit_does_not_show_what_was_hidden() -> None:
    share = typed({"women": 40, "men": 50}, {"women": 4, "men": 30}, "percent")
    assert told(made(share), made(share, day=1, min_group=3)) == {f"{K01}/women"}


def test_a_corrected_figure_is_another_figure() -> None:
    assert told(made(SMALL), made(typed({"women": 8, "men": 10, "total": 18}), day=1)) == set()
    share, counted = ({"women": 40, "men": 50}, {"women": 4, "men": 30})
    corrected = typed(share, {"women": 24, "men": 30}, "percent")
    assert told(made(typed(share, counted, "percent")), made(corrected, day=1)) == set()


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (("public", ""), ("round", ""), False),  # the public does not read what the round gets
        (("round", ""), ("public", ""), True),
        (("cluster", "k1"), ("round", ""), True),
        (("cluster", "k2"), ("cluster", "k1"), False),
        (("cluster", "9902"), ("cluster", "k1"), True),  # an organisation reads its cluster's report too
        (("cluster", "k1"), ("cluster", "9902"), True),
        (("salar", ""), ("cluster", "k1"), True),
    ],
)
def test_readers_know_what_was_published_for_them(
    first: tuple[SharingLevel, str],
    then: tuple[SharingLevel, str],
    expected: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    hidden = {f"{K01}/women": PublishedFigure("..", "3", "", "number")}
    shown = {f"{K01}/women": PublishedFigure("3", "3", "", "number")}
    found = told(publication(hidden, *first), publication(shown, *then, day=1))
    assert found == ({f"{K01}/women"} if expected else set())


def test_a_share_without_a_number_is_shown_to_the_public_once_it_has_one() -> None:
    share = {"women": 40, "men": 50}
    without = made(typed(share, {}, "percent"), "public")
    numbered = made(typed(share, {"women": 60, "men": 70}, "percent"), "public", day=1)
    assert without.figures[f"{K01}/women"].shown == ".."
    assert told(without, numbered) == set()


def test_what_was_published_otherwise_is_told() -> None:
    earlier, other = made(SMALL), made(typed({"women": 3, "men": 12, "total": 15}), day=1)
    assert [(one.figure, one.before, one.after) for one in changes([earlier], other)] == [(f"{K01}/men", "10", "12")]
    assert changes([earlier], made(SMALL, "public", day=1)) == ()
    gone = made(typed({"women": 3, "total": 13}), day=2)
    assert (f"{K01}/men", "10", "") in [(one.figure, one.before, one.after) for one in changes([earlier], gone)]


@given(counts(), st.lists(st.sampled_from(["women", "men", "girls", "boys", "total"]), max_size=3, unique=True))
@settings(max_examples=150)
def test_whatever_passes_withstands_the_attack_on_both_publications(first: Typed, left_out: list[str]) -> None:
    """Figures taken out between the two; the attacker lays the two side by side."""
    kept = {group: one for group, one in first.actual.items() if group not in left_out}
    earlier, new = made(first), made(typed(kept, first.people), day=1)
    if not told(earlier, new):
        assert worked_out([earlier.figures, new.figures]) == []
