"""The nightly job: its steps in order, what the ledger says of each, and what becomes of a step that cannot be done."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from tests.pipeline.office import Office, scores

STEPS = ["collect", "status", "compare", "report", "export"]


@pytest.fixture(autouse=True)
def plain_reports(office: Office) -> None:
    office.write("config/settings.toml", '[report]\nformats = ["html"]\n')


def ledger(office: Office) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(job, state, its steps with their states) of every run, the latest first."""
    with Store.open(Project(office.folder).store_url) as store:
        return [
            (run.job, run.state, [(name, state) for name, state, _ in store.steps(run.id)]) for run in store.history()
        ]


def test_a_night_with_good_workbooks(office: Office) -> None:
    office.put("9901/a.xlsx", office.filled(scores()))
    code, told = office.asks("jobs", "run", "nightly")
    assert code == 0
    assert set(told) == {"run", "job", "steps"}
    assert [(step["step"], step["state"]) for step in told["steps"]] == [(name, "completed") for name in STEPS]
    collect, status, compare, report, export = told["steps"]
    assert (collect["seen"], collect["accepted"]) == (1, 1)
    assert status["accepted"] == 1
    assert (compare["from"], compare["to"]) == ("bm1", "final")
    for path in (*report["files"], *export["files"]):
        assert Path(path).is_file()
    assert ledger(office) == [("nightly", "completed", [(name, "completed") for name in STEPS])]


def test_remarks_are_success_with_remarks_and_the_following_steps_run(office: Office) -> None:
    office.put("9901/a.xlsx", office.filled(scores(m01_1=9)))
    office.put("b.xlsx", b"<html>")
    code, told = office.asks("jobs", "run", "nightly")
    assert code == 1
    assert {step["state"] for step in told["steps"]} == {"completed"}
    assert ledger(office)[0][1] == "completed"
    code, _ = office.asks("jobs", "run", "nightly")
    assert code == 0, "the second night has nothing new"


def test_two_nights_write_the_same_report(office: Office) -> None:
    office.put("9901/a.xlsx", office.filled(scores()))
    written = []
    for _ in range(2):
        _, told = office.asks("jobs", "run", "nightly")
        written.append(b"".join(Path(path).read_bytes() for path in told["steps"][3]["files"]))
    assert written[0] == written[1]


@pytest.mark.parametrize(("on_failure", "after"), [("stop", "skipped"), ("continue", "completed")])
def test_a_step_that_cannot_be_done_is_noted_and_on_failure_decides_about_the_rest(
    office: Office, on_failure: str, after: str
) -> None:
    path = office.folder / "jobs" / "nightly.toml"
    path.write_text(path.read_text() + f'on_failure = "{on_failure}"\n')
    (office.folder / "data" / "reports").write_text("a file where a folder should be")
    code, told = office.asks("jobs", "run", "nightly")
    assert code == 74
    assert {step["step"]: step["state"] for step in told["steps"]} == {
        "collect": "completed",
        "status": "completed",
        "compare": "completed",
        "report": "failed",
        "export": after,
    }
    assert "reports" in told["steps"][3]["error"]
    assert ledger(office)[0][1] == "failed"
    assert ledger(office)[0][2][3:] == [("report", "failed"), ("export", after)]


def test_decisions_are_put_into_effect_before_files_are_taken_in(office: Office) -> None:
    office.put("9902/vilse.xlsx", office.filled(scores()))
    office.asks("jobs", "run", "nightly")
    assert office.versions() == [("9901", "held", "vilse.xlsx")]
    office.write(
        "config/decisions.toml",
        '[[decisions]]\nid = "b1"\naction = "accept"\norganisation = "9901"\n'
        'who = "Ann"\nwhen = 2026-02-09\nwhy = "Ja"\n',
    )
    office.asks("jobs", "run", "nightly")
    assert office.versions() == [("9901", "in_force", "vilse.xlsx")]


def test_a_job_in_another_order_runs_in_that_order(office: Office) -> None:
    office.write("jobs/short.toml", 'name = "short"\nsteps = ["status", "collect"]\n')
    _, told = office.asks("jobs", "run", "short")
    assert [step["step"] for step in told["steps"]] == ["status", "collect"]
    _, listed = office.asks("jobs", "list")
    assert [(job["job"], job["when"], job["steps"]) for job in listed["jobs"]] == [
        ("nightly", "02:30", STEPS),
        ("short", "", ["status", "collect"]),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('name = "Natt"\nsteps = ["collect"]', "name"),
        ('name = "natt"\nsteps = []', "steps"),
        ('name = "natt"', "steps"),
        ('name = "natt"\nsteps = ["collect"]\nwhen = "25:00"', "when"),
        ('name = "natt"\nsteps = ["collect"]\non_failure = "cry"', "on_failure"),
        ('name = "natt"\nsteps = ["collect"]\nspeed = 9', "speed"),
        ('name = "natt"\nsteps = ["collect"', "natt.toml"),
    ],
)
def test_a_job_that_is_wrong_is_told_by_file_and_key(office: Office, text: str, said: str) -> None:
    office.write("jobs/natt.toml", text)
    code, _, err = office.says("jobs", "list")
    assert code == 3
    assert "jobs/natt.toml" in err
    assert said in err
