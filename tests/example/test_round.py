"""The fictional round: what is right is taken in, and each instructive mistake gets the remark it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_pipeline.example import BEFORE, play_wave
from sheets_pipeline.project import Project, lay_out_project
from tests.example.conftest import Played

QUIETLY = [
    ("before", "9901_exempelby_infor-traff-1.xlsx", "plainly filled in"),
    ("before", "9902_provkoping_start.xlsx", "a sorted table with an inserted row"),
    ("before", "9902_provkoping_infor-traff-1.xlsx", "two assessments in one workbook"),
    ("before", "9903_mallstad_infor-traff-1.ods", "saved by LibreOffice as .ods"),
    ("before", "9904_latsasvik_infor-traff-1.xlsx", "saved by LibreOffice as .xlsx, scores with their words"),
    ("before", "9906_region-modellbygd_infor-traff-1.xlsx", "a sheet copied with its answers"),
    ("before", "9907_ovningsholm_infor-traff-1.xlsx", "a renamed sheet"),
    ("before", "9907_ovningsholm_forbattringsarbete.xlsx", "decimal commas typed as text, a week as a date"),
    ("before", "9908_skissberga_start.xlsx", "an older version of the form"),
    ("before", "9908_skissberga_infor-traff-1.xlsx", "the older scale of three steps"),
    ("before", "9910_sagoryd_start.xlsx", "pasted values, saved by LibreOffice"),
    ("before", "9911_testmala_infor-traff-1_ifylld.xlsx", "the second attempt"),
    ("final", "9901_exempelby_forbattringsarbete_uppdaterad.xlsx", "the workbook of meeting 2, updated"),
    ("final", "9911_testmala_forbattringsarbete_uppdaterad.xlsx", "what was missing has come"),
]

INSTRUCTIVE = [
    (
        "before",
        "9905_pahittsund_infor-traff-1.xlsx",
        "remarks",
        {"VALUE_NOT_IN_LIST", "BETWEEN_STEPS", "REQUIRED_MISSING"},
    ),
    ("before", "9905_pahittsund_infor-traff-1_rättad.xlsx", "remarks", {"BETWEEN_STEPS"}),
    ("before", "9905_pahittsund_start.xlsx", "remarks", {"NOT_A_NUMBER", "REQUIRED_MISSING"}),
    ("before", "9906_region-modellbygd_forbattringsarbete.xlsx", "remarks", {"TOTAL_DIFFERS"}),
    ("before", "9911_testmala_start.xlsx", "unreadable", {"FILE_ENCRYPTED"}),
    ("before", "9912_fiktivhamn_infor-traff-1.xlsx", "remarks", {"PERSONAL_NUMBER"}),
    ("final", "9905_pahittsund_avslut.xlsx", "held", {"POINT_CLOSED", "BETWEEN_STEPS"}),
    ("final", "9910_sagoryd_avslut_utkast.xlsx", "held", {"OTHER_SENDER"}),
    ("final", "9904_latsasvik_avslut.xlsx", "remarks", {"BETWEEN_STEPS", "REQUIRED_MISSING"}),
]


@pytest.mark.parametrize(("wave", "name", "what"), QUIETLY, ids=[what for _, _, what in QUIETLY])
def test_what_people_do_to_workbooks_does_no_harm(played: Played, wave: str, name: str, what: str) -> None:
    assert what
    assert set(played.verdicts(wave, name)) == {"accepted"}
    assert played.codes(wave, name) == set()


@pytest.mark.parametrize(("wave", "name", "verdict", "codes"), INSTRUCTIVE, ids=[name for _, name, _, _ in INSTRUCTIVE])
def test_each_mistake_is_told(played: Played, wave: str, name: str, verdict: str, codes: set[str]) -> None:
    assert played.verdicts(wave, name) == [verdict]
    assert played.codes(wave, name) == codes


def test_an_unanswered_workbook_is_not_taken_for_an_answer(played: Played) -> None:
    assert played.verdicts("before", "9911_testmala_infor-traff-1.xlsx") == ["rejected"]


def test_the_number_of_a_person_is_repeated_nowhere(played: Played) -> None:
    assert "19121212" not in str(played.said)
    feedback = [path for path in played.project.path("feedback").rglob("*") if path.is_file()]
    assert feedback
    assert not [path for path in feedback if b"19121212" in path.read_bytes()]


def test_everything_that_lies_in_the_inbox_is_accounted_for(played: Played) -> None:
    for wave, files in played.files.items():
        said = played.said[wave]
        outcomes = ("accepted", "remarks", "held", "rejected", "unreadable")
        assert len(files) == len(set(files))
        assert said["new"] == len(files) == sum(said[outcome] for outcome in outcomes)


def test_two_plays_give_the_same_bytes(played: Played, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    lay_out_project(folder)
    project = Project(folder)
    again = {path.relative_to(folder): path.read_bytes() for path in play_wave(project, BEFORE)}
    assert again == {path.relative_to(played.project.folder): path.read_bytes() for path in played.files["before"]}
