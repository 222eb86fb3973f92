"""Originals kept for ever by their checksum, receipts that only grow, and readable copies of what was put aside."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sheets_pipeline.errors import DiskError
from sheets_pipeline.files import append_durably, disk_faults, flush_folder, sha256_of, write_atomically
from sheets_pipeline.model.submissions import canonical_json

_CHECKSUM = re.compile(r"^[0-9a-f]{64}$")
_UNSAFE = re.compile(r"[^\w .,()+=@-]")
_NAME_BYTES = 150


class Archive:
    """A folder of originals at `<checksum[:2]>/<checksum>`, read-only, each with its receipt `<checksum>.json` beside.

    Definitions, rules and settings lie there too, as canonical JSON under its hash, without a receipt.
    Every method that writes or reads raises DiskError.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, checksum: str) -> Path:
        """Where the bytes of that checksum lie, or would lie; raises ValueError for what is no checksum."""
        if not _CHECKSUM.match(checksum):
            raise ValueError(f"not a checksum: {checksum!r}")
        return self.folder / checksum[:2] / checksum

    def put(self, data: bytes) -> str:
        """Keep these bytes and return their checksum. What lies there already is verified, and mended if damaged."""
        checksum, wrote = self._put(data)
        if wrote:
            flush_folder(self.path(checksum).parent)
        return checksum

    def put_all(self, originals: Iterable[tuple[bytes, Mapping[str, Any]]]) -> tuple[str, ...]:
        """Keep several originals with a receipt each; all are on the disk when this returns. Checksums in their order.

        Each folder is flushed once, which is what a batch saves.
        """
        checksums: list[str] = []
        folders: set[Path] = set()
        for data, entry in originals:
            checksum, wrote = self._put(data)
            if self._receipt(checksum, entry) or wrote:
                folders.add(self.path(checksum).parent)
            checksums.append(checksum)
        for folder in sorted(folders):
            flush_folder(folder)
        return tuple(checksums)

    def receipt(self, checksum: str, entry: Mapping[str, Any]) -> None:
        """Add one line to the receipt of an original; a line that stands there already is not written twice."""
        if self._receipt(checksum, entry):
            flush_folder(self.path(checksum).parent)

    def receipts(self, checksum: str) -> tuple[dict[str, Any], ...]:
        """The lines of a receipt in the order they were written; one cut off by a crash is passed over."""
        return tuple(_entries(self._receipt_lines(checksum)))

    def has(self, checksum: str) -> bool:
        """Whether bytes of that checksum lie here."""
        return self.path(checksum).is_file()

    def get(self, checksum: str) -> bytes:
        """The bytes of that checksum, verified; DiskError when they are missing or damaged."""
        path = self.path(checksum)
        with disk_faults(path):
            data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != checksum:
            raise DiskError(
                f"{path}: the archived file is damaged", hint="Restore it from a backup, or let it be sent again."
            )
        return data

    def put_json(self, data: object) -> str:
        """Keep a definition, rules or settings and return their hash (that of the canonical JSON)."""
        return self.put(canonical_json(data).encode())

    def get_json(self, checksum: str) -> Any:  # noqa: ANN401 - JSON is anything
        """What `put_json` kept under that hash."""
        return json.loads(self.get(checksum))

    def checksums(self) -> Iterator[str]:
        """Everything kept here, sorted: originals, definitions, rules and settings."""
        for folder in _sorted(self.folder):
            if folder.is_dir():
                yield from (path.name for path in _sorted(folder) if _CHECKSUM.match(path.name))

    def originals(self) -> Iterator[str]:
        """The checksums of what was sent in: those that have a receipt, sorted."""
        return (checksum for checksum in self.checksums() if self._receipt_path(checksum).exists())

    def _put(self, data: bytes) -> tuple[str, bool]:
        checksum = hashlib.sha256(data).hexdigest()
        path = self.path(checksum)
        if path.is_file():
            if sha256_of(path) == checksum:
                return checksum, False
            path.chmod(0o644)  # Windows does not put a file in the place of a read-only one
        write_atomically(path, data, read_only=True, flush_folder=False)
        return checksum, True

    def _receipt_path(self, checksum: str) -> Path:
        return self.path(checksum).with_name(f"{checksum}.json")

    def _receipt_lines(self, checksum: str) -> list[str]:
        path = self._receipt_path(checksum)
        with disk_faults(path):
            return path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []

    def _receipt(self, checksum: str, entry: Mapping[str, Any]) -> bool:
        """Write the line unless it stands there; whether the file is new."""
        line, lines = canonical_json(entry), self._receipt_lines(checksum)
        if line not in lines[:-1]:
            append_durably(self._receipt_path(checksum), line, flush_folder=False)
        return not lines


def quarantine(folder: Path, name: str, data: bytes | None, reason: str) -> Path:
    """Put a readable copy and its `.reason.txt` in a folder; returns the copy's path (no data: only the reason).

    The name is made safe and carries the checksum's beginning, so that two files never share one. Raises DiskError.
    """
    safe = safe_name(name)
    mark = hashlib.sha256(data if data is not None else name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    copy = folder / f"{safe.stem}_{mark}{safe.suffix}"
    if data is not None:
        write_atomically(copy, data)
    write_atomically(copy.with_name(f"{copy.name}.reason.txt"), reason.rstrip("\n") + "\n")
    return copy


def safe_name(name: str) -> Path:
    """A file name without folders, control or direction characters, short enough for every file system."""
    plain = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    path = Path(_UNSAFE.sub("_", plain).strip(" .") or "file")
    suffix = path.suffix[:10].rstrip(" .")
    stem = path.stem.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")
    return Path((stem.strip(" .") or "file") + suffix)


def _entries(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict):
            yield entry


def _sorted(folder: Path) -> list[Path]:
    with disk_faults(folder):
        return sorted(folder.iterdir()) if folder.is_dir() else []
