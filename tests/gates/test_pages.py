"""The page in a browser, with and without JavaScript, on a desk and on a small telephone, folded and unfolded."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable
from functools import cache
from pathlib import Path
from time import perf_counter

import pytest

from sheets_pipeline.reports.html import render_html
from tests.gates.browser import Browser, State, told
from tests.gates.extremes import EXTREMES, LARGE, MIDDLING, SMALL

Look = Callable[[str], list[State]]
OPENED = [*SMALL, *MIDDLING, *LARGE]


def pages(names: Iterable[str], always: Container[str]) -> list[object]:
    """The names as parameters; those not in `always` take too long for `make test`."""
    slow = pytest.mark.check_reports
    return [pytest.param(name, marks=() if name in always else slow, id=name) for name in names]


@pytest.fixture(scope="module")
def seen(browser: Browser, page: Callable[[str], Path]) -> Look:
    """What happens when a page is opened."""
    return cache(lambda name: browser.look(page(name)))


@pytest.mark.parametrize("name", pages(OPENED, {*SMALL, *MIDDLING}))
def test_a_page_asks_the_network_for_nothing(seen: Look, name: str) -> None:
    assert told(seen(name), "requests") == []


@pytest.mark.parametrize("name", pages(OPENED, {*SMALL, *MIDDLING}))
def test_the_console_stays_empty(seen: Look, name: str) -> None:
    assert told(seen(name), "console") == []


@pytest.mark.parametrize("name", pages(OPENED, {*SMALL, *MIDDLING}))
def test_nobody_has_to_scroll_sideways(seen: Look, name: str) -> None:
    assert [str(state) for state in seen(name) if state.sideways > 0] == []


@pytest.mark.parametrize("name", pages(OPENED, SMALL))
def test_axe_finds_nothing_and_leaves_nothing_undecided(
    browser: Browser, page: Callable[[str], Path], name: str
) -> None:
    states = browser.look(page(name), audit=True)
    assert len(states) == 8
    assert told(states, "violations") == []
    assert told(states, "undecided") == []


@pytest.mark.check_reports
def test_the_pages_of_the_demo(browser: Browser, demo: Path) -> None:
    found = sorted(demo.rglob("*.html"))
    assert found
    for path in found:
        states = browser.look(path, audit=True)
        for what in ("requests", "console", "violations", "undecided"):
            assert told(states, what) == [], path.name
        assert [str(state) for state in states if state.sideways > 0] == [], path.name


@pytest.mark.check_reports
def test_three_hundred_organisations_are_shown(
    browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """How large the page is, and how long it took to make and to open eight ways, is told; nothing hangs on it."""
    path, started = tmp_path / "three-hundred.html", perf_counter()
    path.write_text(render_html(EXTREMES["three-hundred"].document()), encoding="utf-8")
    made = perf_counter()
    states = browser.look(path)
    opened = perf_counter()
    with capsys.disabled():
        sys.stdout.write(f"\n300 organisations: {path.stat().st_size / 2**20:.1f} MB, made in {made - started:.1f} s, ")
        sys.stdout.write(f"opened in {len(states)} states in {opened - made:.1f} s\n")
    assert all(state.headings > 300 for state in states)
    assert told(states, "requests") == told(states, "console") == []
    assert [str(state) for state in states if state.sideways > 0] == []


BAD = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>Rapport</title></head><body>
<main id="m"><h1>Rapport</h1><div style="width: 2000px; color: #999">Blek text</div>
<details><summary>Mer</summary><img src="picture.png"></details>
<style>button { display: none } @media (scripting: none) { button { display: inline } }</style><button></button>
<script>console.error("oj"); document.querySelector("h1").insertAdjacentHTML("afterend", "<img src='data:,'>")</script>
</main></body></html>"""


def test_what_is_wrong_with_a_page_is_found_in_the_state_it_is_wrong_in(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "bad.html"
    path.write_text(BAD, encoding="utf-8")
    states = browser.look(path, audit=True)

    def rules(*, scripts: bool, opened: bool) -> set[str]:
        return {
            violation.partition(":")[0]
            for state in states
            if (state.scripts, state.open) == (scripts, opened)
            for violation in state.violations
        }

    assert all(state.sideways > 0 for state in states)
    assert all("picture.png" in request for state in states for request in state.requests)
    assert {state.scripts for state in states if any("oj" in line for line in state.console)} == {True}
    assert rules(scripts=True, opened=False) == {"color-contrast", "image-alt"}
    assert rules(scripts=False, opened=False) == {"color-contrast", "button-name"}
    assert rules(scripts=False, opened=True) == {"color-contrast", "button-name", "image-alt"}


def test_there_is_nothing_that_axe_passes_over(page: Callable[[str], Path]) -> None:
    assert "<noscript" not in page("three").read_text(encoding="utf-8")
