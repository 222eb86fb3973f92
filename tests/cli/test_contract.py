"""The documents that scripts rely on: exactly these keys, whatever the day brought."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sheets_pipeline.workbooks.edit import Edited
from tests.pipeline.office import Office, codes, moment, scores
from tests.pipeline.trial import layout

FILE = set("file sha256 form version round organisation cluster unit point level scale verdict answers issues".split())
ISSUE = set("code severity sheet cell question path message value expected fix".split()) | {"also"}
RUN = set("run seen new accepted remarks held rejected unreadable unchanged ignored files".split())
STATUS = set("organisation cluster unit form point due state received late_days".split())
COMPARISON = set(
    "key scale level unit n matched before after shift up same down interval p p_adjusted effect notes".split()
)
VERDICTS = {"accepted", "remarks", "held", "rejected", "unreadable"}


def assert_file(entry: dict[str, Any], *more: str) -> None:
    assert set(entry) == FILE | set(more)
    assert entry["verdict"] in VERDICTS
    for issue in entry["issues"]:
        assert set(issue) == ISSUE
        assert issue["severity"] in {"error", "warning", "info"}
        assert issue["message"]
        assert issue["fix"]
        assert (issue["sheet"] is None) == (issue["cell"] is None)


def put_a_day(office: Office) -> list[Path]:
    """A good file, one with remarks, a stranger, an empty one and something that is no workbook."""
    return [
        office.put("9901/bra.xlsx", office.filled(scores())),
        office.put("9903/brist.xlsx", office.filled(scores(m01_1=9, m01_2=4, staff=None), "9903")),
        office.put("tom.xlsx", office.workbook("9904")),
        office.put("sida.xlsx", b"<html></html>"),
    ]


def test_check_says_of_each_form_what_it_is_and_each_remark_where_and_how_to_mend_it(office: Office) -> None:
    code, told = office.asks("check", *map(str, put_a_day(office)))
    assert code == 1
    assert set(told) == {"files"}
    for entry in told["files"]:
        assert_file(entry)
    good, poor, empty, page = told["files"]
    assert good == {
        **good,
        "file": "bra.xlsx",
        "form": "self_assessment",
        "version": "1.1.0",
        "round": "2026",
        "organisation": "9901",
        "cluster": "k1",
        "unit": None,
        "point": "bm1",
        "level": "overall",
        "scale": "s4",
        "verdict": "accepted",
        "answers": 25,
        "issues": [],
    }
    assert (poor["verdict"], sorted(codes(poor))) == ("remarks", ["REQUIRED_MISSING", "VALUE_NOT_IN_LIST"])
    (wrong,) = [issue for issue in poor["issues"] if issue["code"] == "VALUE_NOT_IN_LIST"]
    assert {name: wrong[name] for name in ("sheet", "cell", "question", "path", "value")} == {
        "sheet": "Skattning",
        "cell": "C7",
        "question": "m01_1",
        "path": "m01_1/score",
        "value": "9",
    }
    assert (empty["verdict"], codes(empty)) == ("rejected", ["UNANSWERED"])
    assert (page["verdict"], page["form"], page["organisation"]) == ("unreadable", None, None)


def test_check_with_cells_adds_what_the_reader_saw(office: Office) -> None:
    edited = Edited(office.workbook())
    edited.fill(scores(), "self_assessment")
    edited.type("word", "=1+1", "self_assessment")
    path = office.put("a.xlsx", edited.saved(moment("2026-02-01")))
    _, told = office.asks("check", str(path), "--cells")
    (entry,) = told["files"]
    assert_file(entry, "cells")
    assert set(entry["cells"]) == {"sheets", "witnesses"}
    assert set(entry["cells"]["witnesses"]) == {
        "error_cells",
        "uncomputed",
        "external_links",
        "strict",
        "date_1904",
    }
    sheets = {sheet["name"]: sheet for sheet in entry["cells"]["sheets"]}
    assert {name: sheet["visible"] for name, sheet in sheets.items() if sheet["visible"] != "visible"} == {
        "_lists": "hidden",
        "_manifest": "veryHidden",
    }
    assert set(sheets["Om oss"]) == {"name", "visible", "cells"}
    assert sheets["Om oss"]["cells"]["C6"] == 12
    assert str(layout().cells()["word"]) in entry["cells"]["witnesses"]["uncomputed"]


def test_check_with_feedback_writes_the_workbook_that_would_go_back(office: Office, tmp_path: Path) -> None:
    path = office.put("brist.xlsx", office.filled(scores(m01_1=9)))
    code, _ = office.asks("check", str(path), "--feedback", str(tmp_path / "svar"))
    assert code == 1
    assert [one.name for one in (tmp_path / "svar").iterdir()] == ["brist_aterkoppling.xlsx"]
    assert office.versions() == [], "nothing is stored"
    assert not (office.folder / "data" / "feedback").exists()


def test_collect_counts_and_tells_of_each_file_where_it_lies_and_what_was_answered(office: Office) -> None:
    put_a_day(office)
    told = office.collected()
    assert set(told) == RUN
    for entry in told["files"]:
        assert_file(entry, "archived", "feedback")
        assert entry["archived"] == entry["sha256"]
    assert {entry["file"]: bool(entry["feedback"]) for entry in told["files"]} == {
        "bra.xlsx": False,
        "brist.xlsx": True,
        "tom.xlsx": False,
        "sida.xlsx": False,
    }


def test_status(office: Office) -> None:
    code, told = office.asks("status")
    assert code == 0
    assert set(told) == {"round", "as_of", "rows"}
    assert (told["round"], told["as_of"]) == ("2026", "2026-02-10")
    assert all(set(row) == STATUS for row in told["rows"])
    assert told["rows"][0] == {
        "organisation": "9901",
        "cluster": "k1",
        "unit": None,
        "form": "self_assessment",
        "point": "bm1",
        "due": "2026-02-10",
        "state": "not_due",
        "received": None,
        "late_days": None,
    }


def put_two_points(office: Office) -> None:
    """Every organisation at the first and the last point; 9901 goes from 2 to 4 on one statement."""
    for organisation in ("9901", "9903", "9904"):
        first, last = (Edited(office.workbook(organisation, packet)) for packet in ("meeting_1", "closing"))
        own = {"9901": 1, "9903": 3, "9904": 4}[organisation]
        first.fill(scores(m01_2=own), "self_assessment")
        last.fill(scores(m01_2=own, m01_4=4), "self_assessment")
        last.fill({"entries[D01]/what": "Ett"}, "diary")
        office.put(f"{organisation}/a.xlsx", first.saved(moment("2026-02-01")))
        office.put(f"{organisation}/b.xlsx", last.saved(moment("2026-02-02")), at="2026-02-02")
    assert office.collected()["accepted"] == 6


def test_compare_gives_shifts_over_matched_statements(office: Office) -> None:
    put_two_points(office)
    for by in ("item", "section", "organisation", "cluster", "round"):
        code, told = office.asks("compare", "--by", by)
        assert code == 0
        assert set(told) == {"from", "to", "by", "rows"}
        assert (told["from"], told["to"], told["by"]) == ("bm1", "final", by)
        assert_comparisons(told)


def assert_comparisons(told: dict[str, Any]) -> None:
    assert told["rows"]
    for row in told["rows"]:
        assert set(row) >= COMPARISON, "and what tells rows of one key apart"
        assert set(row) == set(told["rows"][0])
        assert row["interval"] is None or len(row["interval"]) == 2


def test_compare_as_csv_opens_in_swedish_excel(office: Office) -> None:
    put_two_points(office)
    code, out, _ = office.says("compare", "--csv")
    assert code == 0
    assert out.startswith("\ufeffkey;")
    assert all(line.count(";") == out.splitlines()[0].count(";") for line in out.splitlines())


def test_an_organisation_that_shares_with_nobody_is_left_out_for_an_audience(office: Office) -> None:
    put_two_points(office)
    keys = {
        audience: {row["key"] for row in office.asks("compare", "--audience", audience)[1]["rows"]}
        for audience in ("salar", "round", "public")
    }
    assert {"9901", "9903", "9904"} <= keys["salar"]
    assert "9904" not in keys["round"] | keys["public"]
    assert "9901" in keys["round"]
    assert "9901" not in keys["public"]
    assert "9903" in keys["public"]


@pytest.mark.parametrize("command", ["report --format html", "export"])
def test_a_report_and_an_export_for_the_public_name_nobody_else(office: Office, tmp_path: Path, command: str) -> None:
    put_two_points(office)
    code, told = office.asks(*command.split(), "--audience", "public", "--to", str(tmp_path / "ut"))
    assert code == 0
    assert set(told) == {"files"}
    written = [Path(path) for path in told["files"]]
    assert all(path.is_file() for path in written)
    plain = [path.read_text("utf-8-sig") for path in written if path.suffix in {".html", ".csv"}]
    assert plain
    assert not [words for words in plain if "Hemligsund" in words or "9904" in words]


def test_forms_list_show_and_lint(office: Office) -> None:
    _, listed = office.asks("forms", "list")
    assert set(listed) == {"forms"}
    assert [set(one) for one in listed["forms"]] == [{"form", "version", "title", "questions", "minutes"}] * 2
    assert [one["form"] for one in listed["forms"]] == ["diary", "self_assessment"]
    _, shown = office.asks("forms", "show", "self_assessment")
    assert shown["questions"][0] == {"path": "staff", "type": "integer", "question": "Hur många är ni"}
    assert office.asks("forms", "lint") == (0, {"faults": []})


def test_workbooks_build_names_files_in_the_words_of_their_language(office: Office, tmp_path: Path) -> None:
    code, told = office.asks("workbooks", "build", "--packet", "meeting_1", "--to", str(tmp_path))
    assert code == 0
    names = [Path(one["file"]).relative_to(tmp_path).as_posix() for one in told["workbooks"]]
    assert names[:2] == ["9901_exempelby/9901_exempelby_traff-1.xlsx", "9902_provkoping/9902_provkoping_traff-1.xlsx"]
    _, told = office.asks("workbooks", "build", "--packet", "meeting_1", "--lang", "en", "--to", str(tmp_path))
    assert Path(told["workbooks"][0]["file"]).name == "9901_exempelby_meeting-1.xlsx"


def test_a_workbook_for_the_last_point_shows_the_answers_of_the_first(office: Office) -> None:
    office.receives("9901/a.xlsx", office.filled(scores(m01_1=4)))
    last = Edited(office.workbook("9901", "closing"))
    ref = last.cells("self_assessment")["m01_1/score"]
    beside = [last.at(type(ref)(ref.sheet, ref.row, ref.column + more)) for more in (0, 2)]
    assert beside == [None, 4]


def test_submissions_show_every_answer_with_its_cell(office: Office) -> None:
    office.receives("9901/a.xlsx", office.filled(scores()))
    _, told = office.asks("submissions", "show", office.id_of("a.xlsx"))
    assert {"id", "form", "subject", "state", "answers", "issues"} <= set(told)
    assert {"path": "staff", "value": 12, "cell": "'Om oss'!C6"} in told["answers"]


def test_what_is_printed_for_people_is_in_the_language_asked_for(office: Office) -> None:
    path = str(office.put("a.xlsx", office.filled(scores(m01_1=9))))
    _, swedish, _ = office.says("check", path)
    _, english, _ = office.says("check", path, "--lang", "en")
    assert "Skattning!C7" in swedish
    assert "Skattning!C7" in english
    assert swedish != english
    assert not {"fel", "underkänd", "avvisad"} & set(swedish.casefold().split())


def test_json_is_one_document_of_utf8_and_nothing_else_stands_on_standard_output(office: Office) -> None:
    put_a_day(office)
    for command in ("collect", "status", "compare", "report --format html", "export", "submissions list", "doctor"):
        _, out, _ = office.says(*command.split(), "--json")
        assert isinstance(json.loads(out), dict)
        assert "\\u00" not in out
