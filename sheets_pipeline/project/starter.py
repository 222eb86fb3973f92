"""Laying out a new project from the starter that the package carries."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

from sheets_pipeline.errors import UsageError
from sheets_pipeline.files import disk_faults

PARTS = ("config", "jobs", "workbook_templates")
_LOCAL = shutil.ignore_patterns("*.local.toml", "__pycache__", ".*", "~$*")


def starter_folder() -> Path:
    """Where the starter lies: in the installed package, or in the repository that the package is run from."""
    package = Path(str(files("sheets_pipeline")))
    inside = package / "starter"
    return inside if inside.is_dir() else package.parent


def lay_out_project(folder: Path) -> Path:
    """Copy the starter into a new or empty folder; raises UsageError where something lies already, DiskError."""
    if folder.exists() and any(folder.iterdir()):
        message = f"{folder} is not empty"
        raise UsageError(message, hint="Name a new folder, or an empty one.")
    with disk_faults(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for part in PARTS:
            shutil.copytree(starter_folder() / part, folder / part, ignore=_LOCAL)
        (folder / "data" / "inbox").mkdir(parents=True)
    return folder
