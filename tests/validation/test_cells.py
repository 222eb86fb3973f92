"""What is missing, what is welcome, what does not apply, and answers that do not keep to their question."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sheets_pipeline.model.cells import CellValue
from sheets_pipeline.model.submissions import Parameters
from sheets_pipeline.validation import right_answers
from tests.validation.workbook import FORMS, ROUND, SURROUNDINGS, Workbook, fields, form, self_assessment

DECISION = fields("""
  - {name: decision, type: boolean, required: yes}
  - {name: decided_by, type: text, relevant: "${decision} = true()", required: "${decision} = true()"}
  - {name: expected, type: date, relevant: "${decision} = false()"}
  - {name: staff, type: integer, required_from: bm2, required: yes, missing_severity: warning}
""")


def test_a_required_cell_that_is_empty_is_named_with_its_place() -> None:
    remark = Workbook(DECISION, {"decision": "ja"}).remark("REQUIRED_MISSING")

    assert (remark.path, remark.question, str(remark.cell), remark.severity) == (
        "decided_by",
        "decided_by",
        "Blad!D2",
        "error",
    )


def test_what_the_form_asks_for_later_is_missing_only_then() -> None:
    answered = Workbook(DECISION, {"decision": "ja", "decided_by": "Fullmäktige"})

    assert answered.checked().name == "accepted"
    later = replace(answered, parameters=Parameters(occasion="bm2"))
    assert [(issue.path, issue.severity) for issue in later.checked().issues] == [("staff", "warning")]


def test_a_living_form_asks_for_what_its_next_due_date_asks_for() -> None:
    living = Workbook(DECISION, {"decision": "nej"}, Parameters(occasion="round"))

    assert living.said(due_occasion="bm1") == []
    assert living.said(due_occasion="bm3") == [("REQUIRED_MISSING", "staff")]


def test_an_answer_that_another_answer_rules_out_is_said_and_left_out() -> None:
    workbook = Workbook(DECISION, {"decision": "nej", "decided_by": "Fullmäktige"})
    verdict = workbook.checked()
    kept, unread = right_answers(workbook.read(), verdict)

    assert [(issue.code, issue.path) for issue in verdict.issues] == [("NOT_RELEVANT", "decided_by")]
    assert ([answer.path for answer in kept], unread) == (["decision"], frozenset())


@pytest.mark.parametrize("decision", [None, "kanske"])
def test_nothing_is_said_of_what_hangs_on_an_answer_that_is_missing_or_unread(decision: str | None) -> None:
    said = Workbook(DECISION, {"decision": decision, "decided_by": "Fullmäktige"}).said()

    assert [path for _, path in said] == ["decision"]


def test_a_cell_that_could_not_be_read_is_not_missing_too() -> None:
    workbook = Workbook(DECISION, {"decision": "kanske"})
    _, unread = right_answers(workbook.read(), workbook.checked())

    assert workbook.said() == [("NOT_YES_NO", "decision")]
    assert unread == {"decision"}


ROLES = form("""
choice_lists:
  roles:
    choices:
      - {name: politician, label: {sv: Politiker, en: Politician}}
      - {name: manager, label: {sv: Chef, en: Manager}}
      - {name: other, label: {sv: Annan, en: Other}}
sections:
  - name: about
    shape: fields
    title: {sv: Om, en: About}
    questions:
      - {name: title, type: text, pattern: "^[A-Z].*$", max_length: 10, label: {sv: T, en: T}}
      - name: roles
        type: select_multiple
        choices: roles
        appearance: rows
        required: yes
        max_choices: 2
        constraint: "selected(${roles}, 'politician')"
        constraint_severity: info
        constraint_message: {sv: "Ta gärna med en politiker.", en: "Bring a politician if you can."}
        label: {sv: Roller, en: Roles}
