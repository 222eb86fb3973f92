"""A small form with every kind of question, the workbook that is built from it, and what is read out of one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache

import yaml

from sheets_pipeline.forms import from_source
from sheets_pipeline.intake.extract import Extraction, extract
from sheets_pipeline.intake.guard import inspect
from sheets_pipeline.model.cells import CellValue, Grid, SheetGrid
from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.layout import Layout, lay_out
from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.submissions import FormPart, Manifest, Parameters, Value
from sheets_pipeline.workbooks import excel_read
from sheets_pipeline.workbooks.book import Book, BookPart, Feedback, Filling, Start
from sheets_pipeline.workbooks.edit import Edited, Typed
from sheets_pipeline.workbooks.excel_write import write_workbook

BUILT = datetime(2026, 1, 5)  # noqa: DTZ001 - as the writer takes it
SAVED = datetime(2026, 2, 10, 14, 30)  # noqa: DTZ001 - spreadsheet programs save local time without a zone
STATEMENTS = 24

TRIAL = """\
form_id: trial
version: 1.1.0
cadence: point
title: {sv: Prov, en: Trial}
answered_by: {sv: Chef och nyckelperson, en: Manager and key person}
instruction: {sv: Svara för läget i dag., en: Answer for today.}
minutes: 10
modes:
  - {name: quick, minutes: 5, headline_only: yes, label: {sv: Snabb, en: Quick}}
  - {name: full, minutes: 10, label: {sv: Full, en: Full}}
mode_by_occasion: {bm2: quick}
levels:
  overall: {sv: Helheten, en: The whole}
  unit: {sv: Nämnden, en: The committee}
scales: [s4]
group_titles: {women: {sv: Kvinnor, en: Women}, men: {sv: Män, en: Men}, total: {sv: Totalt, en: Total}}
choice_lists:
  s4:
    choices:
      - {name: "1", value: 1, label: {sv: Saknas, en: Not in place}, typed: {sv: "1", en: "1"}}
      - {name: "2", value: 2, label: {sv: Påbörjat, en: Started}, typed: {sv: "2", en: "2"}}
      - {name: "3", value: 3, label: {sv: Till stor del på plats, en: Largely in place}, typed: {sv: "3", en: "3"}}
      - {name: "4", value: 4, label: {sv: Fungerar i vardagen, en: Works in daily practice}, typed: {sv: "4", en: "4"}}
      - name: dont_know
        non_answer: yes
        label: {sv: Vet ej, en: Do not know}
        typed: {sv: VE, en: DK}
  statuses:
    choices:
      - {name: planned, label: {sv: Planeras, en: Planned}}
      - {name: running, label: {sv: Pågår, en: Running}}
      - {name: done, label: {sv: Klar, en: Done}}
  roles:
    choices:
      - {name: politician, label: {sv: Politiker, en: Politician}}
      - {name: manager, label: {sv: Chef, en: Manager}}
sheets:
  - {name: about, title: {sv: Om oss, en: About us}, sections: [about]}
  - {name: meeting, title: {sv: Skattning, en: Scores}, sections: [m01], columns: [score], view: meeting}
  - {name: reasons, title: {sv: Skäl, en: Reasons}, sections: [m01], columns: [comment]}
  - {name: goals, title: {sv: Mål, en: Goals}, sections: [goals]}
  - {name: plans, title: {sv: Plan, en: Plan}, sections: [plans], title_children: {sv: Mått, en: Measures}}
