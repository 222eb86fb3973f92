"""Putting a file of an export where it belongs."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sheets_pipeline.files import write_atomically
from sheets_pipeline.model.results import Artifact


def written(path: Path, data: bytes, media_type: str) -> Artifact:
    """Write it whole, with its checksum. Raises DiskError."""
    write_atomically(path, data)
    return Artifact(path, media_type, hashlib.sha256(data).hexdigest())
