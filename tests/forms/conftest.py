"""A small form, and folders of forms made from texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SMALL_FORM = """\
form_id: small_form
version: 1.1.0
cadence: point
title: {sv: Liten blankett, en: Small form}
minutes: 10
anchors:
  languages: &reason {sv: Varför?, en: Why?}
levels:
  overall: {sv: Helheten, en: The whole}
  unit: {sv: Nämnden, en: The committee}
scales: [s3]
part_titles: {steering: {sv: Styrning, en: Steering}}
group_titles: {women: {sv: Kvinnor, en: Women}, men: {sv: Män, en: Men}}
choice_lists:
  s3:
    choices:
      - {name: "1", value: 1, label: {sv: Saknas, en: Missing}, typed: {sv: "1", en: "1"}}
      - {name: "2", value: 2, label: {sv: Finns, en: In place}, typed: {sv: "2", en: "2"}}
      - {name: dont_know, non_answer: yes, label: {sv: Vet ej, en: Do not know}, typed: {sv: VE, en: DK}}
  statuses:
    choices:
      - {name: planned, label: {sv: Planeras, en: Planned}}
      - {name: done, label: {sv: Klar, en: Done}}
sheets:
  - {name: about, title: {sv: Om oss, en: About us}, sections: [about]}
  - {name: scores, title: {sv: Skattning, en: Scores}, sections: [m01], columns: [score]}
  - {name: reasons, title: {sv: Skäl, en: Reasons}, sections: [m01], columns: [comment]}
  - {name: plans, title: {sv: Plan, en: Plan}, sections: [plans]}
sections:
  - name: about
    shape: fields
    title: {sv: Om oss, en: About us}
    questions:
      - name: assessed_on
        type: date
        required: yes
        label: {sv: Vilken dag?, en: Which day?}
      - name: roles
        type: select_multiple
        choices: statuses
        label: {sv: Vilka?, en: Which?}
      - name: people
        type: split
        of: integer
        groups: [women, men]
        label: {sv: Antal, en: Number}
      - name: decided
        type: boolean
        label: {sv: Beslutat?, en: Decided?}
      - name: reason
        type: longtext
        label: *reason
        relevant: "${decided} = false()"
        max_length: 600
  - name: m01
    shape: items
    part: steering
    title: {sv: Uppdrag, en: Mandate}
    questions:
      - {name: score, type: scale, choices: $scale, required: yes, label: {sv: Skattning, en: Score}}
      - {name: comment, type: longtext, label: {sv: Kommentar, en: Comment}}
    items:
      - {name: m01_1, number: "1.1", label: {sv: Vi har ett beslut., en: We have a decision.}}
      - {name: m01_0, number: "1", headline: yes, label: {sv: Finns ett uppdrag?, en: Is there a mandate?}}
  - name: plans
    shape: card
    prefix: P
    prepared: 2
    maximum: 5
    title: {sv: Planer, en: Plans}
    questions:
      - {name: status, type: select_one, choices: statuses, default: planned, label: {sv: Läge, en: Status}}
      - {name: learned, type: longtext, label: {sv: Lärdom, en: Learned}}
    children:
      - name: measures
        shape: table
        prefix: K
        prepared: 3
        title: {sv: Mått, en: Measures}
        questions:
          - {name: goal, type: text, label: {sv: Mål, en: Goal}}
          - {name: cost, type: integer, unit: SEK, label: {sv: Kostnad, en: Cost}}
migrations:
  - from_version: 1.0.0
    renamed: {"reason_why": "reason"}
    removed: {"old_question": {sv: Ersatt., en: Replaced.}}
"""

PlaceForm = Callable[..., Path]


@pytest.fixture
def small_form() -> str:
    return SMALL_FORM


@pytest.fixture
def place_form(tmp_path: Path) -> PlaceForm:
    """`place_form("text")` puts a definition into its folder below one folder of forms, and gives the form's own."""

    def place(text: str, name: str = "small_form") -> Path:
        folder = tmp_path / "workbook_templates" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "form.yaml").write_text(text, encoding="utf-8")
        return folder

    return place
