"""A Kolada on this machine: answers as the interface is described, and can be told to misbehave."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Trouble = Callable[[BaseHTTPRequestHandler], None]
_PATH = re.compile(r"/v3/data/kpi/([^/]+)/municipality/([^/]+)/year/([^/]+)")
_MOST_IDS = 25
_MOST_ROWS = 5000


def value(gender: str, number: float | None, status: str = "", *, deleted: bool = False) -> dict[str, object]:
    return {"gender": gender, "count": 1, "status": status, "value": number, "isdeleted": deleted}


def row(kpi: str, municipality: str, period: int, *values: dict[str, object]) -> dict[str, object]:
    return {"kpi": kpi, "municipality": municipality, "period": period, "values": list(values)}


def residents(municipality: str, period: int, women: float, men: float) -> dict[str, object]:
    return row("N01951", municipality, period, value("T", women + men), value("K", women), value("M", men))


@dataclass
class Kolada:
    """What it has, what goes wrong with the next calls (in order), and the calls it has had."""

    rows: list[dict[str, object]] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    page_rows: int = _MOST_ROWS
    calls: list[str] = field(default_factory=list)
    base_url: str = ""

    def page(self, target: str) -> tuple[int, dict[str, object]]:
        """Status and body for a path with its query."""
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        match = _PATH.fullmatch(parts.path)
        if match is None:
            return 404, {"detail": "Not Found"}
        kpis, municipalities, years = (ids.split(",") for ids in match.groups())
        if max(len(kpis), len(municipalities), len(years)) > _MOST_IDS:
            return 400, {"detail": "too many ids"}
        found = [
            one
            for one in self.rows
            if one["kpi"] in kpis and one["municipality"] in municipalities and str(one["period"]) in years
        ]
        size = min(self.page_rows, int(query.get("per_page", ["5000"])[0]))
        number = int(query.get("page", ["1"])[0])
        shown = found[(number - 1) * size : number * size]
        more = f"{self.base_url.removesuffix('/v3')}{parts.path}?page={number + 1}&per_page={size}"
        following = more if number * size < len(found) else None
        return 200, {"values": shown, "count": len(shown), "next_url": following, "previous_url": None}


@contextlib.contextmanager
def running(rows: Iterable[dict[str, object]] = ()) -> Generator[Kolada, None, None]:
    """A Kolada that listens while the block runs."""
    kolada = Kolada(list(rows))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kolada.calls.append(self.path)
            if kolada.troubles:
                kolada.troubles.pop(0)(self)
            else:
                status, content = kolada.page(self.path)
                answer(self, status, json.dumps(content).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    kolada.base_url = f"http://127.0.0.1:{server.server_port}/v3"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield kolada
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def answer(
    call: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: Mapping[str, str] | None = None,
    length: int | None = None,
) -> None:
    call.send_response(status)
    call.send_header("Content-Type", "application/json")
    call.send_header("Content-Length", str(len(body) if length is None else length))
    for name, content in (headers or {}).items():
        call.send_header(name, content)
    call.end_headers()
    with contextlib.suppress(OSError):  # the client may have gone
        call.wfile.write(body)


def saying(status: int, body: bytes = b"{}", headers: Mapping[str, str] | None = None) -> Trouble:
    """A call answered so, once."""
    return lambda call: answer(call, status, body, headers)


def cut_off(body: bytes) -> Trouble:
    """An answer that promises more than it sends."""
    return lambda call: answer(call, 200, body, length=len(body) + 1000)


def silent(until: threading.Event) -> Trouble:
    """No answer before the event."""

    def wait(call: BaseHTTPRequestHandler) -> None:
        until.wait(10)
        answer(call, 200, b'{"values": []}')

    return wait
