"""`report --publish`: checked, recorded, written; drafts are none of it."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.pipeline.closing_office import CONFERENCE, SETTINGS, played, send_plan, store_of, with_plans
from tests.pipeline.office import Office

WOMEN, MEN, TOTAL = (f"measure/9903/P01/K01/actual/{group}" for group in ("women", "men", "total"))
CANARY = 3.1907
FORMATS = ("--format", "html", "--format", "xlsx", "--format", "pptx")
READERS = (("--audience", "salar"), ("--cluster", "k2"), ("--audience", "round"), ("--audience", "public"))


@pytest.fixture
def round_office(office: Office) -> Office:
    return played(with_plans(office))


def publish(office: Office, *arguments: str) -> dict[str, Any]:
    code, told = office.asks("report", "--publish", "--as-of", CONFERENCE, *arguments)
    assert code == 0
    found: dict[str, Any] = told
    return found


def test_what_is_published_is_recorded_figure_by_figure(round_office: Office) -> None:
    told = publish(round_office, "--audience", "public")
    with store_of(round_office) as store:
        (made,) = store.published("2026")
    assert made.id == told["publication"]
    assert (made.audience, made.viewer, made.as_of.isoformat()) == ("public", "", CONFERENCE)
    assert (made.figures[WOMEN].shown, made.figures[WOMEN].exact) == ("..", "3")
    assert (made.figures[MEN].shown, made.figures[TOTAL].shown) == ("10", "..")
    assert made.figures["self_assessment/9903/-/m01_1/bm1"].shown == "2"
    assert not any("/9901/" in name for name in made.figures), "9901 shares with the round, not with everybody"
    for path in map(Path, told["files"]):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == made.files[path.name]
        assert path.parent == round_office.folder / "data/reports/published" / CONFERENCE


def test_publishing_the_same_again_is_once(round_office: Office) -> None:
    first, second = publish(round_office), publish(round_office)
    assert first["publication"] == second["publication"]
    with store_of(round_office) as store:
        assert len(store.published("2026")) == 1


def test_only_what_is_published_says_so(round_office: Office) -> None:
    publish(round_office, "--format", "html")
    code, told = round_office.asks("report", "--format", "html", "--as-of", CONFERENCE)
    assert code == 0
    (draft,) = (Path(path).read_text(encoding="utf-8") for path in told["files"])
    published = next((round_office.folder / "data/reports/published").rglob("*.html")).read_text(encoding="utf-8")
    assert "Utkast" in draft
    assert "Utkast" not in published


def test_the_nightly_job_publishes_nothing(round_office: Office) -> None:
    code, _, _ = round_office.says("jobs", "run", "nightly")
    assert code == 0
    with store_of(round_office) as store:
        assert store.published("2026") == ()
    assert "Utkast" in next((round_office.folder / "data/reports").glob("*.html")).read_text(encoding="utf-8")


def test_what_would_give_back_a_hidden_figure_is_not_published(round_office: Office) -> None:
    publish(round_office, "--audience", "round", "--format", "html")
    send_plan(round_office, {"women": "-", "men": 10, "total": 13}, "2026-07-01", "plan2.xlsx")
    code, out, err = round_office.says(
        "report", "--publish", "--audience", "round", "--as-of", "2026-12-21", "--lang", "en"
    )
    assert (code, out) == (2, "")
    assert WOMEN in err
    assert "3" not in err.replace("9903", "").replace("K01", ""), "the figure itself is not said"
    with store_of(round_office) as store:
        assert len(store.published("2026")) == 1
    assert not (round_office.folder / "data/reports/published/2026-12-21").exists()


def test_a_lower_limit_does_not_bring_back_what_was_hidden(round_office: Office) -> None:
    send_plan(round_office, {"women": "40", "men": "50"}, "2026-07-01", "plan2.xlsx")
    round_office.write("config/settings.toml", SETTINGS + "min_group = 41\n")
    publish(round_office, "--audience", "round")
    round_office.write("config/settings.toml", SETTINGS + "min_group = 5\n")
    code, _, err = round_office.says("report", "--publish", "--audience", "round", "--as-of", CONFERENCE)
    assert code == 2
    assert WOMEN in err


def test_a_changed_figure_is_told(round_office: Office) -> None:
    publish(round_office, "--audience", "round")
    send_plan(round_office, {"women": 30, "men": 12, "total": 42}, "2026-07-01", "plan2.xlsx")
    told = publish(round_office, "--audience", "round")
    assert {"figure": MEN, "before": "10", "after": "12"} in told["changed"]


def test_salars_own_report_is_for_nobody_else(round_office: Office) -> None:
    code, _, err = round_office.says("report", "--publish", "--organisation", "9901", "--audience", "salar")
    assert code == 2
    assert "--audience" in err


def test_nothing_is_published_to_those_with_whom_nobody_shares(office: Office) -> None:
    programme = with_plans(office).folder / "config/programme.toml"
    programme.write_text(programme.read_text(encoding="utf-8").replace('"public"', '"round"'), encoding="utf-8")
    code, _, _ = office.says("report", "--publish", "--audience", "public")
    assert code == 2


def everything_in(data: bytes) -> str:
    """All text of a file: what is packed, linked or embedded in it as well."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(everything_in(archive.read(name)) for name in archive.namelist())
    text = data.decode("utf-8", "replace")
    linked = re.findall(r"base64,([A-Za-z0-9+/=]+)", text)
    return "\n".join((text, *(base64.b64decode(link).decode("utf-8", "replace") for link in linked)))


def test_hidden_figures_stand_nowhere_in_any_file(round_office: Office) -> None:
    """Not in the page, its pictures, its data links, the workbook, its charts or the exports."""
    send_plan(round_office, {"women": CANARY, "men": 10, "total": 13.1907}, "2026-07-01", "plan2.xlsx")
    files: list[str] = []
    for reader in READERS:
        files += publish(round_office, *reader, *FORMATS)["files"]
    for audience in ("salar", "round", "public"):
        files += round_office.asks("export", "--audience", audience, "--to", str(round_office.folder / audience))[1][
            "files"
        ]
    assert len(files) > len(READERS)
    for path in map(Path, files):
        said = everything_in(path.read_bytes())
        assert not re.search(r"3[.,]190|13[.,]190", said), path.name


def test_a_hidden_figure_that_is_not_hidden_would_be_found(round_office: Office) -> None:
    send_plan(round_office, {"women": 31.907, "men": 10, "total": 41.907}, "2026-07-01", "plan2.xlsx")
    files = publish(round_office, "--audience", "public", *FORMATS)["files"]
    assert len(files) == len(FORMATS) // 2
    assert all(re.search(r"31[.,]907", everything_in(Path(path).read_bytes())) for path in files)
