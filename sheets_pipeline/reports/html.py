"""The report as one self-contained page: no network, no scripts, complete as it stands.

Same document, same bytes. The data files travel inside the page as `data:` links.
"""

from __future__ import annotations

import base64
import csv
import io

from markupsafe import Markup

from sheets_pipeline import texts
from sheets_pipeline.reports.charts.draw import svg
from sheets_pipeline.reports.charts.theme import CALM, Theme
from sheets_pipeline.reports.document import Cell, Chart, Document, OrganisationPage, Section, Table
from sheets_pipeline.reports.templating import environment

CONTEXT = "report"
BOM = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
MARKS = ("-", ".", "..")
OPEN_PAGES = 3


def render_html(document: Document, theme: Theme = CALM) -> str:
    """The whole page."""

    def say(msgid: str, **params: object) -> str:
        return texts.text(msgid, document.language, context=CONTEXT, **params)

    def drawn(chart: Chart) -> Markup:
        return Markup(svg(chart, document.language, theme))  # noqa: S704 - the chart's template escapes what it prints

    return (
        environment()
        .get_template("report.html.j2")
        .render(
            document=document,
            say=say,
            drawn=drawn,
            data_link=lambda table: data_link(table, document.language),
            pages=pages_of,
            open_pages=OPEN_PAGES,
            style=Markup(_style(theme)),  # noqa: S704 - our own style sheet, with a theme's tokens
        )
    )


def pages_of(section: Section) -> tuple[OrganisationPage, ...]:
    """The organisations' pages of a section, for its list of contents."""
    return tuple(block for block in section.blocks if isinstance(block, OrganisationPage))


def _style(theme: Theme) -> str:
    """The style sheet; a style element holds raw text, so a theme's tokens may not contain `<`."""
    return environment().get_template("report.css.j2").render(theme=theme, font=Markup(theme.font.replace("<", "")))  # noqa: S704


def data_link(table: Table, language: str) -> str:
    """A table as a CSV file in a link, as that language's spreadsheet programs expect it."""
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(as_csv(table, language).encode()).decode()


def as_csv(table: Table, language: str) -> str:
    """Byte order mark, semicolons (commas in English), the numbers of the report without spaces between thousands."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";" if language == "sv" else ",", lineterminator="\r\n")
    writer.writerow([column.title for column in table.columns])
    writer.writerows([_plain(cell, language) for cell in row] for row in table.rows)
    return BOM + file.getvalue()


def _plain(cell: Cell, language: str) -> str:
    """Numbers with the language's decimal sign; a text that a spreadsheet would compute gets an apostrophe first."""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_SIGNS) and cell not in MARKS else cell
    return str(cell.shown).replace(".", ",") if language == "sv" else str(cell.shown)
