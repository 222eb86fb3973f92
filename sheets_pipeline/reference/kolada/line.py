"""One question to Kolada over HTTP and its answer as JSON, with patience that ends."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import requests

from sheets_pipeline.errors import ServiceError

_BUSY = 429
_SERVER = 500
_GONE = 410
_OK = 200
_LONGEST_WAIT = 60.0
_PIECE = 512
_AGENT = "sheets-pipeline"
_TRY_LATER = "Try again later. What was fetched before still stands."
_ADDRESS = "Look at base_url under [kolada] in config/settings.toml."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How patiently Kolada is asked: seconds to connect, of silence, and for a whole answer; tries; megabytes.

    Only 429 and 5xx are asked again, after a wait that doubles and is drawn at random up to that (full jitter), or that
    the answer names itself.
    """

    connect_seconds: float = 10
    read_seconds: float = 60
    answer_seconds: float = 300
    tries: int = 6
    first_wait: float = 1
    most_bytes: int = 50_000_000
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.SystemRandom().random

    def ask(self, session: requests.Session, url: str) -> Any:  # noqa: ANN401 - JSON is anything
        """The answer, numbers with decimals as Decimal. Raises ServiceError, and says whether to try again later."""
        status, wished = 0, ""
        for number in range(self.tries):
            if number:
                self.sleep(self._wait(number, wished))
            status, body, wished = self._once(session, url)
            if status == _OK:
                return _read(url, body)
            if status != _BUSY and status < _SERVER:
                raise _refused(url, status)
        message = f"Kolada is too busy: {self.tries} tries, the last answered {status}: {url}"
        raise ServiceError(message, retryable=True, hint=_TRY_LATER)

    def _wait(self, number: int, wished: str) -> float:
        drawn = self.chance() * self.first_wait * 2.0 ** (number - 1)
        return min(_LONGEST_WAIT, max(drawn, float(wished) if wished.isdecimal() else 0.0))

    def _once(self, session: requests.Session, url: str) -> tuple[int, bytes, str]:
        """Status, body and `Retry-After` of one call; redirects are not followed."""
        timeout = (self.connect_seconds, self.read_seconds)
        headers = {"Accept": "application/json", "User-Agent": _AGENT}
        try:
            with session.get(url, timeout=timeout, headers=headers, stream=True, allow_redirects=False) as answer:
                body = self._body(url, answer) if answer.status_code == _OK else b""
                return answer.status_code, body, answer.headers.get("Retry-After", "")
        except requests.RequestException as error:
            message = f"Kolada could not be reached, or broke off: {url} ({type(error).__name__})"
            raise ServiceError(message, retryable=True, hint=_TRY_LATER) from error

    def _body(self, url: str, answer: requests.Response) -> bytes:
        """The whole body; one that drips or never ends is given up."""
        started, body = self.clock(), bytearray()
        for piece in answer.iter_content(_PIECE):
            body += piece
            if self.clock() - started > self.answer_seconds:
                message = f"Kolada was too slow to answer: {url}"
                raise ServiceError(message, retryable=True, hint=_TRY_LATER)
            if len(body) > self.most_bytes:
                message = f"Kolada answered with more than {self.most_bytes:,} bytes: {url}"
                raise ServiceError(message, retryable=False, hint=_ADDRESS)
        return bytes(body)


def _read(url: str, body: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return json.loads(body, parse_float=Decimal)
    except ValueError as error:
        what = "a web page" if body.lstrip()[:1] == b"<" else "something that is not whole JSON"
        message = f"Kolada answered with {what}: {url}"
        raise ServiceError(message, retryable=True, hint=f"{_TRY_LATER} {_ADDRESS}") from error


def _refused(url: str, status: int) -> ServiceError:
    if status == _GONE:
        return ServiceError(f"this version of Kolada's interface is closed: {url}", retryable=False, hint=_ADDRESS)
    return ServiceError(f"Kolada answered {status}: {url}", retryable=False, hint=_ADDRESS)
