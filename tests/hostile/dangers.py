"""Files that nobody should have to open, made by ourselves: each with the code that must name its danger."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CELL = '<c r="A1" t="inlineStr"><is><t>answer</t></is></c>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
WIDE = ' table:number-columns-repeated="{}"'
SPACES = "urn:oasis:names:tc:opendocument:xmlns"

Parts = dict[str, bytes]


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def row(cells: str, number: int = 1) -> str:
    return f'<row r="{number}">{cells}</row>'


def relation(number: int, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"{more}/>'


def relations(*lines: str) -> str:
    inside = "".join(lines)
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def workbook(*names: str) -> str:
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(names, start=1))
    return f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>'


def parts(sheet_xml: str | bytes | None = None, **changed: str | bytes | None) -> Parts:
    """A small sound workbook; `changed` replaces or (None) leaves out a part: types, root, workbook, links, strings."""
    names = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "workbook": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
        "sheet": "xl/worksheets/sheet1.xml",
        "strings": "xl/sharedStrings.xml",
    }
    sound: dict[str, str | bytes | None] = {
        "types": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "root": relations(relation(1, "officeDocument", "xl/workbook.xml")),
        "workbook": workbook("Blad1"),
        "links": relations(relation(1, "worksheet", "worksheets/sheet1.xml")),
        "sheet": sheet_xml if sheet_xml is not None else sheet(row(CELL)),
    }
    chosen = {**sound, **changed}
    return {
        names[key]: content.encode() if isinstance(content, str) else content
        for key, content in chosen.items()
        if content is not None
    }


def packed(members: Parts | Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    pairs = members.items() if isinstance(members, dict) else members
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in pairs:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def with_strings(strings: str | bytes, cells: str = '<c r="A1" t="s"><v>0</v></c>') -> Parts:
    links = relations(
        relation(1, "worksheet", "worksheets/sheet1.xml"), relation(2, "sharedStrings", "sharedStrings.xml")
    )
    return parts(sheet(row(cells)), links=links, strings=strings)


def ods(tables: str, manifest: str = "<manifest/>", mimetype: str = ODS) -> bytes:
    spaces = f'xmlns:office="{SPACES}:office:1.0" xmlns:table="{SPACES}:table:1.0" xmlns:text="{SPACES}:text:1.0"'
    content = (
        f"{HEAD}<office:document-content {spaces}><office:body><office:spreadsheet>{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    members = {
        "mimetype": mimetype.encode(),
        "content.xml": content.encode(),
        "META-INF/manifest.xml": manifest.encode(),
    }
    return packed(members)


def ods_table(rows: str) -> str:
    return f'<table:table table:name="Blad1">{rows}</table:table>'


def ods_row(cells: str, times: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def ods_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def retold(data: bytes, **fields: int) -> bytes:
    """The zip with other numbers in the central directory's first entry: offset, size, flags."""
    places = {"flags": (8, "<H"), "size": (24, "<I"), "offset": (42, "<I")}
    start = data.index(b"PK\x01\x02")
    changed = bytearray(data)
    for name, value in fields.items():
        place, form = places[name]
        struct.pack_into(form, changed, start + place, value)
    return bytes(changed)


def laughing(levels: int = 9) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels))
    doctype = f'<!DOCTYPE sst [<!ENTITY l0 "ha">{entities}]>'
    return f'<?xml version="1.0"?>{doctype}<sst xmlns="{MAIN}"><si><t>&l8;</t></si></sst>'


def overlapping() -> bytes:
    """Two entries whose bytes are the same, as in a zip that multiplies its contents."""
    data = bytearray(packed(parts()))
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


