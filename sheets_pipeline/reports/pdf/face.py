"""The typeface of the PDFs: its files, which signs it has and how wide they are, read from the font's own tables.

Offsets and formats are those of the OpenType specification (tables `cmap`, `head`, `hhea` and `hmtx`).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import font_source_sans_pro

FAMILY = "Source Sans Pro"
# One format only: the package also holds the same weights as OTF, and which of two equals is taken would be chance.
FILES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
_UNICODE = {(0, 3), (0, 4), (3, 1), (3, 10)}
_SEGMENTS, _GROUPS = 4, 12


def files() -> tuple[Path, ...]:
    """The font files, the regular weight first."""
    folder = Path(font_source_sans_pro.font_directory)
    return tuple(folder / name for name in FILES)


@dataclass(frozen=True, slots=True)
class Face:
    """One weight: sign → advance width in thousandths of the type size."""

    widths: dict[str, float]

    def width(self, words: str, size: float) -> float:
        """How long a line of text is, in the unit of `size`; kerning, which only tightens, is left out."""
        return sum(self.widths.get(sign, 600.0) for sign in words) / 1000 * size


@cache
def regular() -> Face:
    return _read(files()[0].read_bytes())


@cache
def semibold() -> Face:
    return _read(files()[1].read_bytes())


def _read(font: bytes) -> Face:
    tables = dict(_tables(font))
    (per_em,) = struct.unpack_from(">H", font, tables["head"] + 18)
    (count,) = struct.unpack_from(">H", font, tables["hhea"] + 34)
    advances = [struct.unpack_from(">H", font, tables["hmtx"] + 4 * n)[0] for n in range(count)]
    return Face(
        {
            chr(sign): advances[min(glyph, count - 1)] * 1000 / per_em
            for sign, glyph in _glyphs(font, tables["cmap"])
            if glyph
        }
    )


def _tables(font: bytes) -> Iterator[tuple[str, int]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for n in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * n)
        yield tag.decode("ascii"), offset


def _glyphs(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """(code point, glyph) of every Unicode subtable of a known format."""
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, cmap + 4 + 8 * n)
        if (platform, encoding) in _UNICODE:
            (kind,) = struct.unpack_from(">H", font, cmap + offset)
            if kind == _SEGMENTS:
                yield from _segments(font, cmap + offset)
            elif kind == _GROUPS:
                yield from _groups(font, cmap + offset)


def _segments(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Format 4: segments of the first plane; the last, 0xFFFF, is no sign."""
    (double,) = struct.unpack_from(">H", font, at + 6)
    ends, starts, deltas, ranges = at + 14, at + 16 + double, at + 16 + 2 * double, at + 16 + 3 * double
    for place in range(0, double, 2):
        end, start, delta, reach = (
            struct.unpack_from(">H", font, part + place)[0] for part in (ends, starts, deltas, ranges)
        )
        for sign in range(start, min(end, 0xFFFE) + 1):
            glyph = sign
            if reach:
                (glyph,) = struct.unpack_from(">H", font, ranges + place + reach + 2 * (sign - start))
            yield sign, (glyph + delta) & 0xFFFF if glyph or not reach else 0


def _groups(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Format 12: runs of any plane."""
    (count,) = struct.unpack_from(">L", font, at + 12)
    for n in range(count):
        start, end, glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * n)
        yield from ((sign, glyph + sign - start) for sign in range(start, end + 1))
