"""How each command ends: 0, 1, 2, 3, 4, 74, 75, what is said then, and never a traceback."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from sheets_pipeline.cli.commands import run
from sheets_pipeline.jobs import project_lock
from sheets_pipeline.project import Project
from tests.pipeline.office import Office, scores


def ends(office: Office, *arguments: str) -> tuple[int, str]:
    """Exit code and what was said on standard error."""
    code, _, err = office.says(*arguments)
    assert "Traceback" not in err
    return code, err


def test_0_when_all_is_well(office: Office) -> None:
    path = office.put("a.xlsx", office.filled(scores()))
    for command in (
        "check " + str(path.name),
        "collect",
        "status",
        "compare",
        "submissions list",
        "forms lint",
        "doctor",
    ):
        words = command.split()
        assert ends(office, *(str(path) if word == path.name else word for word in words))[0] == 0, command


@pytest.mark.parametrize("command", ["check", "collect", "jobs run nightly"])
def test_1_when_some_data_have_something_to_look_at(office: Office, command: str) -> None:
    office.write("config/settings.toml", '[report]\nformats = ["html"]\n')
    path = office.put("a.xlsx", office.filled(scores(m01_1=9)))
    words = [*command.split(), *([str(path)] if command == "check" else [])]
    assert ends(office, *words)[0] == 1


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_1_for_a_file_that_is_no_workbook_never_success_with_nothing_read(office: Office, data: bytes) -> None:
    path = office.put("a.xlsx", data)
    code, told = office.asks("check", str(path))
    assert code == 1
    assert told["files"][0]["verdict"] == "unreadable"
    assert len(told["files"][0]["issues"]) == 1


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("nonsense", "nonsense"),
        ("check", "FILES"),
        ("check finns-inte.xlsx", "finns-inte.xlsx"),
        ("collect --source mars", "mars"),
        ("status --round 1999", "1999"),
        ("status --as-of igår", "igår"),
        ("compare --from bm9", "bm9"),
        ("compare --by moon", "moon"),
        ("report --audience everyone", "everyone"),
        ("report --organisation 9901 --cluster k1", ""),
        ("report --format html --organisation 7777", "7777"),
        ("report --format html --cluster k9", "k9"),
        ("export --profile mystery", "mystery"),
        ("forms show mystery", "mystery"),
        ("forms lint mystery", "mystery"),
        ("workbooks build --organisation 7777", "7777"),
        ("workbooks build --packet mystery", "mystery"),
        ("workbooks build --unit mystery", "mystery"),
        ("submissions show ffff", "ffff"),
        ("submissions list --state mystery", "mystery"),
        ("submissions list --organisation 7777", "7777"),
        ("jobs run mystery", "mystery"),
        ("status --unknown-option", "unknown-option"),
    ],
)
def test_2_for_a_name_that_is_not_there(office: Office, command: str, said: str) -> None:
    code, err = ends(office, *command.split())
    assert code == 2
    assert said in err


PROGRAMME = "config/programme.toml"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("config/settings.toml", "", 'langauge = "sv"', "langauge"),
        ("config/settings.toml", "", 'language = "fi"', "language"),
        ("config/settings.toml", "", "[limits]\nfile_megabytes = 0", "limits.file_megabytes"),
        ("config/settings.toml", "", "[paths", "settings.toml"),
        ("config/settings.toml", "", "[report]\nmin_group = 1", "report.min_group"),
        (PROGRAMME, 'current = "2026"', 'current = "1999"', "programme.current"),
        (PROGRAMME, 'cluster = "k1", role', 'cluster = "k7", role', "rounds.2026.organisations[1].cluster"),
        (PROGRAMME, 'role = "mentor"', 'role = "boss"', "rounds.2026.organisations[3].role"),
        (PROGRAMME, 'code = "9902"', 'code = "99"', "rounds.2026.organisations[2].code"),
        (PROGRAMME, 'code = "9902"', 'code = "9901"', "9901"),
        (PROGRAMME, 'form = "diary"', 'form = "mystery"', "rounds.2026.packets[3].forms"),
        (PROGRAMME, 'meeting = "m2", offset', 'meeting = "m9", offset', "m9"),
        (PROGRAMME, "date = 2026-02-24", 'date = "i februari"', "rounds.2026.meetings[1].date"),
        (PROGRAMME, 'edition = "e2023"', 'edition = "e1789"', "rounds.2026.edition"),
        ("config/decisions.toml", "", '[[decisions]]\nid = "a"\naction = "forget"', "decisions[1].action"),
        ("config/waivers.toml", "", '[staged]\nMYSTERY = "2026"', "MYSTERY"),
        ("workbook_templates/diary/form.yaml", "type: text", "type: poem", "form.yaml:"),
        ("workbook_templates/diary/form.yaml", "form_id: diary", "form_id: [", "form.yaml:"),
    ],
)
def test_3_for_a_project_that_is_wrong_with_file_and_key_and_how_to_mend_it(
    office: Office, file: str, old: str, new: str, said: str
) -> None:
    path = office.folder / file
    before = path.read_text() if path.exists() else ""
    assert old in before
    path.write_text(before.replace(old, new, 1) if old else new)
    code, err = ends(office, "doctor")
    assert code == 3
    code, err = ends(office, "collect")
    assert code == 3
    assert Path(file).name in err
    assert said in err
    assert len(err.strip().splitlines()) >= 2, "what is wrong, and how to mend it"


def test_3_for_a_job_that_is_wrong(office: Office) -> None:
    office.write("jobs/weekly.toml", 'name = "weekly"\nsteps = ["collect", "dance"]\n')
    code, err = ends(office, "jobs", "run", "nightly")
    assert code == 3
    assert "weekly.toml" in err
    assert "steps[2]" in err
    assert "dance" in err


def test_3_where_there_is_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["status", "--project", str(tmp_path)]) == 3
    assert "init" in capsys.readouterr().err


def test_check_needs_no_project_of_its_own(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = office.put("a.xlsx", office.filled(scores()))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHEETS_PIPELINE_PROJECT", raising=False)
    assert run(["check", str(path), "--as-of", "2026-02-10"]) in {0, 1}


def test_4_when_the_store_belongs_to_a_newer_program(office: Office) -> None:
    office.collected()
    with sqlite3.connect(office.folder / "data" / "store.sqlite") as store:
        store.execute("UPDATE alembic_version SET version_num = '9999_future'")
    code, err = ends(office, "status")
    assert code == 4
    assert err


def test_74_when_the_disk_does_not_let_one_write(office: Office) -> None:
    office.put("a.xlsx", office.filled(scores(m01_1=9)))
    (office.folder / "data" / "feedback").write_text("a file where a folder should be")
    code, err = ends(office, "collect")
    assert code == 74
    assert "feedback" in err


def test_75_while_another_run_is_at_work(office: Office) -> None:
    with project_lock(Project(office.folder)):
        for command in ("collect", "jobs run nightly", "submissions recheck"):
            code, err = ends(office, *command.split())
            assert code == 75
            assert err
    assert ends(office, "collect")[0] == 0, "the lock is free again"


def test_a_run_that_was_killed_leaves_no_lock(office: Office) -> None:
    holder = (
        "import sys, pathlib, time\n"
        "from sheets_pipeline.jobs import project_lock\n"
        "from sheets_pipeline.project import Project\n"
        f"with project_lock(Project(pathlib.Path({str(office.folder)!r}))):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(60)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen([sys.executable, "-c", holder], stdout=subprocess.PIPE, text=True, env=environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert ends(office, "collect")[0] == 75
        other.send_signal(signal.SIGKILL)
        other.wait()
    assert ends(office, "collect")[0] == 0


def test_help_names_only_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listed = capsys.readouterr().out
    for command in ("init", "demo", "forms", "workbooks", "check", "collect", "submissions", "status", "compare"):
        assert f"  {command} " in listed
        assert run([command, "--help"]) == 0
        assert "Example" in capsys.readouterr().out or command in {"forms", "workbooks", "submissions"}
