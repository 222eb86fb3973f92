"""What makes Excel offer to repair a workbook and openxml-audit passes over, found in the parts of the file.

XML that breaks off; a cell out of order, given twice or in a style that is not there; merged cells that overlap; a
format of a rule that is not there; a list too long to offer; tables that share a name, or whose columns are not those
of the sheet.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
LIST_LENGTH = 255
TABLE_NAME = re.compile(r"[^\W\d][\w.]*")
Rectangle = tuple[int, int, int, int]


def repairs(path: Path) -> list[str]:
    """What is wrong with a workbook, a line a finding."""
    with ZipFile(path) as book:
        parts, broken = _parsed(book)
        found = [*broken, *_twice_packed(book)]
    return [f"{path.name} {finding}" for finding in (*found, *_sheets(parts), *_tables(parts))]


def _parsed(book: ZipFile) -> tuple[dict[str, ET.Element], list[str]]:
    parts, broken = {}, []
    for name in book.namelist():
        if name.endswith((".xml", ".rels", ".vml")):
            try:
                parts[name] = ET.fromstring(book.read(name))  # noqa: S314 - our own file
            except ET.ParseError as error:
                broken.append(f"{name}: {error}")
    return parts, broken


def _twice_packed(book: ZipFile) -> list[str]:
    return [f"{name}: packed twice" for name, count in Counter(book.namelist()).items() if count > 1]


def _sheets(parts: dict[str, ET.Element]) -> Iterator[str]:
    styles = parts["xl/styles.xml"]
    formats, rules = (len(styles.findall(f"{MAIN}{name}/*")) for name in ("cellXfs", "dxfs"))
    for name, sheet in parts.items():
        if name.startswith("xl/worksheets/") and sheet.tag == f"{MAIN}worksheet":
            found = (*_cells(sheet, formats), *_merged(sheet), *_rules(sheet, rules), *_lists(sheet))
            yield from (f"{name}: {finding}" for finding in found)


def _cells(sheet: ET.Element, formats: int) -> Iterator[str]:
    rows = sheet.findall(f"{MAIN}sheetData/{MAIN}row")
    numbers = [int(row.get("r", "0")) for row in rows]
    yield from (f"row {later} after row {earlier}" for earlier, later in pairwise(numbers) if later <= earlier)
    for row, number in zip(rows, numbers, strict=True):
        columns = []
        for cell in row:
            address = ADDRESS.fullmatch(cell.get("r", ""))
            if address is None or int(address[2]) != number:
                yield f"cell {cell.get('r')} in row {number}"
            else:
                columns.append(_column(address[1]))
            if int(cell.get("s", "0")) >= formats:
                yield f"cell {cell.get('r')} has style {cell.get('s')} of {formats}"
        yield from (f"row {number}: cells out of order" for one, next_ in pairwise(columns) if next_ <= one)


def _merged(sheet: ET.Element) -> Iterator[str]:
    areas = [one.get("ref", "") for one in sheet.iter(f"{MAIN}mergeCell")]
    for one, other in combinations(areas, 2):
        if _overlap(_rectangle(one), _rectangle(other)):
            yield f"merged cells {one} and {other} overlap"


def _rules(sheet: ET.Element, formats: int) -> Iterator[str]:
    for rule in sheet.iter(f"{MAIN}cfRule"):
        if int(rule.get("dxfId", "-1")) >= formats:
            yield f"a rule has format {rule.get('dxfId')} of {formats}"


def _lists(sheet: ET.Element) -> Iterator[str]:
    for rule in sheet.iter(f"{MAIN}dataValidation"):
        typed = rule.findtext(f"{MAIN}formula1", "")
        if len(typed) > LIST_LENGTH:
            yield f"{rule.get('sqref')}: the rule for what may be typed has {len(typed)} characters"
        for said in ("promptTitle", "errorTitle", "prompt", "error"):
            if len(rule.get(said, "")) > (LIST_LENGTH if said in {"prompt", "error"} else 32):
                yield f"{rule.get('sqref')}: {said} is too long"


def _tables(parts: dict[str, ET.Element]) -> Iterator[str]:
    tables = {name: part for name, part in parts.items() if part.tag == f"{MAIN}table"}
    names = Counter(part.get("displayName", "").lower() for part in tables.values())
    texts = _shared_texts(parts)
    for sheet, owned in _owned(parts, tables):
        cells = {cell.get("r"): _text(cell, texts) for cell in parts[sheet].iter(f"{MAIN}c")}
        areas = [tables[name].get("ref", "") for name in owned]
        yield from (f"{sheet}: tables {one} and {other} overlap" for one, other in combinations(areas, 2)
                    if _overlap(_rectangle(one), _rectangle(other)))  # fmt: skip
        for name in owned:
            yield from (f"{name}: {finding}" for finding in _table(tables[name], cells, names))


def _table(table: ET.Element, cells: dict[str | None, str], names: Counter[str]) -> Iterator[str]:
    name = table.get("displayName", "")
    columns = table.findall(f"{MAIN}tableColumns/{MAIN}tableColumn")
    titles = [column.get("name", "") for column in columns]
    top, left, _, right = _rectangle(table.get("ref", ""))
    if names[name.lower()] > 1 or not TABLE_NAME.fullmatch(name) or ADDRESS.fullmatch(name.upper()):
        yield f"the name {name!r}"
    if len({column.get("id") for column in columns}) < len(columns) or len({one.lower() for one in titles}) < len(
        titles
    ):
        yield "two columns are one"
    if len(columns) != right - left + 1:
        yield f"{len(columns)} columns in {table.get('ref')}"
    above = [cells.get(f"{_letters(left + n)}{top}", "") for n in range(len(columns))]
    if table.get("headerRowCount", "1") != "0" and above != [_unescaped(title) for title in titles]:
        yield f"{titles} are not the sheet's {above}"


def _owned(parts: dict[str, ET.Element], tables: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each worksheet with the tables that lie on it."""
    for name in parts:
        folder, _, file = name.rpartition("/")
        relations = parts.get(f"{folder}/_rels/{file}.rels")
        if folder == "xl/worksheets" and relations is not None:
            targets = [posixpath.normpath(posixpath.join(folder, one.get("Target", ""))) for one in relations]
            yield name, [target for target in targets if target in tables]


def _shared_texts(parts: dict[str, ET.Element]) -> list[str]:
    shared = parts.get("xl/sharedStrings.xml", ET.Element("sst"))
    return ["".join(part.text or "" for part in one.iter(f"{MAIN}t")) for one in shared.findall(f"{MAIN}si")]


def _text(cell: ET.Element, shared: list[str]) -> str:
    value = cell.findtext(f"{MAIN}v", "")
    if cell.get("t") == "s":
        return shared[int(value)] if int(value) < len(shared) else "no such text"
    return "".join(part.text or "" for part in cell.iter(f"{MAIN}t")) if cell.get("t") == "inlineStr" else value


def _unescaped(title: str) -> str:
    return title.replace("_x000a_", "\n").replace("_x000A_", "\n")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _rectangle(area: str) -> Rectangle:
    """Top, left, bottom, right of `B2:D9`."""
    corners = [(int(row), _column(column)) for column, row in ADDRESS.findall(area)]
    (top, left), (bottom, right) = corners[0], corners[-1]
    return top, left, bottom, right


def _overlap(one: Rectangle, other: Rectangle) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
