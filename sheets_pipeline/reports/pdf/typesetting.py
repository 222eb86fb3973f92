"""The one door to typst: a template of ours and data as JSON become the bytes of a PDF.

All text comes in as JSON, which typst reads as plain strings: nothing that anyone wrote is ever read as markup.
Nothing is fetched and no font of the machine is used, so the same data gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import typst

from sheets_pipeline.errors import RenderError
from sheets_pipeline.reports.pdf.face import files

Standard = Literal["ua-1", "a-2a"]
_HOUSE = "house.typ"
_UNCLEAR = re.compile(rb"\r(?=\nendstream)")
_PLACE = re.compile(rb"(\d{10}) 00000 n")


def typeset(template: str, data: Mapping[str, Any], standards: Sequence[Standard], created: datetime) -> bytes:
    """Typeset `templates/<template>` after the house style; raises RenderError where a standard cannot be kept."""
    source = "\n".join(_template(name) for name in (_HOUSE, template))
    with tempfile.TemporaryDirectory(prefix="sheets-pipeline-", ignore_cleanup_errors=True) as folder:
        for font in files():
            shutil.copy(font, folder)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[Path(folder)])
        try:
            made = typst.compile(
                source.encode(),
                font_paths=fonts,
                sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
                pdf_standards=list(standards),
                timestamp=created.astimezone(UTC),
            )
        except typst.TypstError as error:
            message = f"the PDF could not be written: {error.message}"
            raise RenderError(message, hint="; ".join(error.hints)) from error
    return unambiguous(made)


def unambiguous(pdf: bytes) -> bytes:
    """End every stream in a way that can be read in one way only, as PDF/A asks (ISO 19005-2, 6.1.7.1).

    Where a stream's last byte happens to be a carriage return, that and the line feed before `endstream` look like
    one end of line, and a strict archive counts one byte too few. One more carriage return makes it clear; what
    comes after it in the file moves by one, and the table of places at the end with it.
    """
    places = [found.end() for found in _UNCLEAR.finditer(pdf)]
    start = int(pdf[pdf.rindex(b"startxref") + len(b"startxref") :].split()[0])
    if not places or not pdf.startswith(b"xref", start):
        return pdf

    def moved(place: int) -> int:
        return place + bisect_right(places, place)

    def entry(found: re.Match[bytes]) -> bytes:
        return b"%010d 00000 n" % moved(int(found[1]))

    ends = [0, *places, start]
    body = b"\r".join(pdf[first:last] for first, last in pairwise(ends))
    table = _PLACE.sub(entry, pdf[start:])
    return body + table.replace(b"startxref\n%d\n" % start, b"startxref\n%d\n" % moved(start))


def _template(name: str) -> str:
    return resources.files("sheets_pipeline.reports").joinpath("templates", name).read_text(encoding="utf-8")
