"""What people type, and what it is read as."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from sheets_pipeline.model.cells import CellValue, ErrorValue
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import ONGOING, parse
from tests.model.asked import cell


def value(kind: str, raw: CellValue, language: str = "sv", **details: object) -> Value | None:
    percent = bool(details.pop("percent_format", False))
    return parse(cell(kind, **details), raw, language, percent_format=percent).value


def codes(kind: str, raw: CellValue, language: str = "sv", **details: object) -> tuple[str, ...]:
    percent = bool(details.pop("percent_format", False))
    return tuple(found.code for found in parse(cell(kind, **details), raw, language, percent_format=percent).findings)


@pytest.mark.parametrize(
    "kind", ["text", "longtext", "integer", "percent", "date", "boolean", "select_one", "scale", "url"]
)
@pytest.mark.parametrize("raw", [None, "", "  ", "\u00a0", "\u200b", "\n"])
def test_a_cell_with_nothing_to_see_is_empty(kind: str, raw: CellValue) -> None:
    assert parse(cell(kind), raw, "sv") == parse(cell(kind), None, "sv")
    assert value(kind, raw) is None
    assert codes(kind, raw) == ()


@pytest.mark.parametrize(
    "raw", ["3", 3, 3.0, "3,0", "3.0", "3 ", " 3 – Till stor del på plats", "3 Till stor del på plats", "3."]
)
def test_scores_without_anything_to_say(raw: CellValue) -> None:
    assert parse(cell("scale"), raw, "sv") == parse(cell("scale"), 3, "sv")
    assert value("scale", raw) == 3


@pytest.mark.parametrize("raw", ["VE", "ve", "Vet ej", "VET EJ", "DK", "Do not know", "dont_know", "VE – vet ej"])
def test_a_non_answer_is_an_answer_with_a_name(raw: str) -> None:
    assert value("scale", raw) == "dont_know"
    assert codes("scale", raw) == ()


def test_another_way_to_say_an_answer_is_read_and_said() -> None:
    found = parse(cell("scale"), "?", "sv")

    assert found.value == "dont_know"
    assert [(one.code, one.params) for one in found.findings] == [("READ_AS", {"read": "VE (Vet ej)"})]


def test_a_label_typed_in_another_normal_form_or_case() -> None:
    assert value("scale", unicodedata.normalize("NFD", "PÅBÖRJAT")) == 2
    assert value("select_one", 'ja, "nästan".') == "nearly"


@pytest.mark.parametrize(
    ("raw", "lower"),
    [
        ("2,5", 2),
        (2.5, 2),
        ("2-3", 2),
        ("2–3", 2),
        ("3/4", 3),
        ("1 eller 2", 1),
        ("mellan 2 och 3", 2),
        ("3+", 3),
        ("4-", 3),
    ],
)
def test_between_two_steps_is_told_to_choose_the_lower(raw: CellValue, lower: int) -> None:
    found = parse(cell("scale"), raw, "sv")

    assert found.value is None
    assert [(one.code, one.params["lower"]) for one in found.findings] == [("BETWEEN_STEPS", lower)]


@pytest.mark.parametrize("raw", ["fyra", "5", 0, "0,5", "4,5", "3 – Saknas", True])
def test_what_no_step_says_is_not_in_the_list(raw: CellValue) -> None:
    found = parse(cell("scale"), raw, "sv")

    assert found.value is None
    assert [(one.code, one.params["expected"]) for one in found.findings] == [("VALUE_NOT_IN_LIST", "1, 2, 3, 4, VE")]


@pytest.mark.parametrize("kind", ["scale", "integer", "decimal", "percent"])
def test_a_score_or_number_that_excel_made_a_date_of(kind: str) -> None:
    assert codes(kind, date(2026, 2, 1)) == ("DATE_INSTEAD_OF_NUMBER",)
    assert codes(kind, datetime(2026, 2, 1)) == ("DATE_INSTEAD_OF_NUMBER",)  # noqa: DTZ001 - as spreadsheets store it


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("Klar", "done"),
        ("klar ", "done"),
        ("done", "done"),
        ("Done", "done"),
        ("färdig", "done"),
        ("Planned", "planned"),
    ],
)
def test_choices_by_label_in_either_language_by_name_or_as_people_say(raw: str, read: str) -> None:
    assert value("select_one", raw) == read


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5", "1234.5"),
        ("1\u2009234", "1234"),
        ("1\u202f234\u202f567", "1234567"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("0.123", "0.123"),
        ("1234.567", "1234.567"),
        ("\u22125", "-5"),
        ("1 234 kr", "1234"),
        (0.1 + 0.2, "0.3"),
        (3.0, "3"),
        (1e15, "1000000000000000"),
    ],
)
def test_numbers_as_people_and_programs_write_them(raw: CellValue, read: str) -> None:
    found = value("decimal", raw)

    assert str(found) == read
    assert isinstance(found, Decimal)


@pytest.mark.parametrize("raw", ["1.234", "12.345", "-1.234"])
def test_a_point_before_three_figures_can_mean_two_numbers(raw: str) -> None:
    assert codes("decimal", raw) == ("AMBIGUOUS_NUMBER",)
    assert value("decimal", raw.replace(".", ","), "sv") is not None
    assert codes("decimal", raw.replace(".", ","), "en") == ("AMBIGUOUS_NUMBER",)


@pytest.mark.parametrize("raw", ["tolv", "12 34", "1 2345", "ca 5", "1e5", True, "٣", float("inf"), float("nan")])
def test_what_is_no_number(raw: CellValue) -> None:
    assert codes("decimal", raw) == ("NOT_A_NUMBER",)


def test_whole_numbers_and_counts() -> None:
    assert value("integer", 12.0) == 12
    assert isinstance(value("integer", 12.0), int)
    assert codes("integer", 12.5) == ("NOT_AN_INTEGER",)
    assert codes("integer", -1) == ("NEGATIVE_NUMBER",)


@pytest.mark.parametrize("typed", ["45 %", "45%", "45\u00a0%", "45 procent", "45"])
def test_a_percentage_typed_as_text_is_that_percentage_in_any_cell(typed: str) -> None:
    assert value("percent", typed) == value("percent", typed, percent_format=True) == Decimal(45)


def test_45_and_45_percent_typed_mean_the_same_in_a_percent_cell() -> None:
    assert value("percent", 0.45, percent_format=True) == Decimal(45)  # what a spreadsheet makes of both
    assert value("percent", 45) == Decimal(45)  # where the format was lost
    assert value("percent", 1.0, percent_format=True) == Decimal(100)


def test_a_pasted_45_and_a_plain_0_45_are_asked_about() -> None:
    pasted = parse(cell("percent"), 45, "sv", percent_format=True)
    plain = parse(cell("percent"), 0.45, "sv")

    assert (pasted.value, plain.value) == (None, None)
    assert [(one.code, one.params) for one in pasted.findings] == [
        ("PERCENT_DOUBTFUL", {"small": "45 %", "large": "4\u00a0500 %"}),
    ]
    assert [(one.code, one.params) for one in plain.findings] == [
        ("PERCENT_DOUBTFUL", {"small": "0,45 %", "large": "45 %"}),
    ]


def test_a_measure_in_a_cell_that_shows_percent_is_read_as_it_shows() -> None:
    found = parse(cell("decimal", question_type="split"), 0.45, "sv", percent_format=True)

    assert found.value == Decimal(45)
    assert [one.params["read"] for one in found.findings] == ["45 %"]


@pytest.mark.parametrize(
    ("raw", "read"), [("-", "-"), ("–", "-"), (".", "."), ("..", ".."), ("…", ".."), ("<5", ".."), ("< 5", "..")]
)
@pytest.mark.parametrize("kind", ["decimal", "integer", "percent"])
def test_marks_stand_in_place_of_figures_where_groups_are_asked_for(kind: str, raw: str, read: str) -> None:
    assert value(kind, raw, question_type="split", groups=("women", "men")) == read
    assert value(kind, raw, marks=True) == read
    assert codes(kind, raw) == ("MARK_NOT_ALLOWED",)


@pytest.mark.parametrize(
    "raw", ["2026-03-01", "1 mars 2026", "1 mar 2026", "den 1 mars 2026", "1:a mars 2026", "20260301", 20260301]
)
def test_dates_without_anything_to_say(raw: CellValue) -> None:
    assert value("date", raw) == date(2026, 3, 1)
    assert codes("date", raw) == ()


@pytest.mark.parametrize("raw", [46082, 46082.0, "46082", "1/3 2026", "1.3.2026", "26-03-01", "260301"])
def test_dates_that_might_have_been_meant_otherwise_are_said(raw: CellValue) -> None:
    found = parse(cell("date"), raw, "sv")

    assert found.value == date(2026, 3, 1)
    assert [(one.code, one.params["read"]) for one in found.findings] == [("READ_AS", "1 mars 2026")]


@pytest.mark.parametrize(
    ("raw", "last_weekday"),
    [
        ("v. 45 2026", date(2026, 11, 6)),
        ("vecka 45, 2026", date(2026, 11, 6)),
        ("v 44–45 2026", date(2026, 11, 6)),
        ("2026-W45", date(2026, 11, 6)),
        ("mars 2026", date(2026, 3, 31)),
        ("maj 2026", date(2026, 5, 29)),
        ("i slutet av maj 2026", date(2026, 5, 29)),
        ("mars–april 2026", date(2026, 4, 30)),
        ("hösten 2026", date(2026, 11, 30)),
        ("våren 2027", date(2027, 5, 31)),
        ("ht 2026", date(2026, 12, 31)),
        ("kvartal 2 2026", date(2026, 6, 30)),
        ("Q3 2026", date(2026, 9, 30)),
        ("andra kvartalet 2026", date(2026, 6, 30)),
        ("tertial 1 2026", date(2026, 4, 30)),
        ("första halvåret 2026", date(2026, 6, 30)),
        ("2026", date(2026, 12, 31)),
        (2027, date(2027, 12, 31)),
        ("2026-05", date(2026, 5, 29)),
    ],
)
def test_a_period_is_its_last_weekday(raw: CellValue, last_weekday: date) -> None:
    assert value("date", raw) == last_weekday
    assert codes("date", raw) == ("READ_AS",)


@pytest.mark.parametrize("raw", ["1 mars", "1/3", "v. 45", "mars", "hösten", "kvartal 2"])
def test_a_date_without_its_year_is_asked_about(raw: str) -> None:
    assert codes("date", raw) == ("DATE_WITHOUT_YEAR",)


@pytest.mark.parametrize("raw", ["löpande", "Löpande", "tills vidare", "kontinuerligt", "ongoing"])
def test_no_date_at_all_is_an_answer_too(raw: str) -> None:
    assert value("date", raw) == ONGOING
    assert codes("date", raw) == ()


@pytest.mark.parametrize(
    "raw", ["snart", "30 februari 2026", "2026-02-30", "v. 54 2026", "32/1 2026", True, time(12), 3.7]
)
def test_what_is_no_date(raw: CellValue) -> None:
    assert codes("date", raw) == ("NOT_A_DATE",)


def test_dates_that_can_be_two_are_asked_about() -> None:
    assert codes("date", "1/3 2026", "en") == ("AMBIGUOUS_DATE",)
    assert value("date", "13/3 2026", "en") == date(2026, 3, 13)
    assert codes("date", "vintern 2026") == ("AMBIGUOUS_DATE",)


def test_years() -> None:
    assert value("year", "2026") == value("year", 2026.0) == value("year", "år 2026") == 2026
    assert value("year", date(1905, 7, 18)) == 2026  # 2026 typed in a cell with a date format
    assert codes("year", 26) == codes("year", 1899) == codes("year", "i fjol") == ("NOT_A_YEAR",)


@pytest.mark.parametrize("raw", ["ja", "JA", "x", "X", "SANT", "true", True, "Yes", "✓"])
def test_yes(raw: CellValue) -> None:
    assert value("boolean", raw) is True


@pytest.mark.parametrize("raw", ["nej", "NEJ", "FALSKT", "false", False, "no"])
def test_no(raw: CellValue) -> None:
    assert value("boolean", raw) is False
    assert parse(cell("boolean", question_type="select_multiple"), raw, "sv").value is None


def test_one_and_nought_are_read_as_yes_and_no_and_said() -> None:
    assert (value("boolean", 1), codes("boolean", 1)) == (True, ("READ_AS",))
    assert codes("boolean", "kanske") == ("NOT_YES_NO",)
    assert codes("boolean", "Kommunstyrelsen", question_type="select_multiple") == ("NOT_AN_X",)


@pytest.mark.parametrize("raw", ["None", "NA", "null", "Nej", "0114", "nan", "TRUE", "1.234", "-", "#hashtag"])
def test_words_that_programs_stumble_on_stay_what_they_are(raw: str) -> None:
    assert value("text", raw) == raw
    assert value("longtext", raw) == raw
    assert codes("text", raw) == ()


def test_text_loses_only_what_nobody_sees() -> None:
    assert value("text", " a\u0308rende\u200b \x07 ett\r\ntvå ") == "ärende ett två"
    assert value("longtext", "rad ett\r\nrad två_x000D_\n\n• “tre”") == "rad ett\nrad två\n\n• “tre”"


def test_numbers_and_dates_in_text_cells() -> None:
    assert value("text", 114.0) == "114"
    assert value("text", 12345.5) == "12345,5"
    assert [value("text", raw) for raw in (True, False)] == ["SANT", "FALSKT"]
    assert (value("text", date(2026, 2, 1)), codes("text", date(2026, 2, 1))) == ("2026-02-01", ("READ_AS",))


def test_addresses_are_whole_or_asked_about() -> None:
    assert value("url", "https://www.exempelby.se/beslut?id=1") == "https://www.exempelby.se/beslut?id=1"
    for raw in (
        "www.exempelby.se",
        "exempelby.se/beslut",
        "https://exempelby",
        "se bilaga",
        r"\\server\mapp",
        "https://a.se och b",
    ):
        assert codes("url", raw) == ("NOT_A_URL",), raw
    assert value("email", "Anna Ek <anna.ek@exempelby.se>") == "anna.ek@exempelby.se"
    for raw in ("anna.ek", "anna@exempelby", "anna@a.se; bo@a.se", "anna ek@a.se"):
        assert codes("email", raw) == ("NOT_AN_EMAIL",), raw


@pytest.mark.parametrize(
    "kind", ["text", "longtext", "integer", "date", "boolean", "select_one", "scale", "percent", "url"]
)
@pytest.mark.parametrize("raw", [ErrorValue("#REF!"), "#REF!", "#SAKNAS!", "Err:502"])
def test_a_formula_that_broke_is_no_answer_of_any_type(kind: str, raw: CellValue) -> None:
    assert codes(kind, raw) == ("CELL_ERROR",)
