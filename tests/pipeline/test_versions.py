"""Which version is in force: what is held and why, what people decide, waivers, two rounds in one store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheets_pipeline.model.cells import CellRef, parse_a1
from sheets_pipeline.texts import text
from sheets_pipeline.workbooks.edit import Edited, Typed
from tests.pipeline.office import Office, codes, moment, scores

MANY: dict[str, Typed] = {
    "word": "ord",
    "wishes": "mer",
    "page": "https://exempelby.example",
    "contact": "a@b.example",
    "since": 2019,
    "ratio": 2,
}


@pytest.fixture
def received(office: Office) -> Office:
    """Exempelby's first version is in force."""
    told = office.receives("9901/forst.xlsx", office.filled(scores(m01_1=4, **MANY)))
    assert told["verdict"] == "accepted", told["issues"]
    return office


def assert_first_still_in_force(office: Office) -> None:
    assert ("9901", "in_force", "forst.xlsx") in office.versions()
    assert office.in_force()["m01_1/score"] == 4


# ---------------------------------------------------------------------------------------------------------------- held


def test_an_answer_to_a_point_whose_meeting_has_been_is_asked_about(received: Office) -> None:
    late = received.receives(
        "9901/sen.xlsx", received.filled(scores(m01_1=1, **MANY), saved="2026-03-02"), "2026-03-02"
    )
    assert (late["verdict"], codes(late)[0]) == ("held", "POINT_CLOSED")
    assert late["feedback"]
    assert_first_still_in_force(received)


def test_a_version_in_which_many_answers_are_gone_is_asked_about(received: Office) -> None:
    fewer = received.receives("9901/farre.xlsx", received.filled(scores(m01_1=1), saved="2026-02-03"), "2026-02-03")
    assert (fewer["verdict"], codes(fewer)[0]) == ("held", "FEWER_ANSWERS")
    assert_first_still_in_force(received)


def test_a_workbook_in_another_organisations_folder_is_asked_about(office: Office) -> None:
    lost = office.receives("9902_provkoping/vilse.xlsx", office.filled(scores(), "9901"))
    assert (lost["verdict"], codes(lost)[0]) == ("held", "OTHER_SENDER")
    assert office.versions() == [("9901", "held", "vilse.xlsx")]


def test_a_copy_of_another_organisations_answers_is_asked_about(received: Office) -> None:
    copied = received.receives("9903/kopia.xlsx", received.filled(scores(m01_1=4), "9903"))
    assert (copied["verdict"], codes(copied)[0]) == ("held", "COPIED_FROM")


def test_copies_that_come_on_the_same_night_are_noticed_too(office: Office) -> None:
    office.put("9901/a.xlsx", office.filled(scores()))
    office.put("9903/b.xlsx", office.filled(scores(), "9903"))
    told = office.collected()
    assert (told["accepted"], told["held"]) == (1, 1)


def test_a_workbook_saved_before_the_one_in_force_is_asked_about(received: Office) -> None:
    old = received.filled(scores(m01_1=1, **MANY), saved="2026-01-20")
    older = received.receives("9901/gammal.xlsx", old, "2026-02-03")
    assert (older["verdict"], codes(older)[0]) == ("held", "OLDER_THAN_ACCEPTED")
    assert_first_still_in_force(received)


def test_what_is_held_waits_until_a_newer_version_comes(received: Office) -> None:
    received.receives("9901/farre.xlsx", received.filled(scores(), saved="2026-02-03"), "2026-02-03")
    received.receives("9901/hel.xlsx", received.filled(scores(m01_1=3, **MANY), saved="2026-02-04"), "2026-02-04")
    assert {file: state for _, state, file in received.versions()} == {
        "forst.xlsx": "superseded",
        "farre.xlsx": "superseded",
        "hel.xlsx": "in_force",
    }


def test_of_two_copies_the_sender_chooses_cell_by_cell_and_sends_that_back(received: Office) -> None:
    other = received.filled(scores(m01_1=1, m01_2=4, **MANY) | {"word": None}, saved="2026-01-20")
    held = received.receives("9901/kopia.xlsx", other, "2026-02-03")
    merge = text("Merge", "sv", context="sheet")
    book = openpyxl.load_workbook(held["feedback"])
    rows: dict[str, Any] = {str(row[0].value).rpartition("|")[2]: row for row in book[merge].iter_rows(min_row=6)}
    assert list(rows) == ["word", "m01_1/score", "m01_2/score"]
    assert [str(cell.value) for cell in rows["m01_1/score"]][2:4] == ["4", "1"]
    chosen = Edited(Path(held["feedback"]).read_bytes())
    for path, choice in (("word", "A"), ("m01_1/score", "A"), ("m01_2/score", "B")):
        ref = book[merge].cell(rows[path][0].row, 5).coordinate
        chosen.type_at(at(merge, ref), choice)
    back = received.receives("9901/vald.xlsx", chosen.saved(moment("2026-02-05")), "2026-02-05")
    assert back["verdict"] == "accepted", back["issues"]
    answers = received.in_force()
    assert (answers["word"], answers["m01_1/score"], answers["m01_2/score"]) == ("ord", 4, 4)


