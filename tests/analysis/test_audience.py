"""Who may see whom."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sheets_pipeline.analysis.audience import visible
from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.programme import SHARING_LEVELS, Round, SharingLevel
from tests.analysis.example import AS_OF, organisation, round_of

ROUND: Round = round_of(
    organisation("9901", scores="salar"),
    organisation("9902", scores="cluster"),
    organisation("9903", scores="round"),
    organisation("9904", scores="public"),
    organisation("9911", scores="cluster", cluster="k2"),
    organisation("9912", scores="round", cluster="k2"),
)


@pytest.mark.parametrize(
    ("audience", "viewer", "named"),
    [
        ("salar", "", "9901 9902 9903 9904 9911 9912"),
        ("cluster", "k1", "9902 9903 9904 9912"),
        ("cluster", "k2", "9903 9904 9911 9912"),
        ("cluster", "9901", "9901 9902 9903 9904 9912"),
        ("round", "", "9903 9904 9912"),
        ("public", "", "9904"),
        ("public", "9902", "9902 9904"),
    ],
)
def test_named(audience: SharingLevel, viewer: str, named: str) -> None:
    assert visible(ROUND, audience, viewer=viewer, as_of=AS_OF).named == set(named.split())


def test_texts_have_a_level_of_their_own() -> None:
    seen = visible(round_of(organisation("9901", scores="public", texts="salar")), "public", as_of=AS_OF)
    assert seen.named == {"9901"}
    assert not seen.texts


def test_a_wider_audience_never_sees_more() -> None:
    seen = [visible(ROUND, audience, viewer="k1", as_of=AS_OF) for audience in SHARING_LEVELS]
    assert all(wider.named <= narrower.named for narrower, wider in pairwise(seen))


def test_everybody_is_named_hidden_or_gone() -> None:
    round_ = round_of(*ROUND.organisations, organisation("9920", left=AS_OF))
    for audience in SHARING_LEVELS:
        seen = visible(round_, audience, viewer="k1", as_of=AS_OF)
        assert seen.named | seen.hidden | seen.withdrawn == {one.code for one in round_.organisations}
        assert not seen.named & seen.hidden
        assert seen.withdrawn == {"9920"}


@pytest.mark.parametrize(("audience", "viewer"), [("cluster", ""), ("everybody", ""), ("cluster", "k9")])
def test_what_does_not_go_together_is_said(audience: SharingLevel, viewer: str) -> None:
    with pytest.raises(UsageError):
        visible(ROUND, audience, viewer=viewer, as_of=AS_OF)
