"""A workbook as a test writes it: what was typed at which answer, read as the product reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import yaml

from sheets_pipeline.forms import from_source, read_catalogue
from sheets_pipeline.model.cells import CellRef, CellValue
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.issues import Issue, Verdict
from sheets_pipeline.model.programme import Cluster, Edition, Meeting, Occasion, Organisation, Round
from sheets_pipeline.model.reading import Earlier, Reading, Surroundings
from sheets_pipeline.model.remarks import remark_on
from sheets_pipeline.model.slots import rows_in, slots
from sheets_pipeline.model.submissions import Answer, FormPart, Parameters, SubmissionKey, Value
from sheets_pipeline.model.values import parse
from sheets_pipeline.validation import validate

TEMPLATES = Path(__file__).resolve().parents[2] / "workbook_templates"
FORMS = read_catalogue(TEMPLATES)
TODAY = date(2026, 3, 1)

POINTS = ("bm1", "bm2", "bm3", "final")
EDITION = Edition(
    "e2023",
    {"sv": "2023", "en": "2023"},
    "s4",
    tuple(
        Occasion(name, "point", {"sv": f"inför {name}", "en": f"ahead of {name}"}, order, f"m{order}")
        for order, name in enumerate(POINTS, start=1)
    ),
)
ROUND = Round(
    id="2026",
    name={"sv": "Omgång 2026", "en": "Round 2026"},
    edition=EDITION,
    organisations=(
        Organisation("9901", "Exempelby", "municipality", "k1", "mentor"),
        Organisation("9902", "Provköping", "municipality", "k1", "participant"),
    ),
    clusters=(Cluster("k1", "Grupp 1"),),
    meetings=(Meeting("m1", "k1", date(2026, 3, 10)), Meeting("m2", "k1", date(2026, 6, 10))),
    packets=(),
)
SURROUNDINGS = Surroundings(round=ROUND, as_of=TODAY, received=datetime(2026, 3, 1, 8, tzinfo=UTC), due_occasion="bm1")


def form(text: str) -> Form:
    """A form of a few lines of YAML; what every form needs is filled in."""
    source: dict[str, Any] = {"form_id": "trial", "version": "1.0.0", "cadence": "point", "title": both("Prov")}
    source |= yaml.safe_load(text)
    sections = [section["name"] for section in source["sections"]]
    source.setdefault("sheets", [{"name": "all", "title": both("Blad"), "sections": sections}])
    return from_source(source)


def both(words: str) -> dict[str, str]:
    return {"sv": words, "en": words}


def fields(questions: str) -> Form:
    """A form of one section with these questions; labels are their names unless given."""
    listed = yaml.safe_load(questions)
    labelled = [{"label": both(one["name"]), **one} for one in listed]
    section = {"name": "facts", "shape": "fields", "title": both("Fakta"), "questions": labelled}
    return form(yaml.safe_dump({"sections": [section]}, allow_unicode=True))


@dataclass(frozen=True)
class Workbook:
    """A form filled in: `typed` is what stands in its cells, by answer path."""

    form: Form
    typed: Mapping[str, CellValue]
    parameters: Parameters = field(default_factory=lambda: Parameters(occasion="bm1", scale="s4"))
    subject: str = "9901"
    built_on: str = ""
    gone: frozenset[str] = frozenset()

    def read(self) -> Reading:
        """Each answer in a row of its own in column D, in the order of the form."""
        asked = tuple(slots(self.form, self.parameters, rows_in(self.typed) or None))
        places = {slot.path: CellRef("Blad", row, 3) for row, slot in enumerate(asked) if slot.path not in self.gone}
        answers, issues, unread = {}, [], set()
        for slot in asked:
            raw = self.typed.get(slot.path)
            parsed = parse(slot, raw, self.parameters.language)
            issues += [
                remark_on(slot, one, places.get(slot.path), raw, self.parameters.language) for one in parsed.findings
            ]
            if parsed.value is not None:
                answers[slot.path] = Answer(slot.path, parsed.value, raw, places[slot.path])
            elif parsed.findings:
                unread.add(slot.path)
        unknown = self.typed.keys() - {slot.path for slot in asked}
        assert not unknown, f"no such answers: {unknown}"
        part = FormPart(self.form.form_id, self.form.version, "", self.subject, "", self.parameters, self.built_on)
        return Reading(
            key=SubmissionKey("2026", self.form.form_id, self.subject, "", self.parameters.occasion),
            part=part,
            form=self.form,
            slots=asked,
            answers=answers,
            places=places,
            issues=tuple(issues),
            unread=frozenset(unread),
        )

    def checked(self, **known: Any) -> Verdict:
        """The verdict on 1 March 2026, with whatever else is known."""
        return validate(self.read(), replace(SURROUNDINGS, **known))

    def said(self, **known: Any) -> list[tuple[str, str]]:
        """(code, path) of each remark."""
        return [(issue.code, issue.path) for issue in self.checked(**known).issues]

    def codes(self, **known: Any) -> set[str]:
        return {issue.code for issue in self.checked(**known).issues}

    def remark(self, code: str, **known: Any) -> Issue:
        """The one remark with that code."""
        (found,) = [issue for issue in self.checked(**known).issues if issue.code == code]
        return found

    def with_(self, typed: Mapping[str, CellValue], **changes: Any) -> Workbook:
        """The same workbook with some cells typed over."""
        return replace(self, typed={**self.typed, **typed}, **changes)

    def values(self) -> dict[str, Value]:
        return {path: answer.value for path, answer in self.read().answers.items()}

    def in_force(self, **details: Any) -> Earlier:
        """The workbook as the version that the store has."""
        reading = self.read()
        return Earlier(
            **{
                "key": reading.key,
                "values": self.values(),
                "checksum": "earlier",
                "received": datetime(2026, 2, 20, tzinfo=UTC),
                "saved": datetime(2026, 2, 19, tzinfo=UTC),
                **details,
            },
        )


def self_assessment(score: CellValue = 2, occasion: str = "bm1", mode: str = "full") -> Workbook:
    """The product's own self-assessment, every statement scored alike but for the first."""
    parameters = Parameters(occasion=occasion, mode=mode, scale="s4", edition="e2023", organisation_type="municipality")
    empty = Workbook(FORMS["self_assessment"], {}, parameters)
    scores = {slot.path: score for slot in empty.read().slots if slot.question.type == "scale"}
    about: dict[str, CellValue] = {"assessed_on": "2026-02-20"}
    about |= {f"roles_present/{role}": "x" for role in ("politician", "manager", "key_person")}
    return empty.with_({**about, **scores, "m01_1/score": 3})