def at(sheet: str, a1: str) -> CellRef:
    return CellRef(sheet, *parse_a1(a1))


def test_the_version_in_force_is_the_one_last_received_whatever_the_order_of_processing(office: Office) -> None:
    office.put("z.xlsx", office.filled(scores(m01_1=4), saved="2026-02-03"), at="2026-02-03")
    office.collected()
    office.put("a.xlsx", office.filled(scores(m01_1=1), saved="2026-02-01"), at="2026-02-01")
    office.collected()
    assert ("9901", "in_force", "z.xlsx") in office.versions()
    assert office.in_force()["m01_1/score"] == 4


# -------------------------------------------------------------------------------------------------- deciding by hand


def test_a_held_version_is_used_by_hand_and_set_aside_again(received: Office) -> None:
    received.receives("9901/farre.xlsx", received.filled(scores(m01_1=1), saved="2026-02-03"), "2026-02-03")
    id_ = received.id_of("farre.xlsx")
    code, told = received.asks("submissions", "use", id_[:8], "--because", "Bekräftat på telefon")
    assert (code, told["state"]) == (0, "in_force")
    assert received.in_force()["m01_1/score"] == 1
    code, told = received.asks("submissions", "set-aside", id_, "--because", "Ändrade sig")
    assert (code, told["state"]) == (0, "set_aside")
    assert_first_still_in_force(received)


def test_deciding_needs_a_reason_and_a_version_that_is_there(received: Office) -> None:
    assert received.says("submissions", "use", received.id_of("forst.xlsx"))[0] == 2
    code, _, err = received.says("submissions", "use", "ffff", "--because", "x")
    assert code == 2
    assert "ffff" in err


def decided(office: Office, **keys: str) -> None:
    lines = [f'{name} = "{value}"' for name, value in {"id": "b1", "who": "Ann", "why": "Enligt mejl", **keys}.items()]
    office.write("config/decisions.toml", "[[decisions]]\n" + "\n".join(lines) + "\nwhen = 2026-02-05\n")


def test_a_decision_in_the_file_accepts_what_is_held(received: Office) -> None:
    received.receives("9901/farre.xlsx", received.filled(scores(m01_1=1), saved="2026-02-03"), "2026-02-03")
    decided(received, action="accept", submission="2026/self_assessment/9901/-/bm1")
    received.collected()
    assert received.in_force()["m01_1/score"] == 1
    received.collected()
    assert [state for _, state, _ in received.versions()].count("in_force") == 1


def test_a_decision_in_the_file_withdraws_what_is_in_force(received: Office) -> None:
    decided(received, action="withdraw", organisation="9901")
    received.collected()
    assert received.versions() == [("9901", "withdrawn", "forst.xlsx")]
    rows = states(received, "--as-of", "2026-02-20")
    assert rows["9901", "self_assessment", "bm1"] == "missing"


def test_a_decision_in_the_file_exempts_an_organisation(office: Office) -> None:
    decided(office, action="exempt", organisation="9903")
    assert states(office, "--as-of", "2026-12-31")["9903", "self_assessment", "final"] == "not_due"
    assert states(office, "--as-of", "2026-12-31")["9904", "self_assessment", "final"] == "missing"


def test_what_was_decided_by_hand_is_told_in_the_reports_method(received: Office) -> None:
    decided(received, action="exempt", organisation="9903")
    code, out, err = received.says("report", "--format", "html")
    assert code == 0, err
    assert "Enligt mejl" in Path(out.strip()).read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------- waivers and staging


def test_a_waiver_takes_a_rule_away_for_one_organisation_until_a_day(office: Office) -> None:
    office.write(
        "config/waivers.toml",
        '[[waivers]]\norganisation = "9901"\ncode = "VALUE_NOT_IN_LIST"\nuntil = 2026-02-10\nreason = "Egen skala"\n',
    )
    path = str(office.put("brist.xlsx", office.filled(scores(m01_1=9))))
    assert office.asks("check", path)[1]["files"][0]["issues"] == []
    assert codes(office.asks("check", path, "--as-of", "2026-02-11")[1]["files"][0]) == ["VALUE_NOT_IN_LIST"]
    other = str(office.put("annan.xlsx", office.filled(scores(m01_1=9), "9903")))
    assert codes(office.asks("check", other)[1]["files"][0]) == ["VALUE_NOT_IN_LIST"]