sections:
  - name: about
    shape: fields
    title: {sv: Om oss, en: About us}
    note: {sv: Fyll i det här först., en: Fill this in first.}
    questions:
      - {name: staff, type: integer, required: yes, label: {sv: Hur många är ni, en: How many are you}}
      - {name: share, type: percent, label: {sv: Hur stor andel, en: How large a share}}
      - {name: decided, type: date, label: {sv: När beslutades det, en: When was it decided}}
      - {name: since, type: year, label: {sv: Sedan vilket år, en: Since which year}}
      - {name: ratio, type: decimal, label: {sv: Vilken kvot, en: Which ratio}}
      - {name: page, type: url, label: {sv: Vilken webbsida, en: Which web page}}
      - {name: contact, type: email, label: {sv: Vilken adress, en: Which address}}
      - {name: policy, type: boolean, label: {sv: Finns en policy, en: Is there a policy}}
      - {name: status, type: select_one, choices: statuses, label: {sv: Hur går det, en: How is it going}}
      - {name: roles, type: select_multiple, choices: roles, label: {sv: Vilka var med, en: Who took part}}
      - name: themes
        type: select_multiple
        choices: statuses
        appearance: dropdowns
        max_choices: 2
        label: {sv: Vilka lägen, en: Which states}
      - name: people
        type: split
        of: integer
        dated: yes
        groups: [women, men, total]
        label: {sv: Antal anställda, en: Number of employees}
      - {name: word, type: text, label: {sv: Med ett ord, en: In one word}}
      - {name: wishes, type: longtext, max_length: 200, label: {sv: Vad önskar ni, en: What do you wish for}}
  - name: m01
    shape: items
    title: {sv: Uppdrag, en: Mandate}
    questions:
      - {name: score, type: scale, choices: $scale, required: yes, label: {sv: Skattning, en: Score}}
      - {name: comment, type: longtext, label: {sv: Kommentar, en: Comment}}
    items: []
  - name: goals
    shape: table
    prefix: G
    prepared: 4
    title: {sv: Mål, en: Goals}
    questions:
      - {name: goal, type: text, label: {sv: Mål, en: Goal}}
      - {name: year, type: year, label: {sv: År, en: Year}}
      - name: late
        type: calculate
        calculation: "if(${year} > 2030, 'ja', 'nej')"
        label: {sv: Sent, en: Late}
  - name: plans
    shape: card
    prefix: P
    prepared: 2
    title: {sv: Plan, en: Plan}
    questions:
      - {name: aim, type: text, label: {sv: Vad ska bli bättre, en: What is to improve}}
    children:
      - name: measures
        shape: table
        prefix: K
        prepared: 3
        title: {sv: Mått, en: Measures}
        questions:
          - {name: name, type: text, label: {sv: Mått, en: Measure}}
          - {name: target, type: percent, label: {sv: Målvärde, en: Target}}
migrations:
  - from_version: 1.0.0
    renamed: {hopes: wishes, old_goals: goals}
    removed: {fax: {sv: Ingen har fax längre., en: Nobody has a fax any more.}}
"""


def source() -> dict[str, object]:
    """The form's definition; its statements are numbered 1.1, 1.2 … and one headline question comes last."""
    found: dict[str, object] = yaml.safe_load(TRIAL)
    sections = found["sections"]
    assert isinstance(sections, list)
    sections[1]["items"] = [
        *(
            {"name": f"m01_{n}", "number": f"1.{n}", "label": {"sv": f"Vi gör sak {n}.", "en": f"We do thing {n}."}}
            for n in range(1, STATEMENTS)
        ),
        {"name": "m01_0", "number": "1", "headline": True, "label": {"sv": "Som helhet?", "en": "On the whole?"}},
    ]
    return found


@cache
def form() -> Form:
    return from_source(source())


PARAMETERS = Parameters(occasion="bm1", scale="s4", edition="e2023", organisation_type="municipality")


def layout(parameters: Parameters = PARAMETERS, unit: str = "") -> Layout:
    return lay_out(form(), parameters, unit)


@dataclass(frozen=True)
class Definitions:
    """The forms that a reader knows: the current ones, and older ones by their hash."""

    now: tuple[Form, ...]
    then: tuple[Form, ...] = ()

    def current(self, form_id: str) -> Form | None:
        return next((one for one in self.now if one.form_id == form_id), None)

    def archived(self, definition: str) -> Form | None:
        return next((one for one in (*self.now, *self.then) if one.definition == definition), None)


