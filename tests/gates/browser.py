"""A page seen in Chromium, through browser.mjs: what it looked like, asked for and said in each state."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_name("browser.mjs")
WIDTHS = (1280, 320)


@dataclass(frozen=True)
class State:
    """How a page was looked at, and what was found."""

    scripts: bool
    width: int
    open: bool
    sideways: int
    """Pixels that the page is wider than its window."""
    headings: int
    """Headings that can be seen."""
    requests: tuple[str, ...]
    console: tuple[str, ...]
    violations: tuple[str, ...]
    undecided: tuple[str, ...]

    def __str__(self) -> str:
        scripts, details = "with" if self.scripts else "without", "open" if self.open else "closed"
        return f"{self.width} px, {scripts} JavaScript, details {details}"


@dataclass(frozen=True)
class Browser:
    """The programs that open a page: node, Chromium, and the folder that holds Playwright and axe-core."""

    node: str
    chromium: str
    modules: Path

    def look(self, page: Path, *, scripts: tuple[bool, ...] = (False, True), audit: bool = False) -> list[State]:
        """The page at each width, its details closed and open; `audit` lets axe-core judge every one."""
        asked = {
            "chromium": self.chromium,
            "modules": str(self.modules),
            "page": str(page),
            "scripts": scripts,
            "widths": WIDTHS,
            "audit": audit,
        }
        done = subprocess.run(
            [self.node, SCRIPT], input=json.dumps(asked), capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stderr
        return [State(**_hashable(state)) for state in json.loads(done.stdout)]


def _hashable(state: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in state.items()}


def told(states: list[State], what: str) -> list[str]:
    """Every finding of one kind with the state it was found in."""
    return [f"{state}: {finding}" for state in states for finding in getattr(state, what)]
