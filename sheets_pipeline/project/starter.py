"""Laying out a new project from the starter that the package carries."""

from __future__ import annotations

import re
import shutil
from importlib.resources import files
from pathlib import Path

from sheets_pipeline.errors import UsageError
from sheets_pipeline.files import disk_faults
from sheets_pipeline.project.files import read_toml

PARTS = ("config", "jobs", "workbook_templates")
_LOCAL = shutil.ignore_patterns("*.local.toml", "__pycache__", ".*", "~$*")


def starter_folder() -> Path:
    """Where the starter lies: in the installed package, or in the repository that the package is run from."""
    package = Path(str(files("sheets_pipeline")))
    inside = package / "starter"
    return inside if inside.is_dir() else package.parent


def lay_out_project(folder: Path, edition: str = "") -> Path:
    """Copy the starter into a new or empty folder, its round of an edition (empty: the starter's own).

    Raises UsageError where something lies already, or for an edition that the starter does not know; DiskError.
    """
    _check_edition(edition)
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty"
        raise UsageError(message, hint="Name a new folder, or an empty one.")
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            shutil.copytree(starter_folder() / part, folder / part, ignore=_LOCAL)
        (folder / "data" / "inbox").mkdir(parents=True)
        if edition:
            _set_edition(folder / "config" / "programme.toml", edition)
    return folder


def _check_edition(edition: str) -> None:
    known = tuple(read_toml(starter_folder() / "config" / "programme.toml")["editions"])
    if edition and edition not in known:
        raise UsageError(f"there is no edition {edition!r}", hint="known: " + ", ".join(known))


def _set_edition(path: Path, edition: str) -> None:
    """The file with its rounds of that edition; everything else, remarks included, stays as it is."""
    written = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'(?m)^edition = "[^"]*"', f'edition = "{edition}"', written), encoding="utf-8")
