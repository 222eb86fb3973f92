"""A worker reads on whatever a file does to it."""

from __future__ import annotations

import sys

import pytest

from sheets_pipeline.errors import DeliveryError, SheetsPipelineError
from sheets_pipeline.workbooks.worker import Reader, ReaderPool, WorkerLimits

RUN = "tests.workbooks.read_tasks:run"
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux's limits on memory")


def codes(outcomes: list[object]) -> list[object]:
    return [each.code if isinstance(each, DeliveryError) else each for each in outcomes]


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("abort", "READER_FAILED"),
        ("leave", "READER_FAILED"),
        ("panic", "READER_FAILED"),
        pytest.param("fill memory", "READER_MEMORY", marks=linux),
        pytest.param("killed by the system", "READER_MEMORY", marks=linux),
        ("sleep", "READER_TIMEOUT"),
        pytest.param("compute", "READER_TIMEOUT", marks=linux),
    ],
)
def test_what_kills_a_worker_harms_only_its_own_file(task: str, code: str) -> None:
    limits = WorkerLimits(seconds=3, cpu_seconds=1, memory_mb=512)

    with Reader(limits) as reader:
        outcomes = list(reader.map(RUN, ["echo 1", "echo 2", task, "echo 3", "echo 4", "echo 5"]))

    assert codes(outcomes) == ["1", "2", code, "3", "4", "5"]


def test_a_refusal_keeps_its_code_its_words_and_what_to_do() -> None:
    with Reader() as reader, pytest.raises(DeliveryError) as refused:
        reader.run(RUN, "refuse")

    assert refused.value.code == "ZIP_BOMB"
    assert refused.value.params == {"part": "x"}
    assert "x" in refused.value.message
    assert refused.value.hint


def test_what_stops_a_run_is_raised_and_the_reader_goes_on() -> None:
    with Reader() as reader:
        with pytest.raises(SheetsPipelineError) as stopped:
            reader.run(RUN, "stop")
        assert reader.run(RUN, "echo on") == "on"

    assert stopped.value.exit_code == 74
    assert stopped.value.hint == "make room"


def test_large_files_and_large_answers_never_block_each_other() -> None:
    files = [bytes(size) for size in (3_000_000, 10, 40_000, 3_000_000, 40_000, 40_000, 5_000_000)]

    with ReaderPool(2) as readers:
        assert list(readers.map("tests.workbooks.read_tasks:double", files)) == [file * 2 for file in files]


def test_many_small_tasks_come_back_in_order() -> None:
    with ReaderPool(3) as readers:
        outcomes = list(readers.map(RUN, (f"echo {number}" for number in range(3_000))))

    assert outcomes == [str(number) for number in range(3_000)]


def test_a_caller_who_stops_early_leaves_the_reader_ready() -> None:
    with Reader() as reader:
        first = next(iter(reader.map(RUN, (f"echo {number}" for number in range(50)))))
        assert (first, reader.run(RUN, "echo again")) == ("0", "again")
