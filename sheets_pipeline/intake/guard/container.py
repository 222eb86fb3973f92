"""The zip container: nothing in it is believed before it is measured, and only the parts asked for are unpacked."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass

from sheets_pipeline.intake.guard.limits import Limits
from sheets_pipeline.model.file_codes import refusal

_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_LOCAL = struct.Struct("<4s22xHH")
_DRIVE = re.compile(r"^[A-Za-z]:")


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it lay in the container, with the checksum that was verified."""

    name: str
    data: bytes
    crc: int


class Container:
    """The parts of a zip by their normalised names (`/` between folders, none before).

    Raises `DeliveryError` for a container that can be read in two ways, or would unpack to too much.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._packed = self._unpacked = 0
        self.backslashes = False
        self._entries = self._admitted(_entries(data))
        self._folded = {name.casefold(): name for name in self._entries}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._entries)

    def find(self, name: str) -> str | None:
        """The name under which a part lies in the container: part names are the same whatever their case."""
        return name if name in self._entries else self._folded.get(name.casefold())

    def read(self, name: str) -> Part:
        """Unpack one part, counting what comes out; raises KeyError for a part that is not there."""
        info = self._entries[name]
        start = self._start(info)
        packed = memoryview(self._data)[start : start + info.compress_size]
        room = min(
            self._limits.inflated - self._unpacked,
            max(self._limits.entry_ratio_from, self._limits.entry_ratio * info.compress_size),
        )
        data = bytes(packed) if info.compress_type == zipfile.ZIP_STORED else _inflated(packed, room, name)
        crc = zlib.crc32(data)
        if len(data) != info.file_size or crc != info.CRC:
            raise refusal("ZIP_BROKEN", part=name)
        self._packed += info.compress_size
        self._unpacked += len(data)
        if self._unpacked > max(self._limits.ratio_from, self._limits.ratio * self._packed):
            raise refusal("ZIP_BOMB", part=name)
        return Part(name, data, crc)

    def _start(self, info: zipfile.ZipInfo) -> int:
        """Where an entry's own bytes begin, after a local header that must tell the same name."""
        header = info.header_offset
        try:
            magic, name_length, extra_length = _LOCAL.unpack_from(self._data, header)
        except struct.error as error:
            raise refusal("ZIP_BROKEN", part=info.filename) from error
        raw = info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8_NAME else "cp437", "replace")
        if magic != b"PK\x03\x04" or self._data[header + 30 : header + 30 + name_length] != raw:
            raise refusal("ZIP_BROKEN", part=info.filename)
        return header + 30 + int(name_length) + int(extra_length)

    def _admitted(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(entries) > self._limits.entries:
            raise refusal("ZIP_TOO_MANY_PARTS", count=len(entries), limit=self._limits.entries)
        self._check_places(entries)
        self._check_sizes(entries)
        admitted: dict[str, zipfile.ZipInfo] = {}
        seen: set[str] = set()
        for info in entries:
            name = self._name(info)
            folded = name.casefold()
            if folded in seen:
                raise refusal("ZIP_DUPLICATE", part=name)
            seen.add(folded)
            if not name.endswith("/"):
                admitted[name] = info
        return admitted

    def _name(self, info: zipfile.ZipInfo) -> str:
        if info.flag_bits & _ENCRYPTED:
            raise refusal("FILE_ENCRYPTED")
        name = info.orig_filename
        if "\\" in name:
            self.backslashes = True
            name = name.replace("\\", "/")
        outside = name.startswith("/") or ".." in name.split("/") or "\0" in name or _DRIVE.match(name)
        if outside or stat.S_ISLNK(info.external_attr >> 16):
            raise refusal("ZIP_PATHS", part=name.replace("\0", "\N{REPLACEMENT CHARACTER}"))
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise refusal("ZIP_BROKEN", part=name)
        return name

    def _check_places(self, entries: list[zipfile.ZipInfo]) -> None:
        """No entry begins before the one in front of it ends, and the first begins where the file does."""
        end = 0
        for info in sorted(entries, key=lambda each: each.header_offset):
            if info.header_offset < end or (end == 0 and info.header_offset > 0):
                raise refusal("ZIP_OVERLAP", part=info.filename)
            end = self._start(info) + info.compress_size
        if end > len(self._data):
            raise refusal("ZIP_BROKEN", part="")

    def _check_sizes(self, entries: list[zipfile.ZipInfo]) -> None:
        """Sizes as declared, for parts that will not be unpacked; `read` counts what really comes out of the others."""
        for info in entries:
            allowed = max(self._limits.entry_ratio_from, self._limits.entry_ratio * info.compress_size)
            if info.file_size > allowed:
                raise refusal("ZIP_BOMB", part=info.filename)
        if sum(info.file_size for info in entries) > self._limits.inflated:
            raise refusal("ZIP_BOMB", part=max(entries, key=lambda each: each.file_size).filename)


def _entries(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OverflowError, EOFError, struct.error) as error:
        raise refusal("ZIP_BROKEN") from error


def _inflated(packed: memoryview, room: int, name: str) -> bytes:
    """At most `room` bytes come out; a stream that holds more is refused, one that ends early is damaged."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        data = stream.decompress(packed, room + 1)
    except zlib.error as error:
        raise refusal("ZIP_BROKEN", part=name) from error
    if len(data) > room:
        raise refusal("ZIP_BOMB", part=name)
    if not stream.eof or stream.unused_data:
        raise refusal("ZIP_BROKEN", part=name)
    return data
