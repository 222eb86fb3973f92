"""Asking Kolada: what comes back, and what is done when it does not."""

from __future__ import annotations

import json
import threading
from collections.abc import Generator
from decimal import Decimal
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from sheets_pipeline.errors import ServiceError
from sheets_pipeline.model.key_figures import KeyFigure
from sheets_pipeline.reference.kolada.client import Asked, fetch
from sheets_pipeline.reference.kolada.completeness import missing
from sheets_pipeline.reference.kolada.kpis import chosen_kpis
from sheets_pipeline.reference.kolada.line import Line
from tests.reference.kolada_server import Kolada, cut_off, residents, row, running, saying, silent, value

ASKED = Asked(("N01951", "N02267"), ("0114", "0115"), (2024, 2025))


@pytest.fixture
def kolada(monkeypatch: pytest.MonkeyPatch) -> Generator[Kolada, None, None]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running([residents("0114", 2024, 23000.0, 24000.0), residents("0114", 2025, 23100.0, 24100.0)]) as one:
        yield one


class Patience:
    """A line that notes its waits instead of waiting."""

    def __init__(self, **settings: object) -> None:
        self.waits: list[float] = []
        self.line = Line(sleep=self.waits.append, chance=lambda: 1.0, **settings)  # type: ignore[arg-type]


def values(figures: tuple[KeyFigure, ...]) -> dict[tuple[str, str, int, str], Decimal | None]:
    return {(one.kpi, one.municipality, one.period, one.gender): one.value for one in figures}


def test_figures_by_sex_and_year(kolada: Kolada) -> None:
    found = values(fetch(kolada.base_url, ASKED))

    assert found["N01951", "0114", 2025, "K"] == 23100
    assert found["N01951", "0114", 2024, "T"] == 47000
    assert len(found) == 6


def test_decimals_come_as_they_are_written(kolada: Kolada) -> None:
    kolada.rows = [row("N02267", "0114", 2025, value("K", 78.10), value("M", 81.3))]

    assert values(fetch(kolada.base_url, ASKED))["N02267", "0114", 2025, "K"] == Decimal("78.1")


def test_every_page_is_read(kolada: Kolada) -> None:
    kolada.rows = [residents(code, year, 1.0, 2.0) for code in ("0114", "0115") for year in (2024, 2025)]
    kolada.page_rows = 3

    assert len(fetch(kolada.base_url, ASKED)) == 12
    assert len(kolada.calls) == 2


def test_never_more_than_25_ids_in_a_call(kolada: Kolada) -> None:
    codes = tuple(f"{number:04}" for number in range(101, 161))
    kpis = tuple(f"N{number:05}" for number in range(30))
    kolada.rows = [row(kpi, code, 2025, value("T", 1.0)) for kpi in kpis for code in codes]

    assert len(fetch(kolada.base_url, Asked(kpis, codes, (2025,)))) == len(codes) * len(kpis)
    for call in kolada.calls:
        _, _, _, _, kpi_ids, _, municipality_ids, _, _ = urlsplit(call).path.split("/")
        assert max(len(kpi_ids.split(",")), len(municipality_ids.split(","))) <= 25
    assert len(kolada.calls) == 6


def test_what_was_not_asked_for_is_not_taken(kolada: Kolada) -> None:
    stray = {"values": [residents("0180", 2025, 1.0, 2.0), residents("0114", 1999, 1.0, 2.0)], "next_url": None}
    kolada.troubles = [saying(200, json.dumps(stray).encode())]

    assert fetch(kolada.base_url, ASKED) == ()


def test_a_value_that_kolada_has_withdrawn_is_none(kolada: Kolada) -> None:
    kolada.rows = [row("N01951", "0114", 2025, value("T", 5.0, deleted=True))]

    (found,) = fetch(kolada.base_url, ASKED)
    assert (found.value, found.status) == (None, "deleted")


