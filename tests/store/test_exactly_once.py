"""The same bytes, however often, in whatever order, from however many processes, killed or not: the same store."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.receipts import Judged
from sheets_pipeline.store.repository import Store
from tests.store.examples import EXEMPELBY, PROVBERG, clock, in_force, settlement, states, version

KILLED = 9
ROUND = (
    version("first.xlsx", {"a": 1, "b": 1, "c": 1}, hour=1, saved=0.5, issues=(Issue("QUIET", "info"),)),
    version("remarks.xlsx", {"a": 2}, hour=2, verdict="remarks", unread=("b", "d")),
    version("held.xlsx", {"a": 9}, hour=3, verdict="held"),
    version("again.xlsx", {"c": 4}, hour=4, saved=3, verdict="remarks", unread=("a", "b")),
    version("same-time.xlsx", {"c": 5}, hour=4, saved=3.5, verdict="remarks", unread=("a",)),
    version("late-held.xlsx", {}, hour=5, verdict="held", unread=("c",)),
    version("empty.xlsx", {}, hour=6, verdict="rejected"),
    version("other.xlsx", {"a": 7}, hour=2, key=PROVBERG),
)
COPIES = (
    replace(ROUND[0], name="a copy.xlsx"),
    replace(ROUND[7], source="mail"),
    replace(ROUND[3], submission=replace(ROUND[3].submission, received=clock(0.5)), name="came first.xlsx"),
)


def dump_after(deliveries: Sequence[Judged], sizes: Sequence[int]) -> str:
    """The dump of a store that got these deliveries in batches of these sizes, known bytes only settled again."""
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/store.sqlite") as store:
        rest = list(deliveries)
        for size in (*sizes, len(rest)):
            batch, rest = rest[:size], rest[size:]
            if batch:
                known = store.known_among((one.submission.checksum for one in batch), "rules-1")
                store.save([one for one in batch if one.submission.checksum not in known], f"run of {size}")
                store.settle([settlement(one) for one in batch], f"run of {size}")
        return store.canonical_dump()


UNDISTURBED = dump_after((*ROUND, *COPIES), ())


@given(order=st.permutations((*ROUND, *COPIES)), sizes=st.lists(st.integers(1, 4), max_size=6))
def test_no_order_and_no_batches_change_the_store(order: list[Judged], sizes: list[int]) -> None:
    assert dump_after(order, sizes) == UNDISTURBED


@given(again=st.lists(st.sampled_from((*ROUND, *COPIES)), max_size=12))
def test_any_number_of_times_is_as_good_as_once(again: list[Judged]) -> None:
    assert dump_after((*ROUND, *COPIES, *again), (3,)) == UNDISTURBED


def test_the_dump_sees_every_difference(store: Store) -> None:
    one = version("v1.xlsx", {"a": 1})
    store.save([one], "run")
    before = store.canonical_dump()
    store.settle([settlement(one)], "run")
    settled = store.canonical_dump()
    store.set_aside(store.versions(EXEMPELBY)[0].id, "Övning", "Projektledaren", clock(1))
    assert len({before, settled, store.canonical_dump()}) == 3
    assert dump_after([one], ()) != dump_after([version("v1.xlsx", {"a": 2})], ())


def test_known_bytes_are_passed_over_only_under_the_same_fingerprint(store: Store) -> None:
    one = version("v1.xlsx", {"a": 1}, verdict="remarks")
    checksum = one.submission.checksum
    (saved,) = store.save([one], "run")
    store.settle([settlement(one)], "run")
    known = store.known(checksum, "rules-1")
    assert known
    assert (known.verdict, known.submissions) == ("remarks", (saved.id,))
    assert store.known(checksum, "rules-2") is None
    assert settlement(one).mark in store.settled_files("inbox", "rules-1")
    assert store.settled_files("inbox", "rules-2") == frozenset()


def test_judging_again_under_new_rules_takes_the_place_of_the_earlier_judgement(store: Store) -> None:
    before = version("v1.xlsx", {"a": 1, "b": 2}, issues=(Issue("OLD", "info"),))
    after = version("v1.xlsx", {"a": 1}, verdict="remarks", fingerprint="rules-2", issues=(Issue("NEW", "error"),))
    store.save([before], "run")
    (saved,) = store.save([after], "run")
    assert in_force(store) == {"a": 1}
    assert [issue.code for issue in store.issues(saved.id)] == ["NEW"]
    assert len(store.versions(EXEMPELBY)) == 1
    store.settle([settlement(after)], "run")
    assert store.canonical_dump() == dump_after([after], ())


def test_a_crash_between_commit_and_settling_is_healed(store: Store) -> None:
    one = version("v1.xlsx", {"a": 1})
    store.save([one], "killed")
    known = store.known(one.submission.checksum, "rules-1")
    assert known, "stored, though no file is settled: the next run only settles it"
    assert store.settled_files("inbox", "rules-1") == frozenset()
    store.settle([settlement(one)], "next")
    assert store.canonical_dump() == dump_after([one], ())


def test_what_the_database_refuses_does_not_stop_the_others(store: Store) -> None:
    twice = version("twice.xlsx", {"a": 1}, key=PROVBERG)
    twice = replace(twice, submission=replace(twice.submission, answers=twice.submission.answers * 2))
    not_text = version("half a character.xlsx", {"a": "\ud83d"}, hour=2)
    saved = store.save([version("v1.xlsx", {"a": 1}), twice, not_text], "run")
    assert [bool(one.fault) for one in saved] == [False, True, True]
    assert states(store) == {"v1.xlsx": "in_force"}
    assert store.versions(PROVBERG) == ()


def test_more_than_a_batch_is_saved_whole_with_the_forms_of_a_file_together(store: Store) -> None:
    keys = [replace(EXEMPELBY, subject=str(9901 + number % 90), unit=f"u{number}") for number in range(250)]
    store.save([version(f"{number // 2}.xlsx", {"a": number}, key=key) for number, key in enumerate(keys)], "run")
    assert len(list(store.in_force("2026"))) == 250


SAVE_ROUND = """
import sys
from tests.store.test_exactly_once import play
print("ready", flush=True)
sys.stdin.readline()
play(sys.argv[1], sys.argv[2])
"""


def start(root: Path, url: str, run: str) -> subprocess.Popen[str]:
    """A process that has loaded everything and waits for a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", SAVE_ROUND, url, run],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    assert process.stdin
    process.stdin.write("\n")
    process.stdin.flush()


