"""A project office in a folder: a small round, its inbox, and the command line that works on it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from sheets_pipeline.cli.commands import run
from sheets_pipeline.workbooks.edit import Edited, Typed
from tests.pipeline.trial import STATEMENTS, source

PROGRAMME = """\
[programme]
name = {sv = "Prov", en = "Trial"}
current = "2026"

[editions.e2023]
label = {sv = "Utgåva", en = "Edition"}
scale = "s4"
occasions = [
  {id = "round", kind = "round", order = 0, label = {sv = "Omgången", en = "Round"}},
  {id = "bm1", kind = "point", order = 1, meeting = "m1", label = {sv = "Inför träff 1", en = "Before 1"}},
  {id = "m1", kind = "meeting", order = 2, label = {sv = "Träff 1", en = "Meeting 1"}},
  {id = "bm2", kind = "point", order = 3, meeting = "m2", required = false, label = {sv = "Träff 2", en = "Before 2"}},
  {id = "m2", kind = "meeting", order = 4, label = {sv = "Träff 2", en = "Meeting 2"}},
  {id = "final", kind = "point", order = 5, meeting = "conference", label = {sv = "Sist", en = "Last"}},
  {id = "conference", kind = "meeting", order = 6, label = {sv = "Konferens", en = "Conference"}},
]
"""
ROUND = """
[rounds.{id}]
name = {{sv = "Omgång {id}", en = "Round {id}"}}
edition = "e2023"
contact = "Projektledningen"
inbox = "arbetsbok@benchmarking.example"
clusters = [{{id = "k1", name = "Nord"}}, {{id = "k2", name = "Syd"}}]
organisations = [
  {{code = "9901", name = "Exempelby", type = "municipality", cluster = "k1", role = "participant",
   sharing_scores = "round"}},
  {{code = "9902", name = "Provköping", type = "municipality", cluster = "k1", role = "participant",
   units = [{{id = "bun", name = "Barn- och utbildningsnämnden"}}]}},
  {{code = "9903", name = "Mallstad", type = "municipality", cluster = "k2", role = "mentor",
   sharing_scores = "public"}},
  {{code = "9904", name = "Hemligsund", type = "municipality", cluster = "k2", role = "participant",
   sharing_scores = "salar"}},
]
meetings = [
  {{id = "m1", cluster = "k1", date = {id}-02-24}},
  {{id = "m1", cluster = "k2", date = {id}-03-10}},
  {{id = "conference", date = {id}-12-09}},
]
packets = [
  {{id = "meeting_1", label = {{sv = "Inför träff 1", en = "Ahead of 1"}},
   file_words = {{sv = "traff-1", en = "meeting-1"}},
   forms = [{{form = "self_assessment", per_unit = true}}], occasion = "bm1", meeting = "m1", offset_days = -14}},
  {{id = "meeting_2", label = {{sv = "Inför träff 2", en = "Ahead of 2"}},
   file_words = {{sv = "traff-2", en = "meeting-2"}},
   forms = [{{form = "self_assessment"}}], occasion = "bm2", meeting = "m2", offset_days = -14}},
  {{id = "closing", label = {{sv = "Avslut", en = "Closing"}}, file_words = {{sv = "avslut", en = "closing"}},
   forms = [{{form = "self_assessment"}}, {{form = "diary", occasion = "round"}}],
   occasion = "final", meeting = "conference",
   offset_days = -28}},
]
"""
DIARY = """\
form_id: diary
version: 1.0.0
cadence: living
title: {sv: Dagbok, en: Diary}
minutes: 5
sheets: [{name: diary, title: {sv: Dagbok, en: Diary}, sections: [entries]}]
sections:
  - name: entries
    shape: table
    prefix: D
    prepared: 3
    title: {sv: Poster, en: Entries}
    questions: [{name: what, type: text, label: {sv: Vad, en: What}}]
