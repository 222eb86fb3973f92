"""Colours and fonts as tokens; a test holds every theme to 4.5:1 for text and 3:1 for graphics."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What a house style may change. `steps` are the four steps of the scale, lowest first.

    Before and after differ by shape as well as colour, lines by dash, and every step has its number printed, so that
    nothing is said by colour alone. No red, yellow and green; no blue and pink.
    """

    paper: str = "#ffffff"
    ink: str = "#1c2733"
    quiet: str = "#56616c"
    rule: str = "#d5dbe1"
    wash: str = "#f4f6f8"
    accent: str = "#00558a"
    later: str = "#0072b2"
    fallen: str = "#d55e00"
    earlier: str = "#767676"
    steps: tuple[str, str, str, str] = ("#a6611a", "#dfc27d", "#80cdc1", "#018571")
    on_steps: tuple[str, str, str, str] = ("#ffffff", "#1c2733", "#1c2733", "#ffffff")
    raised: tuple[str, str] = ("#cfe3f2", "#8fc1e3")
    lowered: tuple[str, str] = ("#fbe0cc", "#f3b48a")
    level: str = "#eef1f4"
    font: str = "'Segoe UI', 'Source Sans 3', 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif"

    def step(self, index: int, count: int) -> tuple[str, str]:
        """(fill, text colour) of a step counted from zero on a scale of `count` steps; three skip the third colour."""
        place = _PLACES.get(count, tuple(range(len(self.steps))))[index]
        return self.steps[place], self.on_steps[place]

    def move(self, index: int) -> tuple[str, str]:
        """(fill, text colour) of fell, unchanged and rose."""
        return (self.lowered[1], self.level, self.raised[1])[index], self.ink


_PLACES = {3: (0, 1, 3)}
CALM = Theme()
