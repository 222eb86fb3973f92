"""From remarks to a verdict: their order, their grouping, and what an administrator has set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.reading import Waiver
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.validation import RULES, Rule, grouped, right_answers, rules, validate
from sheets_pipeline.validation.case import Case
from tests.validation.workbook import SURROUNDINGS, TODAY, Workbook, fields, self_assessment

FORM = fields("""
  - {name: a, type: integer, required: yes}
  - {name: b, type: integer, required: yes}
  - {name: c, type: date}
  - {name: d, type: text, max_length: 3}
  - {name: e, type: integer, required: yes}
""")
MIXED = Workbook(FORM, {"b": "många", "c": "v. 45 2026", "d": "fyra"})


def test_errors_first_then_warnings_then_information_each_in_the_order_of_the_form() -> None:
    assert MIXED.said() == [
        ("REQUIRED_MISSING", "a"),
        ("NOT_A_NUMBER", "b"),
        ("REQUIRED_MISSING", "e"),
        ("TEXT_TOO_LONG", "d"),
        ("READ_AS", "c"),
    ]


def test_information_alone_is_accepted_and_a_remark_for_the_administrator_too() -> None:
    reading = Workbook(FORM, {"a": 1, "b": 2, "c": "v. 45 2026", "e": 3}).read()
    witness = remark("LABEL_DISAGREES", cell=CellRef("Blad", 0, 0), label="A", expected_label="B")

    assert validate(reading, SURROUNDINGS).name == "accepted"
    assert validate(replace(reading, issues=(*reading.issues, witness)), SURROUNDINGS).name == "accepted"


def test_the_same_remark_in_many_cells_is_told_once_with_every_cell() -> None:
    workbook = (
        self_assessment().with_({f"m02_{number}/score": None for number in (1, 2, 3)}).with_({"m03_1/score": "fyra"})
    )
    issues = grouped(workbook.checked().issues, workbook.form)
    missing = next(issue for issue in issues if issue.code == "REQUIRED_MISSING")

    assert [(issue.code, len(issue.also)) for issue in issues] == [("REQUIRED_MISSING", 2), ("VALUE_NOT_IN_LIST", 0)]
    assert {missing.cell, *missing.also} == {
        issue.cell for issue in workbook.checked().issues if issue.code == missing.code
    }


def test_a_waiver_holds_for_its_organisation_and_rule_until_its_day() -> None:
    workbook = Workbook(FORM, {"a": 1, "b": 2})
    waiver = Waiver(organisation="9901", code="REQUIRED_MISSING", until=TODAY, reason="Ny i omgången")

    assert workbook.checked().name == "remarks"
    assert workbook.checked(waivers=(waiver,)).name == "accepted"
    assert workbook.checked(waivers=(replace(waiver, path="e"),)).name == "accepted"
    for other in (
        replace(waiver, organisation="9902"),
        replace(waiver, code="NOT_A_NUMBER"),
        replace(waiver, until=date(2026, 2, 28)),
        replace(waiver, path="a"),
    ):
        assert workbook.checked(waivers=(other,)).name == "remarks"


def test_a_staged_rule_is_a_warning_up_to_and_with_its_round() -> None:
    workbook = Workbook(FORM, {"a": 1, "b": 2})

    assert workbook.remark("REQUIRED_MISSING", staged={"REQUIRED_MISSING": "2026"}).severity == "warning"
    assert workbook.remark("REQUIRED_MISSING", staged={"REQUIRED_MISSING": "2025"}).severity == "error"


def test_a_rule_that_would_hold_a_version_only_speaks_while_it_is_staged() -> None:
    verdict = self_assessment().checked(folder_organisation="9902", staged={"OTHER_SENDER": "2026"})

    assert (verdict.name, [issue.code for issue in verdict.issues]) == ("remarks", ["OTHER_SENDER"])


def test_held_is_worse_than_remarks_and_what_asks_comes_first() -> None:
    verdict = self_assessment().with_({"m01_1/score": "fyra"}).checked(folder_organisation="9902")

    assert (verdict.name, verdict.issues[0].code) == ("held", "OTHER_SENDER")


def test_a_form_that_is_not_received_at_all_is_told_only_why() -> None:
    reading = self_assessment().with_({"m01_1/score": "fyra"}).read()
    gone = remark("SHEET_GONE", sheet="Underlag")
    verdict = validate(
        replace(reading, issues=(*reading.issues, gone), key=replace(reading.key, round="2025")), SURROUNDINGS
    )

    assert (verdict.name, [issue.code for issue in verdict.issues]) == ("rejected", ["OTHER_ROUND", "SHEET_GONE"])


def test_rows_that_are_gone_are_said_with_their_printed_number() -> None:
    reading = replace(self_assessment().read(), withdrawn=("plans[P02]", "plans[P01]/measures[K03]"))
    said = [(issue.code, issue.params["row"]) for issue in validate(reading, SURROUNDINGS).issues]

    assert said == [("ROW_WITHDRAWN", "P02"), ("ROW_WITHDRAWN", "K03")]


def test_a_rule_of_someone_elses_is_judged_like_the_products_own() -> None:
    def no_thirteen(case: Case) -> Iterator[Issue]:
        for path, value in case.values.items():
            if value == 13:
                yield case.about(case.slots[path], "CONSTRAINT", severity="error")

    workbook = Workbook(FORM, {"a": 13, "b": 2, "e": 3})
    verdict = validate(workbook.read(), SURROUNDINGS, (*RULES, Rule("no_thirteen", "cell", no_thirteen)))

    assert [(issue.code, issue.path) for issue in verdict.issues] == [("CONSTRAINT", "a")]
    assert [answer.path for answer in right_answers(workbook.read(), verdict)[0]] == ["b", "e"]


def test_every_rule_of_the_product_is_run_and_has_a_name_of_its_own() -> None:
    assert set(RULES) <= set(rules())
    assert len({rule.name for rule in RULES}) == len(RULES)