def test_each_figure_is_there_or_said_to_be_missing(kolada: Kolada) -> None:
    asked = Asked(("N01951", "N02267", "N00905"), ("0114", "0115", "0117"), (2024, 2025))
    kolada.rows += [
        row("N02267", "0114", 2025, value("T", None, "Missing")),
        row("N00905", "0114", 2024, value("T", 1.0), value("K", 1.0), value("M", None, "Privacy")),
        row("N00905", "0114", 2025, value("T", 1.0), value("K", None, "Privacy"), value("M", 1.0)),
        row("N00905", "0117", 2025, value("T", 1.0), value("K", 1.0), value("M", 1.0)),
    ]

    gaps = {
        (one.kpi, one.municipality): (one.reason, one.status) for one in missing(asked, fetch(kolada.base_url, asked))
    }
    assert gaps == {
        ("N01951", "0115"): ("no_answer", ""),
        ("N01951", "0117"): ("no_answer", ""),
        ("N02267", "0114"): ("no_value", "Missing"),
        ("N02267", "0115"): ("no_answer", ""),
        ("N02267", "0117"): ("no_answer", ""),
        ("N00905", "0114"): ("not_by_sex", "Privacy"),
        ("N00905", "0115"): ("no_answer", ""),
    }


def test_a_region_lacks_nothing_that_only_municipalities_have() -> None:
    only_municipalities = next(one.id for one in chosen_kpis().values() if one.municipality_type == "K")
    gaps = missing(Asked((only_municipalities, "N01951"), ("0014", "0114"), (2025,)), ())

    assert {(one.kpi, one.municipality) for one in gaps} == {
        (only_municipalities, "0114"),
        ("N01951", "0014"),
        ("N01951", "0114"),
    }


def test_a_busy_kolada_is_asked_again_with_growing_waits(kolada: Kolada) -> None:
    patience = Patience()
    kolada.troubles = [saying(429), saying(503), saying(500), saying(429, headers={"Retry-After": "20"})]

    assert len(fetch(kolada.base_url, ASKED, patience.line)) == 6
    assert patience.waits == [1, 2, 4, 20]


def test_waits_are_drawn_and_never_longer_than_a_minute(kolada: Kolada) -> None:
    waits: list[float] = []
    draws = iter((0.5, 0.25, 0.0, 0.0))
    kolada.troubles = [saying(500), saying(500), saying(500), saying(429, headers={"Retry-After": "86400"})]
    fetch(kolada.base_url, ASKED, Line(sleep=waits.append, chance=lambda: next(draws)))

    assert waits == [0.5, 0.5, 0, 60]


def test_six_tries_and_no_more(kolada: Kolada) -> None:
    patience = Patience()
    kolada.troubles = [saying(500) for _ in range(6)]

    with pytest.raises(ServiceError, match="6 tries, the last answered 500") as told:
        fetch(kolada.base_url, ASKED, patience.line)
    assert told.value.retryable
    assert (len(kolada.calls), len(patience.waits)) == (6, 5)


@pytest.mark.parametrize("status", [301, 400, 404, 410])
def test_other_answers_are_not_asked_for_again(kolada: Kolada, status: int) -> None:
    patience = Patience()
    kolada.troubles = [saying(status, headers={"Location": "http://example.org/v4"})]

    with pytest.raises(ServiceError) as told:
        fetch(kolada.base_url, ASKED, patience.line)
    assert not told.value.retryable
    assert "base_url" in told.value.hint
    assert (len(kolada.calls), patience.waits) == (1, [])


@pytest.mark.parametrize("body", [b'{"values": [{"kpi": "N019', b"", b"\xff\xfe"])
def test_json_that_is_cut_short_is_said(kolada: Kolada, body: bytes) -> None:
    kolada.troubles = [saying(200, body)]

    with pytest.raises(ServiceError, match="not whole JSON"):
        fetch(kolada.base_url, ASKED)


def test_an_answer_that_breaks_off_is_said(kolada: Kolada) -> None:
    kolada.troubles = [cut_off(b'{"values": [')]

    with pytest.raises(ServiceError, match="broke off") as told:
        fetch(kolada.base_url, ASKED)
    assert told.value.retryable


def test_a_web_page_is_no_answer(kolada: Kolada) -> None:
    kolada.troubles = [saying(200, b"<!doctype html><h1>Underh\xc3\xa5ll</h1>")]

    with pytest.raises(ServiceError, match="a web page"):
        fetch(kolada.base_url, ASKED)


