"""Text in shapes: every run says its language and has no more of a look than it needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Pt

from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.office import clean
from sheets_pipeline.reports.pptx.fitting import AFTER, BOLD, INDENT, SCALES, Said

if TYPE_CHECKING:
    from pptx.shapes.autoshape import Shape
    from pptx.shapes.connector import Connector
    from pptx.text.text import TextFrame, _Paragraph, _Run

LANGUAGES = {"sv": MSO_LANGUAGE_ID.SWEDISH, "en": MSO_LANGUAGE_ID.ENGLISH_UK}


def add_run(
    paragraph: _Paragraph,
    text: str,
    language: str,
    *,
    size: float | None = None,
    bold: bool | None = None,
    colour: str = "",
) -> _Run:
    """Some text in one look, its lines broken where it breaks them; what is None or empty comes from the template."""
    first, *more = clean(text).split("\n")
    run = _one(paragraph, first, language, size, bold=bold, colour=colour)
    for line in more:
        paragraph.add_line_break()
        run = _one(paragraph, line, language, size, bold=bold, colour=colour)
    return run


def _one(
    paragraph: _Paragraph, text: str, language: str, size: float | None, *, bold: bool | None, colour: str
) -> _Run:
    run = paragraph.add_run()
    run.text = text
    run.font.language_id = LANGUAGES[language]
    run.font.size = None if size is None else Pt(round(size * 2) / 2)
    run.font.bold = bold
    if colour:
        run.font.color.rgb = rgb(colour)
    return run


def end_small(paragraph: _Paragraph, size: float) -> None:
    """An empty paragraph is as high as its end; without a size of its own that is a line of running text."""
    end = paragraph._p.get_or_add_endParaRPr()  # noqa: SLF001 - python-pptx gives a paragraph's end no size
    end.set("sz", str(Pt(size).centipoints))


def rgb(colour: str) -> RGBColor:
    """A colour of the theme (`#0072b2`) as python-pptx has it."""
    digits = colour.removeprefix("#")
    return RGBColor(*(int(digits[at : at + 2], 16) for at in (0, 2, 4)))


def plain(shape: Shape | Connector) -> None:
    """A shape without the template's own line, fill and shadow for shapes."""
    for style in shape.element.findall("{*}style"):
        shape.element.remove(style)


def write(frame: TextFrame, listed: Sequence[Said], language: str, size: float, theme: Theme) -> None:
    """Paragraphs in a frame that neither grows nor shrinks: it has been measured."""
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for number, said in enumerate(listed):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        own = size * SCALES[said.style]
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_before, paragraph.space_after = Pt(0), Pt(round(own * AFTER, 1))
        if said.style == "bullet":
            _bullet(paragraph, own)
        if said.term:
            add_run(paragraph, f"{said.lead} ", language, size=own, bold=True, colour=theme.ink)
        colour = theme.quiet if said.style == "small" else theme.ink
        add_run(paragraph, said.text, language, size=own, bold=said.style in BOLD, colour=colour)


def _bullet(paragraph: _Paragraph, size: float) -> None:
    """A real bullet with a hanging indent; python-pptx has no words for it."""
    indent = int(Pt(size * INDENT))
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - as above
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    sign = properties.makeelement("{http://schemas.openxmlformats.org/drawingml/2006/main}buChar", {"char": "•"})
    properties.append(sign)