def nested_quotes() -> bytes:
    """One kernel of compressed bytes that every entry's local header quotes as its own contents (a better zip bomb)."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = kernel.compress(b"a" * 500_000) + kernel.flush()
    entries, body = [], b""
    for number in range(20):
        entries.append((f"xl/worksheets/sheet{number}.xml".encode(), len(body)))
        body += struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, 0, len(squeezed), 500_000, 24, 0)
        body += entries[-1][0].ljust(24)[:24]
    body += squeezed
    directory = b"".join(
        struct.pack(
            "<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, 0, len(body) - start - 54, 500_000, 24, 0, 0, 0, 0, 0, start
        )
        + name.ljust(24)[:24]
        for name, start in entries
    )
    return body + directory + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 20, 20, len(directory), len(body), 0)


def symlink() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts().items():
            archive.writestr(name, data)
        link = zipfile.ZipInfo("xl/media/image1.png")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return file.getvalue()


def _far(address: str) -> bytes:
    return packed(parts(sheet(row(CELL) + row(f'<c r="{address}"><v>1</v></c>', 2))))


def _without_sheet_part() -> bytes:
    members = parts()
    del members["xl/worksheets/sheet1.xml"]
    return packed(members)


@dataclass(frozen=True, slots=True)
class Danger:
    """A hostile or useless file, and the code that must name it."""

    name: str
    code: str
    make: Callable[[], bytes]
    file: str = "svar.xlsx"


DANGERS = (
    Danger("nothing", "FILE_EMPTY", bytes),
    Danger("lock file", "LOCK_FILE", lambda: b"\x05Anna", "~$svar.xlsx"),
    Danger("too large", "FILE_TOO_LARGE", lambda: b"PK\3\4" + bytes(25_000_001)),
    Danger("zeros", "ZIP_BROKEN", lambda: bytes(4_096)),
    Danger(
        "encrypted", "FILE_ENCRYPTED", lambda: OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    ),
    Danger("encrypted, cut short", "FILE_ENCRYPTED", lambda: OLE + bytes(100)),
    Danger("old workbook", "OLD_XLS", lambda: OLE + bytes(500) + "Workbook".encode("utf-16-le") + bytes(99)),
    Danger("older workbook", "OLD_XLS", lambda: b"\x09\x08\x08\x00" + bytes(99)),
    Danger("old Word document", "NOT_A_WORKBOOK", lambda: OLE + "WordDocument".encode("utf-16-le") + bytes(99)),
    Danger("web page", "WEB_PAGE", lambda: b"<!DOCTYPE html><html><title>Logga in</title>"),
    Danger("web page in UTF-16", "WEB_PAGE", lambda: "\ufeff<html><body>Logga in".encode("utf-16-le")),
    Danger("flat XML", "NOT_A_WORKBOOK", lambda: b'<?xml version="1.0"?><Workbook/>'),
    Danger("CSV", "NOT_A_WORKBOOK", "fråga;svar\nm01;4\n".encode),
    Danger("PDF", "NOT_A_WORKBOOK", lambda: b"%PDF-1.7\n"),
    Danger("empty zip", "NOT_A_WORKBOOK", lambda: packed({})),
    Danger("other zip", "NOT_A_WORKBOOK", lambda: packed({"hej.txt": b"hej"})),
    Danger(
        "Word document",
        "NOT_A_WORKBOOK",
        lambda: packed(
            {**parts(root=relations(relation(1, "officeDocument", "word/document.xml"))), "word/document.xml": b"<w/>"}
        ),
    ),
    Danger("text document", "NOT_A_WORKBOOK", lambda: ods("", mimetype="application/vnd.oasis.opendocument.text")),
    Danger(
        "binary workbook",
        "XLSB_NOT_READ",
        lambda: packed(
            {**parts(root=relations(relation(1, "officeDocument", "xl/workbook.bin"))), "xl/workbook.bin": b"\x83"}
        ),
    ),
    Danger("cut short", "ZIP_BROKEN", lambda: packed(parts())[:-200]),
    Danger("cut in the middle", "ZIP_BROKEN", lambda: packed(parts())[:400]),
    Danger("one byte changed", "ZIP_BROKEN", lambda: packed(parts(), zipfile.ZIP_STORED).replace(b"answer", b"Answer")),
    Danger("bzip2", "ZIP_BROKEN", lambda: packed(parts(), zipfile.ZIP_BZIP2)),
    Danger("zip bomb", "ZIP_BOMB", lambda: packed(parts(sheet(row(CELL)) + " " * 20_000_000))),
    Danger(
        "many small bombs", "ZIP_BOMB", lambda: packed({**parts(), **{f"m{n}": bytes(999_999) for n in range(250)}})
    ),
    Danger("2 GB declared", "ZIP_BOMB", lambda: retold(packed(parts()), size=2_000_000_000)),
    Danger("lying size", "ZIP_BROKEN", lambda: retold(packed(parts()), size=10)),
    Danger("encrypted entries", "FILE_ENCRYPTED", lambda: retold(packed(parts()), flags=1)),
    Danger("2,001 parts", "ZIP_TOO_MANY_PARTS", lambda: packed({**parts(), **{f"m{n}": b"" for n in range(2_000)}})),
    Danger("twin", "ZIP_DUPLICATE", lambda: packed([*parts().items(), ("xl/worksheets/sheet1.xml", b"<other/>")])),
    Danger("case twin", "ZIP_DUPLICATE", lambda: packed([*parts().items(), ("XL/Worksheets/Sheet1.xml", b"<other/>")])),
    Danger("backslash twin", "ZIP_DUPLICATE", lambda: packed([*parts().items(), ("xl\\workbook.xml", b"<other/>")])),
    Danger("absolute path", "ZIP_PATHS", lambda: packed({**parts(), "/etc/passwd": b""})),
    Danger("path upwards", "ZIP_PATHS", lambda: packed({**parts(), "xl/../../x": b""})),
    Danger("drive", "ZIP_PATHS", lambda: packed({**parts(), "C:\\x": b""})),
    Danger("symbolic link", "ZIP_PATHS", symlink),
    Danger("overlap", "ZIP_OVERLAP", overlapping),
    Danger("nested quotes", "ZIP_OVERLAP", nested_quotes),
    Danger("billion laughs", "XML_ENTITIES", lambda: packed(with_strings(laughing()))),
    Danger("laughs in the sheet", "XML_ENTITIES", lambda: packed(parts(laughing()))),
    Danger("laughs in UTF-16", "XML_ENTITIES", lambda: packed(with_strings(laughing().encode("utf-16")))),
    Danger("laughs in the types", "XML_ENTITIES", lambda: packed(parts(types=laughing()))),
    Danger("doctype after the root", "XML_ENTITIES", lambda: packed(parts(sheet("<!DOCTYPE x>" + row(CELL))))),
    Danger("broken sheet", "XML_BROKEN", lambda: packed(parts(sheet(row(CELL))[:-30]))),
    Danger("EBCDIC", "XML_ENCODING", lambda: packed(parts(sheet(row(CELL)).replace("UTF-8", "cp037")))),
    Danger("UTF-7", "XML_ENCODING", lambda: packed(parts(sheet(row(CELL)).replace("UTF-8", "UTF-7")))),
    Danger("row 1048577", "CELL_OUT_OF_RANGE", lambda: _far("A1048577")),
    Danger("column XFE", "CELL_OUT_OF_RANGE", lambda: _far("XFE1")),
    Danger("row 0", "CELL_OUT_OF_RANGE", lambda: _far("A0")),
    Danger("endless row", "CELL_OUT_OF_RANGE", lambda: _far("A99999999999999999999")),
    Danger("the last cell", "FAR_CELL", lambda: _far("XFD1048576")),
    Danger(
        "last cell without addresses",
        "FAR_CELL",
        lambda: packed(
            parts(sheet('<row r="1"><c><v>1</v></c></row><row r="1048576">' + "<c><v>1</v></c>" * 50 + "</row>"))
        ),
    ),
    Danger(
        "500,001 cells",
        "TOO_MANY_CELLS",
        lambda: packed(
            parts(sheet("".join(row("<c><v>1</v></c>" * 1_000, n) for n in range(1, 502)))), zipfile.ZIP_STORED
        ),
    ),
    Danger(
        "macro sheet",
        "XLM_MACROS",
        lambda: packed(parts(types=f"{HEAD}<Types t='application/vnd.ms-excel.macrosheet+xml'/>")),
    ),
    Danger("no sheets", "NO_SHEETS", lambda: packed(parts(workbook=workbook()))),
    Danger("only a chart", "NO_SHEETS", lambda: packed(parts(links=relations(relation(1, "chartsheet", "x.xml"))))),
    Danger("sheet part missing", "SHEET_MISSING", _without_sheet_part),
    Danger(
        "sheet elsewhere",
        "SHEET_MISSING",
        lambda: packed(
            parts(links=relations(relation(1, "worksheet", "http://example.org/a.xml", ' TargetMode="External"')))
        ),
    ),
    Danger(
        "sheet redirected",
        "SHEET_MISSING",
        lambda: packed(parts(links=relations(relation(1, "worksheet", "workbook.xml")))),
    ),
    Danger("sheet unlinked", "SHEET_MISSING", lambda: packed(parts(links=relations()))),
    Danger(
        "one part, two sheets",
        "SHEET_MISSING",
        lambda: packed(
            parts(
                workbook=workbook("A", "B"),
                links=relations(*(relation(n, "worksheet", "worksheets/sheet1.xml") for n in (1, 2))),
            )
        ),
    ),
    Danger("workbook part missing", "PART_MISSING", lambda: packed(parts(workbook=None))),
    Danger(
        "strings missing",
        "PART_MISSING",
        lambda: packed(
            parts(
                links=relations(
                    relation(1, "worksheet", "worksheets/sheet1.xml"), relation(2, "sharedStrings", "s.xml")
                )
            )
        ),
    ),
    Danger(
        "ods: a billion rows",
        "CELL_OUT_OF_RANGE",
        lambda: ods(
            ods_table(f'<table:table-row table:number-rows-repeated="999999999">{ods_cell("X")}</table:table-row>')
        ),
        "svar.ods",
    ),
    Danger(
        "ods: a billion columns",
        "CELL_OUT_OF_RANGE",
        lambda: ods(ods_table(f"<table:table-row>{ods_cell('X', WIDE.format(999_999_999))}</table:table-row>")),
        "svar.ods",
    ),
    Danger(
        "ods: a full sheet",
        "TOO_MANY_CELLS",
        lambda: ods(ods_table(ods_row(ods_cell("X", WIDE.format(1_000)), 1_000))),
        "svar.ods",
    ),
    Danger(
        "ods: a far cell",
        "FAR_CELL",
        lambda: ods(
            ods_table(
                ods_row(ods_cell("X"))
                + ods_row("", 1_048_000)
                + ods_row(f"<table:table-cell{WIDE.format(99)}/>{ods_cell('X')}")
            )
        ),
        "svar.ods",
    ),
    Danger(
        "ods: encrypted", "FILE_ENCRYPTED", lambda: ods("", manifest="<m><manifest:encryption-data/></m>"), "svar.ods"
    ),
    Danger(
        "ods: laughing",
        "XML_ENTITIES",
        lambda: packed({"mimetype": ODS.encode(), "content.xml": laughing().encode()}),
        "svar.ods",
    ),
    Danger("ods: no sheets", "NO_SHEETS", lambda: ods(""), "svar.ods"),
    Danger("ods: no content", "PART_MISSING", lambda: packed({"mimetype": ODS.encode()}), "svar.ods"),
)
