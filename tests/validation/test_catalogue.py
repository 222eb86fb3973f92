"""The words of every remark, in both languages, and the page that lists them."""

from __future__ import annotations

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.issues import Issue, IssueCode
from sheets_pipeline.model.remarks import describe, question_text, remark
from sheets_pipeline.texts import LANGUAGES, has, text
from tests.validation.issues_page import PAGE, page
from tests.validation.workbook import FORMS, Workbook, fields, self_assessment

ROOM = Path(__file__).resolve().parents[2] / "sheets_pipeline"
RED_PEN = re.compile(r"rejected|\bfel(en|et)?\b|felaktig|underkän|avvisa|ogiltig|invalid|incorrect|\bwrong\b")

ALL = pytest.mark.parametrize("code", CATALOGUE.values(), ids=list(CATALOGUE))


def texts_of(code: IssueCode) -> list[str]:
    return [each for each in (code.message, code.expected, code.fix) if each]


def placeholders(words: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(words) if name}


@ALL
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_the_same_placeholders(code: IssueCode, language: str) -> None:
    for msgid in texts_of(code):
        assert has(msgid, language, context=code.code), msgid
        assert placeholders(text(msgid, language, context=code.code)) == placeholders(msgid)


@ALL
@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_told_that_they_failed(code: IssueCode, language: str) -> None:
    """The words of a teacher with a red pen have no place in what a sender reads."""
    said = " ".join(text(msgid, language, context=code.code) for msgid in texts_of(code)).casefold()

    assert not RED_PEN.search(said)


@ALL
def test_every_remark_says_what_to_do_and_ends_its_sentences(code: IssueCode) -> None:
    for language in LANGUAGES:
        message, fix = (text(msgid, language, context=code.code) for msgid in (code.message, code.fix))
        assert message.endswith((".", "?", ".”", "{reason}")), message
        assert fix.endswith((".", ".”", "”.")), fix


def test_the_swedish_file_has_no_text_that_is_not_used() -> None:
    kept = (ROOM / "locale" / "sv" / "issues.po").read_text(encoding="utf-8")

    assert set(re.findall(r'^msgctxt "(.+)"$', kept, re.MULTILINE)) <= set(CATALOGUE)


def test_every_code_that_a_rule_or_a_type_gives_is_in_the_catalogue() -> None:
    sources = [*(ROOM / "validation").glob("*.py"), *(ROOM / "model" / "values").glob("*.py")]
    named = {code for path in sources for code in codes_named(path)}

    assert len(named) > 40
    assert named <= set(CATALOGUE)


def codes_named(source: Path) -> set[str]:
    """What is handed to a function as its first or second argument and looks like a code."""
    calls = (node for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    words = (each.value for call in calls for each in call.args[:2] if isinstance(each, ast.Constant))
    return {word for word in words if isinstance(word, str) and re.fullmatch(r"[A-Z]+(_[A-Z]+)+", word)}


def test_a_remark_in_both_languages() -> None:
    workbook = self_assessment().with_({"m01_1/score": "2,5"})
    issue = workbook.remark("BETWEEN_STEPS")
    swedish, english = (describe(issue, workbook.form, language) for language in ("sv", "en"))

    assert swedish.question.startswith("1.1 Fullmäktige har ett gällande beslut")
    assert swedish.message == "”2,5” är mellan två steg."
    assert swedish.expected == "2 eller 3"
    assert swedish.fix == "Välj det lägre, 2, och skriv varför i kommentaren."
    assert english.fix == "Choose the lower, 2, and say why in the comment."


def test_a_forms_own_rule_speaks_with_the_forms_own_words() -> None:
    form = fields("""
      - name: end
        type: date
        constraint: ". >= date('2026-01-01')"
        constraint_message: {sv: "Slutet ligger före omgången.", en: "The end is before the round."}
    """)
    issue = Workbook(form, {"end": "2025-12-31"}).remark("CONSTRAINT")

    assert describe(issue, form, "sv").message == "Slutet ligger före omgången."
    assert describe(issue, form, "en").message == "The end is before the round."
    assert describe(issue, form, "sv").fix == "Se över svaret ”2025-12-31” och de svar det hör ihop med."


def test_numbers_dates_and_names_are_written_in_the_readers_way() -> None:
    issue = remark("TOTAL_DIFFERS", sum=12345, total=20000)
    other = remark("OTHER_ROUND", round="2025", current={"sv": "Omgång 2026", "en": "Round 2026"})

    assert (
        describe(issue, None, "sv").message
        == "Grupperna blir tillsammans 12\u00a0345, och totalt står det 20\u00a0000."
    )
    assert describe(issue, None, "en").message == "The groups add up to 12,345, and the total is 20,000."
    assert "Omgång 2026" in describe(other, None, "sv").fix


def test_moments_are_told_with_their_time() -> None:
    saved, in_force = datetime(2026, 3, 1, 9, 5, tzinfo=UTC), datetime(2026, 3, 1, 14, 30, tzinfo=UTC)
    issue = remark("OLDER_THAN_ACCEPTED", saved=saved, in_force=in_force)

    assert "1 mars 2026 kl. 09.05" in describe(issue, None, "sv").message
    assert "1 March 2026 14:30" in describe(issue, None, "en").message


def test_a_text_without_its_word_is_told_all_the_same() -> None:
    issue = Issue("SHEET_GONE", "error", CellRef("Blad", 0, 0))

    assert describe(issue, None, "en").message.startswith("The sheet “” is missing")


@pytest.mark.parametrize(
    ("form", "path", "words"),
    [
        ("self_assessment", "m01_1/comment", "– Kommentar"),
        ("self_assessment", "roles_present/manager", "Vilka roller deltog? – Chef"),
        ("improvement_plan", "plans[P01]/measures[K02]/baseline/women", "Utgångsvärde – Kvinnor"),
        ("improvement_plan", "plans[P01]/measures", "Mål och mått"),
        ("improvement_plan", "plans[P01]/title", "Kort namn på förbättringen"),
        ("self_assessment", "no_such/path", ""),
    ],
)
def test_what_an_answer_path_asks(form: str, path: str, words: str) -> None:
    assert question_text(FORMS[form], path, "sv").endswith(words)
    assert bool(question_text(FORMS[form], path, "sv")) is bool(words)


def test_the_page_of_remarks_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.validation.issues_page"
