"""The fast scanner: searches in the bytes of a sheet, for sheets written the way spreadsheet programs write them.

It first makes sure that it may: `scan` returns None for a sheet in which a cell is written in another way or reaches
beyond ZZ9999, or that holds comments, instructions or two names for its own namespace. Those go to the exact scanner.
What the schema forbids and no program writes (a value before its formula) is left to the reader and its limits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import compress

from sheets_pipeline.intake.guard.sheet import Mark, SheetFacts, merged_range
from sheets_pipeline.model.cells import Range

_OPENING = re.compile(rb"\s*(?:<\?xml\s[^>]*\?>)?\s*<worksheet\s[^>]*>")
_NAMESPACES = (
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_UNUSUAL = re.compile(rb'<c(?! r="[A-Z]{1,2}+[1-9][0-9]{0,3}+"|[a-zA-Z])')
_CELL = rb'<c r="([A-Z]+[0-9]+)"'
_IN_FORMULA = rb"<f(?:\s[^>]*?)?(?:/>|>[^<]*</f>)"
_FILLED = rb"\s*(?:" + _IN_FORMULA + rb")?\s*<(?:v(?:\s[^>]*)?>[^<]|is>(?!<t/>|<t></t>))"
_ERROR = re.compile(_CELL + rb'[^>]*? t="e"[^>]*>\s*(?:' + _IN_FORMULA + rb")?\s*<v(?:\s[^>]*)?>([^<]+)</v>")
_FORMULA = re.compile(
    _CELL + rb"([^>]*+)>\s*" + _IN_FORMULA + rb"\s*(?:(<v(?:\s[^>]*)?>[^<])|(<v(?:\s[^>]*)?(?:/>|></v>))|)"
)
_MERGED = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z0-9:]+)"')

# A search for one byte is far faster than one for several, so these begin with the byte that is rare in a sheet.
_ANY_FORMULA = re.compile(rb"f(?<=<f)[\s/>]")
_DECLARATION = re.compile(rb"!(?<=<!)")
_INSTRUCTION = re.compile(rb"\?(?<=<\?)")
_OTHER_QUOTES = re.compile(rb"'(?<= [st]=')")
_ANY_INLINE = re.compile(rb"i(?<=<i)s>")


def scan(data: bytes, percent_styles: frozenset[str]) -> SheetFacts | None:
    """The facts of a sheet as UTF-8, or None where only the exact scanner can tell."""
    if not _usual(data):
        return None
    merged = _merged(data)
    return None if merged is None else SheetFacts(_errors(data), merged, _Marks(data, percent_styles).find)


def count_filled(data: bytes) -> int:
    """How many cells hold something: never fewer than there are."""
    return data.count(b"<v>") + data.count(b"<v ") + data.count(b"<is>")


def has_inline_texts(data: bytes) -> bool:
    """Whether texts stand in the sheet itself and not among the shared strings."""
    return _ANY_INLINE.search(data) is not None


def _usual(data: bytes) -> bool:
    """Whether the sheet is written as the expressions here expect; the cheapest questions come first."""
    opening = _OPENING.match(data)
    if opening is None or not data[-64:].rstrip().endswith(b"</worksheet>"):
        return False
    if _DECLARATION.search(data) or _INSTRUCTION.search(data, opening.end()) or _OTHER_QUOTES.search(data):
        return False
    return sum(map(data.count, _NAMESPACES)) == 1 and _UNUSUAL.search(data) is None


def _merged(data: bytes) -> tuple[Range, ...] | None:
    """The merged ranges stand after the cells; None where one of them cannot be read here."""
    start = max(data.rfind(b"</sheetData>"), 0)
    if data.find(b"mergeCell", start) < 0:
        return ()
    found = [merged_range(text) for text in _decoded(_MERGED.findall(data, start))]
    ranges = tuple(each for each in found if each is not None)
    return ranges if len(ranges) == data.count(b"<mergeCell ", start) == len(found) else None


def _errors(data: bytes) -> dict[str, str]:
    if data.find(b' t="e"') < 0:
        return {}
    return {a1.decode(): text.decode() for a1, text in _ERROR.findall(data)}


class _Marks:
    """Cells by kind, found in the sheet's bytes at the first question about them."""

    def __init__(self, data: bytes, percent_styles: frozenset[str]) -> None:
        self._data = data
        self._styles = percent_styles
        self._found: dict[Mark, frozenset[str]] = {}

    def find(self, mark: Mark) -> frozenset[str]:
        if mark not in self._found:
            if mark == "percent":
                self._found[mark] = self._percent()
            else:
                self._find_formulas()
        return self._found[mark]

    def _find_formulas(self) -> None:
        """Cells with a formula, and those of them without a saved value (an empty text is one)."""
        found = _FORMULA.findall(self._data) if _ANY_FORMULA.search(self._data) else []
        addresses = _decoded([each[0] for each in found])
        missing = [not value and not (empty and b' t="str"' in marks) for _, marks, value, empty in found]
        self._found["formulas"] = frozenset(addresses)
        self._found["uncomputed"] = frozenset(compress(addresses, missing))

    def _percent(self) -> frozenset[str]:
        if not self._styles:
            return frozenset()
        return frozenset(_decoded(_percent_pattern(self._styles).findall(self._data)))


@lru_cache(maxsize=64)
def _percent_pattern(styles: frozenset[str]) -> re.Pattern[bytes]:
    wanted = b"|".join(style.encode() for style in sorted(styles))
    return re.compile(_CELL + rb'(?: t="[a-zA-Z]+")? s="(?:' + wanted + rb')"[^>]*(?<!/)>' + _FILLED)


def _decoded(addresses: list[bytes]) -> list[str]:
    """Many addresses at once; none of them holds a space."""
    return b" ".join(addresses).decode().split()
