"""What a presentation holds, read back: its texts, pictures, charts and places."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from typing import Any
from zipfile import ZipFile

import openpyxl
import pptx

from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.pptx import render_pptx
from tests.reports.rounds import Wish, a_round

NUMBER_LIKE = "slidenum"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@cache
def deck(wish: Wish | None = None, language: str = "sv") -> bytes:
    """The presentation of a round as wished."""
    return render_pptx(build(a_round(wish), language))


def opened(data: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(data))


def shapes(slide: Any) -> list[Any]:
    return list(slide.shapes)


def charts(presentation: Any) -> Iterator[Any]:
    """Every native chart in the order of the slides."""
    for slide in presentation.slides:
        yield from (shape.chart for shape in slide.shapes if shape.has_chart)


def tables(presentation: Any) -> Iterator[tuple[str, Any]]:
    """(slide's title, table) in the order of the slides."""
    for slide in presentation.slides:
        yield from ((slide.shapes.title.text, shape.table) for shape in slide.shapes if shape.has_table)


def cells(table: Any, row: int) -> list[str]:
    return [cell.text for cell in table.rows[row].cells]


def part_texts(data: bytes) -> str:
    """All that stands anywhere in the file, embedded workbooks unpacked."""
    found = []
    with ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            found.append(part_texts(content) if name.endswith(".xlsx") else content.decode("utf-8", "ignore"))
    return "\n".join(found)


def embedded(data: bytes) -> list[list[tuple[object, ...]]]:
    """The cells of every workbook that a chart carries."""
    with ZipFile(io.BytesIO(data)) as parts:
        names = [name for name in parts.namelist() if name.endswith(".xlsx")]
        books = [openpyxl.load_workbook(io.BytesIO(parts.read(name))) for name in names]
    assert all(len(book.worksheets) == 1 for book in books)
    return [list(book.worksheets[0].values) for book in books]
