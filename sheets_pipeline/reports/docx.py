"""The report for Word in plain built-in styles, to copy from: Heading 1 to 3, Normal, List Bullet and Table Grid.

Charts are their sentences and their tables. Same document, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    Details,
    Document,
    Downloads,
    Facts,
    Heading,
    KeyFigures,
    OrganisationPage,
    Paragraph,
    Table,
)
from sheets_pipeline.reports.office import MADE_BY, TAGS, clean, day_of, rewritten

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

FONT = "Calibri"
SIZE, SMALL, FINE = 10.5, 9.0, 7.0
WIDE = 8
HEADINGS = {1: 18.0, 2: 13.0, 3: 11.0}
LEFTOVERS = {
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_XML,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",  # a copy of the styles for Word 2007
}


def render_docx(document: Document, theme: Theme = CALM) -> bytes:
    """The whole document, A4."""
    word = docx.Document()
    _dress(word, document, theme)
    writer = _Writer(word, document)
    writer.opening()
    for section in document.sections:
        if not any(isinstance(block, Downloads) for block in section.blocks):
            word.add_heading(clean(section.title), 2)
            writer.blocks(section.blocks)
    return _packed(word, document)


class _Writer:
    """Writes blocks one after the other."""

    def __init__(self, word: WordDocument, document: Document) -> None:
        self.word = word
        self.document = document

    def opening(self) -> None:
        document = self.document
        self.word.add_heading(clean(document.title), 1)
        standing = f" · {document.standing}" if document.draft else ""
        self._say(f"{document.programme} · {document.audience} · {document.dated}{standing}", size=SMALL)
        self._say(document.headline, bold=True, size=SIZE + 1.5)
        self.blocks(document.opening)

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        if isinstance(block, Table | Chart | Details | OrganisationPage):
            self._composed(block)
        elif isinstance(block, Heading):
            self.word.add_heading(clean(block.text), 3)
        elif isinstance(block, Paragraph):
            self._say(block.text, size=SMALL if block.style == "small" else None)
        else:
            for style, term, text in _lines(block):
                self._say(text, style=style, term=term)

    def _composed(self, block: Table | Chart | Details | OrganisationPage) -> None:
        """What has a table or other blocks in it."""
        match block:
            case Table():
                self._table(block)
            case Chart():
                self.word.add_heading(clean(block.title), 3)
                self._say(block.description)
                self._table(block.table)
                self._say(block.source, size=SMALL)
            case Details():
                self.word.add_heading(clean(block.summary), 3)
                self.blocks(block.blocks)
            case OrganisationPage():
                self.word.add_heading(clean(block.name), 3)
                self._say(block.byline, size=SMALL)
                self._say(block.headline, bold=True)
                self.blocks(block.blocks)

    def _say(
        self, text: str, *, style: str = "Normal", term: str = "", bold: bool = False, size: float | None = None
    ) -> None:
        paragraph = self.word.add_paragraph(style=style)
        if term:
            paragraph.add_run(clean(term)).bold = True
        run = paragraph.add_run(clean(text))
        run.bold = bold or None
        run.font.size = Pt(size) if size else None

    def _table(self, table: Table) -> None:
        """Caption, then rows under headings that repeat on every page; numbers to the right."""
        if not table.rows:
            return
        self._say(table.caption, bold=True)
        word = self.word.add_table(rows=1 + len(table.rows), cols=len(table.columns), style="Table Grid")
        _describe(word, table)
        size = FINE if len(table.columns) > WIDE else SMALL
        titles = [column.title for column in table.columns]
        for line, cells in enumerate((titles, *table.rows)):
            row = word.rows[line].cells
            for place, cell in enumerate(cells):
                bold = line == 0 or place < table.headers
                right = table.columns[place].kind == "number"
                _fill(row[place].paragraphs[0], str(cell), size, bold=bold, right=right)
        if table.note:
            self._say(table.note, size=SMALL)


def _lines(block: Bullets | Facts | Callout | KeyFigures | Downloads) -> Iterator[tuple[str, str, str]]:
    """(style, term in bold, text) of what is told in lines; files to fetch are no matter for paper."""
    match block:
        case Bullets():
            yield from (("List Bullet", "", item) for item in block.items)
        case Facts():
            yield from (
                ("Normal", f"{term} " if term.endswith("?") else f"{term}: ", str(said)) for term, said in block.pairs
            )
        case Callout():
            yield "Normal", f"{block.title}. ", block.text
        case KeyFigures():
            for figure in block.figures:
                words = f"{figure.label}. {figure.note}" if figure.note else f"{figure.label}."
                yield "List Bullet", f"{figure.figure} ", words


def _fill(paragraph: WordParagraph, text: str, size: float, *, bold: bool, right: bool) -> None:
    run = paragraph.add_run(clean(text))
    run.font.size, run.bold = Pt(size), bold or None
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _describe(word: WordTable, table: Table) -> None:
    """The row that repeats as headings, and the table's name for who cannot see it; python-docx knows neither."""
    first = word.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 - as above
    first.append(first.makeelement(qn("w:tblHeader"), {}))
    properties = word._tbl.tblPr  # noqa: SLF001 - as above
    properties.append(properties.makeelement(qn("w:tblCaption"), {qn("w:val"): clean(table.caption)}))


# ------------------------------------------------------------------------------------------------------------- looks


def _dress(word: WordDocument, document: Document, theme: Theme) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    ink = RGBColor.from_string(theme.ink.removeprefix("#").upper())
    _style(word, "Normal", SIZE, (0, 4))
    _style(word, "List Bullet", SIZE, (0, 2))
    for level, size in HEADINGS.items():
        _style(word, f"Heading {level}", size, (0 if level == 1 else 8, 3))
        word.styles[f"Heading {level}"].font.color.rgb = ink
    for spoken in word.styles.element.iter(qn("w:lang")):
        spoken.set(qn("w:val"), TAGS[document.language])
    foot = page.footer.paragraphs[0]
    foot.add_run(clean(f"{document.title} · {document.dated} · {document.standing}")).font.size = Pt(SMALL - 1)


def _style(word: WordDocument, name: str, size: float, space: tuple[float, float]) -> None:
    style = word.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(space[0]), Pt(space[1])
    style.paragraph_format.line_spacing = 1.08


def _packed(word: WordDocument, document: Document) -> bytes:
    known = word.core_properties
    known.title, known.subject, known.language = document.title, document.programme, TAGS[document.language]
    known.author = known.last_modified_by = MADE_BY
    known.keywords = known.comments = known.category = ""
    known.revision, known.content_status = 1, document.standing
    known.created = known.modified = day_of(document)
    for relations in (word.part.package.rels, word.part.rels):
        for key in [key for key, relation in relations.items() if relation.reltype in LEFTOVERS]:
            del relations[key]
    file = io.BytesIO()
    word.save(file)
    return rewritten(file.getvalue(), document, lambda _, data: data)
