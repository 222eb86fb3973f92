"""A workbook behind a password, as it looks from outside: an OLE container with an encrypted package.

Written after [MS-CFB] (the container) and [MS-OFFCRYPTO] (its streams). The package is noise: no password fits.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from random import Random

_SECTOR = 512
_SMALL = 4096
_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_ROOT, _STREAM, _BLACK = 5, 2, 1
_AGILE = bytes.fromhex("0400040040000000")
_INFO = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    b'<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption">'
    b'<keyData saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES"'
    b' cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"/></encryption>'
)


def encrypted_workbook(seed: int, size: int = 20_000) -> bytes:
    """The bytes of a file that asks for a password."""
    noise = Random(seed).randbytes(size)
    info = (_AGILE + _INFO).ljust(_SMALL, b" ")
    package = struct.pack("<Q", size) + noise
    return _container((("EncryptionInfo", info), ("EncryptedPackage", package)))


def _container(streams: Sequence[tuple[str, bytes]]) -> bytes:
    """Sector 0 is the allocation table, sector 1 the directory, then the streams (4 KiB or more each)."""
    table = [_FAT, _END]
    body = b""
    entries = [_entry("Root Entry", _ROOT, child=1, start=_END)]
    for number, (name, data) in enumerate(streams, start=1):
        first, count = len(table), -(-len(data) // _SECTOR)
        table += [*range(first + 1, first + count), _END]
        body += data.ljust(count * _SECTOR, b"\0")
        right = number + 1 if number < len(streams) else _NONE
        entries.append(_entry(name, _STREAM, right=right, start=first, size=len(data)))
    table += [_FREE] * (_SECTOR // 4 - len(table))
    directory = b"".join(entries).ljust(_SECTOR, b"\0")
    return _header() + struct.pack(f"<{len(table)}I", *table) + directory + body


def _header() -> bytes:
    start = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    about = struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    tables = struct.pack("<9I", 0, 1, 1, 0, _SMALL, _END, 0, _END, 0)
    return start + about + tables + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(name: str, kind: int, *, start: int, right: int = _NONE, child: int = _NONE, size: int = 0) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    head = title.ljust(64, b"\0") + struct.pack("<HBB", len(title), kind, _BLACK)
    return head + struct.pack("<III36xIQ", _NONE, right, child, start, size)
