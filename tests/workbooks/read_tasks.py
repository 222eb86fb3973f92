"""What a worker is asked to do in the tests: files that behave badly, in one word each."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from sheets_pipeline.errors import DiskError
from sheets_pipeline.model.file_codes import refusal


class Panic(BaseException):
    """As a reader written in Rust raises it: not an `Exception`."""


def double(data: bytes) -> bytes:
    return data * 2


def _compute() -> None:
    while True:
        pass


def _panic() -> None:
    raise Panic


def _refuse() -> None:
    raise refusal("ZIP_BOMB", part="x")


def _stop() -> None:
    raise DiskError("the disk is full", hint="make room")


MISBEHAVIOUR: dict[str, Callable[[], object]] = {
    "abort": os.abort,
    "leave": lambda: os._exit(0),
    "panic": _panic,
    "fill memory": lambda: bytearray(2_000_000_000),
    "killed by the system": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "sleep": lambda: time.sleep(600),
    "compute": _compute,
    "refuse": _refuse,
    "stop": _stop,
}


def run(task: str) -> str:
    if task.startswith("echo "):
        return task.removeprefix("echo ")
    return str(MISBEHAVIOUR[task]())
