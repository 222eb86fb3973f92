"""The template: our own in 16:9, or a user's, whose layouts are found by their names in PowerPoint's words."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zipfile import BadZipFile, ZipFile

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.exc import PackageNotFoundError
from pptx.util import Emu, Inches, Pt

from sheets_pipeline.errors import RenderError

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.placeholder import LayoutPlaceholder
    from pptx.slide import SlideLayout

TITLE, CONTENT = "title", "content"
NAMES = {
    TITLE: ("Rubrikbild", "Title Slide"),
    CONTENT: ("Endast rubrik", "Title Only"),
}
TITLES = {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
LOW = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE}
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
COLOURS = {
    "dk2": "1C2733",
    "lt2": "F4F6F8",
    "accent1": "0072B2",
    "accent2": "767676",
    "accent3": "018571",
    "accent4": "A6611A",
    "accent5": "D55E00",
    "accent6": "56616C",
}
FONT = "Arial"


@dataclass(frozen=True, slots=True)
class Area:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height


def opened(template: bytes | None, language: str) -> Presentation:
    """An empty presentation with the template's layouts; the slides that a template came with are dropped."""
    if template is None:
        return _our_own(language)
    try:
        presentation = pptx.Presentation(io.BytesIO(template))
    except (BadZipFile, KeyError, PackageNotFoundError, ValueError) as error:
        raise RenderError("the template is no PowerPoint presentation", hint="Save it as .pptx.") from error
    slides = presentation.slides._sldIdLst  # noqa: SLF001 - python-pptx has no way of its own to drop a slide
    for entry in list(slides):
        presentation.part.drop_rel(entry.rId)
        slides.remove(entry)
    return presentation


def layout(presentation: Presentation, kind: str) -> SlideLayout:
    """The layout of that kind by its name in either language, and else the first with a title.

    Raises RenderError where no layout has a title.
    """
    titled = [one for one in presentation.slide_layouts if title_of(one) is not None]
    wanted = {name.lower() for name in NAMES[kind]}
    found = next((one for one in titled if one.name.lower() in wanted), next(iter(titled), None))
    if found is None:
        names = ", ".join(one.name for one in presentation.slide_layouts)
        raise RenderError("no layout of the template has a title", hint=f"Its layouts: {names}.")
    return found


def placeholders_of(one: SlideLayout) -> list[LayoutPlaceholder]:
    """A layout's placeholders; python-pptx types them as something that cannot be gone through."""
    return [cast("LayoutPlaceholder", one.placeholders[place]) for place in range(len(one.placeholders))]


def title_of(one: SlideLayout) -> Area | None:
    """Where a layout's title stands, None where it has none."""
    for shape in placeholders_of(one):
        if shape.placeholder_format.type in TITLES:
            return Area(shape.left, shape.top, shape.width, shape.height)
    return None


def room(presentation: Presentation, one: SlideLayout) -> Area:
    """What is free below the title and above the foot of a layout."""
    title = title_of(one) or Area(MARGIN, MARGIN, (presentation.slide_width or WIDTH) - 2 * MARGIN, 0)
    height = presentation.slide_height or HEIGHT
    feet = [
        shape.top
        for shape in placeholders_of(one)
        if shape.placeholder_format.type in LOW and shape.top is not None and shape.top > height // 2
    ]
    bottom = min(feet, default=height - MARGIN)
    gap = Inches(0.1)
    return Area(title.left, title.top + title.height + gap, title.width, bottom - title.top - title.height - 2 * gap)


# ------------------------------------------------------------------------------------------------------------- ours


def _our_own(language: str) -> Presentation:
    """python-pptx's default template in 16:9, with this report's font, colours and places."""
    default = Path(pptx.__file__).with_name("templates") / "default.pptx"
    presentation = pptx.Presentation(io.BytesIO(_coloured(default.read_bytes())))
    presentation.slide_width, presentation.slide_height = WIDTH, HEIGHT
    kept = {names[1]: names[0 if language == "sv" else 1] for names in NAMES.values()}
    for one in list(presentation.slide_layouts):
        if one.name not in kept:
            presentation.slide_layouts.remove(one)
    _place(presentation.slide_master, _content_places())
    for one in presentation.slide_layouts:
        _place(one, _title_places() if one.name == NAMES[TITLE][1] else _content_places())
        one.name = kept[one.name]
    _dress(presentation)
    return presentation


def _coloured(template: bytes) -> bytes:
    """The template with the theme's fonts and colours exchanged."""
    made = io.BytesIO()
    with ZipFile(io.BytesIO(template)) as old, ZipFile(made, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part, _theme(data.decode()).encode() if part.filename.endswith("theme1.xml") else data)
    return made.getvalue()


def _theme(xml: str) -> str:
    for name, colour in COLOURS.items():
        xml = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf'\g<1><a:srgbClr val="{colour}"/>\g<2>', xml, flags=re.DOTALL)
    return re.sub(r'<a:latin typeface="[^"]*"', f'<a:latin typeface="{FONT}"', xml)


Places = dict[PP_PLACEHOLDER, Area]


def _foot() -> Places:
    top, height = HEIGHT - Inches(0.55), Inches(0.35)
    width = WIDTH - 2 * MARGIN
    return {
        PP_PLACEHOLDER.FOOTER: Area(MARGIN, top, width - Inches(1.2), height),
        PP_PLACEHOLDER.SLIDE_NUMBER: Area(WIDTH - MARGIN - Inches(1), top, Inches(1), height),
        PP_PLACEHOLDER.DATE: Area(WIDTH - MARGIN - Inches(1.2), top, Inches(0.2), height),
    }


def _content_places() -> Places:
    width = WIDTH - 2 * MARGIN
    return {
        PP_PLACEHOLDER.TITLE: Area(MARGIN, Inches(0.4), width, Inches(0.95)),
        PP_PLACEHOLDER.BODY: Area(MARGIN, Inches(1.5), width, Inches(5.3)),
        **_foot(),
    }


def _title_places() -> Places:
    width = WIDTH - 2 * MARGIN
    return {
        PP_PLACEHOLDER.CENTER_TITLE: Area(MARGIN, Inches(1.9), width, Inches(1.5)),
        PP_PLACEHOLDER.SUBTITLE: Area(MARGIN, Inches(3.6), width, Inches(2.4)),
        **_foot(),
    }


def _place(owner: object, places: Places) -> None:
    for shape in owner.placeholders:  # type: ignore[attr-defined] # masters and layouts share no typed base
        area = places.get(shape.placeholder_format.type)
        if area:
            shape.left, shape.top, shape.width, shape.height = map(Emu, (area.left, area.top, area.width, area.height))


def _dress(presentation: Presentation) -> None:
    """Everything to the left and flush with what stands below; titles bold and of a size for whole sentences."""
    for style in presentation.slide_master.element.iterfind(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr"):
        style.set("sz", str(Pt(28).centipoints))
        style.set("b", "1")
    for level in presentation.slide_master.element.iterfind(".//{*}titleStyle/{*}lvl1pPr"):
        level.set("algn", "l")
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for shape in owner.placeholders:
            kind = shape.placeholder_format.type
            for inside in shape.element.iterfind(".//{*}bodyPr"):
                inside.set("lIns", "0")
                inside.set("rIns", "0")
                if kind in TITLES:
                    inside.set("anchor", "b")
            for level in shape.element.iterfind(".//{*}lvl1pPr"):
                level.set("algn", "r" if kind == PP_PLACEHOLDER.SLIDE_NUMBER else "l")
