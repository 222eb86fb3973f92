"""The order of the slides: what a document says, block by block.

What is folded on the page stays there, but for tables of a few slides, and so does what nobody could show: pages of
more organisations than a conference has time for. The last slide names what was left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pptx.enum.shapes import MSO_SHAPE, PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from sheets_pipeline.reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    Details,
    Downloads,
    Facts,
    Heading,
    Heatmap,
    KeyFigure,
    KeyFigures,
    OrganisationPage,
    Paragraph,
    Section,
    Table,
    charts_in,
)
from sheets_pipeline.reports.pptx.deck import GAP, Deck
from sheets_pipeline.reports.pptx.fitting import LINE, Said, largest, points, title_size
from sheets_pipeline.reports.pptx.house import TITLE, Area
from sheets_pipeline.reports.pptx.pictures import add_chart_slides
from sheets_pipeline.reports.pptx.runs import add_run, plain, rgb
from sheets_pipeline.reports.pptx.saying import say_slides
from sheets_pipeline.reports.pptx.tables import add_table_slides

if TYPE_CHECKING:
    from pptx.slide import Slide

METHOD = "method"
MOST_ROWS, MOST_COLUMNS = 30, 12
SHORT = 0.2
MOST_PAGES, MOST_MAPS = 40, 3
CARD = Inches(2.5)
FIGURE = 44.0


def tell(deck: Deck) -> None:
    """Every slide of the document."""
    _title(deck)
    _opening(deck)
    left = [name for section in deck.document.sections for name in _Section(deck, section).told()]
    if left:
        said = [Said(deck.say("The page and the workbook also hold:")), *(Said(name, "bullet") for name in left)]
        say_slides(deck, deck.say("More on the page and in the workbook"), said)


def _title(deck: Deck) -> None:
    document = deck.document
    slide = deck.slide(document.title, (document.headline,), kind=TITLE)
    said = [document.programme, document.audience, document.dated, *([document.standing] if document.draft else [])]
    subtitle = next((one for one in slide.placeholders if one.placeholder_format.type == PP_PLACEHOLDER.SUBTITLE), None)
    if subtitle is None:
        deck.words(slide, [Said(line) for line in said], deck.area, 20.0)
    else:
        frame = subtitle.text_frame
        for number, line in enumerate(said):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            add_run(paragraph, line, deck.language, size=20, colour=deck.theme.quiet)
    deck.close(slide)


def _opening(deck: Deck) -> None:
    """The headline as a title over the key figures, with the sentences under them where they have room."""
    opening = deck.document.opening
    cards = [figure for block in opening if isinstance(block, KeyFigures) for figure in block.figures]
    said = [line for block in opening for line in _said(block)]
    headline = deck.document.headline
    if not cards:
        say_slides(deck, headline, said or [Said(deck.document.audience)])
        return
    slide = deck.slide(headline, [f"{card.figure} {card.label}. {card.note}" for card in cards])
    area = deck.area
    width = (area.width - (len(cards) - 1) * 2 * GAP) // len(cards)
    for place, card in enumerate(cards):
        at = Area(area.left + place * (width + 2 * GAP), area.top, width, CARD)
        _card(deck, slide, at, card)
    rest = Area(area.left, area.top + CARD + 2 * GAP, area.width, area.height - CARD - 2 * GAP)
    size = largest(said, (points(rest.width), points(rest.height)), (18.0, 16.0, 14.0))
    if said and size:
        deck.words(slide, said, rest, size)
    deck.close(slide)
    if said and not size:
        say_slides(deck, deck.document.title, said)


def _card(deck: Deck, slide: Slide, area: Area, card: KeyFigure) -> None:
    """A key figure with its words, as one shape."""
    figure, label, note = card.figure, card.label, card.note
    shape = slide.shapes.add_shape(
        MSO_SHAPE.RECTANGLE, Emu(area.left), Emu(area.top), Emu(area.width), Emu(area.height)
    )
    shape.name = label
    plain(shape)
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(deck.theme.wash)
    shape.line.color.rgb = rgb(deck.theme.rule)
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size, frame.vertical_anchor = True, MSO_AUTO_SIZE.NONE, MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(0.15)
    room = points(area.width) - 22, points(area.height) - 22
    big = title_size(figure, (room[0], FIGURE * LINE), FIGURE)
    left = (room[0], room[1] - big * LINE)
    size = largest([Said(label), Said(note, "small")], left, (18.0, 16.0, 14.0, 12.0)) or 11.0
    lines = (
        (figure, big, True, deck.theme.accent),
        (label, size, False, deck.theme.ink),
        (note, size * 0.8, False, deck.theme.quiet),
    )
    for number, (text, points_, bold, colour) in enumerate(line for line in lines if line[0]):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.space_after = Pt(3)
        add_run(paragraph, text, deck.language, size=points_, bold=bold, colour=colour)


@dataclass(slots=True)
class _Section:
    """One section being told: text is gathered until something to look at follows."""

    deck: Deck
    section: Section
    waiting: list[Said] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def told(self) -> list[str]:
        """Make the slides; returns the names of what was left out. Files to fetch are no matter for slides."""
        if any(isinstance(block, Downloads) for block in self.section.blocks):
            return []
        self._blocks(self.section.blocks)
        self._speak()
        return self.left

    def _blocks(self, blocks: Sequence[Block]) -> None:
        crowded = self._crowded(blocks)
        if OrganisationPage not in crowded:
            self._without_chart([block for block in blocks if isinstance(block, OrganisationPage)])
        for block in blocks:
            if isinstance(block, Chart) and type(block.figure) in crowded:
                continue
            if isinstance(block, Table):
                self._table(block)
            elif isinstance(block, Chart):
                title = self._heading(block.title)
                self._speak()
                add_chart_slides(self.deck, block, title)
            elif isinstance(block, Details):
                self._folded(block)
            elif isinstance(block, OrganisationPage):
                if OrganisationPage not in crowded:
                    self._speak()
                    self._page(block)
            elif not isinstance(block, Downloads):
                self.waiting += _said(block)

    def _crowded(self, blocks: Sequence[Block]) -> set[type]:
        """What there is so much of that nobody would show it on slides: it stays on the page."""
        pages = [block.name for block in blocks if isinstance(block, OrganisationPage)]
        maps = [block.title for block in blocks if isinstance(block, Chart) and isinstance(block.figure, Heatmap)]
        found: set[type] = set()
        if len(pages) > MOST_PAGES:
            found.add(OrganisationPage)
            self.left.append(self.section.title)
        if len(maps) > MOST_MAPS:
            found.add(Heatmap)
            self.left += maps
        return found

    def _heading(self, title: str) -> str:
        """A heading right before a table or a chart stands in its title."""
        if self.waiting and self.waiting[-1].style == "heading":
            heading = self.waiting.pop().text
            return title if title == heading else f"{heading}: {title}"
        return title

    def _speak(self) -> None:
        if self.waiting:
            say_slides(self.deck, self.section.title, self.waiting)
            self.waiting = []

    def _table(self, table: Table) -> None:
        """A sentence or two stand above the table that follows them."""
        title = self._heading(table.caption)
        short = self._short() and bool(table.rows)
        if not short:
            self._speak()
        if table.rows:
            caption = (Said(table.caption, "heading"),) if table.caption != self.section.title else ()
            lead = (*self.waiting, *caption) if short else ()
            add_table_slides(self.deck, table, self.section.title if short else title, lead)
            self.waiting = []

    def _short(self) -> bool:
        room = points(self.deck.area.width), points(self.deck.area.height) * SHORT
        spoken = any(said.style == "heading" for said in self.waiting)
        return bool(self.waiting) and not spoken and largest(self.waiting, room, (18.0,)) is not None

    def _folded(self, block: Details) -> None:
        stays = self.section.anchor == METHOD
        for inner in block.blocks:
            small = isinstance(inner, Table) and len(inner.rows) <= MOST_ROWS and len(inner.columns) <= MOST_COLUMNS
            if isinstance(inner, Table) and small and not stays:
                self._table(inner)
            elif block.summary not in self.left:
                self._heading("")  # a heading of nothing else than what is left out goes with it
                self.left.append(block.summary)

    def _page(self, page: OrganisationPage) -> None:
        """An organisation's first chart under its own headline."""
        chart = next(charts_in(page.blocks), None)
        if chart:
            add_chart_slides(
                self.deck, chart, page.name, (Said(page.headline), Said(f"{page.byline}. {chart.title}", "small"))
            )

    def _without_chart(self, pages: Sequence[OrganisationPage]) -> None:
        """Those with nothing to draw share a list."""
        self.waiting += [
            Said(page.headline, "bullet", page.name) for page in pages if next(charts_in(page.blocks), None) is None
        ]


def _said(block: Block) -> list[Said]:
    """The sentences of a block of text; nothing of what is drawn or laid out as rows."""
    match block:
        case Heading():
            return [Said(block.text, "heading")]
        case Paragraph():
            return [Said(block.text, "small" if block.style == "small" else "plain")]
        case Bullets():
            return [Said(item, "bullet") for item in block.items]
        case Facts():
            return [Said(str(said), "plain", term) for term, said in block.pairs]
        case Callout():
            return [Said(block.text, "plain", block.title)]
        case _:
            return []
