"""Worker processes that read files one after another under limits, and are replaced when a file kills them.

A `Reader` is one child process; a `ReaderPool` keeps several. What runs in a child is a function given by name
(`package.module:function`), so that hashing, guarding, reading and extracting a file cost one message each way.
A child that crashes, stalls or runs out of memory takes only the file it was reading with it: that file gets a
`DeliveryError` (READER_FAILED, READER_TIMEOUT, READER_MEMORY), the ones that waited are sent to its successor.

Memory is limited on Linux, computing on every POSIX system; on Windows the clock is the only limit.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from multiprocessing import Pipe
from types import TracebackType
from typing import IO, Any, Self

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.model.file_codes import refusal

# Messages up to this size lie in the socket's buffer until the child takes them; the system adds its own bookkeeping to
# each. Only so much is sent ahead: a parent that waits to send while its child waits to answer would wait for ever.
_AHEAD_BYTES = 81_920 if sys.platform == "linux" else 0
_BOOKKEEPING = 4_096
_GRACE = 5.0
# glibc otherwise gives memory back to the system after each workbook and asks for it anew: 15 % of the work.
_KEEP_MEMORY = {"MALLOC_TOP_PAD_": str(16 * 1_048_576)}
_OUT_OF_MEMORY = b"memory allocation of"
_BOOT = (
    "import json, sys; sys.path[:], handle, limits = json.loads(sys.argv[1]); "
    "from sheets_pipeline.workbooks.worker_process import serve; serve(handle, **limits)"
)


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """For one file: seconds by the clock and of computing; for the whole process: megabytes of memory."""

    seconds: float = 20.0
    cpu_seconds: int = 20
    memory_mb: int = 1_024


class Reader:
    """One child process, started at the first payload. A context manager; `close` ends the child."""

    def __init__(self, limits: WorkerLimits | None = None) -> None:
        self._limits = limits or WorkerLimits()
        self._child: _Child | None = None
        self._waiting: deque[bytes] = deque()
        self._since = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; what waited in it is forgotten."""
        self._waiting.clear()
        if self._child is not None:
            self._child.end()
            self._child = None

    def run(self, function: str, payload: object) -> Any:  # noqa: ANN401 - whatever the function returns
        """The function's result for one payload; raises the `DeliveryError` that it ended with."""
        outcome = next(self.map(function, (payload,)))
        if isinstance(outcome, DeliveryError):
            raise outcome
        return outcome

    def map(self, function: str, payloads: Iterable[object]) -> Iterator[Any]:
        """The results in order; in place of a result stands the `DeliveryError` of a payload that has none."""
        return _in_order((self,), function, payloads)

    @property
    def waiting(self) -> int:
        """How many payloads were sent whose outcome was not yet taken."""
        return len(self._waiting)

    def has_room(self, message: bytes) -> bool:
        """Whether a message may be sent before the next outcome is taken."""
        ahead = [*islice(self._waiting, 1, None), message]
        return not self._waiting or sum(map(len, ahead)) + len(ahead) * _BOOKKEEPING <= _AHEAD_BYTES

    def send(self, message: bytes) -> None:
        if not self._waiting:
            self._since = time.monotonic()
        self._waiting.append(message)
        self._pass_on(message)

    def take(self) -> Any:  # noqa: ANN401 - whatever the function returns
        """The outcome of the payload that was sent first."""
        try:
            return self._outcome()
        finally:
            self._waiting.popleft()
            self._since = time.monotonic()
            if self._child is None:
                for message in self._waiting:
                    self._pass_on(message)

    def _pass_on(self, message: bytes) -> None:
        if self._child is None:
            self._child = _Child(self._limits)
        with contextlib.suppress(OSError):  # a child that died while it was idle is found out when its answer is due
            self._child.channel.send_bytes(message)

    def _outcome(self) -> Any:  # noqa: ANN401 - whatever the function returns
        child = self._child
        if child is None:
            return refusal("READER_FAILED", reason="not started")
        try:
            left = self._limits.seconds - (time.monotonic() - self._since)
            if not child.channel.poll(max(left, 0.0)):
                self._replace()
                return refusal("READER_TIMEOUT", seconds=self._limits.seconds)
            answer = pickle.loads(child.channel.recv_bytes())  # noqa: S301 - our own child wrote it
        except (EOFError, OSError):
            self._child = None
            return self._why(child)
        if answer.code == "READER_MEMORY":
            self._replace()
        return answer.outcome()

    def _replace(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child = None

    def _why(self, child: _Child) -> DeliveryError:
        """What a child died of."""
        status, said = child.end(), child.said()
        if sys.platform != "win32":
            if status == -signal.SIGXCPU:
                return refusal("READER_TIMEOUT", seconds=self._limits.cpu_seconds)
            if status == -signal.SIGKILL or _OUT_OF_MEMORY in said:
                return refusal("READER_MEMORY", limit=self._limits.memory_mb)
        return refusal("READER_FAILED", reason=f"exit {status}")


class ReaderPool:
    """Several readers; with one it is that reader."""

    def __init__(self, workers: int = 1, limits: WorkerLimits | None = None) -> None:
        self._readers = tuple(Reader(limits) for _ in range(max(workers, 1)))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        for reader in self._readers:
            reader.close()

    def run(self, function: str, payload: object) -> Any:  # noqa: ANN401 - whatever the function returns
        """As `Reader.run`, in the first reader."""
        return self._readers[0].run(function, payload)

    def map(self, function: str, payloads: Iterable[object]) -> Iterator[Any]:
        """As `Reader.map`, over all readers; the results still come in order."""
        return _in_order(self._readers, function, payloads)


def _in_order(readers: tuple[Reader, ...], function: str, payloads: Iterable[object]) -> Iterator[Any]:
    """Keep every reader busy, and hand on outcomes in the order of the payloads, taken lazily from their source."""
    sent: deque[Reader] = deque()
    try:
        for payload in payloads:
            message = pickle.dumps((function, payload), pickle.HIGHEST_PROTOCOL)
            reader = min(readers, key=lambda each: each.waiting)
            while not reader.has_room(message):
                yield sent.popleft().take()
                reader = min(readers, key=lambda each: each.waiting)
            reader.send(message)
            sent.append(reader)
        while sent:
            yield sent.popleft().take()
    finally:
        for reader in set(sent):  # the caller stopped early: what still waits belongs to nobody
            reader.close()


class _Child:
    """A running process and the channel to it."""

    def __init__(self, limits: WorkerLimits) -> None:
        self.channel, theirs = Pipe()
        handle = theirs.fileno()
        settings = {"memory_mb": limits.memory_mb, "cpu_seconds": limits.cpu_seconds}
        self._stderr: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the child lives
        self._process = subprocess.Popen(  # noqa: S603 - this Python, and our own module
            [sys.executable, "-c", _BOOT, json.dumps([sys.path, handle, settings])],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
            env={**os.environ, **_KEEP_MEMORY},
            **_inherited(handle),
        )
        theirs.close()

    def end(self) -> int:
        """Close the channel, which the child takes as its end; the exit status, negative for a signal."""
        self.channel.close()
        try:
            return self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        self.channel.close()
        self._process.kill()
        return self._process.wait()

    def said(self) -> bytes:
        """The last of what the child wrote to its error output."""
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(size - 4_096, 0))
        return self._stderr.read()


def _inherited(handle: int) -> dict[str, Any]:
    """How a process is started so that it gets the other end of the channel."""
    if sys.platform == "win32":
        os.set_handle_inheritable(handle, True)  # noqa: FBT003 - the function takes no names
        return {"close_fds": False}
    return {"pass_fds": (handle,)}
