"""The far end of a `Reader`: runs one function after another under limits, until its parent is done."""

from __future__ import annotations

import gc
import importlib
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection
from typing import Any

from sheets_pipeline.errors import DeliveryError, SheetsPipelineError
from sheets_pipeline.model.file_codes import refusal

_REASON = 200
_RARELY = 50_000  # a workbook's rows are thousands of lists without a cycle among them: not worth a search each time


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one payload: a result, a refusal of that file (`code`), or an error that stops the run."""

    result: Any = None
    code: str = ""
    message: str = ""
    hint: str = ""
    params: dict[str, object] = field(default_factory=dict)
    exit_code: int = 0

    def outcome(self) -> Any:  # noqa: ANN401 - whatever the function returned
        """The result or, as a value, the refusal; raises what stops the run."""
        if self.exit_code:
            stop = SheetsPipelineError(self.message, hint=self.hint)
            stop.exit_code = self.exit_code
            raise stop
        if not self.code:
            return self.result
        error = DeliveryError(self.code, self.message, **self.params)
        error.hint = self.hint
        return error


def serve(handle: int, *, memory_mb: int, cpu_seconds: int) -> None:
    """Answer until the parent closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupted run does with its readers
    channel = _channel(handle)
    _limit_memory(memory_mb)
    gc.set_threshold(_RARELY)
    while True:
        try:
            message = channel.recv_bytes()
        except (EOFError, OSError):
            return
        _allow_computing(cpu_seconds)
        reply = _reply(message, memory_mb)
        del message
        channel.send_bytes(reply)


def _reply(message: bytes, memory_mb: int) -> bytes:
    try:
        function, payload = pickle.loads(message)  # noqa: S301 - the parent wrote it
        answer = Answer(_function(function)(payload))
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except DeliveryError as error:
        answer = Answer(code=error.code, message=error.message, hint=error.hint, params=error.params)
    except SheetsPipelineError as error:
        answer = Answer(message=error.message, hint=error.hint, exit_code=error.exit_code)
    except MemoryError:
        answer = _refused(refusal("READER_MEMORY", limit=memory_mb))
    except BaseException as error:  # noqa: BLE001 - panics of other languages' readers are no Exceptions
        reason = f"{type(error).__name__}: {error}"[:_REASON]
        answer = _refused(refusal("READER_FAILED", reason=reason), detail=traceback.format_exc())
    return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)


def _refused(error: DeliveryError, **more: object) -> Answer:
    return Answer(code=error.code, message=error.message, hint=error.hint, params={**error.params, **more})


@cache
def _function(path: str) -> Callable[[object], object]:
    """`package.module:function`, imported once."""
    module, _, name = path.partition(":")
    found: Callable[[object], object] = getattr(importlib.import_module(module), name)
    return found


def _channel(handle: int) -> Connection:
    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection

        return PipeConnection(handle)
    return Connection(handle)


def _limit_memory(megabytes: int) -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":
            size = megabytes * 1_048_576
            resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _allow_computing(seconds: int) -> None:
    """The limit counts from the process's start, so it moves on with each file."""
    if sys.platform != "win32":
        import resource

        usage = resource.getrusage(resource.RUSAGE_SELF)
        limit = int(usage.ru_utime + usage.ru_stime) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
