"""Pictures that no native chart can hold, as grouped shapes: each line, sign and text can be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Pt

from sheets_pipeline.reports.charts.scene import Box, Line, Point, Scene, Words, width_of
from sheets_pipeline.reports.pptx.deck import Deck, describe
from sheets_pipeline.reports.pptx.house import Area
from sheets_pipeline.reports.pptx.runs import add_run, plain, rgb

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.shapetree import GroupShapes
    from pptx.slide import Slide

LARGEST = 16_000
SHAPES = {"dot": MSO_SHAPE.OVAL, "square": MSO_SHAPE.RECTANGLE, "diamond": MSO_SHAPE.DIAMOND}
ALIGNED = {"start": PP_ALIGN.LEFT, "middle": PP_ALIGN.CENTER, "end": PP_ALIGN.RIGHT}
LOOSE = 1.06


def draw(deck: Deck, slide: Slide, scene: Scene, area: Area, words: tuple[str, str]) -> None:
    """A scene as large as the room lets it be, in the middle of it."""
    group = slide.shapes.add_group_shape()
    _Pen(deck, group.shapes, scene, area).all()
    describe(group, *words)


class _Pen:
    """Draws marks; `unit` is the EMU of one unit of the scene."""

    def __init__(self, deck: Deck, shapes: GroupShapes, scene: Scene, area: Area) -> None:
        self.deck, self.shapes, self.scene = deck, shapes, scene
        self.unit = min(area.width / scene.width, area.height / scene.height, LARGEST)
        self.left = area.left + (area.width - scene.width * self.unit) / 2
        self.top = area.top

    def all(self) -> None:
        for mark in self.scene.marks:
            if isinstance(mark, Box):
                self._box(mark)
            elif isinstance(mark, Line):
                self._line(mark)
            elif isinstance(mark, Point):
                self._point(mark)
            else:
                self._words(mark)

    def _at(self, x: float, y: float) -> tuple[Emu, Emu]:
        return Emu(int(self.left + x * self.unit)), Emu(int(self.top + y * self.unit))

    def _long(self, length: float) -> Emu:
        return Emu(max(1, int(length * self.unit)))

    def _box(self, mark: Box) -> None:
        shape = self.shapes.add_shape(
            MSO_SHAPE.RECTANGLE, *self._at(mark.x, mark.y), self._long(mark.width), self._long(mark.height)
        )
        self._look(shape, mark.fill, mark.stroke)

    def _point(self, mark: Point) -> None:
        side = self._long(2 * mark.radius)
        place = self._at(mark.x - mark.radius, mark.y - mark.radius)
        self._look(self.shapes.add_shape(SHAPES[mark.shape], *place, side, side), mark.fill, mark.stroke)

    def _look(self, shape: Shape, fill: str, stroke: str) -> None:
        plain(shape)
        if fill == "none":
            shape.fill.background()
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = rgb(fill)
        if stroke == "none":
            shape.line.fill.background()
        else:
            shape.line.color.rgb = rgb(stroke)
            shape.line.width = Pt(1)

    def _line(self, mark: Line) -> None:
        line = self.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, *self._at(mark.x1, mark.y1), *self._at(mark.x2, mark.y2)
        )
        plain(line)
        line.line.color.rgb = rgb(mark.stroke)
        line.line.width = Pt(mark.width)
        if mark.dash:
            line.line.dash_style = MSO_LINE_DASH_STYLE.DASH

    def _words(self, mark: Words) -> None:
        """A box as wide as the text may become, its line on the scene's baseline."""
        wide, high = width_of(mark.text, mark.size, bold=mark.bold) * LOOSE, mark.size * 1.25
        back = {"start": 0.0, "middle": wide / 2, "end": wide}[mark.anchor]
        x, y = mark.x - back, mark.y - mark.size
        if mark.turned:  # turned about the middle of the box, which then stands upright on the place of its text
            x, y = mark.x - mark.size / 3 - wide / 2, mark.y - wide / 2 + back - high / 2
        box = self.shapes.add_textbox(*self._at(x, y), self._long(wide), self._long(high))
        box.rotation = -90.0 if mark.turned else 0.0
        frame = box.text_frame
        frame.word_wrap, frame.auto_size, frame.vertical_anchor = False, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
        paragraph = frame.paragraphs[0]
        paragraph.alignment = ALIGNED[mark.anchor]
        size = mark.size * self.unit / 12_700
        add_run(paragraph, mark.text, self.deck.language, size=size, bold=mark.bold, colour=mark.fill)