def test_a_staged_rule_only_warns_up_to_its_round(office: Office) -> None:
    path = str(office.put("brist.xlsx", office.filled(scores(staff=None))))
    (before,) = office.asks("check", path)[1]["files"][0]["issues"]
    assert (before["code"], before["severity"]) == ("REQUIRED_MISSING", "error")
    office.write("config/waivers.toml", '[staged]\nREQUIRED_MISSING = "2026"\n')
    (after,) = office.asks("check", path)[1]["files"][0]["issues"]
    assert (after["code"], after["severity"]) == ("REQUIRED_MISSING", "warning")


def test_a_new_waiver_judges_what_is_known_again(office: Office) -> None:
    office.put("brist.xlsx", office.filled(scores(m01_1=9)))
    assert office.collected()["remarks"] == 1
    assert office.collected()["unchanged"] == 1
    office.write(
        "config/waivers.toml",
        '[[waivers]]\norganisation = "9901"\ncode = "VALUE_NOT_IN_LIST"\nuntil = 2026-12-31\nreason = "Egen skala"\n',
    )
    again = office.collected()
    assert (again["new"], again["accepted"], again["unchanged"]) == (1, 1, 0)
    assert len(office.versions()) == 1


@pytest.mark.parametrize(
    ("wrong", "right"), [('code = "9905"', 'code = "9901"'), ("date = 2026-01-24", "date = 2026-02-24")]
)
def test_a_mended_programme_judges_what_is_known_again(office: Office, wrong: str, right: str) -> None:
    data, last = office.filled(scores()), office.filled(scores(m01_1=1))
    path = office.folder / "config" / "programme.toml"
    path.write_text(path.read_text().replace(right, wrong))
    office.put("a.xlsx", data)
    office.collected()
    office.put("b.xlsx", last, at="2026-02-02")
    assert office.collected()["accepted"] == 0
    path.write_text(path.read_text().replace(wrong, right))
    told = office.collected()
    assert (told["new"], told["accepted"]) == (2, 2)
    assert ("9901", "in_force", "b.xlsx") in office.versions()


def test_recheck_judges_everything_once_more_and_changes_nothing(received: Office) -> None:
    before = received.in_force()
    again = received.collected("--recheck")
    assert (again["new"], again["accepted"]) == (1, 1)
    assert received.in_force() == before
    code, told = received.asks("submissions", "recheck")
    assert (code, told["accepted"]) == (0, 1)


# --------------------------------------------------------------------------------------------------------- two rounds


def test_two_rounds_live_in_one_store(tmp_path: Path) -> None:
    office = Office.laid_out(tmp_path / "p", rounds=("2026", "2027"))
    office.receives("9901/a.xlsx", office.filled(scores(m01_1=4)))
    later = Edited(office.workbook("9901", "meeting_1", "--round", "2027"))
    later.fill(scores(m01_1=1), "self_assessment")
    told = office.receives("9901/b.xlsx", later.saved(moment("2026-02-05")), "2026-02-05")
    assert (told["verdict"], told["round"]) == ("accepted", "2027")
    assert office.in_force()["m01_1/score"] == 4
    first, second = (
        office.asks("submissions", "list", "--round", round_)[1]["submissions"] for round_ in ("2026", "2027")
    )
    assert [(one["round"], one["state"]) for one in first + second] == [("2026", "in_force"), ("2027", "in_force")]
    rows = {
        round_: next(
            row
            for row in office.asks("status", "--round", round_)[1]["rows"]
            if (row["organisation"], row["point"]) == ("9901", "bm1")
        )
        for round_ in ("2026", "2027")
    }
    assert {round_: (row["due"], row["state"]) for round_, row in rows.items()} == {
        "2026": ("2026-02-10", "accepted"),
        "2027": ("2027-02-10", "accepted"),
    }


def test_a_workbook_of_another_round_is_not_taken_when_one_round_is_asked_for(tmp_path: Path) -> None:
    office = Office.laid_out(tmp_path / "p", rounds=("2026", "2027"))
    path = str(office.put("a.xlsx", office.filled(scores())))
    told = office.asks("check", path, "--round", "2027")[1]["files"][0]
    assert (told["verdict"], codes(told)) == ("rejected", ["OTHER_ROUND"])


# ------------------------------------------------------------------------------------------------------------- status


