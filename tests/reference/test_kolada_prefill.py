"""Workbooks filled in with Kolada's figures, and the commands that fetch and show them."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from sheets_pipeline.cli.commands import run
from sheets_pipeline.model.key_figures import KeyFigures
from sheets_pipeline.model.layout import lay_out
from sheets_pipeline.model.slots import slots
from sheets_pipeline.model.submissions import Parameters, Value
from sheets_pipeline.pipeline.kolada import KoladaFilling, kolada_filling
from sheets_pipeline.project import lay_out_project, open_project
from sheets_pipeline.reference.kolada.files import read_folder
from tests.reference.kolada_server import Kolada, residents, row, running, value

TODAY = "2026-03-01"
REAL, MADE_UP = "0114", "9902"
EVERYTHING = [
    residents(REAL, 2025, 24120.0, 24650.0),
    residents(REAL, 2024, 24000.0, 24500.0),
    row("N01982", REAL, 2024, value("K", 48.3), value("M", 39.25)),
    row("N02267", REAL, 2024, value("K", 79.1), value("M", 82.0)),
    row("N00905", REAL, 2024, value("K", 281000.5), value("M", 312000.4)),
]


@dataclass
class Office:
    """A project with one real municipality among the made-up ones, and a Kolada of its own."""

    folder: Path
    kolada: Kolada

    def ask(self, *words: str) -> tuple[int, str]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
            code = run([*words, "--project", str(self.folder), "--as-of", TODAY])
        return code, out.getvalue()

    def answers(self, *words: str) -> tuple[int, Any]:
        code, said = self.ask(*words, "--json")
        return code, json.loads(said)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Office, None, None]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    folder = tmp_path / "project"
    lay_out_project(folder)
    programme = folder / "config" / "programme.toml"
    programme.write_text(programme.read_text(encoding="utf-8").replace('code = "9901"', f'code = "{REAL}"'), "utf-8")
    with running(EVERYTHING) as kolada:
        settings = folder / "config" / "settings.toml"
        text = settings.read_text(encoding="utf-8").replace("https://api.kolada.se/v3", kolada.base_url)
        settings.write_text(text, "utf-8")
        yield Office(folder, kolada)


def filling(*rows: dict[str, object], folder: Path, own: dict[str, Value] | None = None) -> KoladaFilling:
    (folder / "saved.json").write_text(json.dumps({"values": rows}), encoding="utf-8")
    form = open_project(Path(__file__).resolve().parents[2]).catalogue["organisation_facts"]
    asked = tuple(slots(form, Parameters(organisation_type="municipality", occasion="round")))
    return kolada_filling(asked, REAL, read_folder(folder), own or {}, date(2026, 3, 1))


def test_all_figures_are_of_the_year_that_has_most_of_them(tmp_path: Path) -> None:
    found = filling(*EVERYTHING, folder=tmp_path)

    assert found.year == 2024
    assert found.values["population/women"] == 24000
    assert found.values["reference_year"] == 2024
    assert str(found.values["higher_education/men"]) == "39.25"
    assert found.values["median_income/women"] == 281001  # asked for in whole kronor
    assert len(found.values) == 9


def test_the_year_that_an_organisation_gave_is_kept_to(tmp_path: Path) -> None:
    found = filling(*EVERYTHING, folder=tmp_path, own={"reference_year": 2025})

    assert found.values == {"population/women": 24120, "population/men": 24650, "reference_year": 2025}


def test_one_sex_alone_is_not_filled_in(tmp_path: Path) -> None:
    lopsided = row("N02267", REAL, 2025, value("K", 79.1), value("M", None, "Privacy"))
    found = filling(residents(REAL, 2025, 10.0, 12.0), lopsided, folder=tmp_path)

    assert set(found.values) == {"population/women", "population/men", "reference_year"}


def test_figures_of_long_ago_or_to_come_are_not_filled_in(tmp_path: Path) -> None:
    old, to_come = residents(REAL, 2022, 1.0, 2.0), residents(REAL, 2027, 1.0, 2.0)

    assert filling(old, to_come, folder=tmp_path) == KoladaFilling()


def test_without_figures_nothing_is_filled_in() -> None:
    assert kolada_filling((), MADE_UP, KeyFigures(), {}, date(2026, 3, 1)) == KoladaFilling()


def facts_book(office: Office, code: str) -> tuple[openpyxl.Workbook, dict[str, tuple[str, str]]]:
    """The organisation's workbook and sheet and cell of each answer of the organisation facts."""
    project = open_project(office.folder)
    round_ = project.round()
    (packet,) = (one for one in round_.packets if any(entry.form == "organisation_facts" for entry in one.forms))
    code_said, said = office.answers("workbooks", "build", "--packet", packet.id, "--organisation", code)
    assert code_said == 0
    parameters = Parameters(
        organisation_type="municipality", occasion="round", edition=round_.edition.id, mode="full", scale=""
    )
    layout = lay_out(project.catalogue["organisation_facts"], parameters, "")
    cells = {path: (ref.sheet, ref.a1) for path, ref in layout.cells().items()}
    return openpyxl.load_workbook(said["workbooks"][0]["file"]), cells


