"""`rounds` and `trace`: the facts they print, their exit codes, and numbers that lead back to their cells."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from tests.pipeline.closing_office import CONFERENCE, closed, played, with_plans
from tests.pipeline.office import Office, scores

ANSWER = set("organisation form point unit submission sha256 file path sheet cell typed value".split())
K01 = "measure/9903/P01/K01"


@pytest.fixture
def round_office(office: Office) -> Office:
    return played(with_plans(office))


def traced(office: Office, name: str) -> dict[str, Any]:
    code, told = office.asks("trace", name, "--as-of", CONFERENCE)
    assert code == 0
    assert set(told) == {"id", "value", "answers"}
    assert all(set(one) == ANSWER for one in told["answers"])
    found: dict[str, Any] = told
    return found


def test_rounds_list_says_which_are_closed(round_office: Office) -> None:
    _, told = round_office.asks("rounds", "list")
    assert told == {
        "rounds": [
            {
                "round": "2026",
                "name": "Omgång 2026",
                "current": True,
                "organisations": 4,
                "deliveries": 5,
                "closed": None,
            }
        ]
    }
    closed(round_office)
    _, told = round_office.asks("rounds", "list")
    assert told["rounds"][0]["closed"]
    code, out, _ = round_office.says("rounds", "list", "--lang", "sv")
    assert code == 0
    assert "den aktuella" in out


def test_rounds_verify_ends_with_0_or_1(round_office: Office) -> None:
    folder = closed(round_office)
    code, told = round_office.asks("rounds", "verify")
    assert code == 0
    assert set(told) == {"round", "inputs", "outputs", "made_with", "now", "differences"}
    assert told["made_with"] == told["now"]
    report = next((folder / "outputs/reports").glob("*.html"))
    report.unlink()
    code, out, _ = round_office.says("rounds", "verify", "--lang", "sv")
    assert code == 1
    assert f"reports/{report.name}: det publicerade exemplaret saknas" in out


def test_another_version_of_a_library_is_named(round_office: Office) -> None:
    folder = closed(round_office)
    manifest = json.loads((folder / "closed.json").read_text(encoding="utf-8"))
    manifest["made_with"]["xlsxwriter"] = "0.1"
    (folder / "closed.json").write_text(json.dumps(manifest), encoding="utf-8")
    code, out, _ = round_office.says("rounds", "verify", "--lang", "en")
    assert code == 1
    assert "xlsxwriter 0.1 → " in out


def test_an_item_score_leads_to_its_cell(round_office: Office) -> None:
    told = traced(round_office, "self_assessment/9901/-/m01_1/final")
    (answer,) = told["answers"]
    assert (told["value"], answer["file"], answer["path"], answer["value"]) == ("3", "efter.xlsx", "m01_1/score", 3)
    assert (answer["typed"], answer["sheet"]) == ("3", "Skattning")
    data = (round_office.folder / "data/archive" / answer["sha256"][:2] / answer["sha256"]).read_bytes()
    assert data == (round_office.folder / "data/inbox/9901/efter.xlsx").read_bytes()


def test_a_shift_is_the_answers_behind_it(round_office: Office) -> None:
    """The mean of what is traced at the last point less that at the first is the number in the report."""
    for name in ("organisation/9901/items/shift", "section/m01/shift", "cluster/k1/items/shift"):
        told = traced(round_office, name)
        scores = {
            point: [one["value"] for one in told["answers"] if one["point"] == point] for point in ("bm1", "final")
        }
        assert len(scores["bm1"]) == len(scores["final"]) > 20
        means = [Fraction(sum(found), len(found)) for found in (scores["bm1"], scores["final"])]
        assert Fraction(told["value"]) == means[1] - means[0], name


def test_one_end_of_a_shift_is_that_end_alone(round_office: Office) -> None:
    assert {one["point"] for one in traced(round_office, "organisation/9901/items/before")["answers"]} == {"bm1"}
    assert {one["point"] for one in traced(round_office, "organisation/9901/items/after")["answers"]} == {"final"}


def test_a_measure_leads_to_its_cell_hidden_or_not(round_office: Office) -> None:
    women = traced(round_office, f"{K01}/actual/women")
    assert (women["value"], [one["value"] for one in women["answers"]]) == ("..", [{"decimal": "3"}])
    assert [one["path"] for one in women["answers"]] == ["plans[P01]/measures[K01]/actual/women"]
    gap = traced(round_office, f"{K01}/gap/women-men/after")
    assert [one["value"] for one in gap["answers"]] == [{"decimal": "3"}, {"decimal": "10"}]


def test_any_answer_of_any_form_can_be_traced(round_office: Office) -> None:
    told = traced(round_office, "improvement_plan/9903/-/plans[P01]/title/round")
    assert (told["value"], [one["value"] for one in told["answers"]]) == (None, ["Lika stöd"])


def test_an_answer_that_was_kept_leads_to_the_file_it_stands_in(round_office: Office) -> None:
    broken = round_office.filled(scores(m01_1="tio", m01_2=4, m01_5=1), "9901", "closing", saved="2026-11-05")
    assert round_office.receives("9901/rattad.xlsx", broken, "2026-11-05")["verdict"] == "remarks"
    (answer,) = traced(round_office, "self_assessment/9901/-/m01_1/final")["answers"]
    assert (answer["file"], answer["value"]) == ("efter.xlsx", 3)


@pytest.mark.parametrize("name", ["organisation/9999/items/shift", "section/m01/mean", "hej", f"{K01}/actual/girls"])
def test_an_id_that_is_not_there_is_said_with_those_that_are(round_office: Office, name: str) -> None:
    code, out, err = round_office.says("trace", name, "--as-of", CONFERENCE)
    assert (code, out) == (2, "")
    assert "/" in err.splitlines()[-1]
