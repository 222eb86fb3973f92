"""The fast scanner: searches in the bytes of a sheet, for sheets written the way spreadsheet programs write them.

It first makes sure that it may: `scan` returns None for a sheet in which a cell is written in another way or reaches
beyond ZZ9999, or that holds comments, instructions or two names for its own namespace. Those go to the exact scanner.
What the schema forbids and no program writes (a value before its formula) is left to the reader and its limits.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sheets_pipeline.intake.guard.sheet import SheetFacts, merged_range
from sheets_pipeline.model.cells import Range

_OPENING = re.compile(rb"\s*(?:<\?xml\s[^>]*\?>)?\s*<worksheet\s[^>]*>")
_NAMESPACE = re.compile(rb"http://(?:schemas.openxmlformats.org|purl.oclc.org/ooxml)/spreadsheetml/(?:2006/)?main\b")
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z]{1,2}[1-9][0-9]{0,3}"|[a-zA-Z])')
_CELL = rb'<c r="([A-Z]+[0-9]+)"'
_IN_FORMULA = rb"<f(?:\s[^>]*?)?(?:/>|>[^<]*</f>)"
_FILLED = rb"\s*(?:" + _IN_FORMULA + rb")?\s*<(?:v(?:\s[^>]*)?>[^<]|is>(?!<t/>|<t></t>))"
_ERROR = re.compile(_CELL + rb'[^>]*? t="e"[^>]*>\s*(?:' + _IN_FORMULA + rb")?\s*<v(?:\s[^>]*)?>([^<]+)</v>")
_FORMULA = re.compile(
    _CELL + rb"([^>]*+)>\s*" + _IN_FORMULA + rb"\s*(?:(<v(?:\s[^>]*)?>[^<])|(<v(?:\s[^>]*)?(?:/>|></v>))|)"
)
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')


def scan(data: bytes, percent_styles: frozenset[str]) -> SheetFacts | None:
    """The facts of a sheet as UTF-8, or None where only the exact scanner can tell."""
    if not _usual(data):
        return None
    merged = _merged(data)
    if merged is None:
        return None
    errors, formulas, uncomputed = _errors(data), frozenset[str](), frozenset[str]()
    if data.find(b"><f") >= 0 or data.find(b" <f") >= 0 or data.find(b"\n<f") >= 0:
        formulas, uncomputed = _formulas(data)
    return SheetFacts(errors, formulas, uncomputed, _percent(data, percent_styles), merged)


def count_filled(data: bytes) -> int:
    """How many cells hold something: never fewer than there are."""
    return data.count(b"<v>") + data.count(b"<v ") + data.count(b"<is>")


def _usual(data: bytes) -> bool:
    """Whether the sheet is written as the expressions here expect; the cheapest questions come first."""
    opening = _OPENING.match(data)
    if opening is None or not data[-64:].rstrip().endswith(b"</worksheet>"):
        return False
    if data.find(b"!") >= 0 and data.find(b"<!") >= 0:
        return False
    if data.find(b"?", opening.end()) >= 0 and data.find(b"<?", opening.end()) >= 0:
        return False
    if data.find(b"'") >= 0 and (data.find(b" t='") >= 0 or data.find(b" s='") >= 0):
        return False
    return len(_NAMESPACE.findall(data)) == 1 and _UNUSUAL.search(data) is None


def _merged(data: bytes) -> tuple[Range, ...] | None:
    """The merged ranges stand after the cells; None where one of them cannot be read here."""
    start = max(data.rfind(b"</sheetData>"), 0)
    if data.find(b"mergeCell", start) < 0:
        return ()
    found = [merged_range(text) for text in _decoded(_MERGED.findall(data, start))]
    ranges = tuple(each for each in found if each is not None)
    return ranges if len(ranges) == data.count(b"mergeCell ref") == len(found) else None


def _errors(data: bytes) -> dict[str, str]:
    if data.find(b' t="e"') < 0:
        return {}
    return {a1.decode(): text.decode() for a1, text in _ERROR.findall(data)}


def _formulas(data: bytes) -> tuple[frozenset[str], frozenset[str]]:
    """Cells with a formula, and those of them without a saved value (an empty text is one, nothing at all is not)."""
    found = _FORMULA.findall(data)
    missing = [a1 for a1, marks, value, empty in found if not value and not (empty and b' t="str"' in marks)]
    return frozenset(_decoded([each[0] for each in found])), frozenset(_decoded(missing))


def _percent(data: bytes, styles: frozenset[str]) -> frozenset[str]:
    if not styles:
        return frozenset()
    return frozenset(_decoded(_percent_pattern(styles).findall(data)))


@lru_cache(maxsize=64)
def _percent_pattern(styles: frozenset[str]) -> re.Pattern[bytes]:
    wanted = b"|".join(style.encode() for style in sorted(styles))
    return re.compile(_CELL + rb'(?: t="[a-zA-Z]+")? s="(?:' + wanted + rb')"[^>]*(?<!/)>' + _FILLED)


def _decoded(addresses: list[bytes]) -> list[str]:
    """Many addresses at once; none of them holds a space."""
    return b" ".join(addresses).decode().split()