def test_a_silent_kolada_is_given_up(kolada: Kolada) -> None:
    done = threading.Event()
    kolada.troubles = [silent(done)]

    with pytest.raises(ServiceError, match="could not be reached") as told:
        fetch(kolada.base_url, ASKED, Line(read_seconds=0.1))
    done.set()
    assert told.value.retryable


def test_an_answer_that_drips_is_given_up(kolada: Kolada) -> None:
    minutes = (60.0 * number for number in count())

    with pytest.raises(ServiceError, match="too slow"):
        fetch(
            kolada.base_url,
            Asked(("N01951",) * 2, ("0114",), (2024, 2025)),
            Line(clock=lambda: next(minutes), answer_seconds=30),
        )


def test_an_answer_without_end_is_given_up(kolada: Kolada) -> None:
    with pytest.raises(ServiceError, match="more than 100 bytes"):
        fetch(kolada.base_url, ASKED, Line(most_bytes=100))


@pytest.mark.parametrize("elsewhere", ["http://example.org/v3/data", "//example.org/v3", "http://127.0.0.1:1/v3/data"])
def test_another_server_is_never_asked(kolada: Kolada, elsewhere: str) -> None:
    kolada.troubles = [saying(200, json.dumps({"values": [], "next_url": elsewhere}).encode())]

    with pytest.raises(ServiceError, match="another server"):
        fetch(kolada.base_url, ASKED)
    assert len(kolada.calls) == 1


def test_pages_in_a_circle_are_left(kolada: Kolada) -> None:
    circle = json.dumps({"values": [], "next_url": f"{kolada.base_url}/data?page=2"}).encode()
    kolada.troubles = [saying(200, circle), saying(200, circle)]

    with pytest.raises(ServiceError, match="never end"):
        fetch(kolada.base_url, ASKED)
    assert len(kolada.calls) == 2


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ([], "no page of values"),
        ({"detail": "hej"}, "no list of values"),
        ({"values": [{"kpi": "N01951"}]}, "row 1 lacks 'values'"),
        ({"values": [row("X1", "0114", 2025, value("T", 1.0))]}, "'X1' is no key figure"),
        ({"values": [row("N01951", "0114", 20, value("T", 1.0))]}, "'20' is no year"),
        ({"values": [row("N01951", "0114", 2025, value("F", 1.0))]}, "gender 'F'"),
        ({"values": [{**row("N01951", "0114", 2025, value("T", 1.0)), "municipality": 114}]}, "114 is no municipality"),
        ({"values": [row("N01951", "0114", 2025, {"gender": "T", "value": "12"})]}, "'12' is no number"),
        ({"values": [row("N01951", "0114", 2025, {"gender": "T", "value": float("nan")})]}, "is no number"),
    ],
)
def test_another_shape_than_the_described_is_refused_and_said(kolada: Kolada, content: object, what: str) -> None:
    kolada.troubles = [saying(200, json.dumps(content).encode())]

    with pytest.raises(ServiceError, match="not as described") as told:
        fetch(kolada.base_url, ASKED)
    assert what in told.value.message


def test_without_a_network_it_is_said(kolada: Kolada) -> None:
    with pytest.raises(ServiceError, match="could not be reached") as told:
        fetch("http://127.0.0.1:1/v3", ASKED)
    assert told.value.retryable
    assert kolada.calls == []


def test_a_line_waits_10_seconds_for_a_connection_and_60_in_silence(
    kolada: Kolada, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    get = requests.Session.get

    def noted(self: requests.Session, url: str, **options: object) -> requests.Response:
        seen.append(options["timeout"])
        return get(self, url, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(requests.Session, "get", noted)
    fetch(kolada.base_url, ASKED)

    assert seen == [(10, 60)]


def test_the_chosen_key_figures_are_whole(root: Path) -> None:
    chosen = chosen_kpis()
    assert len(chosen) == 63
    assert {"N01951", "N01982", "N02267", "N00905"} <= {name for name, one in chosen.items() if one.by_sex}
    forms = "".join(path.read_text(encoding="utf-8") for path in (root / "workbook_templates").glob("*/form.yaml"))
    assert {word.split()[0] for word in forms.split("prefill: kolada.")[1:]} - {"year"} <= set(chosen)
