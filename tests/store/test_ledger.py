"""Runs, their steps, and messages that nobody gets twice."""

from __future__ import annotations

import pytest

from sheets_pipeline.errors import StoreError
from sheets_pipeline.model.receipts import Message
from sheets_pipeline.store.repository import Store
from tests.store.examples import clock


def test_a_run_with_its_steps(store: Store) -> None:
    store.start_run("r1", "nightly", clock(0), local_date="2026-02-03")
    store.step("r1", "collect", "remarks", clock(1), {"seen": 12})
    store.step("r1", "report", "done", clock(2))
    store.finish_run("r1", "completed", clock(3), {"exit": 1})
    (record,) = store.history("nightly")
    assert (record.state, record.started, record.finished, record.facts) == (
        "completed",
        clock(0),
        clock(3),
        {"exit": 1},
    )
    assert store.steps("r1") == (("collect", "remarks", {"seen": 12}), ("report", "done", {}))


def test_one_completed_run_of_a_job_a_day_however_many_were_tried(store: Store) -> None:
    for run in ("killed", "good", "twice"):
        store.start_run(run, "nightly", clock(0), local_date="2026-03-29")
    store.finish_run("good", "completed", clock(1))
    assert store.completed("nightly", "2026-03-29")
    assert not store.completed("nightly", "2026-03-30")
    with pytest.raises(StoreError):
        store.finish_run("twice", "completed", clock(2))
    store.finish_run("twice", "cancelled", clock(2))


def test_runs_started_by_hand_are_as_many_as_one_likes(store: Store) -> None:
    for run in ("a", "b"):
        store.start_run(run, "collect", clock(0))
        store.finish_run(run, "completed", clock(1))
    assert [record.id for record in store.history(limit=1)] == ["a"]
    assert len(store.history()) == 2


def test_a_message_is_put_in_the_outbox_once_whichever_run_it_is(store: Store) -> None:
    message = Message("reminder 2026-02-03", "kontakt@exempelby.example", "sha", facts={"subject": "Påminnelse"})
    assert store.outbox_add(message, "r1")
    assert not store.outbox_add(message, "r2")
    store.outbox_mark(message, "sent")
    assert not store.outbox_add(message, "r3")
    assert store.outbox("waiting") == ()
    assert [one.facts for one in store.outbox("sent")] == [{"subject": "Påminnelse"}]
