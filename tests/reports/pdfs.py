"""What a PDF says of itself: its pages as text, its tags, and whether it keeps a standard."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Literal

import page


def pages(pdf: bytes, pdftotext: str, folder: Path) -> list[str]:
    """The text of each page, lines as they stand, ligatures and hidden signs as plain letters."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    made = subprocess.run([pdftotext, "-layout", str(path), "-"], capture_output=True, check=True)
    return made.stdout.decode().rstrip("\f").split("\f")


def words(text: str) -> str:
    """The text on one line, as a reader takes it in."""
    return " ".join(text.split())


def faults(pdf: bytes, profile: Literal["ua1", "2a"]) -> list[str]:
    """What breaks the standard; empty for a file that keeps it."""
    limits = page.SafetyLimits(max_reference_depth=5000)
    report = page.validate_pdf_bytes(pdf, profile=profile, limits=limits)
    assert report.rules.total > 50
    return [f"{found.rule_id} {found.message}" for found in report.failures]


def alternatives(pdf: bytes) -> int:
    """How many pictures have words in their place."""
    return len(re.findall(rb"/S/Figure\b", pdf))
