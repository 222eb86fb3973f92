"""What a checkout must not hold: traces of one machine, and text that the next tool stumbles over."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

# People install from whatever index they have set, so no file names one.
REGISTRY = re.compile(r"(pypi|pythonhosted|npmjs|conda|debian)\.(org|com)\b")
MACHINE = re.compile(r"(?<![\w.~/-])/(home|Users|root|work|tmp|mnt|opt)/[\w.-]+")
CONFLICT = re.compile(r"^(<<<<<<<|>>>>>>>) ", re.MULTILINE)
SECRET = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(ghp|xox[abp]|AIza|AKIA)[-_0-9A-Za-z]{12,}")


@pytest.fixture(scope="session")
def texts(root: Path, require_program: Callable[[str], str]) -> dict[str, bytes]:
    """Every file of the checkout that git takes for text, by its path; files not committed yet as well."""
    git = require_program("git")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--eol"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("needs a git checkout")
    described = [entry.split("\t", 1) for entry in listed.stdout.split("\0") if entry]
    paths = {path for about, path in described if "w/-text" not in about and (root / path).is_file()}
    return {path: (root / path).read_bytes() for path in sorted(paths)}


@pytest.mark.parametrize(
    "pattern", [REGISTRY, MACHINE, CONFLICT, SECRET], ids=["registry", "machine", "conflict", "secret"]
)
def test_no_file_holds_what_belongs_elsewhere(texts: dict[str, bytes], pattern: re.Pattern[str]) -> None:
    found = {path: match[0] for path, data in texts.items() if (match := pattern.search(data.decode(errors="replace")))}
    assert found == {}


def test_every_text_is_utf8_with_unix_lines_and_one_newline_at_its_end(texts: dict[str, bytes]) -> None:
    assert [path for path, data in texts.items() if data and not is_tidy(data)] == []


def is_tidy(data: bytes) -> bool:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return "\r" not in text and text.endswith("\n") and not text.endswith("\n\n")
