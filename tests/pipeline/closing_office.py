"""The office with improvement plans and a follow-up: what is published, closed and traced in the tests."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.workbooks.edit import Typed
from tests.conftest import ROOT
from tests.pipeline.office import Office, scores

CONFERENCE = "2026-12-20"
NEXT_YEAR = "2027-11-20"
FOLLOW_UP = (
    '  {id = "followup", kind = "point", order = 7, required = false, label = {sv = "Ett år senare", en = "Later"}},\n]'
)
PACKETS = """\
  {id = "plan", label = {sv = "Plan", en = "Plan"}, file_words = {sv = "plan", en = "plan"}, \
forms = [{form = "improvement_plan"}], occasion = "round", meeting = "m2", offset_days = -14},
  {id = "later", label = {sv = "Uppföljning", en = "Follow-up"}, file_words = {sv = "uppfoljning", en = "follow-up"}, \
forms = [{form = "self_assessment"}], occasion = "followup", meeting = "m2", offset_days = -14},
]
"""
SETTINGS = '[report]\nformats = ["html", "xlsx"]\n'
CARD = "plans[P01]/measures[K01]"


def with_plans(office: Office) -> Office:
    """Add the improvement plan, its packet and the follow-up's to the office's round."""
    shutil.copytree(ROOT / "workbook_templates/improvement_plan", office.folder / "workbook_templates/improvement_plan")
    programme = (office.folder / "config/programme.toml").read_text(encoding="utf-8")
    programme = programme.replace("\n]\n\n[rounds", f"\n{FOLLOW_UP}\n\n[rounds", 1)
    head, _, _ = programme.rstrip().rpartition("\n]")
    office.write("config/programme.toml", f"{head}\n{PACKETS}")
    office.write("config/settings.toml", SETTINGS)
    return office


def plan(
    actual: Mapping[str, Typed], people: Mapping[str, Typed] | None = None, unit: str = "Antal"
) -> dict[str, Typed]:
    """What is typed in a plan with one measure."""
    typed: dict[str, Typed] = {
        "plans[P01]/title": "Lika stöd",
        f"{CARD}/name": "Beviljade ansökningar",
        f"{CARD}/goal": "Lika andel till kvinnor och män",
        f"{CARD}/unit": unit,
        f"{CARD}/source": "Egen statistik",
    }
    rows = {"actual": actual, "people": people or {}}
    return typed | {f"{CARD}/{row}/{group}": one for row, split in rows.items() for group, one in split.items()}


def send_plan(office: Office, actual: Mapping[str, Typed], at: str = "2026-06-01", name: str = "plan.xlsx") -> None:
    data = office.filled(plan(actual), "9903", "plan", saved=at, tag="improvement_plan")
    entry = office.receives(name, data, at)
    assert entry["verdict"] in {"accepted", "remarks"}, entry


def played(office: Office) -> Office:
    """Two organisations answer both points, and the mentor has a plan with few women in it."""
    for code, low in (("9901", 1), ("9903", 2)):
        office.put(f"{code}/fore.xlsx", office.filled(scores(m01_1=low), code), "2026-02-01")
        last = office.filled(scores(m01_1=low + 2, m01_2=4), code, "closing", saved="2026-11-01")
        office.put(f"{code}/efter.xlsx", last, "2026-11-01")
    office.collected()
    send_plan(office, {"women": 3, "men": 10, "total": 13})
    return office


def store_of(office: Office) -> Store:
    return Store.open(Project(office.folder).store_url)


def closed(office: Office) -> Path:
    """The round, closed after the conference; the folder of what was frozen."""
    code, told = office.asks("rounds", "close", "--as-of", CONFERENCE, "--because", "Konferensen är hållen")
    assert code == 0, told
    return Path(told["manifest"]).parent


def day(text: str) -> date:
    return date.fromisoformat(text)
