"""Where files come from: a folder that people drop them in, at any depth. The files stay where people put them."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from sheets_pipeline.files import disk_faults, is_part
from sheets_pipeline.model.receipts import FileMark
from sheets_pipeline.model.submissions import Delivery

LARGEST = 25 * 1024 * 1024
STILL_SECONDS = 2.0

Reason = Literal[
    "lock_file", "temporary", "hidden", "link", "not_a_file", "still_being_copied", "cannot_be_opened", "gone"
]
REASONS: dict[Reason, str] = {
    "lock_file": "a spreadsheet program's note that somebody has the file open",
    "temporary": "a file that another program has not finished, or leaves behind",
    "hidden": "a hidden file or folder",
    "link": "a link to somewhere else; put the file itself in the inbox",
    "not_a_file": "neither a file nor a folder",
    "still_being_copied": "still being copied; it is read next time",
    "cannot_be_opened": "cannot be opened now; another program may be using it",
    "gone": "taken away while the inbox was read",
}
_LAST_MICROSECOND = 253_402_300_799_999_999
_LITTER = frozenset(("thumbs.db", "desktop.ini", "ehthumbs.db"))
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".download", ".filepart")
_MUNICIPALITY = re.compile(r"^([0-9]{4}(?:-[a-z0-9]{2,12})?|x-[a-z0-9]{2,20})(?![a-z0-9])")


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file to be judged, and the mark it is settled with."""

    delivery: Delivery
    mark: FileMark


@dataclass(frozen=True, slots=True)
class Oversize:
    """A file too large to be read; `delivery` has no bytes."""

    delivery: Delivery
    mark: FileMark


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A file that was settled before and has not been touched since; it was not opened."""

    mark: FileMark


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that is no delivery, or not yet one.

    `REASONS` holds each reason's English text, to be shown with `texts.text(…, context="ignored")`.
    """

    path: str
    reason: Reason


Sighting = Arrived | Oversize | Unchanged | Ignored


@dataclass(frozen=True, slots=True)
class FolderSource:
    """An inbox folder. A file touched less than `still_seconds` ago is left for next time."""

    folder: Path
    name: str = "inbox"
    still_seconds: float = STILL_SECONDS

    def look(self, now: datetime, settled: Callable[[FileMark], bool] = lambda _: False) -> Iterator[Sighting]:
        """Everything in the inbox in the order of its names, each as exactly one sighting.

        `settled` says whether a mark was settled before, so that a night without news opens nothing. An inbox that is
        not there is an empty one. Raises DiskError when the inbox itself cannot be listed.
        """
        if not self.folder.exists():
            return
        with disk_faults(self.folder):
            entries = _entries(self.folder)
        for entry in entries:
            yield from self._entry(entry, "", now, settled)

    def _entry(
        self, entry: os.DirEntry[str], above: str, now: datetime, settled: Callable[[FileMark], bool]
    ) -> Iterator[Sighting]:
        path = f"{above}{_printable(entry.name)}"
        reason = _litter(entry.name)
        if reason:
            yield Ignored(path, reason)
            return
        try:
            if not entry.is_dir(follow_symlinks=False):
                yield self._file(entry, path, now, settled)
                return
            inside = _entries(Path(entry.path))
        except FileNotFoundError:
            yield Ignored(path, "gone")
        except OSError:
            yield Ignored(path, "cannot_be_opened")
        else:
            for below in inside:
                yield from self._entry(below, f"{path}/", now, settled)

    def _file(self, entry: os.DirEntry[str], path: str, now: datetime, settled: Callable[[FileMark], bool]) -> Sighting:
        """One file's sighting. Raises OSError when it cannot be opened."""
        status = entry.stat(follow_symlinks=False)
        if not stat.S_ISREG(status.st_mode):
            return Ignored(path, "link" if entry.is_symlink() else "not_a_file")
        mark = FileMark(self.name, path, status.st_size, status.st_mtime_ns)
        if settled(mark):
            return Unchanged(mark)
        if abs(now.timestamp() - status.st_mtime) < self.still_seconds:
            return Ignored(path, "still_being_copied")
        delivery = self._delivery(path, status.st_mtime_ns)
        if status.st_size > LARGEST:
            return Oversize(delivery, mark)
        data = _read_unchanged(entry.path, status)
        return Ignored(path, "still_being_copied") if data is None else Arrived(replace(delivery, data=data), mark)

    def _delivery(self, path: str, mtime_ns: int) -> Delivery:
        """The delivery without its bytes."""
        parts = unicodedata.normalize("NFC", path).split("/")
        return Delivery(
            name=parts[-1],
            data=b"",
            source=self.name,
            received=_moment(mtime_ns),
            folder=parts[0] if len(parts) > 1 else "",
        )


def folder_organisation(folder: str, codes: Container[str]) -> str:
    """The organisation whose code an inbox folder begins with (`9901`, `9901_exempelby`); empty for other folders."""
    match = _MUNICIPALITY.match(folder.lower())
    if not match:
        return ""
    whole, plain = match[1], match[1].partition("-")[0]
    return next((code for code in (whole, plain) if code in codes), "")


def _moment(mtime_ns: int) -> datetime:
    """A file's time, exact to the microsecond; times that no calendar has become its first or last."""
    microseconds = min(max(mtime_ns // 1000, 0), _LAST_MICROSECOND)
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    """What lies in a folder, in the order of the composed names; of two that look the same the raw names decide."""
    with os.scandir(folder) as found:
        return sorted(found, key=lambda entry: (unicodedata.normalize("NFC", entry.name), entry.name))


def _litter(name: str) -> Reason | None:
    """Why a name alone says that this is no delivery."""
    lower = name.lower()
    if lower.startswith(("~$", ".~lock.")):
        return "lock_file"
    if is_part(name) or lower.startswith("~wr") or lower.endswith(_UNFINISHED):
        return "temporary"
    if lower.startswith(".") or lower in _LITTER:
        return "hidden"
    return None


def _read_unchanged(path: str, before: os.stat_result) -> bytes | None:
    """The bytes, or None when the file was another one or grew while it was read. Links are not followed."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        data = file.read(LARGEST + 1)
        after = os.fstat(file.fileno())
    same = (after.st_ino, after.st_size, after.st_mtime_ns) == (before.st_ino, before.st_size, before.st_mtime_ns)
    return data if same and len(data) == before.st_size else None


def _printable(name: str) -> str:
    """The name with bytes that are no text written out, since a store holds text only."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
