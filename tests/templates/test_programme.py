"""The example programme as its file stands: made-up organisations, dates that hang together, forms that exist."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

from sheets_pipeline.model.programme import ORGANISATION_CODE, ORGANISATION_TYPES, SHARING_LEVELS, Packet, due_date
from sheets_pipeline.project import open_project
from sheets_pipeline.project.decisions import read_decisions, read_waivers
from sheets_pipeline.project.settings import Settings
from sheets_pipeline.reference.codes import find, places
from tests.templates.shipped import FORMS, ROOT

PROGRAMME = tomllib.loads((ROOT / "config" / "programme.toml").read_text(encoding="utf-8"))
ROUND = PROGRAMME["rounds"][PROGRAMME["programme"]["current"]]
OCCASIONS = {one["id"]: one for one in PROGRAMME["editions"][ROUND["edition"]]["occasions"]}
ORGANISATIONS = ROUND["organisations"]


def test_no_example_organisation_exists() -> None:
    for one in ORGANISATIONS:
        assert one["example"]
        assert re.fullmatch(ORGANISATION_CODE, one["code"])
        assert 9901 <= int(one["code"]) <= 9999
        assert one["code"] not in places()
        assert find(one["name"]) is None


def test_example_addresses_lead_nowhere() -> None:
    addresses = [address for one in ORGANISATIONS for address in one["senders"]]
    assert all(address.endswith(".example") for address in [*addresses, ROUND["inbox"]])
    assert len(set(addresses)) == len(addresses)


def test_every_cluster_has_one_mentor_and_two_participants() -> None:
    roles: dict[str, list[str]] = {cluster["id"]: [] for cluster in ROUND["clusters"]}
    for one in ORGANISATIONS:
        roles[one["cluster"]].append(one["role"])
    assert {tuple(sorted(found)) for found in roles.values()} == {("mentor", "participant", "participant")}
    assert len(roles) == 4


def test_words_in_the_file_are_words_that_the_model_knows() -> None:
    assert {one["type"] for one in ORGANISATIONS} <= set(ORGANISATION_TYPES)
    assert {one[key] for one in ORGANISATIONS for key in ("sharing_scores", "sharing_texts")} == set(SHARING_LEVELS)
    assert {one.get("scale", "s4") for one in ORGANISATIONS} == set(FORMS["self_assessment"].scales)


def test_packets_ask_for_forms_and_occasions_that_exist() -> None:
    asked = [(entry["form"], entry["occasion"]) for packet in ROUND["packets"] for entry in packet["forms"]]
    assert {form for form, _ in asked} == set(FORMS)
    assert {occasion for _, occasion in asked} <= set(OCCASIONS)
    assert len(set(asked)) == len(asked)


def test_every_point_named_in_a_form_is_in_the_edition() -> None:
    named = {
        one.required_from or one.invited_from
        for form in FORMS.values()
        for part in form.walk()
        for one in part.questions
    }
    assert named - {None} <= set(OCCASIONS)
    assert set(FORMS["self_assessment"].mode_by_occasion) == {
        one["id"] for one in OCCASIONS.values() if one["kind"] == "point"
    }


def due_dates() -> dict[tuple[str, str], date]:
    """(packet, cluster) → due date."""
    found = {}
    for packet in ROUND["packets"]:
        offsets = (packet["offset_days"], packet["offset_working_days"])
        plain = Packet(packet["id"], {}, {}, (), packet["occasion"], packet["meeting"], *offsets)
        for meeting in ROUND["meetings"]:
            if meeting["id"] == packet["meeting"]:
                found[packet["id"], meeting["cluster"]] = due_date(plain, meeting["date"])
    return found


def test_every_packet_has_a_due_date_for_every_cluster() -> None:
    clusters = {cluster["id"] for cluster in ROUND["clusters"]}
    for packet in ROUND["packets"]:
        found = {cluster for name, cluster in due_dates() if name == packet["id"]}
        assert found in ({""}, clusters), packet["id"]


def test_the_first_assessment_is_due_in_february_and_the_last_before_the_conference() -> None:
    dates = due_dates()
    assert dates["meeting_1", "k1"] == date(2026, 2, 10)
    assert dates["closing", ""] == date(2026, 11, 11)


def test_meetings_follow_each_other_in_every_cluster() -> None:
    for cluster in ROUND["clusters"]:
        dates = [one["date"] for one in ROUND["meetings"] if one["cluster"] in {"", cluster["id"]}]
        assert dates == sorted(dates)


def test_the_repository_itself_is_a_project() -> None:
    project = open_project(ROOT)
    assert project.settings.language == "sv"
    assert [one.code for one in project.round().organisations] == [one["code"] for one in ORGANISATIONS]
    assert project.decisions == ()
    assert project.rules == ((), {})


def uncommented(name: str, folder: Path) -> Path:
    """The file with its commented example made real: without `#` and three spaces."""
    text = (ROOT / "config" / name).read_text(encoding="utf-8")
    path = folder / name
    path.write_text("\n".join(re.findall(r"^#   (\[\[.*|\w+ = .*)$", text, re.MULTILINE)), encoding="utf-8")
    return path


def test_the_example_of_a_decision_is_right_when_its_marks_are_taken_away(tmp_path: Path) -> None:
    assert [one.action for one in read_decisions(uncommented("decisions.toml", tmp_path))] == ["accept"]


def test_the_example_of_a_waiver_is_right_when_its_marks_are_taken_away(tmp_path: Path) -> None:
    waivers, _ = read_waivers(uncommented("waivers.toml", tmp_path))
    assert [one.code for one in waivers] == ["POPULATION_CHANGED"]


def test_every_setting_in_the_file_says_the_default() -> None:
    """So that removing a line changes nothing, as the file promises."""
    assert open_project(ROOT).settings == Settings()
