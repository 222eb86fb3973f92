"""Small changes to the reader's copy where the reader is known to be wrong; the XML's meaning stays the same."""

from __future__ import annotations

import re

_COUNTS = re.compile(rb"\s(?:uniqueCount|count)\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ROOT = re.compile(rb"<(?:[\w.-]+:)?sst\b[^>]*>")
_LINE_BREAK = re.compile(rb"<text:line-break\s*(?:/>|>\s*</text:line-break\s*>)")
_TAB = re.compile(rb"<text:tab\b[^>]*?(?:/>|>\s*</text:tab\s*>)")
_EDGE_SPACE = re.compile(rb"<t>(?:\s|[^<]*+(?<=\s)</t>)")


def without_counts(strings: bytes) -> bytes:
    """Shared strings without their stated number, which a reader would make room for before it has seen them."""
    root = _ROOT.search(strings)
    if root is None:
        return strings
    return strings[: root.start()] + _COUNTS.sub(b"", root[0]) + strings[root.end() :]


def keep_spaces(data: bytes) -> bytes:
    """Texts with their outer spaces kept: python-calamine drops them unless it is told to preserve them."""
    if _EDGE_SPACE.search(data) is None:
        return data
    return data.replace(b"<t>", b'<t xml:space="preserve">')


def with_line_breaks(content: bytes) -> bytes:
    """OpenDocument content with its line breaks and tabs as characters: python-calamine passes over the elements."""
    return _TAB.sub(b"\t", _LINE_BREAK.sub(b"\n", content))