"""
NIGHTLY = """\
name = "nightly"
when = "02:30"
steps = ["collect", "status", "compare", "report", "export"]
"""


def scores(**others: Typed) -> dict[str, Typed]:
    """Every statement scored, and whatever else is answered (`m01_1=4`, `staff="många"`); nothing is missing."""
    typed: dict[str, Typed] = {f"m01_{number}/score": 2 + number % 2 for number in range(STATEMENTS)}
    typed["staff"] = 12
    for name, value in others.items():
        typed[f"{name}/score" if name.startswith("m01_") else name] = value
    return typed


@dataclass(frozen=True)
class Office:
    """A project in a folder. Commands run in this process, on 10 February 2026 unless they say otherwise."""

    folder: Path
    day: str = "2026-02-10"

    @classmethod
    def laid_out(cls, folder: Path, *, rounds: tuple[str, ...] = ("2026",)) -> Office:
        for part in ("config", "jobs", "data/inbox", "workbook_templates/self_assessment", "workbook_templates/diary"):
            (folder / part).mkdir(parents=True, exist_ok=True)
        one_line_each = ROUND.replace("\n   ", " ")
        programme = PROGRAMME + "".join(one_line_each.format(id=one) for one in rounds)
        office = cls(folder)
        office.write("config/programme.toml", programme)
        office.write("jobs/nightly.toml", NIGHTLY)
        office.write(
            "workbook_templates/self_assessment/form.yaml",
            yaml.safe_dump(source() | {"form_id": "self_assessment"}, allow_unicode=True),
        )
        office.write("workbook_templates/diary/form.yaml", DIARY)
        return office

    # ---------------------------------------------------------------------------------------------------- commands

    def says(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of a command."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            dated = () if arguments[:1] == ("init",) or "--as-of" in arguments else ("--as-of", self.day)
            code = run([*arguments, "--project", str(self.folder), *dated])
        return code, out.getvalue(), err.getvalue()

    def asks(self, *arguments: str) -> tuple[int, Any]:
        """Exit code and the JSON document of a command."""
        code, out, err = self.says(*arguments, "--json")
        assert out, err
        return code, json.loads(out)

    # ------------------------------------------------------------------------------------------------------- files

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")

    def workbook(self, organisation: str = "9901", packet: str = "meeting_1", *more: str) -> bytes:
        """The workbook that an organisation gets."""
        to = self.folder / "built"
        code, out, err = self.says(
            "workbooks", "build", "--organisation", organisation, "--packet", packet, "--to", str(to), *more
        )
        assert code == 0, err
        data = Path(out.strip()).read_bytes()
        shutil.rmtree(to)
        return data

    def filled(
        self,
        answers: Mapping[str, Typed],
        organisation: str = "9901",
        packet: str = "meeting_1",
        *,
        saved: str = "2026-02-01",
        tag: str = "self_assessment",
    ) -> bytes:
        """The workbook with answers typed in, as saved on a day at noon."""
        edited = Edited(self.workbook(organisation, packet))
        edited.fill(answers, tag)
        return edited.saved(moment(saved))

    def put(self, name: str, data: bytes, at: str = "2026-02-01") -> Path:
        """Drop a file into the inbox as it came on a day at noon."""
        path = self.folder / "data" / "inbox" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        time = moment(at).replace(tzinfo=UTC).timestamp()
        os.utime(path, (time, time))
        return path

    def collected(self, *arguments: str) -> dict[str, Any]:
        """What `collect --json` says; its sums are right."""
        _, told = self.asks("collect", *arguments)
        assert told["seen"] == told["unchanged"] + told["ignored"] + told["new"]
        verdicts = ("accepted", "remarks", "held", "rejected", "unreadable")
        assert told["new"] == sum(told[name] for name in verdicts)
        found: dict[str, Any] = told
        return found

    def receives(self, name: str, data: bytes, at: str = "2026-02-01") -> dict[str, Any]:
        """Put a file in the inbox and collect; what is said of its first form."""
        self.put(name, data, at)
        told = self.collected()
        found: dict[str, Any] = next(one for one in told["files"] if one["file"] == name.rpartition("/")[2])
        return found

    def versions(self, state: str = "") -> list[tuple[str, str, str]]:
        """(subject, state, file) of each version in the store."""
        _, told = self.asks("submissions", "list")
        return [
            (one["subject"], one["state"], one["file"]) for one in told["submissions"] if state in {"", one["state"]}
        ]

    def in_force(self, organisation: str = "9901", form: str = "self_assessment") -> dict[str, Any]:
        """The answers in force, by path."""
        _, told = self.asks("submissions", "list", "--organisation", organisation, "--state", "in_force")
        (version,) = [one for one in told["submissions"] if one["form"] == form and not one["unit"]]
        _, shown = self.asks("submissions", "show", version["id"])
        return {one["path"]: one["value"] for one in shown["answers"]}

    def id_of(self, file: str) -> str:
        """The id of the version that a file holds."""
        _, told = self.asks("submissions", "list")
        return str(next(one["id"] for one in told["submissions"] if one["file"] == file))


def moment(day: str) -> datetime:
    return datetime.fromisoformat(day if "T" in day else f"{day}T12:00:00")


def codes(entry: Mapping[str, Any]) -> list[str]:
    return [issue["code"] for issue in entry["issues"]]
