"""Where an SQLite store may not lie: its locks fail on network drives, and synchronised folders copy it half-written.

A drive letter that Windows maps to a network is not recognised, a path that begins with two backslashes is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from sheets_pipeline.errors import StoreError

_SYNCED = re.compile(r"^(onedrive|dropbox|google ?drive|my drive|min enhet|icloud ?drive|nextcloud)\b", re.IGNORECASE)
_NETWORK = re.compile(r"^(nfs\d*|cifs|smb\w*|ncpfs|afs|ceph|glusterfs|davfs|fuse\.(sshfs|rclone|davfs\w*|gvfs\S*))$")
_MOUNTS = Path("/proc/self/mounts")
_HINT = "Let data/store.sqlite lie on this machine's own disk; only the inbox and the shared folder may lie elsewhere."


def refuse_shared_place(folder: Path) -> None:
    """Raise StoreError when a folder is on a network drive or synchronised with a cloud."""
    mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace") if _MOUNTS.exists() else ""
    kind = shared_place(folder, mounts)
    if kind:
        raise StoreError(f"the store may not lie in {folder}, which is {kind}", hint=_HINT)


def shared_place(folder: Path, mounts: str) -> str:
    """What kind of shared place a folder is, empty for none; `mounts` as Linux lists them."""
    resolved = folder.resolve()
    if any(_SYNCED.match(part) for part in resolved.parts):
        return "a synchronised folder"
    if str(folder).startswith(("\\\\", "//")) or _NETWORK.match(_file_system(resolved, mounts.splitlines())):
        return "on a network drive"
    return ""


def _file_system(folder: Path, mounts: Iterable[str]) -> str:
    """The type of the file system that a folder lies on: that of the longest mount point above it."""
    found = (0, "")
    for line in mounts:
        _, point, kind, *_ = line.split(" ")
        place = Path(point.replace("\\040", " "))
        if folder.is_relative_to(place) and len(place.parts) >= found[0]:
            found = len(place.parts), kind
    return found[1]