""")


def test_no_option_ticked_is_one_answer_missing() -> None:
    remark = Workbook(ROLES, {"title": "Ett", "roles/manager": "nej"}).remark("REQUIRED_MISSING")

    assert (remark.path, str(remark.cell)) == ("roles", "Blad!D2")


def test_a_rule_about_the_chosen_options_is_said_once_with_what_was_chosen() -> None:
    remark = Workbook(ROLES, {"title": "Ett", "roles/manager": "x", "roles/other": "X"}).remark("CONSTRAINT")

    assert (remark.path, remark.value, remark.severity) == ("roles", "Chef, Annan", "info")


def test_more_choices_than_asked_for() -> None:
    ticked: dict[str, CellValue] = {f"roles/{role}": "x" for role in ("politician", "manager", "other")}
    remark = Workbook(ROLES, {"title": "Ett", **ticked}).remark("TOO_MANY_CHOICES")

    assert (remark.params["chosen"], remark.params["maximum"], str(remark.cell)) == (3, 2, "Blad!D4")


def test_pattern_and_length() -> None:
    workbook = Workbook(ROLES, {"title": "en alltför lång rubrik", "roles/politician": "x"})

    assert workbook.said() == [("PATTERN_MISMATCH", "title"), ("TEXT_TOO_LONG", "title")]
    assert workbook.checked().name == "remarks"


DATES = fields("""
  - {name: start, type: date}
  - {name: end, type: date, constraint: "${start} = '' or . >= ${start}"}
  - {name: effort, type: integer, constraint: ". >= 1 and . <= 5", constraint_severity: warning}
""")


def test_a_rule_between_two_answers() -> None:
    assert Workbook(DATES, {"start": "2026-03-01", "end": "2026-02-01"}).said() == [("CONSTRAINT", "end")]
    assert Workbook(DATES, {"start": "2026-03-01", "end": "v. 45 2026"}).codes() == {"READ_AS"}


@pytest.mark.parametrize("start", ["löpande", "snart", None])
def test_a_rule_is_not_held_against_what_is_no_date(start: str | None) -> None:
    assert "CONSTRAINT" not in Workbook(DATES, {"start": start, "end": "2026-02-01"}).codes()
    assert "CONSTRAINT" not in Workbook(DATES, {"start": "2026-02-01", "end": "löpande"}).codes()


def test_a_wrong_answer_takes_no_right_one_with_it() -> None:
    workbook = Workbook(DATES, {"start": "2026-03-01", "end": "2026-02-01", "effort": 9})
    verdict = workbook.checked()
    kept, unread = right_answers(workbook.read(), verdict)

    assert verdict.name == "remarks"
    assert [answer.path for answer in kept] == ["start", "effort"]  # a warning is stored
    assert unread == {"end"}


TABLE = form("""
choice_lists:
  status: {choices: [{name: planned, label: {sv: Planeras, en: Planned}}, {name: done, label: {sv: Klar, en: Done}}]}
sections:
  - name: plans
    shape: card
    prefix: P
    prepared: 3
    min_rows: 1
    title: {sv: Plan, en: Plan}
    questions:
      - {name: title, type: text, required: yes, label: {sv: Namn, en: Name}}
      - {name: status, type: select_one, choices: status, default: planned, required: yes, label: {sv: Läge, en: S}}
      - {name: news, type: longtext, invited: yes, invited_from: bm2, label: {sv: Nytt, en: News}}
    children:
      - name: activities
        shape: table
        prefix: A
        prepared: 2
        min_rows: 1
        title: {sv: Aktiviteter, en: Activities}
        questions:
          - {name: what, type: text, required: yes, required_from: bm2, label: {sv: Vad, en: What}}
          - {name: who, type: text, required: yes, required_from: bm2, label: {sv: Vem, en: Who}}