def test_two_processes_saving_at_once_into_a_store_that_is_not_there_yet(root: Path, url: str) -> None:
    processes = [start(root, url, run) for run in ("one", "two")]
    for process in processes:
        go(process)
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    with Store.open(url) as store:
        assert store.canonical_dump() == UNDISTURBED


@pytest.mark.parametrize("instant", range(1, 182, 6))
def test_killed_at_any_instant_the_next_run_reaches_the_same_store(url: str, instant: int) -> None:
    process = get_context("fork").Process(target=play_until, args=(url, instant))
    process.start()
    process.join()
    assert process.exitcode == KILLED
    play(url, "next")
    with Store.open(url) as store:
        assert store.canonical_dump() == UNDISTURBED


def play(url: str, run: str) -> None:
    """The whole round, a file a transaction."""
    with Store.open(url) as store:
        for one in (*ROUND, *COPIES):
            store.save([one], run)
            store.settle([settlement(one)], run)


def play_until(url: str, instant: int) -> None:
    """The same, but this process is gone before that statement or commit, nothing closed or rolled back."""
    instants = count(1)

    def stop(*_: object) -> None:
        if next(instants) == instant:
            os._exit(KILLED)

    event.listen(Engine, "before_cursor_execute", stop)
    event.listen(Engine, "commit", stop)
    play(url, "killed")
