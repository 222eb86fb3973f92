"""What was received can be read as a PDF: beside the feedback after a night, and of the whole round when it closes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pipeline.closing_office import CONFERENCE, played, with_plans
from tests.pipeline.office import Office, scores
from tests.reports.pdfs import pages, words

Reader = Callable[[str], str]


def feedback(office: Office, pattern: str) -> list[str]:
    folder = office.folder / "data" / "feedback"
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob(pattern))


@pytest.fixture
def text_of(office: Office, require_program: Callable[[str], str], tmp_path: Path) -> Reader:
    """The words of a file in the feedback folder."""
    pdftotext = require_program("pdftotext")

    def read(name: str) -> str:
        pdf = (office.folder / "data/feedback" / name).read_bytes()
        return words(" ".join(pages(pdf, pdftotext, tmp_path)))

    return read


def test_a_good_delivery_is_answered_with_a_copy_of_what_was_received(office: Office, text_of: Reader) -> None:
    data = office.filled(scores(m01_1=4))
    office.put("svar från oss.xlsx", data)
    told = office.collected()
    assert feedback(office, "*/*.pdf") == ["9901/svar-från-oss_kopia.pdf"]
    copy = text_of("9901/svar-från-oss_kopia.pdf")
    assert "Exempelby (9901)" in copy
    assert hashlib.sha256(data).hexdigest() in copy.replace(" ", "")
    assert {"file", "archived", "feedback"} <= told["files"][0].keys()
    assert "copy" not in told["files"][0], "the keys of `collect --json` are fixed"


def test_a_delivery_with_remarks_has_its_copy_beside_the_feedback(office: Office) -> None:
    office.put("9903/brist.xlsx", office.filled(scores(m01_1=9), "9903"))
    office.collected()
    assert feedback(office, "*/*") == ["9903/brist_aterkoppling.xlsx", "9903/brist_kopia.pdf"]


def test_an_answer_kept_from_the_version_before_is_marked_in_the_copy(office: Office, text_of: Reader) -> None:
    office.put("en.xlsx", office.filled(scores(m01_1=4)))
    office.collected()
    office.put("tva.xlsx", office.filled(scores(m01_1=9), saved="2026-02-05"), "2026-02-05")
    office.collected()
    assert "(kvar från en tidigare version)" in text_of("9901/tva_kopia.pdf")
    assert "(kvar från en tidigare version)" not in text_of("9901/en_kopia.pdf")


def test_what_is_not_in_use_has_no_copy(office: Office) -> None:
    office.put("tom.xlsx", office.workbook("9902"))
    office.put("sida.xlsx", b"<html><body>Logga in</body></html>")
    office.put("9901/kopia.xlsx", office.filled(scores(m01_6=4), "9904"))
    told = office.collected()
    assert (told["rejected"], told["unreadable"], told["held"]) == (1, 1, 1)
    assert not feedback(office, "*/*.pdf")


def test_a_workbook_with_two_forms_gives_a_copy_of_each(office: Office) -> None:
    office.put("slut.xlsx", office.filled(scores(), packet="closing"))
    told = office.collected()
    received = [one for one in told["files"] if one["verdict"] in {"accepted", "remarks"}]
    assert len(feedback(office, "9901/slut*.pdf")) == len(received) > 0


def test_the_console_says_where_the_copy_is(office: Office) -> None:
    office.put("bra.xlsx", office.filled(scores()))
    _, out, _ = office.says("collect")
    assert "läskopia:" in out
    assert "bra_kopia.pdf" in out


def test_copies_can_be_turned_off(office: Office) -> None:
    office.write("config/settings.toml", "[feedback]\ncopies = false\n")
    office.put("bra.xlsx", office.filled(scores()))
    assert office.collected()["accepted"] == 1
    assert not feedback(office, "*/*.pdf")


def test_closing_gathers_a_copy_of_every_delivery_in_force_with_their_checksums(office: Office, tmp_path: Path) -> None:
    played(with_plans(office))
    archive = tmp_path / "arkiv"
    code, told = office.asks("rounds", "close", "--archive", str(archive), "--as-of", CONFERENCE)
    assert code == 0
    copies = sorted(archive.glob("*.pdf"))
    _, listed = office.asks("rounds", "list")
    assert told["copies"] == len(copies) == listed["rounds"][0]["deliveries"]
    sums = [line.split("  ") for line in (archive / "SHA256SUMS").read_text().splitlines()]
    assert {name: checksum for checksum, name in sums} == {
        one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in copies
    }
    assert any(one.name.startswith("9903_mallstad_") and one.name.endswith("_round_kopia.pdf") for one in copies)


def test_a_closed_round_is_not_gathered_again(office: Office, tmp_path: Path) -> None:
    played(with_plans(office))
    assert office.says("rounds", "close", "--as-of", CONFERENCE)[0] == 0
    assert office.says("rounds", "close", "--archive", str(tmp_path / "arkiv"), "--as-of", CONFERENCE)[0] == 2
    assert not (tmp_path / "arkiv").exists()
