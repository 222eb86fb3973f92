"""Originals that stay as they were sent, receipts that only grow, and copies that people can read."""

from __future__ import annotations

import hashlib
import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from sheets_pipeline.errors import DiskError
from sheets_pipeline.files import append_durably, sha256_of, write_atomically
from sheets_pipeline.intake.archive import Archive, quarantine, safe_name

WORKBOOK = b"PK\x03\x04 Exempelby"
CHECKSUM = hashlib.sha256(WORKBOOK).hexdigest()


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_an_original_lies_under_its_checksum_and_cannot_be_written(archive: Archive) -> None:
    assert archive.put(WORKBOOK) == CHECKSUM
    path = archive.folder / CHECKSUM[:2] / CHECKSUM
    assert path.read_bytes() == archive.get(CHECKSUM) == WORKBOOK
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_the_same_bytes_are_kept_once_and_not_written_again(archive: Archive) -> None:
    archive.put(WORKBOOK)
    before = archive.path(CHECKSUM).stat()
    archive.put(WORKBOOK)
    assert (archive.path(CHECKSUM).stat().st_ino, names(archive.folder)) == (before.st_ino, [CHECKSUM])


def test_a_damaged_original_is_told_and_mended_by_the_same_bytes(archive: Archive) -> None:
    archive.put(WORKBOOK)
    path = archive.path(CHECKSUM)
    path.chmod(0o644)
    path.write_bytes(WORKBOOK[:-1])
    with pytest.raises(DiskError, match="damaged"):
        archive.get(CHECKSUM)
    archive.put(WORKBOOK)
    assert archive.get(CHECKSUM) == WORKBOOK


def test_a_receipt_only_grows_and_says_nothing_twice(archive: Archive) -> None:
    first, second = {"name": "Exempelby.xlsx", "run": "r1"}, {"name": "kopia.xlsx", "run": "r2"}
    archive.put_all([(WORKBOOK, first)])
    archive.put_all([(WORKBOOK, second), (WORKBOOK, first)])
    archive.receipt(CHECKSUM, first)
    assert archive.receipts(CHECKSUM) == (first, second)
    lines = (archive.folder / CHECKSUM[:2] / f"{CHECKSUM}.json").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [first, second]


def test_a_line_that_a_crash_cut_off_spoils_no_other(archive: Archive) -> None:
    archive.put_all([(WORKBOOK, {"run": "r1"})])
    path = archive.path(CHECKSUM).with_name(f"{CHECKSUM}.json")
    path.write_text(path.read_text(encoding="utf-8") + '{"run":"r', encoding="utf-8")
    archive.receipt(CHECKSUM, {"run": "r3"})
    assert archive.receipts(CHECKSUM) == ({"run": "r1"}, {"run": "r3"})


def test_definitions_lie_beside_originals_and_are_no_originals(archive: Archive) -> None:
    definition = {"form": "self_assessment", "title": {"sv": "Självskattning"}}
    checksum = archive.put_json(definition)
    assert archive.put_json(dict(reversed(definition.items()))) == checksum
    archive.put_all([(WORKBOOK, {"run": "r1"})])
    assert archive.get_json(checksum) == definition
    assert list(archive.checksums()) == sorted((checksum, CHECKSUM))
    assert list(archive.originals()) == [CHECKSUM]
    assert archive.has(checksum)
    assert not archive.has("0" * 64)


@pytest.mark.parametrize("wrong", ["", "../../etc/passwd", CHECKSUM.upper(), CHECKSUM + "0"])
def test_what_is_no_checksum_never_becomes_a_path(archive: Archive, wrong: str) -> None:
    with pytest.raises(ValueError, match="not a checksum"):
        archive.get(wrong)


def test_an_archive_that_is_not_there_is_an_empty_one(archive: Archive) -> None:
    assert list(archive.checksums()) == []
    assert archive.receipts(CHECKSUM) == ()
    with pytest.raises(DiskError):
        archive.get(CHECKSUM)


@pytest.mark.parametrize(
    ("sent", "safe"),
    [
        ("Självskattning, Exempelby (2).xlsx", "Självskattning, Exempelby (2).xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\fil.xlsx", "fil.xlsx"),
        ("räkning\u202excod.exe", "räkning_xcod.exe"),
        ("a\nb\x00<script>.xlsx", "a_b__script_.xlsx"),
        ("...", "file"),
        ("", "file"),
        ("\ud83d.xlsx", "_.xlsx"),
    ],
)
def test_a_quarantined_copy_has_a_safe_name(sent: str, safe: str) -> None:
    assert str(safe_name(sent)) == safe


def test_a_quarantined_copy_has_its_reason_beside_it(tmp_path: Path) -> None:
    copy = quarantine(tmp_path / "quarantine", "../Exempelby.xlsx", WORKBOOK, "Filen är krypterad.")
    assert copy == tmp_path / "quarantine" / f"Exempelby_{CHECKSUM[:8]}.xlsx"
    assert copy.read_bytes() == WORKBOOK
    reason = copy.with_name(f"{copy.name}.reason.txt")
    assert reason.read_text(encoding="utf-8") == "Filen är krypterad.\n"


def test_a_file_too_large_to_copy_has_only_its_reason_and_the_longest_name_fits(tmp_path: Path) -> None:
    copy = quarantine(tmp_path, "å" * 300 + "." + "x" * 300, None, "För stor.")
    assert names(tmp_path) == [f"{copy.name}.reason.txt"]
    quarantine(tmp_path, "\U0002a6d6" * 250 + ".xlsx", WORKBOOK, "")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "report.html"
    write_atomically(path, "Första")
    write_atomically(path, "Andra, å ä ö", read_only=True)
    assert path.read_text(encoding="utf-8") == "Andra, å ä ö"
    assert sha256_of(path) == hashlib.sha256("Andra, å ä ö".encode()).hexdigest()
    assert names(tmp_path) == ["report.html"]


def test_when_the_rename_fails_nothing_is_left_behind(tmp_path: Path) -> None:
    in_the_way = tmp_path / "report.html"
    in_the_way.mkdir()
    with pytest.raises(DiskError, match=r"report\.html") as caught:
        write_atomically(in_the_way, "ny")
    assert "bytes needed" in caught.value.message
    assert list(tmp_path.iterdir()) == [in_the_way]


def test_when_the_disk_takes_no_more_the_old_file_stands_and_nothing_is_left_behind(root: Path, tmp_path: Path) -> None:
    """A limit on the size of files stands in for a full disk: the write fails midway in both."""
    path = tmp_path / "report.html"
    write_atomically(path, "gammal")
    program = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from sheets_pipeline.errors import DiskError\n"
        "from sheets_pipeline.files import write_atomically\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n"
        "    write_atomically(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except DiskError as fault:\n"
        "    print(fault.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, path], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == f"{path}: File too large (100,000 bytes needed)\n"
    assert path.read_text(encoding="utf-8") == "gammal"
    assert names(tmp_path) == ["report.html"]


def test_a_folder_that_cannot_be_made_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be", encoding="utf-8")
    for write in (write_atomically, append_durably):
        with pytest.raises(DiskError, match=str(tmp_path / "data")):
            write(tmp_path / "data" / "archive" / "x", "text")
