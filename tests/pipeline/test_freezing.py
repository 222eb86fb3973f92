"""A closed round: nothing more comes in but the follow-up, and it can be made again, the same to the byte."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from sheets_pipeline.pipeline.containers import content_checksum
from tests.pipeline.closing_office import (
    CONFERENCE,
    NEXT_YEAR,
    SETTINGS,
    closed,
    played,
    send_plan,
    store_of,
    with_plans,
)
from tests.pipeline.office import Office, codes, scores


@pytest.fixture
def round_office(office: Office) -> Office:
    return played(with_plans(office))


def verified(office: Office) -> tuple[int, set[tuple[str, str]]]:
    """Exit code and (file, reason) of every difference."""
    code, told = office.asks("rounds", "verify")
    return code, {(one["file"], one["reason"]) for one in told["differences"]}


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "closed.json").read_text(encoding="utf-8"))
    return found


def test_the_manifest_says_what_the_outputs_rest_on(round_office: Office) -> None:
    folder = closed(round_office)
    manifest = manifest_of(folder)
    in_force = {one["file"]: one for one in manifest["inputs"] if one["state"] == "in_force"}
    assert in_force.keys() == {"fore.xlsx", "efter.xlsx", "plan.xlsx"}
    assert all(len(one["sha256"]) == len(one["answers"]) == 64 for one in in_force.values())
    assert (manifest["as_of"], manifest["points"]) == (CONFERENCE, ["bm1", "final"])
    assert {"config/programme.toml", "config/settings.toml"} <= {one["file"] for one in manifest["project"]}
    names = [one["file"] for one in manifest["outputs"]]
    assert any(name.startswith("reports/") for name in names)
    assert any(name.startswith("exports/") for name in names)
    assert all((folder / "outputs" / name).is_file() for name in names)
    assert {"sheets-pipeline", "python", "xlsxwriter"} <= manifest["made_with"].keys()
    with store_of(round_office) as store:
        assert "2026" in store.closed_rounds()
        assert {one.kind for one in store.published("2026")} == {"closing"}


def test_made_again_it_is_the_same(round_office: Office) -> None:
    closed(round_office)
    assert verified(round_office) == (0, set())


def test_what_was_published_before_is_closed_for_its_readers_too(round_office: Office) -> None:
    for reader in (("--audience", "public"), ("--cluster", "k2")):
        assert round_office.says("report", "--publish", *reader)[0] == 0
    readers = manifest_of(closed(round_office))["readers"]
    assert readers == [["cluster", "k2", "k2"], ["public", "", ""], ["salar", "", ""]]
    assert verified(round_office) == (0, set())


def test_later_settings_and_rules_do_not_matter(round_office: Office) -> None:
    closed(round_office)
    round_office.write("config/settings.toml", SETTINGS.replace('"html", "xlsx"', '"html"') + "min_group = 3\n")
    programme = round_office.folder / "config/programme.toml"
    programme.write_text(programme.read_text(encoding="utf-8").replace("Mallstad", "Nystad"), encoding="utf-8")
    assert verified(round_office) == (0, set())


def test_every_difference_is_told_by_file(round_office: Office) -> None:
    folder = closed(round_office)
    copy = next((folder / "outputs/reports").glob("*.html"))
    copy.write_text("ändrad", encoding="utf-8")
    (folder / "outputs/reports/extra.txt").write_text("ny", encoding="utf-8")
    (folder / "project/config/settings.toml").write_text(SETTINGS + "min_group = 3\n", encoding="utf-8")
    with sqlite3.connect(round_office.folder / "data/store.sqlite") as store:
        store.execute("UPDATE answers SET value = '1' WHERE path = 'm01_1/score' AND value = '4'")
    damaged = next(one for one in manifest_of(folder)["inputs"] if one["file"] == "plan.xlsx")["sha256"]
    original = round_office.folder / "data/archive" / damaged[:2] / damaged
    original.chmod(0o644)
    original.write_bytes(b"x")
    code, differences = verified(round_office)
    assert code == 1
    assert differences >= {
        (f"reports/{copy.name}", "copy_changed"),
        (f"reports/{copy.name}", "rebuilt_differs"),
        ("reports/extra.txt", "new_file"),
        ("config/settings.toml", "frozen_changed"),
        ("efter.xlsx", "answers_changed"),
        ("plan.xlsx", "original_damaged"),
    }


def test_a_manifest_that_was_written_over_is_noticed(round_office: Office) -> None:
    folder = closed(round_office)
    manifest = manifest_of(folder)
    (folder / "closed.json").write_text(json.dumps(manifest | {"because": "Annat"}), encoding="utf-8")
    assert ("closed.json", "manifest_changed") in verified(round_office)[1]


def test_what_is_lost_from_the_store_is_named(round_office: Office) -> None:
    closed(round_office)
    with sqlite3.connect(round_office.folder / "data/store.sqlite") as store:
        store.execute("PRAGMA foreign_keys = ON")
        store.execute("DELETE FROM submissions WHERE name = 'plan.xlsx'")
    assert verified(round_office) == (1, {("plan.xlsx", "not_in_store")})


def test_nothing_more_comes_in(round_office: Office) -> None:
    closed(round_office)
    late = round_office.filled(scores(m01_3=4), "9901", "closing", saved="2026-12-22")
    entry = round_office.receives("9901/sent.xlsx", late, "2026-12-22")
    assert (entry["verdict"], codes(entry)) == ("rejected", ["ROUND_CLOSED"])
    assert ("9901", "in_force", "sent.xlsx") not in round_office.versions()


def test_what_was_taken_in_before_is_left_as_it_is(round_office: Office) -> None:
    """Not judged again either, though closing is something that verdicts rest on."""
    before = round_office.versions()
    closed(round_office)
    for _ in range(2):
        told = round_office.collected()
        assert (told["new"], told["unchanged"]) == (0, told["seen"])
    round_office.write("config/waivers.toml", "waivers = []\nstaged = {UNANSWERED = '2030'}\n")
    assert round_office.collected()["new"] == 0
    code, told = round_office.asks("submissions", "recheck")
    assert (code, told["new"]) == (0, 0)
    assert round_office.versions() == before


def test_what_was_turned_away_is_taken_in_when_the_round_is_open_again(round_office: Office) -> None:
    folder = closed(round_office)
    late = round_office.filled(scores(m01_3=4), "9904", "closing", saved="2026-11-22")
    assert round_office.receives("9904/sent.xlsx", late, "2026-11-22")["verdict"] == "rejected"
    code, told = round_office.asks("rounds", "reopen", "--because", "9904 glömdes")
    assert code == 0
    assert (Path(told["kept"]) / "closed.json").is_file()
    assert not folder.exists()
    round_office.collected()
    assert ("9904", "in_force", "sent.xlsx") in round_office.versions()
    assert (
        manifest_of(closed(round_office))["inputs"]
        != json.loads((Path(told["kept"]) / "closed.json").read_text())["inputs"]
    )
    assert verified(round_office) == (0, set())


def test_the_follow_up_is_an_addendum_with_a_report_of_its_own(round_office: Office) -> None:
    folder = closed(round_office)
    later = round_office.filled(scores(m01_1=4, m01_2=1), "9901", "later", saved=NEXT_YEAR)
    assert round_office.receives("9901/uppfoljning.xlsx", later, NEXT_YEAR)["verdict"] == "accepted"
    assert verified(round_office) == (0, set()), "what is closed stays as it is"
    code, told = round_office.asks("rounds", "addendum", "--as-of", NEXT_YEAR)
    assert code == 0
    added = json.loads(Path(told["manifest"]).read_text(encoding="utf-8"))
    assert (added["kind"], added["points"]) == ("addendum", ["final", "followup"])
    assert Path(told["manifest"]).parent.parent == folder
    assert verified(round_office) == (0, set())
    report = next((Path(told["manifest"]).parent / "outputs/reports").glob("*.html")).read_text(encoding="utf-8")
    assert "Ett år senare" in report
    with store_of(round_office) as store:
        assert [one.kind for one in store.published("2026")] == ["closing", "addendum"]


def test_a_round_that_would_tell_too_much_is_not_closed(round_office: Office) -> None:
    assert round_office.says("report", "--publish")[0] == 0
    send_plan(round_office, {"women": "-", "men": 10, "total": 13}, "2026-07-01", "plan2.xlsx")
    code, _, err = round_office.says("rounds", "close", "--as-of", CONFERENCE)
    assert code == 2
    assert "measure/9903/P01/K01/actual/women" in err
    assert not (round_office.folder / "data/rounds").exists()
    with store_of(round_office) as store:
        assert store.closed_rounds() == {}


@pytest.mark.parametrize(
    ("first", "then"),
    [("close", "close"), ("", "reopen"), ("", "addendum"), ("", "verify"), ("close", "addendum")],
)
def test_what_cannot_be_done_is_said(round_office: Office, first: str, then: str) -> None:
    if first:
        closed(round_office)
    more = ("--because", "Prov") if then == "reopen" else ()
    code, out, err = round_office.says("rounds", then, *more)
    assert (code, out) == (2, "")
    assert err


def packed(year: int, *parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), data)
    return buffer.getvalue()


def test_office_files_are_the_same_but_for_when_they_were_packed() -> None:
    inner = [("xl/sheet.xml", b"<a/>")]
    one = packed(2026, ("a", b"1"), ("embedded.xlsx", packed(2026, *inner)))
    other = packed(2027, ("a", b"1"), ("embedded.xlsx", packed(2027, *inner)))
    changed = packed(2026, ("a", b"1"), ("embedded.xlsx", packed(2026, ("xl/sheet.xml", b"<b/>"))))
    assert one != other
    assert content_checksum(one) == content_checksum(other) != content_checksum(changed)
