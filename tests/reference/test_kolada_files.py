"""Key figures as files: what is kept, what people put there, and when Kolada is asked again."""

from __future__ import annotations

import json
from collections.abc import Generator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from sheets_pipeline.errors import ProjectError, ServiceError
from sheets_pipeline.model.key_figures import KeyFigures
from sheets_pipeline.reference.kolada.client import Asked, fetch
from sheets_pipeline.reference.kolada.files import keep, read_folder, read_kept
from sheets_pipeline.reference.kolada.line import Line
from sheets_pipeline.reference.kolada.refreshing import Refreshed, refresh
from tests.reference.kolada_server import Kolada, residents, row, running, saying, value

ASKED = Asked(("N01951",), ("0114", "0115"), (2024, 2025))
TODAY = date(2026, 3, 1)


@pytest.fixture
def kolada(monkeypatch: pytest.MonkeyPatch) -> Generator[Kolada, None, None]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running([residents("0114", 2025, 100.0, 101.5), residents("0115", 2025, 200.0, 201.0)]) as one:
        yield one


def refreshed(
    folder: Path, kolada: Kolada, *, as_of: date = TODAY, asked: Asked = ASKED, force: bool = False
) -> Refreshed:
    path = folder / "kolada_2026.json"
    line = Line(sleep=lambda _: None)
    return refresh(path, asked, base_url=kolada.base_url, as_of=as_of, most_days=90, force=force, line=line)


def women(figures: KeyFigures, code: str, year: int = 2025) -> Decimal | None:
    return figures.value("N01951", code, year, "K")


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_what_was_fetched_is_kept_with_its_day(tmp_path: Path, kolada: Kolada) -> None:
    made = refreshed(tmp_path, kolada)

    kept = read_kept(made.path)
    assert (kept.fetched, kept.asked, set(kept.figures)) == (TODAY, ASKED, set(made.figures))
    assert made.renewed
    assert [path.name for path in tmp_path.iterdir()] == ["kolada_2026.json"]
    assert read_folder(tmp_path).value("N01951", "0114", 2025, "M") == Decimal("101.5")


def test_the_same_answer_on_the_same_day_gives_the_same_bytes(tmp_path: Path, kolada: Kolada) -> None:
    first = refreshed(tmp_path, kolada).path.read_bytes()
    kolada.rows.reverse()

    assert refreshed(tmp_path, kolada, force=True).path.read_bytes() == first


def test_kolada_is_asked_again_only_when_what_is_kept_is_old(tmp_path: Path, kolada: Kolada) -> None:
    refreshed(tmp_path, kolada)
    assert not refreshed(tmp_path, kolada, as_of=TODAY + timedelta(days=90)).renewed
    assert len(kolada.calls) == 1
    assert refreshed(tmp_path, kolada, as_of=TODAY + timedelta(days=91)).renewed
    assert refreshed(tmp_path, kolada, force=True).renewed


def test_or_when_more_is_asked_for(tmp_path: Path, kolada: Kolada) -> None:
    refreshed(tmp_path, kolada)
    fewer = Asked(ASKED.kpis, ("0115",), (2025,))
    assert not refreshed(tmp_path, kolada, asked=fewer).renewed
    assert refreshed(tmp_path, kolada, asked=Asked(ASKED.kpis, (*ASKED.municipalities, "0117"), ASKED.years)).renewed


def test_gaps_are_told_of_kept_figures_too(tmp_path: Path, kolada: Kolada) -> None:
    kolada.rows.pop()
    first = refreshed(tmp_path, kolada)
    again = refreshed(tmp_path, kolada)

    assert [(one.municipality, one.reason) for one in first.missing] == [("0115", "no_answer")]
    assert again.missing == first.missing
    assert json.loads(first.path.read_bytes())["missing"] == [one.as_json() for one in first.missing]


def test_a_failed_refresh_leaves_the_file_as_it_was(tmp_path: Path, kolada: Kolada) -> None:
    before = refreshed(tmp_path, kolada).path.read_bytes()
    kolada.troubles = [saying(200, b"<html>")]

    with pytest.raises(ServiceError):
        refreshed(tmp_path, kolada, force=True)
    assert (tmp_path / "kolada_2026.json").read_bytes() == before


