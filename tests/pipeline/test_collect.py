"""A night's collecting: every file ends as exactly one thing, nothing twice, and a crash leaves nothing behind."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
import yaml

from sheets_pipeline.pipeline.collecting import Run, collect
from sheets_pipeline.pipeline.receipts import Receipt, summary
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import text
from sheets_pipeline.workbooks.edit import Edited
from tests.pipeline.office import Office, codes, moment, scores

NOT_A_WORKBOOK = b"<html><body>Logga in</body></html>"


def store_of(office: Office) -> Store:
    return Store.open(Project(office.folder).store_url)


def dump(office: Office) -> str:
    with store_of(office) as store:
        return store.canonical_dump()


def strange_workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Budget"  # type: ignore[index]
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_every_file_in_the_inbox_ends_as_exactly_one_thing(office: Office) -> None:
    office.put("bra.xlsx", office.filled(scores()))
    office.put("9903/brist.xlsx", office.filled(scores(m01_1=9, m01_5=1), "9903"))
    office.put("tom.xlsx", office.workbook("9902"))
    office.put("budget.xlsx", strange_workbook())
    office.put("sida.xlsx", NOT_A_WORKBOOK)
    office.put("~$bra.xlsx", b"x")
    office.put("9901/kopia.xlsx", office.filled(scores(m01_6=4), "9904"))
    told = office.collected()
    assert {name: told[name] for name in ("seen", "accepted", "remarks", "held", "rejected", "unreadable")} == {
        "seen": 7,
        "accepted": 1,
        "remarks": 1,
        "held": 1,
        "rejected": 2,
        "unreadable": 1,
    }
    assert told["ignored"] == 1
    verdicts = {one["file"]: one["verdict"] for one in told["files"]}
    assert verdicts["brist.xlsx"] == "remarks"
    assert verdicts["kopia.xlsx"] == "held"
    assert verdicts["sida.xlsx"] == "unreadable"


def test_the_second_night_sees_the_same_files_and_does_nothing(office: Office) -> None:
    office.put("bra.xlsx", office.filled(scores()))
    office.put("sida.xlsx", NOT_A_WORKBOOK)
    office.collected()
    before = dump(office)
    again = office.collected()
    assert (again["seen"], again["unchanged"], again["new"], again["files"]) == (2, 2, 0, [])
    assert dump(office) == before


def test_the_same_bytes_under_another_name_are_the_same_submission(office: Office) -> None:
    data = office.filled(scores())
    office.put("9901/a.xlsx", data)
    office.collected()
    office.put("b.xlsx", data, at="2026-02-03")
    office.put("djupt/nere/c.xlsx", data, at="2026-02-04")
    again = office.collected()
    assert (again["seen"], again["unchanged"]) == (3, 3)
    assert office.versions() == [("9901", "in_force", "a.xlsx")]


def test_originals_lie_in_the_archive_as_they_came_with_a_receipt_for_each_arrival(office: Office) -> None:
    data = office.filled(scores())
    office.put("a.xlsx", data)
    office.put("sida.xlsx", NOT_A_WORKBOOK)
    office.collected()
    for content, name in ((data, "a.xlsx"), (NOT_A_WORKBOOK, "sida.xlsx")):
        checksum = hashlib.sha256(content).hexdigest()
        kept = office.folder / "data" / "archive" / checksum[:2] / checksum
        assert kept.read_bytes() == content
        receipts = kept.with_name(f"{checksum}.json").read_text().splitlines()
        assert [json.loads(line)["name"] for line in receipts] == [name]


def test_what_cannot_be_read_lies_in_quarantine_with_its_reason_in_swedish(office: Office) -> None:
    office.put("sida.xlsx", NOT_A_WORKBOOK)
    office.put("budget.xlsx", strange_workbook())
    told = office.collected()
    assert {one["file"]: codes(one) for one in told["files"]} == {
        "sida.xlsx": ["WEB_PAGE"],
        "budget.xlsx": ["NOT_OUR_FORM"],
    }
    lying = sorted(path.name for path in (office.folder / "data" / "quarantine").iterdir())
    assert len(lying) == 4
    (reason,) = (office.folder / "data" / "quarantine").glob("sida*.reason.txt")
    assert "WEB_PAGE" in reason.read_text()
    assert not {"fel", "underkänd", "avvisad"} & set(reason.read_text().casefold().split())
    assert not list((office.folder / "data").glob("feedback/*")), "nobody is answered about a strange file"


def test_one_bad_file_stops_no_other(office: Office) -> None:
    for number in range(3):
        office.put(f"{number}_sida.xlsx", NOT_A_WORKBOOK + bytes([number]))
    office.put("9_bra.xlsx", office.filled(scores()))
    told = office.collected()
    assert (told["unreadable"], told["accepted"]) == (3, 1)


# ----------------------------------------------------------------------------------------------------------- crashes


class Crash(Exception):  # noqa: N818 - it is what happens
    """The machine goes down."""


def crash(*_: object) -> None:
    raise Crash


def test_a_crash_between_saving_and_settling_is_healed_by_the_next_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("brist.xlsx", office.filled(scores(m01_1=9)))
    office.put("sida.xlsx", NOT_A_WORKBOOK)
    undisturbed = Office.laid_out(office.folder.parent / "ostörd")
    for path in (office.folder / "data" / "inbox").iterdir():
        undisturbed.put(path.name, path.read_bytes())
    undisturbed.collected()

    with monkeypatch.context() as patch:
        patch.setattr(Store, "settle", crash)
        with pytest.raises(Crash):
            list(nights(office))
    assert office.versions() == [("9901", "in_force", "brist.xlsx")]
    told = office.collected()
    assert told["seen"] == 2
    assert dump(office) == dump(undisturbed)
    assert feedback_of(office) == feedback_of(undisturbed) != []
    assert quarantine_of(office) == quarantine_of(undisturbed) != []


def test_a_crash_before_saving_leaves_an_archived_original_and_nothing_in_force(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("a.xlsx", office.filled(scores()))

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save", crash)
        with pytest.raises(Crash):
            list(nights(office))
    assert office.versions() == []
    told = office.collected()
    assert (told["new"], told["accepted"]) == (1, 1)


def test_a_crash_after_settling_but_before_answering_still_answers(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put("brist.xlsx", office.filled(scores(m01_1=9)))

    with monkeypatch.context() as patch:
        patch.setattr("sheets_pipeline.pipeline.collecting.write_feedback", crash)
        with pytest.raises(Crash):
            list(nights(office))
    assert feedback_of(office) == []
    office.collected()
    assert feedback_of(office) == ["brist_aterkoppling.xlsx", "brist_kopia.pdf"]


def nights(office: Office) -> Iterator[Receipt]:
    """Collecting below the command line, which would tell of the crash as of a bug."""
    project = Project(office.folder)
    run = Run(id="natt", as_of=moment(office.day).date(), now=datetime(2026, 2, 10, 2, 30, tzinfo=UTC))
    with store_of(office) as store:
        yield from collect(project, store, run)


def feedback_of(office: Office) -> list[str]:
    return sorted(path.name for path in (office.folder / "data").glob("feedback/*/*"))


def quarantine_of(office: Office) -> list[str]:
    return sorted(path.name for path in (office.folder / "data").glob("quarantine/*"))


def test_a_run_that_is_stopped_halfway_has_told_of_what_it_did(office: Office) -> None:
    office.put("a.xlsx", office.filled(scores()))
    assert summary(nights(office))["accepted"] == 1


# ---------------------------------------------------------------------------------------------------------- feedback


def test_feedback_is_written_where_there_is_a_remark_and_only_there(office: Office) -> None:
    good = office.receives("bra.xlsx", office.filled(scores()))
    poor = office.receives("brist.xlsx", office.filled(scores(m01_1=9, m01_5=1), "9903"))
    assert good["feedback"] is None
    assert Path(poor["feedback"]).parent == office.folder / "data" / "feedback" / "9903"
    book = openpyxl.load_workbook(poor["feedback"])
    assert book.sheetnames[0] == text("Feedback", "sv", context="sheet")


def test_the_feedback_sent_back_mended_is_the_next_version_and_says_what_was_resolved(office: Office) -> None:
    first = office.receives("9901/svar.xlsx", office.filled(scores(m01_1=9, m01_2="hög", staff="många")))
    assert first["verdict"] == "remarks"
    mended = Edited(Path(first["feedback"]).read_bytes())
    mended.type("m01_1/score", 4, "self_assessment")
    mended.type("staff", 12, "self_assessment")
    second = office.receives("9901/svar_2.xlsx", mended.saved(moment("2026-02-03")), at="2026-02-03")
    assert second["verdict"] == "remarks"
    assert codes(second) == ["VALUE_NOT_IN_LIST"]
    assert office.in_force()["m01_1/score"] == 4
    assert counts_since(Path(second["feedback"])) == ["2", "1"]
    mended.type("m01_2/score", 3, "self_assessment")
    third = office.receives("9901/svar_3.xlsx", mended.saved(moment("2026-02-04")), at="2026-02-04")
    assert (third["verdict"], codes(third)) == ("accepted", [])
    assert third["feedback"], "there was a remark last time, so this one says that all is well"
    assert counts_since(Path(third["feedback"])) == ["1"]
    fourth = office.receives("9901/svar_4.xlsx", mended.saved(moment("2026-02-05")), at="2026-02-05")
    assert fourth["feedback"] is None


def counts_since(path: Path) -> list[str]:
    """The figures in the feedback's line on what has become of last time's remarks."""
    (line,) = [words for words in shown(path) if "förra gången" in words]
    return re.findall(r"\d+", line)


def shown(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def test_a_feedback_that_nobody_touched_and_sent_back_is_the_same_again(office: Office) -> None:
    first = office.receives("svar.xlsx", office.filled(scores(m01_1=9)))
    again = office.receives("svar_åter.xlsx", Path(first["feedback"]).read_bytes(), at="2026-02-03")
    assert (again["verdict"], codes(again)) == ("remarks", ["VALUE_NOT_IN_LIST"])


def test_a_remarked_cell_never_overwrites_an_earlier_good_answer(office: Office) -> None:
    office.receives("a.xlsx", office.filled(scores(m01_1=4)))
    later = office.receives(
        "b.xlsx", office.filled(scores(m01_1="fyra eller så", m01_2=1), saved="2026-02-03"), at="2026-02-03"
    )
    assert later["verdict"] == "remarks"
    assert office.versions() == [("9901", "superseded", "a.xlsx"), ("9901", "in_force", "b.xlsx")]
    answers = office.in_force()
    assert answers["m01_1/score"] == 4, "kept from the earlier version"
    assert answers["m01_2/score"] == 1, "taken from the later one"


def test_an_emptied_answer_is_gone_when_few_are(office: Office) -> None:
    office.receives("a.xlsx", office.filled(scores(word="ja")))
    office.receives("b.xlsx", office.filled(scores(word=None), saved="2026-02-03"), at="2026-02-03")
    assert "word" not in office.in_force()


def test_a_workbook_with_two_forms_gives_each_its_own_verdict(office: Office) -> None:
    edited = Edited(office.workbook("9901", "closing"))
    edited.fill(scores(staff="många"), "self_assessment")
    edited.fill({"entries[D01]/what": "Vi började"}, "diary")
    office.put("avslut.xlsx", edited.saved(moment("2026-02-01")))
    told = office.collected()
    verdicts = {one["form"]: one["verdict"] for one in told["files"]}
    assert verdicts == {"self_assessment": "remarks", "diary": "accepted"}
    assert (told["seen"], told["new"], told["remarks"], told["accepted"]) == (1, 1, 1, 0)


def test_a_row_that_disappears_is_withdrawn_and_its_number_never_used_again(office: Office) -> None:
    edited = Edited(office.workbook("9901", "closing"))
    edited.fill(scores(), "self_assessment")
    edited.fill({"entries[D01]/what": "Ett", "entries[D02]/what": "Två"}, "diary")
    office.put("a.xlsx", edited.saved(moment("2026-02-01")))
    office.collected()
    edited.delete_row("Dagbok", edited.table("entries", "diary").first + 1)
    edited.add_row("entries", {"what": "Ny"}, below=2, tag="diary")
    office.put("b.xlsx", edited.saved(moment("2026-02-03")), at="2026-02-03")
    told = {one["form"]: one for one in office.collected()["files"]}
    assert "ROW_WITHDRAWN" in codes(told["diary"])
    assert office.in_force(form="diary") == {"entries[D01]/what": "Ett", "entries[D04]/what": "Ny"}


def test_a_sheet_that_disappears_takes_no_answers_with_it(office: Office) -> None:
    edited = Edited(office.workbook("9901"))
    edited.fill(scores() | {"goals[G01]/goal": "Lika", "plans[P02]/aim": "Kortare"}, "self_assessment")
    edited.add_row("goals", {"goal": "Mer"}, below=1)
    office.receives("a.xlsx", edited.saved(moment("2026-02-01")))
    book = openpyxl.load_workbook(io.BytesIO(edited.saved(moment("2026-02-03"))))
    for sheet in ("Mål", "Plan 2", "Plan 2 mått"):
        del book[sheet]
    buffer = io.BytesIO()
    book.save(buffer)
    told = office.receives("b.xlsx", buffer.getvalue(), at="2026-02-03")
    assert set(codes(told)) == {"SHEET_GONE"}
    kept = {path: value for path, value in office.in_force().items() if path.startswith(("goals", "plans"))}
    assert kept == {"goals[G01]/goal": "Lika", "goals[G05]/goal": "Mer", "plans[P02]/aim": "Kortare"}


@pytest.mark.usefixtures("own_reader")
def test_a_workbook_on_an_older_version_of_the_form_is_read_by_the_definition_it_was_built_on(office: Office) -> None:
    data = office.filled(scores(wishes="Mer tid"))
    template = office.folder / "workbook_templates" / "self_assessment" / "form.yaml"
    now = yaml.safe_load(template.read_text()) | {"version": "1.2.0"}
    now["migrations"] = [{"from_version": "1.1.0", "renamed": {"wishes": "dreams"}}]
    next(one for one in now["sections"][0]["questions"] if one["name"] == "wishes")["name"] = "dreams"
    template.write_text(yaml.safe_dump(now, allow_unicode=True))
    told = office.receives("a.xlsx", data)
    assert (told["verdict"], told["version"]) == ("accepted", "1.1.0")
    assert codes(told) == ["OLD_VERSION"]
    assert office.in_force()["dreams"] == "Mer tid"
