"""Pictures that can be read: no text on another, nothing outside, and enough contrast."""

from __future__ import annotations

from itertools import product
from xml.etree import ElementTree as ET

import pytest

from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.charts.draw import scene, svg
from sheets_pipeline.reports.charts.scene import Scene
from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import Bone, Chart, EffortEffect, Figure, Fishbone, MatrixPoint
from tests.reports.rounds import Wish, a_round, fallen, unmoved
from tests.reports.test_document import blocks_of

LONG = "Södra Skogsbygdens kommunalförbund nummer"

WISHES = {
    "one": Wish(count=1),
    "three": Wish(count=3),
    "twelve": Wish(),
    "sixty": Wish(count=60),
    "nobody moved": Wish(move=unmoved),
    "everybody fell": Wish(move=fallen),
    "one without a second point": Wish(lacking=1),
    "names of forty characters": Wish(name=lambda n: f"{LONG} {n}"[:43]),
    "a name without a space": Wish(name=lambda n: "Jämställdhetsintegreringskommunalförbundet" + str(n)),
    "statements of 3,000 characters": Wish(count=3, statement="Fullmäktige har ett gällande beslut. " * 81),
}


def charts(wish: Wish) -> list[Chart]:
    return [block for block in blocks_of(build(a_round(wish), "sv")) if isinstance(block, Chart)]


def touching(drawn: Scene) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes overlap in the widest likely font."""
    found = []
    ordered = sorted(drawn.words, key=lambda words: words.box[1])
    for place, one in enumerate(ordered):
        left, _, right, bottom = one.box
        for other in ordered[place + 1 :]:
            left2, top2, right2, _ = other.box
            if top2 >= bottom - 0.5:
                break
            if left < right2 - 0.5 and left2 < right - 0.5:
                found.append((one.text, other.text))
    return found


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES.keys())
def test_no_text_stands_on_another_or_outside_the_picture(wish: Wish) -> None:
    for chart in charts(wish):
        drawn = scene(chart.figure)
        assert touching(drawn) == []
        for words in drawn.words:
            left, top, right, bottom = words.box
            assert left >= -1, words
            assert right <= drawn.width + 1, words
            assert top >= -1, words
            assert bottom <= drawn.height + 1, words


MATRIX = EffortEffect(
    tuple(MatrixPoint(str(n), 1 + n % 5, 1 + n * 3 % 5, chosen=n % 4 == 0) for n in range(1, 60)),
    "Insats (1 liten – 5 stor)",
    "Effekt (1 liten – 5 stor)",
    ("Gör nu", "Planera", "Om tid finns", "Avstå"),
    "Vi testar den här",
)
FISHBONE = Fishbone(
    "Kvinnor väntar längre än män på färdtjänst, särskilt kvällar och helger",
    tuple(
        Bone(f"Arbetssätt {n}", ("Beställningen frågar inte efter behov", "Ingen följer upp väntetiden"))
        for n in range(7)
    ),
)


@pytest.mark.parametrize("figure", [MATRIX, FISHBONE], ids=["matrix", "fishbone"])
def test_matrix_and_fishbone_can_be_read(figure: Figure) -> None:
    drawn = scene(figure)
    assert touching(drawn) == []
    assert all(words.box[2] <= drawn.width and words.box[3] <= drawn.height for words in drawn.words)


def test_a_picture_says_what_it_shows_to_those_who_do_not_see_it() -> None:
    for chart in charts(Wish()):
        root = ET.fromstring(svg(chart, "sv"))  # noqa: S314 - our own
        named = {child.tag.rpartition("}")[2]: child for child in root}
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{named['title'].get('id')} {named['desc'].get('id')}"
        assert (named["title"].text, named["desc"].text) == (chart.title, chart.description)


def test_the_same_chart_is_the_same_bytes() -> None:
    assert [svg(chart, "sv") for chart in charts(Wish())] == [svg(chart, "sv") for chart in charts(Wish())]


def test_fallen_differs_from_risen_by_shape_as_well_as_colour() -> None:
    chart = next(chart for chart in charts(Wish()) if chart.anchor.startswith("organisations-items"))
    assert "<path" in svg(chart, "sv")


# ------------------------------------------------------------------------------------------------------- contrast


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def texts(theme: Theme) -> list[tuple[str, str]]:
    shades = (*theme.raised, *theme.lowered, theme.level, theme.paper)
    return [
        *product((theme.ink, theme.quiet, theme.accent), (theme.paper, theme.wash)),
        *((theme.ink, shade) for shade in shades),
        *zip(theme.on_steps, theme.steps, strict=True),
    ]


@pytest.mark.parametrize("theme", [CALM], ids=["calm"])
def test_text_has_four_and_a_half_to_one(theme: Theme) -> None:
    assert [pair for pair in texts(theme) if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("theme", [CALM], ids=["calm"])
def test_graphics_have_three_to_one_by_their_fill_or_their_outline(theme: Theme) -> None:
    drawn = (theme.later, theme.fallen, theme.earlier, theme.accent, theme.ink)
    assert [colour for colour in drawn if contrast(colour, theme.paper) < 3] == []
    outlined = (*theme.steps, *theme.raised, *theme.lowered, theme.level)
    assert [fill for fill in outlined if max(contrast(fill, theme.paper), contrast(theme.ink, theme.paper)) < 3] == []