""")
PREPARED: dict[str, CellValue] = {f"plans[P0{number}]/status": "Planeras" for number in (1, 2, 3)}


def test_cards_and_rows_that_nobody_has_touched_are_not_there() -> None:
    workbook = Workbook(TABLE, {**PREPARED, "plans[P01]/title": "Skolan"})
    kept, _ = right_answers(workbook.read(), workbook.checked())

    assert workbook.said() == []
    assert [answer.path for answer in kept] == ["plans[P01]/title", "plans[P01]/status"]


def test_a_row_in_use_is_asked_for_whole_from_its_time() -> None:
    at_bm2 = Workbook(
        TABLE, {"plans[P01]/title": "Skolan", "plans[P01]/activities[A02]/what": "Mäta"}, Parameters(occasion="bm2")
    )

    assert at_bm2.said() == [
        ("REQUIRED_MISSING", "plans[P01]/status"),
        ("REQUIRED_MISSING", "plans[P01]/activities[A02]/who"),
        ("ANSWER_INVITED", "plans[P01]/news"),
    ]


def test_too_few_rows_are_said_once_they_are_asked_for() -> None:
    at_bm1 = Workbook(TABLE, {"plans[P01]/title": "Skolan", "plans[P01]/status": "Klar"})
    at_bm2 = replace(at_bm1, parameters=Parameters(occasion="bm2"))

    assert "TOO_FEW_ROWS" not in at_bm1.codes()
    assert at_bm2.remark("TOO_FEW_ROWS").path == "plans[P01]/activities"


def test_where_the_row_itself_is_gone_its_answers_are_not_also_missing() -> None:
    workbook = Workbook(DECISION, {"decision": "ja"}, gone=frozenset({"decided_by"}))
    kept, unread = right_answers(workbook.read(), workbook.checked())

    assert workbook.said() == []
    assert len(kept) == 1
    assert unread == {"decided_by"}  # an earlier answer there stays in force


MEASURE = fields("""
  - {name: unit, type: text}
  - {name: baseline, type: split, of: decimal, dated: yes, required: yes, groups: [women, men, girls, boys, total]}
""")


@pytest.mark.parametrize(
    ("typed", "missing"),
    [
        ({}, ["women"]),
        ({"date": "2026-01-01", "women": 40, "men": 60}, []),
        ({"date": "2026-01-01", "girls": 40, "boys": 60}, []),
        ({"date": "2026-01-01", "girls": 40}, ["boys"]),
        ({"women": 40, "men": 60}, ["date"]),
        ({"date": "2026-01-01", "total": 50}, ["women"]),
        ({"date": "2026-01-01", "total": 50, "women": "..", "men": ".."}, []),
    ],
)
def test_the_pairs_that_apply_are_filled_whole(typed: dict[str, CellValue], missing: list[str]) -> None:
    cells: dict[str, CellValue] = {"unit": "percent", **{f"baseline/{group}": value for group, value in typed.items()}}

    assert Workbook(MEASURE, cells).said() == [("REQUIRED_MISSING", f"baseline/{group}") for group in missing]


def test_yes_and_no_have_only_a_total() -> None:
    assert Workbook(MEASURE, {"unit": "yes_no", "baseline/date": "2026-01-01", "baseline/total": 1}).said() == []


def test_evidence_is_invited_at_the_top_step_until_it_has_been_shown() -> None:
    at_the_top = self_assessment().with_({"m02_1/score": 4})
    later = replace(at_the_top, parameters=replace(at_the_top.parameters, occasion="bm2"))
    shown = {("self_assessment", "", "bm1"): {"m02_1/evidence": "Protokoll § 12"}}

    assert at_the_top.said() == [("EVIDENCE_INVITED", "m02_1/evidence")]
    assert at_the_top.checked().name == "accepted"
    assert later.said(in_force=shown) == []


def test_the_products_own_forms_filled_in_well_have_nothing_to_remark() -> None:
    assert self_assessment().checked().issues == ()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_an_empty_workbook_is_unanswered_and_nothing_else_is_said_of_it(name: str) -> None:
    verdict = Workbook(FORMS[name], {}).checked()

    assert (verdict.name, [issue.code for issue in verdict.issues]) == ("rejected", ["UNANSWERED"])


def test_what_the_workbook_came_with_is_no_answer() -> None:
    known = fields("""
      - {name: name, type: text, prefill: register.name, locked: yes, required: yes}
      - {name: people, type: integer, prefill: kolada.N01951, confirm: yes}
      - {name: steering, type: longtext, required: yes}
    """)

    assert Workbook(known, {"name": "Exempelby", "people": 12000}).said() == [("UNANSWERED", "")]
    assert Workbook(known, {"steering": "Målstyrning"}).said() == []


def test_another_round_organisation_or_occasion() -> None:
    workbook = self_assessment()

    assert replace(workbook, subject="9999").codes() == {"UNKNOWN_ORGANISATION"}
    assert replace(workbook, parameters=Parameters(occasion="m7", scale="s4")).codes() == {"UNKNOWN_OCCASION"}
    assert workbook.codes(round=replace(ROUND, id="2027")) == {"OTHER_ROUND"}
    assert replace(workbook, subject="k1").checked().name == "accepted"  # a cluster may answer too
    assert SURROUNDINGS.round.id == "2026"