def states(office: Office, *arguments: str) -> dict[tuple[str, str, str], str]:
    _, told = office.asks("status", *arguments)
    return {(row["organisation"], row["form"], row["point"]): row["state"] for row in told["rows"] if not row["unit"]}


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-02-10", {"9901": "accepted", "9902": "not_due", "9903": "not_due"}),
        ("2026-02-11", {"9901": "accepted", "9902": "missing", "9903": "not_due"}),
        ("2026-02-25", {"9901": "accepted", "9902": "missing", "9903": "missing"}),
        ("2026-01-31", {"9901": "not_due", "9902": "not_due", "9903": "not_due"}),
    ],
)
def test_the_state_of_each_deliverable_on_a_day(received: Office, as_of: str, expected: dict[str, str]) -> None:
    found = states(received, "--as-of", as_of)
    assert {code: found[code, "self_assessment", "bm1"] for code in expected} == expected
    assert found["9901", "self_assessment", "bm2"] == "no_date"


def test_remarks_held_and_not_taken_are_states_of_their_own(office: Office) -> None:
    office.put("9901/a.xlsx", office.filled(scores(m01_1=9)))
    office.put("9901/b.xlsx", office.filled(scores(m01_2=4), "9903"))
    office.put("9904/c.xlsx", office.workbook("9904"), at="2026-02-26")
    office.collected()
    found = states(office, "--as-of", "2026-03-01")
    assert [found[code, "self_assessment", "bm1"] for code in ("9901", "9903", "9904")] == [
        "remarks",
        "held",
        "rejected",
    ]


def test_of_several_that_count_for_nothing_the_last_received_is_the_one_spoken_of(office: Office) -> None:
    empty = office.workbook("9904")
    for number, day in enumerate(("2026-02-26", "2026-02-27")):
        office.put(f"9904/{number}.xlsx", Edited(empty).saved(moment(day)), at=day)
        office.put(f"9901/{number}.xlsx", office.filled(scores(m01_2=number + 1), "9903", saved=day), at=day)
    told = office.collected()
    assert (told["rejected"], told["held"]) == (2, 2)
    _, told = office.asks("status", "--as-of", "2026-03-01")
    rows = {row["organisation"]: row for row in told["rows"] if row["point"] == "bm1" and not row["unit"]}
    assert [(rows[code]["state"], rows[code]["received"][:10]) for code in ("9903", "9904")] == [
        ("held", "2026-02-27"),
        ("rejected", "2026-02-27"),
    ]


def test_what_came_late_says_how_late(office: Office) -> None:
    office.receives("9901/a.xlsx", office.filled(scores()), "2026-02-13")
    _, told = office.asks("status", "--as-of", "2026-02-20")
    rows = {(row["organisation"], row["point"]): row for row in told["rows"] if not row["unit"]}
    assert (rows["9901", "bm1"]["late_days"], rows["9901", "bm1"]["state"]) == (3, "accepted")
    assert (rows["9902", "bm1"]["late_days"], rows["9902", "bm1"]["state"]) == (10, "missing")


def test_an_organisation_that_has_left_owes_nothing(office: Office) -> None:
    path = office.folder / "config" / "programme.toml"
    path.write_text(path.read_text().replace('sharing_scores = "salar"', 'sharing_scores = "salar", left = 2026-03-01'))
    assert states(office, "--as-of", "2026-12-31")["9904", "self_assessment", "final"] == "withdrawn"
    assert states(office, "--as-of", "2026-02-28")["9904", "self_assessment", "bm1"] == "missing"


def test_a_units_own_assessment_is_a_row_of_its_own(office: Office) -> None:
    edited = Edited(office.workbook("9902"))
    edited.fill(scores(), "self_assessment")
    edited.fill(scores(m01_1=1), "self_assessment@bun")
    office.put("9902/a.xlsx", edited.saved(moment("2026-02-01")))
    office.collected()
    _, told = office.asks("status")
    rows = [
        (row["unit"], row["state"]) for row in told["rows"] if (row["organisation"], row["point"]) == ("9902", "bm1")
    ]
    assert rows == [(None, "accepted"), ("bun", "accepted")]


def test_a_units_own_workbook_leaves_that_of_its_organisation_alone(office: Office) -> None:
    office.says("workbooks", "build", "--organisation", "9902")
    folder = office.folder / "data" / "workbooks"
    before = {path: path.read_bytes() for path in folder.rglob("*.xlsx")}
    code, told = office.asks("workbooks", "build", "--organisation", "9902", "--unit", "bun")
    built = [Path(one["file"]) for one in told["workbooks"]]

    assert code == 0
    assert [path.name for path in built] == ["9902_provkoping_traff-1_bun.xlsx"]
    assert {path: path.read_bytes() for path in before} == before
    office.put("9902/a.xlsx", built[0].read_bytes())
    assert {(one["form"], one["unit"]) for one in office.collected()["files"]} == {("self_assessment", "bun")}