def test_a_kept_file_that_somebody_broke_is_fetched_anew(tmp_path: Path, kolada: Kolada) -> None:
    write(tmp_path, "kolada_2026.json", "{")

    assert refreshed(tmp_path, kolada).renewed
    assert women(read_folder(tmp_path), "0114") == 100


CSV = {
    "commas": "kpi,municipality,period,gender,value\nN01951,0114,2025,K,12.5\n",
    "swedish": "\ufeffkpi;municipality;period;gender;value;status\r\nN01951;0114;2025;K;12,5;\r\n",
    "excel took the zero": "kpi;municipality;period;gender;value\nN01951;114;2025;K;12,5\n",
    "more columns": "kpi,title,municipality,period,gender,value\nN01951,x,0114,2025,K, 12.5 \n",
}


@pytest.mark.parametrize("text", CSV.values(), ids=CSV)
def test_a_csv_that_somebody_put_there_is_read(tmp_path: Path, text: str) -> None:
    write(tmp_path, "from_a_colleague.csv", text)

    found = read_folder(tmp_path)
    assert women(found, "0114") == Decimal("12.5")
    assert found.fetched is None


@pytest.mark.parametrize("mark", ["", "-", ".", ".."])
def test_a_mark_in_a_csv_is_no_number(tmp_path: Path, mark: str) -> None:
    write(tmp_path, "a.csv", f"kpi;municipality;period;gender;value\nN01951;0114;2025;K;{mark}\n")

    (found,) = read_folder(tmp_path).figures
    assert (found.value, found.status) == (None, mark)


def test_thousands_may_be_apart_in_a_csv(tmp_path: Path) -> None:
    write(tmp_path, "a.csv", "kpi;municipality;period;gender;value\nN01951;0114;2025;K;12\u00a0345\n")

    assert women(read_folder(tmp_path), "0114") == 12345


def test_an_answer_saved_from_the_web_interface_is_read(tmp_path: Path) -> None:
    rows = [residents("0114", 2025, 1.0, 2.0)]
    write(tmp_path, "saved.json", json.dumps({"values": rows, "count": 1, "next_url": None}))

    assert women(read_folder(tmp_path), "0114") == 1


def test_a_later_fetch_counts_before_an_earlier_and_before_files_without_a_day(tmp_path: Path, kolada: Kolada) -> None:
    write(tmp_path, "z.csv", "kpi,municipality,period,gender,value\nN01951,0114,2025,K,1\nN01951,0117,2025,K,7\n")
    kolada.rows.append(residents("0114", 2024, 50.0, 51.0))
    for name, day in (("b.json", TODAY), ("a.json", TODAY + timedelta(days=1))):
        keep(
            tmp_path / name,
            fetch(kolada.base_url, ASKED),
            asked=ASKED,
            fetched=day,
            base_url=kolada.base_url,
            missing=(),
        )
        kolada.rows = [row("N01951", "0114", 2025, value("K", 99.0))]

    found = read_folder(tmp_path)
    assert women(found, "0114") == 99
    assert women(found, "0114", 2024) is None  # the later fetch asked for it, and Kolada no longer has it
    assert women(found, "0115") is None
    assert women(found, "0117") == 7
    assert found.fetched == TODAY + timedelta(days=1)


BROKEN = {
    "cut.json": '{"values": [',
    "list.json": "[]",
    "not_kolada.json": '{"source": "Uppgifter från organisationerna", "values": []}',
    "asked.json": '{"asked": {}, "values": []}',
    "columns.csv": "kpi,municipality\n",
    "empty.csv": "",
    "number.csv": "kpi,municipality,period,gender,value\nN01951,0114,2025,K,många\n",
    "gender.csv": "kpi,municipality,period,gender,value\nN01951,0114,2025,F,1\n",
    "short.csv": "kpi,municipality,period,gender,value\nN01951,0114\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, name, BROKEN[name])

    with pytest.raises(ProjectError, match=name):
        read_folder(tmp_path)


def test_latin_1_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("kpi,municipality,period,gender,value,å".encode("latin-1"))

    with pytest.raises(ProjectError, match=r"a\.csv"):
        read_folder(tmp_path)


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "notes.txt", "ring Kolada")
    write(tmp_path, ".part-x.json", "{")

    assert read_folder(tmp_path) == KeyFigures()
    assert read_folder(tmp_path / "not_there") == KeyFigures()
