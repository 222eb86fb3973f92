"""One workbook being written: its formats are shared, its sheet names used once."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from sheets_pipeline import texts
from sheets_pipeline.reports.charts.theme import Theme
from sheets_pipeline.reports.document import Document, Number

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

CONTEXT = "report"
FONT = "Arial"
LONGEST_NAME = 31
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


class Book:
    """The workbook of one document in one theme."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self.document = document
        self.theme = theme
        self.native: Workbook
        self._file = io.BytesIO()
        self.native = xlsxwriter.Workbook(
            self._file,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.native.set_properties({"title": document.title, "created": datetime(*document.created)})  # noqa: DTZ001 - the format has no time zone
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._names: set[str] = set()

    def say(self, msgid: str) -> str:
        return texts.text(msgid, self.document.language, context=CONTEXT)

    def look(self, **wanted: Any) -> Format:  # noqa: ANN401 - xlsxwriter's own properties
        """The format with these properties, made once."""
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 10, "font_color": self.theme.ink, "valign": "top"}
            self._formats[key] = self.native.add_format(base | wanted)
        return self._formats[key]

    def number_look(self, cell: Number) -> Format:
        """A number format that shows what the document's text shows, the true minus included."""
        digits = "#,##0" + ("." + "0" * cell.decimals if cell.decimals else "")
        shown = f'+{digits};"−"{digits};"±"{digits}' if cell.signed else f'{digits};"−"{digits}'
        return self.look(num_format=shown, align="right", indent=1)

    def sheet(self, wanted: str) -> Worksheet:
        """A new sheet, ready to print."""
        sheet: Worksheet = self.native.add_worksheet(self._name(wanted))
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.6, right=0.6, top=0.7, bottom=0.7)
        standing = f"{self.document.title} · {self.document.standing}".replace("&", "&&")
        sheet.set_footer(f"&L&8{standing} · {self.document.dated}&R&8&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def _name(self, wanted: str) -> str:
        """A name that Excel takes, used once, whatever the case."""
        plain = wanted.translate(FORBIDDEN).strip().strip("'")[:LONGEST_NAME] or "-"
        name, number = plain, 1
        while name.lower() in self._names:
            number += 1
            name = f"{plain[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        self._names.add(name.lower())
        return name

    def written(self) -> bytes:
        """Close the workbook: nothing can be added after this."""
        self.native.close()
        return self._file.getvalue()
