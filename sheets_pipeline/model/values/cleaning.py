"""Text as people mean it: one form of each letter, no invisible signs, plain quotes where only meaning counts."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 32_767
_CARRIAGE_RETURN = re.compile(r"_x000[dD]_")
# Control signs but for tab and line feed, halves of characters, and signs that have no width.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b\u200e\u200f\u2060\ufeff]")
_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u2029|\x0b|\x0c|\x85")
_SPACES = re.compile(r"\s+")
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u00b4\u0060\u2032", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    },
)


def text(raw: str) -> str:
    """As typed, with composed letters, one kind of line break, no control or invisible signs and no outer space."""
    composed = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", _CARRIAGE_RETURN.sub("", raw)))
    return _UNSEEN.sub("", composed).strip()


def line(raw: str) -> str:
    """The same on one line, with single ordinary spaces (non-breaking and thin ones too become ordinary)."""
    return _SPACES.sub(" ", text(raw)).strip()


def folded(raw: str) -> str:
    """What spellings of one answer have in common: letter case, quotes, dashes, spaces and a last full stop aside."""
    plain = line(raw).translate(_PLAIN).casefold()
    without_stop = plain[:-1] if plain.endswith(".") and not plain.endswith("..") else plain
    return unicodedata.normalize("NFC", without_stop).strip().strip('"') or plain
