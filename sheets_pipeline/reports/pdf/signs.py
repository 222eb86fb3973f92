"""Any text as the typeface can show it: PDF/UA and PDF/A allow no sign without a shape, and no private one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from sheets_pipeline.reports.pdf.face import regular, semibold

# Zero wide, a place where a line may break; typst takes it out of the text it writes.
BREAK = "\u200b"
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\r": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "})
_LONG = re.compile(r"\S{25,}")
_JOINTS = re.compile(r"(?<=[/._@=&?:;,\\|])(?=\w)")
_RUN = re.compile(rf"[^\s{BREAK}-]{{24}}(?=[^\s{BREAK}-]{{4}})")
_UNNAMED = {"Cc", "Cf", "Cs"}


def displayable(text: str) -> str:
    """The text composed (NFC), and what the typeface lacks by its Unicode name: `[party popper]`."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_HYPHENS))
    if _known().issuperset(composed):
        return composed
    return "".join(sign if sign in _known() else "".join(_instead(sign)) for sign in composed)


def breakable(text: str) -> str:
    """`displayable`, with places to break in addresses, checksums and other words longer than a column."""
    return _LONG.sub(lambda word: _RUN.sub(rf"\g<0>{BREAK}", _JOINTS.sub(BREAK, word[0])), displayable(text))


@cache
def _known() -> frozenset[str]:
    """The signs that both weights have, private ones left out, and the end of a line."""
    both = regular().widths.keys() & semibold().widths.keys()
    return frozenset(sign for sign in both if unicodedata.category(sign) not in _UNNAMED | {"Co"}) | {"\n", "\u00ad"}


def _instead(sign: str) -> Iterator[str]:
    """Spaces stay spaces, invisible signs and those that only modify the sign before them go, others are named."""
    kind = unicodedata.category(sign)
    if kind == "Zs":
        yield " "
    elif kind not in _UNNAMED and not kind.startswith("M"):
        yield f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"
