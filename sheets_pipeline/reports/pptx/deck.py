"""The presentation being made: slides with a real title, what stands on them, a foot, and notes for the speaker."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu, Inches, Pt

from sheets_pipeline import texts
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import Document
from sheets_pipeline.reports.office import clean
from sheets_pipeline.reports.pptx import fitting
from sheets_pipeline.reports.pptx.fitting import Said
from sheets_pipeline.reports.pptx.house import CONTENT, TITLE, TITLES, Area, layout, placeholders_of, room
from sheets_pipeline.reports.pptx.runs import add_run, write

if TYPE_CHECKING:
    from pptx.presentation import Presentation
    from pptx.shapes.autoshape import Shape
    from pptx.slide import Slide
    from pptx.util import Length

CONTEXT = "slides"
USUAL_TITLE = 28.0
LEAD_SIZES = (18.0, 16.0, 14.0, 12.0)
SMALL = 11.0
SOURCE_SIZES = (11.0, 10.0, 9.0)
SOURCE_ROOM = 2 * SMALL * fitting.LINE + SMALL
LEAD, MOST_LEAD = 0.28, 0.45
GAP = Inches(0.12)


class Deck:
    """One document's slides in one template and theme."""

    def __init__(self, presentation: Presentation, document: Document, theme: Theme) -> None:
        self.presentation = presentation
        self.document = document
        self.language = document.language
        self.theme = theme
        self.area = room(presentation, layout(presentation, CONTENT))
        self._titles: set[str] = set()

    def say(self, msgid: str, **params: object) -> str:
        """A text of the presentation's own."""
        return texts.text(msgid, self.language, context=CONTEXT, **params)

    # ------------------------------------------------------------------------------------------------------ slides

    def slide(self, title: str, notes: Iterable[str] = (), *, kind: str = CONTENT) -> Slide:
        """A new slide with its title, foot and notes; a title that was used before gets a number."""
        used = layout(self.presentation, kind)
        slide: Slide = self.presentation.slides.add_slide(used)
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type in TITLES:
                self._title(shape, self._once(title))
            elif shape.placeholder_format.type != PP_PLACEHOLDER.SUBTITLE or kind != TITLE:
                shape.element.getparent().remove(shape.element)
        self._notes(slide, notes)
        return slide

    def _once(self, title: str) -> str:
        wanted, number = title, 1
        while wanted in self._titles:
            number += 1
            wanted = f"{title} ({number})"
        self._titles.add(wanted)
        return wanted

    def _title(self, shape: Shape, title: str) -> None:
        frame = shape.text_frame
        usual = _inherited_size(shape) or USUAL_TITLE
        place = (fitting.points(shape.width) - 16, fitting.points(shape.height) - 8)
        size = fitting.title_size(title, place, usual)
        add_run(frame.paragraphs[0], title, self.language, size=None if size == usual else size)

    def close(self, slide: Slide) -> None:
        """Foot and number come last, as they are read last."""
        used = slide.slide_layout
        found = {shape.placeholder_format.type: shape for shape in placeholders_of(used)}
        for kind, fallback in (
            (PP_PLACEHOLDER.FOOTER, self._foot_left),
            (PP_PLACEHOLDER.SLIDE_NUMBER, self._foot_right),
        ):
            if kind in found:
                slide.shapes.clone_placeholder(found[kind])
                shape = cast("Shape", slide.shapes[-1])
            else:
                shape = slide.shapes.add_textbox(*fallback())
            if kind == PP_PLACEHOLDER.FOOTER:
                self._foot(shape)
            else:
                self._number(shape, len(self.presentation.slides))

    def _foot_left(self) -> tuple[Length, Length, Length, Length]:
        area = self.area
        return Emu(area.left), Emu(area.bottom + GAP), Emu(area.width - Inches(1.2)), Inches(0.35)

    def _foot_right(self) -> tuple[Length, Length, Length, Length]:
        area = self.area
        return Emu(area.left + area.width - Inches(1)), Emu(area.bottom + GAP), Inches(1), Inches(0.35)

    def _foot(self, shape: Shape) -> None:
        paragraph = shape.text_frame.paragraphs[0]
        document = self.document
        if document.draft:
            mark = self.say("{standing}: do not spread", standing=document.standing.upper())
            add_run(paragraph, f"{mark} · ", self.language, size=SMALL, bold=True, colour=self.theme.ink)
        words = f"{document.title} · {document.audience} · {document.dated}"
        add_run(paragraph, words, self.language, size=SMALL, colour=self.theme.quiet)

    def _number(self, shape: Shape, number: int) -> None:
        run = add_run(shape.text_frame.paragraphs[0], str(number), self.language, size=SMALL, colour=self.theme.quiet)
        field = run._r  # noqa: SLF001 - python-pptx has no fields: a run becomes one by its tag and its type
        field.tag = field.tag.replace("}r", "}fld")
        field.set("id", "{C1FF6DA9-008F-8B48-92A6-B652298478BF}")
        field.set("type", "slidenum")

    def _notes(self, slide: Slide, notes: Iterable[str]) -> None:
        frame = slide.notes_slide.notes_text_frame
        if frame is None:
            return
        for number, note in enumerate(dict.fromkeys(note for note in (*notes, self._standing()) if note)):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            add_run(paragraph, note, self.language)

    def _standing(self) -> str:
        document = self.document
        return self.say(
            "Source: the organisations' own answers, compiled {day}. {audience}. {standing}.",
            day=document.dated,
            audience=document.audience,
            standing=document.standing,
        )

    # ------------------------------------------------------------------------------------------------------- parts

    def words(self, slide: Slide, said: Sequence[Said], area: Area, size: float) -> None:
        """Paragraphs in a box of their own."""
        box = slide.shapes.add_textbox(Emu(area.left), Emu(area.top), Emu(area.width), Emu(area.height))
        box.name = self.say("Text")
        write(box.text_frame, said, self.language, size, self.theme)

    def lead(self, slide: Slide, said: Sequence[Said]) -> Area:
        """Sentences above what they speak of; returns the room that is left under them."""
        left, size = self.under(said)
        if said:
            width, height = fitting.points(self.area.width), fitting.points(left.top - self.area.top)
            shown = next(fitting.pages(said, (width, height), size))
            self.words(slide, shown, Area(left.left, self.area.top, left.width, left.top - self.area.top - GAP), size)
        return left

    def under(self, said: Sequence[Said]) -> tuple[Area, float]:
        """The room under these sentences and the size they are set in: a quarter of it, or what they need."""
        area = self.area
        if not said:
            return area, LEAD_SIZES[0]
        width, room = fitting.points(area.width), fitting.points(area.height)
        size = fitting.largest(said, (width, room * LEAD), LEAD_SIZES) or LEAD_SIZES[-1]
        height = int(Pt(min(fitting.heights(said, width, size), room * MOST_LEAD))) + GAP
        return Area(area.left, area.top + height, area.width, area.height - height), size

    def source(self, slide: Slide, text: str) -> None:
        """Where the numbers come from, a line or two in small type at the bottom of the room."""
        area, above = self.area, self.above_source(self.area, text)
        height = area.height - above.height - GAP
        size = fitting.largest([Said(text)], (fitting.points(area.width), SOURCE_ROOM), SOURCE_SIZES)
        self.words(
            slide, [Said(text)], Area(area.left, area.bottom - height, area.width, height), size or SOURCE_SIZES[-1]
        )

    def above_source(self, area: Area, text: str) -> Area:
        """What a source at the bottom leaves of an area."""
        width = fitting.points(area.width)
        size = fitting.largest([Said(text)], (width, SOURCE_ROOM), SOURCE_SIZES) or SOURCE_SIZES[-1]
        height = int(Pt(fitting.heights([Said(text)], width, size))) + GAP
        return Area(area.left, area.top, area.width, area.height - height)

    def part(self, title: str, number: int, total: int) -> str:
        """A title that says which of how many slides this is."""
        part = self.say("{part} of {of}", part=number, of=total).replace(" ", "\N{NO-BREAK SPACE}")
        return title if total == 1 else f"{title} ({part})"


def describe(shape: object, name: str, words: str) -> None:
    """The name and the alternative text of a chart, a table or a drawing."""
    properties = next(shape.element.iter("{*}cNvPr"))  # type: ignore[attr-defined] # shapes and frames share no typed base
    properties.set("name", clean(name))
    properties.set("descr", clean(words))


def _inherited_size(shape: Shape) -> float | None:
    """The size in points that a title has from its layout or master."""
    part = shape.part
    for owner in (part.slide_layout, part.slide_layout.slide_master):  # type: ignore[attr-defined] # it is a slide's part
        for one in owner.placeholders:
            if one.placeholder_format.type in TITLES:
                for look in one.element.iterfind(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr"):
                    if look.get("sz"):
                        return int(look.get("sz")) / 100
    for look in part.slide_layout.slide_master.element.iterfind(".//{*}titleStyle/{*}lvl1pPr/{*}defRPr"):  # type: ignore[attr-defined]
        if look.get("sz"):
            return int(look.get("sz")) / 100
    return None
