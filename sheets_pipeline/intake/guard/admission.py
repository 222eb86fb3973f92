"""What a file is, by its first bytes: only a zip container goes further."""

from __future__ import annotations

import re

from sheets_pipeline.intake.guard.limits import MB, Limits
from sheets_pipeline.model.file_codes import refusal

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_PAGE = re.compile(r"<!doctype\s+html|<(html|head|body|script|table|title|meta|div|p)\b", re.IGNORECASE)
_HEAD = 4_096
_MAGIC = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"MZ", "EXE"),
    (b"From ", "e-mail"),
    (b"\x7fELF", "ELF"),
)


def admit(data: bytes, name: str, limits: Limits) -> None:
    """Return for a zip container of a passable size; raise `DeliveryError` naming what the file is otherwise."""
    if not data:
        raise refusal("FILE_EMPTY")
    if name.replace("\\", "/").rpartition("/")[2].startswith("~$"):
        raise refusal("LOCK_FILE")
    if len(data) > limits.file:
        raise refusal("FILE_TOO_LARGE", megabytes=-(-len(data) // MB), limit=limits.file // MB)
    if data.startswith(_OLE):
        raise _ole(data, name)
    if _BARE_BIFF.match(data):
        raise refusal("OLD_XLS")
    if not data.startswith(b"PK\x03\x04"):
        raise _other(data)


def _ole(data: bytes, name: str) -> Exception:
    """The streams of an OLE container are named in UTF-16 in its directory; a cut container is judged by its name."""
    for stream, code in (("EncryptedPackage", "FILE_ENCRYPTED"), ("Workbook", "OLD_XLS"), ("Book", "OLD_XLS")):
        if stream.encode("utf-16-le") + b"\0\0" in data:
            return refusal(code)
    if "WordDocument".encode("utf-16-le") in data:
        return refusal("NOT_A_WORKBOOK", found="Word")
    if "PowerPoint".encode("utf-16-le") in data:
        return refusal("NOT_A_WORKBOOK", found="PowerPoint")
    return refusal("OLD_XLS" if name.lower().endswith(".xls") else "FILE_ENCRYPTED")


def _other(data: bytes) -> Exception:
    if data.startswith(b"PK"):
        return refusal("NOT_A_WORKBOOK" if data.startswith(b"PK\x05\x06") else "ZIP_BROKEN", found="ZIP")
    if not any(data):
        return refusal("ZIP_BROKEN")
    for magic, found in _MAGIC:
        if data.startswith(magic):
            return refusal("NOT_A_WORKBOOK", found=found)
    return _written(_as_text(data[:_HEAD]))


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _written(text: str) -> Exception:
    opening = text.lstrip()
    if opening.startswith("<") and (_PAGE.search(opening) or not opening.startswith("<?xml")):
        return refusal("WEB_PAGE")
    if opening.startswith("<?xml"):
        return refusal("NOT_A_WORKBOOK", found="XML")
    printable = sum(sign.isprintable() or sign in "\t\r\n" for sign in text)
    return refusal("NOT_A_WORKBOOK", found="text, CSV" if printable == len(text) else "?")