def book(
    forms: Iterable[Form] = (),
    *,
    parameters: Parameters = PARAMETERS,
    units: Iterable[str] = ("",),
    filling: Filling | None = None,
    feedback: Feedback | None = None,
    start: Start | None = None,
) -> Book:
    """A workbook for 9901 Exempelby, before it is written."""
    parts = tuple(
        BookPart(
            part=FormPart(one.form_id, one.version, one.definition, "9901", unit, parameters),
            layout=lay_out(one, parameters, unit),
            filling=filling or Filling(),
            subtitle="Exempelby · Inför träff 1",
            minutes=10,
        )
        for one in (tuple(forms) or (form(),))
        for unit in units
    )
    return Book(
        manifest=Manifest("2026", "meeting_1", parameters.language, "2026-01-05", tuple(one.part for one in parts)),
        parts=parts,
        start=start
        or Start(
            title="Inför träff 1",
            organisation="Exempelby",
            round="Omgång 2026",
            due=date(2026, 2, 10),
            contact="Projektledningen",
            inbox="arbetsbok@benchmarking.example",
        ),
        created=BUILT,
        feedback=feedback,
    )


@cache
def built() -> bytes:
    """The empty workbook."""
    return write_workbook(book())


def filled(answers: Mapping[str, Value]) -> bytes:
    """The workbook with answers printed in it."""
    return write_workbook(book(filling=Filling(answers=answers)))


def edited(answers: Mapping[str, Typed] | None = None, data: bytes | None = None) -> Edited:
    """The workbook as somebody opens it and types answers, by path."""
    opened = Edited(data or built())
    opened.fill(answers or {}, "trial")
    return opened


def grid(workbook: bytes | Edited) -> Grid:
    """What the product's own reader sees in a saved file."""
    data = workbook if isinstance(workbook, bytes) else workbook.saved(SAVED)
    found = inspect(data, "trial.xlsx")
    return excel_read.read(found.workbook, "trial.xlsx", found.witnesses, found.visibility)


def extracted(workbook: bytes | Edited | Grid, definitions: Definitions | None = None) -> Extraction:
    seen = workbook if isinstance(workbook, Grid) else grid(workbook)
    return extract(seen, definitions or Definitions((form(),)))


def reading(workbook: bytes | Edited | Grid, definitions: Definitions | None = None) -> Reading:
    """The one form in a file."""
    (found,) = extracted(workbook, definitions).readings
    return found


def values(found: Reading) -> dict[str, Value]:
    return {path: answer.value for path, answer in found.answers.items()}


def said(found: Reading) -> list[tuple[str, str]]:
    """(code, cell) of each remark."""
    return [(issue.code, str(issue.cell) if issue.cell else "") for issue in found.issues]


def codes(found: Reading) -> set[str]:
    return {issue.code for issue in found.issues}


def with_cell(seen: Grid, sheet: str, place: tuple[int, int], value: CellValue) -> Grid:
    """The same grid with one cell changed; None empties it."""
    sheets = []
    for one in seen.sheets:
        cells = dict(one.cells)
        if one.name == sheet:
            cells[place] = value
        sheets.append(replace(one, cells={where: what for where, what in cells.items() if what is not None}))
    return replace(seen, sheets=tuple(sheets))


def with_sheet(seen: Grid, sheet: str, change: Callable[[SheetGrid], Iterable[SheetGrid]]) -> Grid:
    """The same grid with one sheet replaced by any number of others."""
    sheets = [new for one in seen.sheets for new in (change(one) if one.name == sheet else (one,))]
    return replace(seen, sheets=tuple(sheets))


def moved(seen: Grid, sheet: str, place: Callable[[int, int], tuple[int, int] | None]) -> Grid:
    """The same grid with every cell of a sheet put elsewhere; None deletes it."""

    def change(one: SheetGrid) -> Iterable[SheetGrid]:
        put = {place(row, column): value for (row, column), value in one.cells.items()}
        yield replace(one, cells={where: value for where, value in put.items() if where is not None})

    return with_sheet(seen, sheet, change)
