"""Which version counts, and what an error in it does to an earlier good answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.receipts import Place
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.store.repository import Store
from tests.store.examples import EXEMPELBY, PROVBERG, checksum_of, clock, in_force, settlement, states, version


def test_a_submission_comes_back_as_it_was_saved(store: Store) -> None:
    values: dict[str, Value] = {
        "m01_1/score": 3,
        "m01_1/comment": 'Vi "ligger" efter, å andra sidan',
        "population/women": Decimal("10123.50"),
        "adopted/when": date(2026, 1, 31),
        "agreed": True,
    }
    store.save([version("v1.xlsx", values, hour=1, saved=0.5)], "run")
    (found,) = store.in_force("2026")
    assert found.values() == values
    assert {answer.path: str(answer.cell) for answer in found.answers}["m01_1/score"] == "Självskattning!D14"
    assert (found.received, found.saved, found.key) == (clock(1), clock(0.5), EXEMPELBY)


def test_the_last_received_is_in_force(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1)], "run")
    store.save([version("v2.xlsx", {"a": 2}, hour=2)], "run")
    assert in_force(store) == {"a": 2}
    assert states(store) == {"v1.xlsx": "superseded", "v2.xlsx": "in_force"}


def test_a_file_received_earlier_does_not_supersede_when_it_is_processed_later(store: Store) -> None:
    store.save([version("late.xlsx", {"a": 2}, hour=2)], "run")
    store.save([version("early.xlsx", {"a": 1}, hour=1)], "run")
    assert in_force(store) == {"a": 2}
    assert [one.number for one in store.versions(EXEMPELBY)] == [1, 2]
    assert states(store) == {"early.xlsx": "superseded", "late.xlsx": "in_force"}


@pytest.mark.parametrize("last", ["a.xlsx", "b.xlsx", "c.xlsx"])
def test_of_those_received_at_once_the_last_saved_is_in_force(store: Store, last: str) -> None:
    hours = {"a.xlsx": 3.0, "b.xlsx": 4.0, "c.xlsx": None} | {last: 5.0}
    store.save([version(name, {"from": name}, saved=saved) for name, saved in hours.items()], "run")
    assert in_force(store) == {"from": last}


def test_of_those_received_and_saved_at_once_the_checksum_decides(store: Store) -> None:
    names = ("a.xlsx", "b.xlsx", "c.xlsx")
    store.save([version(name, {"from": name}, saved=5) for name in names], "run")
    assert in_force(store) == {"from": max(names, key=checksum_of)}


@pytest.mark.parametrize("verdict", ["held", "rejected"])
def test_what_is_held_or_turned_down_is_never_in_force(store: Store, verdict: str) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1)], "run")
    store.save([version("v2.xlsx", {"a": 2}, hour=2, verdict=verdict)], "run")  # type: ignore[arg-type]
    assert in_force(store) == {"a": 1}
    assert states(store)["v2.xlsx"] == verdict


def test_a_held_version_waits_no_longer_when_a_newer_one_is_accepted(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1, verdict="held")], "run")
    assert [one.name for one in store.waiting("2026")] == ["v1.xlsx"]
    store.save([version("v2.xlsx", {"a": 2}, hour=2)], "run")
    assert store.waiting("2026") == ()


def test_an_error_does_not_overwrite_an_earlier_good_answer(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1, "b": 1, "c": 1}, hour=1)], "run")
    store.save([version("v2.xlsx", {"a": 2}, hour=2, verdict="remarks", unread=("b",))], "run")
    assert in_force(store) == {"a": 2, "b": 1}, "b holds an error: kept; c was emptied: gone"
    kept = {answer.path: answer.origin for one in store.in_force("2026") for answer in one.answers}
    assert kept == {"a": "", "b": checksum_of("v1.xlsx")}


def test_an_answer_is_kept_through_several_versions_with_an_error(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1)], "run")
    store.save([version("v2.xlsx", {}, hour=2, verdict="remarks", unread=("a",))], "run")
    store.save([version("v3.xlsx", {}, hour=3, verdict="remarks", unread=("a",))], "run")
    (found,) = store.in_force("2026")
    assert [(answer.value, answer.origin) for answer in found.answers] == [(1, checksum_of("v1.xlsx"))]


def test_nothing_is_kept_from_a_version_that_was_only_held(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1, verdict="held")], "run")
    store.save([version("v2.xlsx", {}, hour=2, verdict="remarks", unread=("a",))], "run")
    assert in_force(store) == {}


def test_using_a_held_version_puts_it_in_force_until_a_newer_one_comes(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1), version("v2.xlsx", {"a": 2}, hour=2, verdict="held")], "run")
    held = store.waiting("2026")[0]
    store.use(held.id, "Bekräftat i telefon", "Projektledaren", clock(3))
    assert in_force(store) == {"a": 2}
    assert states(store) == {"v1.xlsx": "superseded", "v2.xlsx": "in_force"}
    store.save([version("v3.xlsx", {"a": 3}, hour=4)], "run")
    assert in_force(store) == {"a": 3}


def test_a_decision_outlasts_a_file_that_was_received_before_it(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1), version("v2.xlsx", {"a": 2}, hour=2)], "run")
    store.use(store.versions(EXEMPELBY)[0].id, "Fel fil skickades", "Projektledaren", clock(5))
    store.save([version("v3.xlsx", {"a": 3}, hour=4)], "run")
    assert in_force(store) == {"a": 1}


def test_setting_aside_brings_back_the_one_before_and_what_was_kept_from_it(store: Store) -> None:
    store.save(
        [
            version("v1.xlsx", {"a": 1}, hour=1),
            version("v2.xlsx", {"a": 2}, hour=2),
            version("v3.xlsx", {"b": 3}, hour=3, verdict="remarks", unread=("a",)),
        ],
        "run",
    )
    assert in_force(store) == {"a": 2, "b": 3}
    store.set_aside(store.versions(EXEMPELBY)[1].id, "Övning", "Projektledaren", clock(4))
    assert in_force(store) == {"a": 1, "b": 3}
    store.set_aside(store.versions(EXEMPELBY)[2].id, "Övning", "Projektledaren", clock(5))
    assert in_force(store) == {"a": 1}
    assert [one.who for one in store.decisions()] == ["Projektledaren", "Projektledaren"]


def test_a_withdrawn_version_leaves_nothing_in_force_until_the_next(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1), version("v2.xlsx", {"a": 2}, hour=2)], "run")
    store.withdraw(store.versions(EXEMPELBY)[1].id, "Kommunen tog tillbaka den", "Projektledaren", clock(3))
    assert in_force(store) == {}
    assert states(store) == {"v1.xlsx": "superseded", "v2.xlsx": "withdrawn"}
    store.save([version("v3.xlsx", {"a": 3}, hour=4)], "run")
    assert in_force(store) == {"a": 3}


def test_there_is_nothing_to_decide_about_a_file_that_was_not_received(store: Store) -> None:
    store.save([version("v1.xlsx", {}, verdict="rejected")], "run")
    with pytest.raises(UsageError, match="was not received"):
        store.use(store.versions(EXEMPELBY)[0].id, "", "Projektledaren", clock(1))
    with pytest.raises(UsageError, match="no submission"):
        store.use("0000", "", "Projektledaren", clock(1))


def test_a_version_is_judged_against_the_one_before_it_whenever_it_is_processed(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=1), version("v3.xlsx", {"a": 3}, hour=3)], "run")
    second = Place(clock(2), None, checksum_of("v2.xlsx"))
    third = Place(clock(3), None, checksum_of("v3.xlsx"))
    now, before_second = store.earlier(EXEMPELBY), store.earlier(EXEMPELBY, before=second)
    before_third = store.earlier(EXEMPELBY, before=third)
    assert now
    assert before_second
    assert before_third
    assert (now.values, before_second.values, before_third.values) == ({"a": 3}, {"a": 1}, {"a": 1})
    assert store.earlier(PROVBERG) is None


def test_two_rounds_and_several_organisations_live_in_one_store(store: Store) -> None:
    next_round = version("v3.xlsx", {"a": 3}, key=EXEMPELBY.__class__("2027", "self_assessment", "9901", "", "bm1"))
    unit = version("v4.xlsx", {"a": 4}, key=EXEMPELBY.__class__("2026", "self_assessment", "9902", "skola", "bm1"))
    store.save([version("v1.xlsx", {"a": 1}), version("v2.xlsx", {"a": 2}, key=PROVBERG), next_round, unit], "run")
    assert [one.key.subject for one in store.in_force("2026")] == ["9901", "9902", "9902"]
    assert store.values_in_force("2027", "9901") == {("self_assessment", "", "bm1"): {"a": 3}}
    assert store.values_in_force("2026", "9999") == {}
    everybody = store.scores_of_others("2026", "self_assessment", "bm1")
    assert everybody == {"9901": {"a": 1}, "9902": {"a": 2}, "9902/skola": {"a": 4}}
    assert [one.name for one in store.list("2026", subject="9902")] == ["v2.xlsx", "v4.xlsx"]


def test_remarks_come_back_with_their_cells(store: Store) -> None:
    cell = CellRef("Självskattning", 13, 3)
    remark = Issue(
        "VALUE_NOT_IN_LIST",
        "error",
        cell,
        question="m01_1",
        path="m01_1/score",
        value="fyra",
        params={"allowed": ["1", "2"], "limit": Decimal("0.5"), "by": date(2026, 2, 3)},
        also=(CellRef("Start", 0, 0),),
    )
    store.save([version("v1.xlsx", {}, verdict="remarks", issues=(remark, Issue("QUIET", "info")))], "run")
    assert store.issues(store.versions(EXEMPELBY)[0].id) == (remark, Issue("QUIET", "info"))


def test_of_several_arrivals_of_the_same_bytes_the_first_one_counts(store: Store) -> None:
    store.save([version("v1.xlsx", {"a": 1}, hour=3), version("v2.xlsx", {"a": 2}, hour=2)], "run")
    assert in_force(store) == {"a": 1}
    store.save([version("v1.xlsx", {"a": 1}, hour=1)], "run")
    assert in_force(store) == {"a": 2}
    store.save([version("v1.xlsx", {"a": 1}, hour=4)], "run")
    assert in_force(store) == {"a": 2}


def test_an_arrival_that_is_only_settled_counts_too(store: Store) -> None:
    old = version("v1.xlsx", {"a": 1}, hour=3)
    store.save([old, version("v2.xlsx", {"a": 2}, hour=2)], "run")
    store.settle([settlement(old, path="v1.xlsx"), settlement(old, path="from mail.xlsx", hour=1)], "run")
    assert in_force(store) == {"a": 2}


def test_a_version_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    (saved,) = store.save([version("v1.xlsx", {"a": 1})], "run")
    assert store.version(saved.id[:6]).name == "v1.xlsx"
    assert store.submission(saved.id).values() == {"a": 1}
    for wrong in ("", "zzz", "%"):
        with pytest.raises(UsageError):
            store.version(wrong)
