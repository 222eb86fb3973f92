"""XML parts: no entities, one encoding, and small parts as lists of elements."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from xml.parsers import expat

from sheets_pipeline.model.file_codes import refusal

# The declaration, instructions and comments that may stand before the root element; a DOCTYPE does not match.
_PROLOG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*"
    rb"(?P<declaration><\?xml\s(?:[^>]*?encoding\s*=\s*[\"'](?P<encoding>[A-Za-z0-9._-]+)[\"'])?[^>]*\?>)?"
    rb"(?:\s|<\?(?!xml\s)[^>]*\?>|<!--(?:[^-]|-(?!-))*-->)*"
    rb"<(?:[\w.-]+:)?(?P<root>[A-Za-z_][\w.-]*)[\s/>]",
    re.DOTALL,
)
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_UTF8 = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_OTHERS = {b"iso-8859-1": "latin-1", b"windows-1252": "cp1252", b"utf-16": "utf-16"}
_UTF16_STARTS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}

Attributes = Mapping[str, str]
SMALL = 32_768


@dataclass(frozen=True, slots=True)
class Text:
    """One XML part as UTF-8: `root` is its root element without prefix; `mended` names the encoding it had."""

    data: bytes
    root: str
    mended: str = ""


def plain(part: str, data: bytes) -> Text:
    """A part as UTF-8 without entities; raises `DeliveryError` for any other."""
    if (encoding := _UTF16_STARTS.get(data[:2])) is not None:
        return _recoded(part, data, encoding, "UTF-16")
    match = _PROLOG.match(data)
    if match is None:
        raise refusal("XML_ENTITIES" if _DOCTYPE.search(data) else "XML_BROKEN", part=part)
    declared = (match["encoding"] or b"utf-8").lower()
    if declared not in _UTF8:
        if declared not in _OTHERS or declared == b"utf-16":
            raise refusal("XML_ENCODING", part=part, encoding=declared.decode("ascii"))
        return _recoded(part, data, _OTHERS[declared], declared.decode("ascii"))
    if data.find(b"!") >= 0 and _DOCTYPE.search(data):
        raise refusal("XML_ENTITIES", part=part)
    return Text(data.removeprefix(b"\xef\xbb\xbf"), match["root"].decode("ascii", "replace"))


def _recoded(part: str, data: bytes, encoding: str, shown: str) -> Text:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal("XML_BROKEN", part=part) from error
    undeclared = re.sub(r"^\ufeff?\s*<\?xml\s[^>]*\?>", "", text.lstrip("\ufeff"), count=1)
    if undeclared.startswith("\0"):
        raise refusal("XML_ENCODING", part=part, encoding="UTF-32")
    plain_text = plain(part, undeclared.encode("utf-8", "surrogatepass"))
    return Text(plain_text.data, plain_text.root, shown)


def elements(part: str, data: bytes) -> Sequence[tuple[str, Attributes]]:
    """Every element in document order as (local name, attributes); attribute names keep their prefix.

    Small parts of workbooks that one program saved are often the same bytes, so what was in them is remembered.
    """
    return _remembered(part, data) if len(data) <= SMALL else _elements(part, data)


@lru_cache(maxsize=128)
def _remembered(part: str, data: bytes) -> Sequence[tuple[str, Attributes]]:
    return _elements(part, data)


def _elements(part: str, data: bytes) -> Sequence[tuple[str, Attributes]]:
    found: list[tuple[str, Attributes]] = []
    parser = parser_for(part)
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    parse(parser, part, data)
    return found


def parser_for(part: str) -> expat.XMLParserType:
    """An expat parser that refuses a DOCTYPE, and with it every entity of the file's own."""

    def refuse(*_: object) -> None:
        raise refusal("XML_ENTITIES", part=part)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def parse(parser: expat.XMLParserType, part: str, data: bytes) -> None:
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes no names
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise refusal("XML_BROKEN", part=part) from error
