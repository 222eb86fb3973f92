"""A project folder: where it is found, what its files say, and a new one laid out from the starter."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sheets_pipeline.errors import ProjectError, UsageError
from sheets_pipeline.model.submissions import content_hash
from sheets_pipeline.pipeline.collecting import judging_record
from sheets_pipeline.project import Project, find_project, lay_out_project, open_project
from tests.pipeline.office import Office


def project(office: Office) -> Project:
    return Project(office.folder)


def fingerprint_of(project: Project) -> str:
    """The hash under which what verdicts rest on is archived."""
    return content_hash(judging_record(project))


def fault(office: Office, file: str, text: str) -> ProjectError:
    """What is said of a project with this file in it."""
    office.write(file, text)
    with pytest.raises(ProjectError) as caught:
        everything(project(office))
    return caught.value


def everything(one: Project) -> object:
    return one.settings, one.programme, one.decisions, one.rules


def test_a_project_is_found_upward_from_where_one_stands(office: Office) -> None:
    deep = office.folder / "data" / "inbox" / "9901"
    deep.mkdir(parents=True)
    assert find_project(deep) == office.folder
    assert find_project(Path(office.folder.anchor)) is None


def test_the_named_folder_goes_before_the_environment_and_that_before_here(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Office.laid_out(tmp_path / "annat").folder
    monkeypatch.chdir(office.folder)
    assert open_project().folder == office.folder.resolve()
    monkeypatch.setenv("SHEETS_PIPELINE_PROJECT", str(other))
    assert open_project().folder == other.resolve()
    assert open_project(office.folder).folder == office.folder.resolve()


def test_a_folder_that_is_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as caught:
        open_project(tmp_path)
    assert "init" in caught.value.hint


def test_a_project_without_settings_decisions_and_waivers_runs_on_defaults(office: Office) -> None:
    one = project(office)
    assert one.settings.language == "sv"
    assert one.path("inbox") == office.folder / "data" / "inbox"
    assert one.decisions == ()
    assert one.rules == ((), {})


def test_paths_and_the_store_are_settings(office: Office) -> None:
    office.write("config/settings.toml", '[paths]\ninbox = "in"\n[store]\nurl = "sqlite:///annan.sqlite"\n')
    assert project(office).path("inbox") == office.folder / "in"
    assert project(office).store_url == f"sqlite:///{(office.folder / 'annan.sqlite').as_posix()}"
    office.write("config/settings.toml", '[store]\nurl = "postgresql://db/omgang"\n')
    assert project(office).store_url == "postgresql://db/omgang"


def test_a_settings_file_saved_by_notepad_is_read(office: Office) -> None:
    (office.folder / "config" / "settings.toml").write_bytes(b'\xef\xbb\xbflanguage = "en"\r\n')
    assert project(office).settings.language == "en"


def test_a_file_in_another_encoding_says_so(office: Office) -> None:
    (office.folder / "config" / "settings.toml").write_bytes("# åäö\nlanguage = 'sv'\n".encode("latin-1"))
    with pytest.raises(ProjectError, match="UTF-8"):
        _ = project(office).settings


def test_every_fault_of_a_file_is_told_at_once(office: Office) -> None:
    said = fault(office, "config/settings.toml", 'language = "fi"\nlangauge = "sv"\n[limits]\ncells = 1\n')
    assert said.file == "config/settings.toml"
    for words in ("language: 'fi' is not one of", "langauge: there is no such key", "limits.cells"):
        assert words in said.message


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (
            "config/decisions.toml",
            '[[decisions]]\nid = "a"\naction = "accept"\nwho = "A"\nwhen = 2026-01-01\nwhy = "x"\n',
            "submission or organisation",
        ),
        (
            "config/decisions.toml",
            (
                '[[decisions]]\nid = "a"\naction = "accept"\nsubmission = "2026/trial"\n'
                'who = "A"\nwhen = 2026-01-01\nwhy = "x"\n'
            ),
            "round/form/subject/unit/occasion",
        ),
        (
            "config/decisions.toml",
            '[[decisions]]\nid = "a"\naction = "accept"\norganisation = "9901"\nwho = "A"\nwhy = "x"\n',
            "decisions[1].when: is missing",
        ),
        (
            "config/waivers.toml",
            '[[waivers]]\norganisation = "9901"\ncode = "MYSTERY"\nuntil = 2026-01-01\nreason = "x"\n',
            "MYSTERY",
        ),
        (
            "config/waivers.toml",
            '[[waivers]]\norganisation = "9901"\ncode = "CONSTRAINT"\nuntil = "snart"\nreason = "x"\n',
            "waivers[1].until",
        ),
        ("config/programme.toml", "", "programme"),
    ],
)
def test_a_wrong_file_is_told_by_its_name_and_key(office: Office, file: str, text: str, said: str) -> None:
    fault_ = fault(office, file, text)
    assert fault_.file == file
    assert said in fault_.message
    assert fault_.hint
    assert fault_.exit_code == 3


def test_an_organisation_in_a_register_needs_no_name(office: Office) -> None:
    path = office.folder / "config" / "programme.toml"
    path.write_text(path.read_text().replace('code = "9901", name = "Exempelby"', 'code = "0114"'))
    assert project(office).round().organisation("0114").name == "Upplands Väsby"  # type: ignore[union-attr]
    path.write_text(path.read_text().replace('code = "0114"', 'code = "9999"'))
    with pytest.raises(ProjectError, match=r"organisations\[1\].name"):
        _ = project(office).programme


def test_a_round_that_is_not_there_is_answered_with_those_that_are(office: Office) -> None:
    with pytest.raises(UsageError) as caught:
        project(office).round("1999")
    assert "2026" in caught.value.hint


def test_the_fingerprint_changes_with_what_a_verdict_rests_on_and_with_nothing_else(office: Office) -> None:
    before = fingerprint_of(project(office))
    office.write("config/settings.toml", '[report]\nmin_group = 7\n[paths]\ninbox = "in"\n')
    assert fingerprint_of(project(office)) == before
    office.write("config/settings.toml", "[limits]\ncells = 2000\n")
    limited = fingerprint_of(project(office))
    office.write("config/settings.toml", "")
    office.write("config/waivers.toml", '[staged]\nCONSTRAINT = "2026"\n')
    assert len({before, limited, fingerprint_of(project(office))}) == 3


def test_decisions_are_read_as_they_are_written(office: Office) -> None:
    office.write(
        "config/decisions.toml",
        '[[decisions]]\nid = "b1"\naction = "exempt"\norganisation = "9901"\n'
        'who = "Ann"\nwhen = 2026-02-05\nwhy = "Nystart"\n',
    )
    (one,) = project(office).decisions
    assert (one.action, one.organisation, one.when, one.why) == ("exempt", "9901", date(2026, 2, 5), "Nystart")


def test_a_new_project_is_the_starter_and_passes_its_own_lint(tmp_path: Path) -> None:
    laid = lay_out_project(tmp_path / "ny")
    assert {path.name for path in laid.iterdir()} == {"config", "jobs", "workbook_templates", "data"}
    one = open_project(laid)
    assert one.round().organisations
    assert all(organisation.example for organisation in one.round().organisations)
    assert set(one.form_ids) >= {"self_assessment", "organisation_facts", "improvement_plan"}


def test_a_folder_with_something_in_it_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "viktigt.txt").write_text("x")
    with pytest.raises(UsageError):
        lay_out_project(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["viktigt.txt"]
