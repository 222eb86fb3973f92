"""Files that appear whole or not at all: written aside, on the disk before they are renamed, their folder too.

Windows cannot flush a folder; there a power cut may take back the rename, never half of it.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sheets_pipeline.errors import DiskError

PART_PREFIX = ".part-"
_READ_ONLY = 0o444
_WRITABLE = 0o644

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is missing",
    errno.EPERM: "permission is missing",
    errno.EIO: "the disk fails",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open on this machine",
    errno.ENAMETOOLONG: "the name is too long",
}
_HINTS = {
    errno.ENOSPC: "Free some space and run again; nothing half-written was left.",
    errno.EDQUOT: "Free some space and run again; nothing half-written was left.",
    errno.EROFS: "Let the project lie on a disk that can be written.",
    errno.EACCES: "Give the account that runs this the right to write there.",
    errno.EPERM: "Give the account that runs this the right to write there.",
    errno.EIO: "Check the disk, and restore from a backup if it is failing.",
}


@contextlib.contextmanager
def disk_faults(path: Path, *, need: int = 0) -> Iterator[None]:
    """Turn an OSError into a DiskError naming `path`, the cause and the `need` in bytes."""
    try:
        yield
    except OSError as fault:
        reason = _REASONS.get(fault.errno or 0, fault.strerror or str(fault))
        room = f" ({need:,} bytes needed)" if need else ""
        raise DiskError(f"{path}: {reason}{room}", hint=_HINTS.get(fault.errno or 0, "")) from fault


def write_atomically(path: Path, data: bytes | str, *, read_only: bool = False, flush_folder: bool = True) -> None:
    """Write `data` (text as UTF-8) to `path` whole, in place of what stood there; makes its folder.

    `flush_folder=False` is for a batch that flushes its folders once at the end. Raises DiskError.
    """
    content = data.encode() if isinstance(data, str) else data
    with disk_faults(path, need=len(content)):
        _make_folder(path.parent)
        part = _write_part(path.parent, content, _READ_ONLY if read_only else _WRITABLE)
        try:
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        if flush_folder:
            _flush(path.parent)


def append_durably(path: Path, line: str, *, flush_folder: bool = True) -> None:
    """Add one line to a file that only grows; a line that a crash cut off is closed first. Raises DiskError."""
    content = line.encode() + b"\n"
    with disk_faults(path, need=len(content)):
        _make_folder(path.parent)
        with path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size and _last_byte(path) != b"\n":
                content = b"\n" + content
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if flush_folder and not size:
            _flush(path.parent)


def flush_folder(folder: Path) -> None:
    """Put a folder's entries on the disk, where the platform can. Raises DiskError."""
    with disk_faults(folder):
        _flush(folder)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, hexadecimal. Raises DiskError."""
    with disk_faults(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_part(name: str) -> bool:
    """Whether a file name is that of something being written."""
    return name.startswith(PART_PREFIX)


def _write_part(folder: Path, content: bytes, mode: int) -> Path:
    handle, name = tempfile.mkstemp(prefix=PART_PREFIX, dir=folder)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each put on the disk in its parent."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    _flush(folder.parent)


def _flush(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _last_byte(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1)
