"""The copy that the reader gets: only the parts that were inspected, unpacked, under names of our own.

The reader unpacks nothing and follows no link of the sender's, so it cannot see another file than the guard saw.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Sequence

from sheets_pipeline.model.cells import Visibility

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DAY = 0x21  # 1 January 1980, the first day that a zip can name: the same parts give the same bytes
_VERSION = 20

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_RELATION = '<Relationship Id="{}" Type="' + _LINKS + '/{}" Target="{}"/>'
_ROOT = _RELATIONS.format(_RELATION.format("r", "officeDocument", "xl/workbook.xml")).encode()
_TYPES = (
    b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    b'<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'

_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)

Member = tuple[str, bytes]


def excel(
    sheets: Sequence[tuple[str, Visibility, bytes]], strings: bytes | None, styles: bytes | None, *, date_1904: bool
) -> bytes:
    """A workbook of these sheets (name, visibility, XML), shared strings and styles."""
    listed = "".join(
        f'<sheet name="{name.translate(_ESCAPES)}" sheetId="{number}" state="{visible}" r:id="s{number}"/>'
        for number, (name, visible, _) in enumerate(sheets, start=1)
    )
    links = "".join(
        _RELATION.format(f"s{number}", "worksheet", f"worksheets/sheet{number}.xml")
        for number in range(1, len(sheets) + 1)
    )
    members: list[Member] = [("[Content_Types].xml", _TYPES), ("_rels/.rels", _ROOT)]
    for name, data in (("sharedStrings", strings), ("styles", styles)):
        if data is not None:
            links += _RELATION.format(name, name, f"{name}.xml")
            members.append((f"xl/{name}.xml", data))
    workbook = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><workbookPr date1904="{int(date_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )
    members.append(("xl/workbook.xml", workbook.encode()))
    members.append(("xl/_rels/workbook.xml.rels", _RELATIONS.format(links).encode()))
    members.extend((f"xl/worksheets/sheet{number}.xml", data) for number, (_, _, data) in enumerate(sheets, start=1))
    return stored(members)


def open_document(content: bytes) -> bytes:
    """An OpenDocument spreadsheet of this content."""
    return stored([("mimetype", OPEN_DOCUMENT), ("META-INF/manifest.xml", _MANIFEST), ("content.xml", content)])


def stored(members: Iterable[Member]) -> bytes:
    """A zip without compression."""
    chunks: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for name, data in members:
        raw = name.encode("ascii")
        crc, size = zlib.crc32(data), len(data)
        chunks += (_LOCAL.pack(b"PK\3\4", _VERSION, 0, 0, 0, _DAY, crc, size, size, len(raw), 0), raw, data)
        directory.append(
            _CENTRAL.pack(
                b"PK\1\2", _VERSION, _VERSION, 0, 0, 0, _DAY, crc, size, size, len(raw), 0, 0, 0, 0, 0, offset
            )
            + raw
        )
        offset += _LOCAL.size + len(raw) + size
    index = b"".join(directory)
    end = _END.pack(b"PK\5\6", 0, 0, len(directory), len(directory), len(index), offset, 0)
    return b"".join((*chunks, index, end))
