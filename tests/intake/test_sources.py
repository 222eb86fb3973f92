"""A folder that people drop files in: what is a delivery, what is not yet one, and what never is."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sheets_pipeline.intake.sources import (
    LARGEST,
    REASONS,
    Arrived,
    FolderSource,
    Ignored,
    Oversize,
    Sighting,
    Unchanged,
    folder_organisation,
)
from sheets_pipeline.texts import has

NIGHT = datetime(2026, 2, 3, 2, 30, tzinfo=UTC)
DROPPED = datetime(2026, 2, 2, 14, 5, 1, 250_000, tzinfo=UTC)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def drop(path: Path, data: bytes = b"PK", at: datetime = DROPPED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    seconds = round(at.timestamp() * 1_000_000) * 1000
    os.utime(path, ns=(seconds, seconds))
    return path


def look(inbox: Path) -> list[Sighting]:
    return list(FolderSource(inbox).look(NIGHT))


def reasons(inbox: Path) -> dict[str, str]:
    return {one.path: one.reason for one in look(inbox) if isinstance(one, Ignored)}


def test_a_file_arrives_with_its_time_its_name_and_its_folder(inbox: Path) -> None:
    path = drop(inbox / "9901_exempelby" / "svar" / "Självskattning.xlsx", b"PK svar")
    (found,) = look(inbox)
    assert isinstance(found, Arrived)
    delivery, mark = found.delivery, found.mark
    assert (delivery.name, delivery.data, delivery.source) == ("Självskattning.xlsx", b"PK svar", "inbox")
    assert (delivery.received, delivery.folder) == (DROPPED, "9901_exempelby")
    assert (mark.path, mark.size, mark.mtime_ns) == (
        "9901_exempelby/svar/Självskattning.xlsx",
        7,
        path.stat().st_mtime_ns,
    )


def test_a_file_at_the_top_has_no_folder_and_stays_where_it_is(inbox: Path) -> None:
    path = drop(inbox / "svar.xlsx")
    (found,) = look(inbox)
    assert isinstance(found, Arrived)
    assert found.delivery.folder == ""
    assert path.exists()


def test_names_from_a_mac_are_composed_and_the_place_is_still_found(inbox: Path) -> None:
    drop(inbox / "9901 Ma\u030ala" / "Sja\u0308lvskattning.xlsx")
    (found,) = look(inbox)
    assert isinstance(found, Arrived)
    assert (found.delivery.name, found.delivery.folder) == ("Självskattning.xlsx", "9901 Måla")
    assert (inbox / found.mark.path).exists()


def test_the_order_is_that_of_the_names_however_they_are_written(inbox: Path) -> None:
    for name in ("o\u0308.xlsx", "b/1.xlsx", "a.xlsx", "å.xlsx", "z.xlsx", "ö.xlsx", "b/0.xlsx"):
        drop(inbox / name)
    found = [one.mark.path for one in look(inbox) if isinstance(one, Arrived)]
    assert found == ["a.xlsx", "b/0.xlsx", "b/1.xlsx", "z.xlsx", "å.xlsx", "o\u0308.xlsx", "ö.xlsx"]


def test_what_programs_leave_behind_is_counted_and_passed_over(inbox: Path) -> None:
    expected = {
        "~$svar.xlsx": "lock_file",
        ".~lock.svar.xlsx#": "lock_file",
        ".DS_Store": "hidden",
        "Thumbs.db": "hidden",
        ".hemlig/svar.xlsx": "hidden",
        "svar.xlsx.part": "temporary",
        "Unconfirmed 1.crdownload": "temporary",
        "~WRL0001.tmp": "temporary",
        ".part-abc": "temporary",
    }
    for name in expected:
        drop(inbox / name)
    assert reasons(inbox) == {name.removesuffix("/svar.xlsx"): reason for name, reason in expected.items()}
    assert set(expected.values()) <= set(REASONS)


def test_links_and_other_things_that_are_no_files_are_never_followed(inbox: Path, tmp_path: Path) -> None:
    drop(tmp_path / "outside" / "secret.xlsx")
    (inbox / "link.xlsx").symlink_to(tmp_path / "outside" / "secret.xlsx")
    (inbox / "folder").symlink_to(tmp_path / "outside")
    (inbox / "broken.xlsx").symlink_to(tmp_path / "nowhere")
    (inbox / "round and round").symlink_to(inbox)
    os.mkfifo(inbox / "pipe.xlsx")
    with socket.socket(socket.AF_UNIX) as opened:
        place = os.open(inbox, os.O_RDONLY)
        opened.bind(f"/proc/self/fd/{place}/socket.xlsx")
        os.close(place)
    links = dict.fromkeys(("link.xlsx", "folder", "broken.xlsx", "round and round"), "link")
    assert reasons(inbox) == links | {"pipe.xlsx": "not_a_file", "socket.xlsx": "not_a_file"}
    assert len(look(inbox)) == 6


def test_a_file_touched_a_moment_ago_is_left_for_next_time(inbox: Path) -> None:
    drop(inbox / "svar.xlsx", at=NIGHT.replace(minute=29, second=59))
    drop(inbox / "clock ahead.xlsx", at=NIGHT.replace(second=1))
    assert reasons(inbox) == {"svar.xlsx": "still_being_copied", "clock ahead.xlsx": "still_being_copied"}
    assert len([one for one in FolderSource(inbox, still_seconds=0).look(NIGHT) if isinstance(one, Arrived)]) == 2


def test_a_file_that_grows_while_the_inbox_is_read_is_left_for_next_time(inbox: Path) -> None:
    path = drop(inbox / "svar.xlsx", b"PK half")

    def another_program_writes(_: object) -> bool:
        with path.open("ab") as file:
            file.write(b" and the rest")
        return False

    (found,) = FolderSource(inbox).look(NIGHT, another_program_writes)
    assert found == Ignored("svar.xlsx", "still_being_copied")


def test_a_file_that_is_taken_away_meanwhile_is_gone(inbox: Path) -> None:
    drop(inbox / "a.xlsx")
    drop(inbox / "b.xlsx")
    found = FolderSource(inbox).look(NIGHT)
    assert isinstance(next(found), Arrived)
    (inbox / "b.xlsx").unlink()
    assert list(found) == [Ignored("b.xlsx", "gone")]


def test_a_settled_file_is_not_opened_until_it_is_touched(inbox: Path) -> None:
    path = drop(inbox / "svar.xlsx", b"PK one")
    (found,) = look(inbox)
    assert isinstance(found, Arrived)
    settled = {found.mark}.__contains__
    assert list(FolderSource(inbox).look(NIGHT, settled)) == [Unchanged(found.mark)]
    drop(path, b"PK two", at=DROPPED.replace(minute=6))
    (again,) = FolderSource(inbox).look(NIGHT, settled)
    assert isinstance(again, Arrived)
    assert again.delivery.data == b"PK two"


def test_a_file_too_large_is_not_read(inbox: Path) -> None:
    with drop(inbox / "film.xlsx").open("r+b") as file:
        file.truncate(LARGEST + 1)
    os.utime(inbox / "film.xlsx", (DROPPED.timestamp(), DROPPED.timestamp()))
    (found,) = look(inbox)
    assert isinstance(found, Oversize)
    assert (found.delivery.data, found.mark.size) == (b"", LARGEST + 1)


def test_names_that_are_no_text_and_times_that_no_calendar_has(inbox: Path) -> None:
    path = os.fsencode(inbox) + b"/\xe5rsrapport.xlsx"
    with open(path, "wb") as file:  # noqa: PTH123 - a name in bytes
        file.write(b"PK")
    os.utime(path, ns=(0, -10_000_000_000))
    (found,) = look(inbox)
    assert isinstance(found, Arrived)
    assert found.delivery.name == "\\xe5rsrapport.xlsx"
    assert found.delivery.received == datetime(1970, 1, 1, tzinfo=UTC)


def test_an_inbox_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert look(tmp_path / "no inbox yet") == []


def test_every_reason_for_passing_over_has_its_swedish_words() -> None:
    assert all(has(reason, "sv", context="ignored") for reason in REASONS.values())


@pytest.mark.parametrize(
    ("folder", "organisation"),
    [
        ("9901", "9901"),
        ("9901_exempelby", "9901"),
        ("9901 Exempelby", "9901"),
        ("9901-EAV_äldreomsorg", "9901-eav"),
        ("9901-svar", "9901"),
        ("X-norr_förbundet", "x-norr"),
        ("2026", ""),
        ("99012", ""),
        ("Exempelby 9901", ""),
        ("", ""),
    ],
)
def test_an_organisations_own_folder_begins_with_its_code(folder: str, organisation: str) -> None:
    assert folder_organisation(folder, {"9901", "9901-eav", "x-norr"}) == organisation


def test_every_file_is_seen_exactly_once(inbox: Path) -> None:
    for number in range(30):
        drop(inbox / f"{number % 3}" / f"{number:02}.xlsx")
        drop(inbox / f"{number % 3}" / f"~${number:02}.xlsx")
    first = look(inbox)
    assert (len(first), len(set(map(repr, first)))) == (60, 60)
    assert look(inbox) == first
    elsewhere = FolderSource(inbox, "share").look(NIGHT)
    assert [one.mark for one in elsewhere if isinstance(one, Arrived)] == [
        replace(one.mark, source="share") for one in first if isinstance(one, Arrived)
    ]