def test_a_workbook_is_filled_in_with_source_and_year(office: Office) -> None:
    office.ask("facts", "refresh")
    book, cells = facts_book(office, REAL)

    sheet, place = cells["population/women"]
    cell = book[sheet][place]
    assert (cell.value, cell.comment.text) == (24000, "Källa: Kolada, 2024")
    sheet, place = cells["reference_year"]
    assert book[sheet][place].value == 2024


def test_a_made_up_organisation_gets_nothing(office: Office) -> None:
    office.ask("facts", "refresh")
    book, cells = facts_book(office, MADE_UP)

    sheet, place = cells["population/women"]
    assert (book[sheet][place].value, book[sheet][place].comment) == (None, None)


def test_nothing_is_fetched_unless_it_is_asked_for(office: Office) -> None:
    facts_book(office, REAL)
    office.ask("facts", "show")
    office.ask("doctor")

    assert office.kolada.calls == []


def test_refreshing_tells_what_is_missing(office: Office) -> None:
    code, said = office.answers("facts", "refresh")

    assert code == 1
    assert (said["renewed"], said["fetched"], said["figures"]) == (True, TODAY, 12)
    gaps = {one["kpi"]: one["reason"] for one in said["missing"]}
    assert "N01951" not in gaps
    assert gaps["N05814"] == "no_answer"
    assert {one["municipality"] for one in said["missing"]} == {REAL}
    assert office.answers("facts", "refresh")[1]["renewed"] is False
    assert office.answers("facts", "refresh", "--force")[1]["renewed"] is True


def test_a_whole_answer_is_exit_code_0(office: Office) -> None:
    programme = office.folder / "config" / "programme.toml"
    programme.write_text(programme.read_text(encoding="utf-8").replace(REAL, "9901"), "utf-8")

    assert office.answers("facts", "refresh")[0] == 0
    assert office.kolada.calls == []


def test_people_see_the_gaps_by_name(office: Office) -> None:
    code, said = office.ask("facts", "refresh")

    assert code == 1
    assert "N05814\tKvinnor bland förtroendevalda kommunpolitiker, andel (%)\tfinns inte i Kolada" in said


def test_a_service_that_fails_is_exit_code_4(office: Office) -> None:
    settings = office.folder / "config" / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(office.kolada.base_url, "http://127.0.0.1:1/v3"))

    assert office.ask("facts", "refresh")[0] == 4


def test_what_is_kept_is_shown(office: Office) -> None:
    office.ask("facts", "refresh")

    code, said = office.answers("facts", "show")
    assert (code, said["source"], said["fetched"]) == (0, "Kolada", TODAY)
    assert {one["municipality"] for one in said["values"]} == {REAL}
    assert "N00905\t2024\tK\t281\u00a0000,5\t" in office.ask("facts", "show")[1]
