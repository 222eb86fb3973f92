"""What lint refuses, one slip a test: the line marked `# here` is the line that is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sheets_pipeline.forms import Fault, lint

PlaceForm = Callable[..., Path]
LONG = "Skriv en hel mening. " * 13  # 273 characters


def found(folder: Path, code: str) -> list[Fault]:
    return [fault for fault in lint(folder) if fault.code == code]


def test_a_good_form_has_no_faults(place_form: PlaceForm, small_form: str) -> None:
    assert lint(place_form(small_form)) == ()


NAMES = [
    ("{name: status,", "{name: Status, # here\n       ", "name", "“Status” is no name"),
    (
        "  - name: about\n    shape",
        "  - name: m01\n    shape",
        "duplicate_name",
        "section “m01” stands on line",
    ),
    ("{name: m01_0,", "{name: m01_1, # here\n       ", "duplicate_name", "item “m01_1”"),
    ('number: "1",', 'number: "1.1", # here\n       ', "duplicate_name", "item number “1.1”"),
    ("- name: decided", "- name: people  # here", "duplicate_name", "question “people”"),
    ("- {name: done,", "- {name: planned, # here\n        ", "duplicate_name", "choice “planned”"),
    ("- {name: done,", "- {name: klar!, # here\n        ", "name", "“klar!”"),
    ("- name: decided", "- name: plans", "duplicate_name", "answer path “plans”"),
    ("version: 1.1.0", "version: 1.1.0-beta  # here", "version", "three numbers"),
    ("        type: boolean", "        type: boolean\n        revision: 0  # here", "revision", "begins at 1"),
    (
        "        type: boolean",
        "        type: boolean\n        equivalent_revisions: [2]  # here",
        "revision",
        "earlier ones",
    ),
]
TEXTS = [
    ("label: {sv: Antal, en: Number}", "label: {sv: Antal}  # here", "text_missing", "in en is missing"),
    ("label: {sv: Klar, en: Done}", 'label: {sv: "", en: Done}', "text_missing", "in sv is missing"),
    ("{sv: Antal, en: Number}", "{sv: Antal, en: Number, fi: Luku}  # here", "language", "“fi” is not known"),
    (
        "        type: boolean",
        f"        type: boolean\n        hint: {{sv: {LONG}, en: Short}}  # here",
        "too_long",
        "hint in sv has 272 characters",
    ),
    (
        "        type: boolean",
        f"        type: boolean\n        constraint_message: {{sv: {LONG}, en: Short}}  # here",
        "too_long",
        "constraint_message in sv",
    ),
    ("title: {sv: Skäl, en: Reasons}", f"title: {{sv: {LONG[:40]}, en: Reasons}}", "sheet_title", "takes 31"),
    (
        "title: {sv: Skäl, en: Reasons}",
        'title: {sv: "Skäl/grunder", en: Reasons}',
        "sheet_title",
        "may not have any of",
    ),
    ("title: {sv: Skäl, en: Reasons}", "title: {sv: SKATTNING, en: Reasons}", "sheet_title", "two sheets"),
    ("title: {sv: Skäl, en: Reasons}", "title: {sv: Skäl, en: History}", "sheet_title", "keep the name"),
    (
        "        type: boolean",
        '        type: boolean\n        constraint: ". = true()"  # here',
        "constraint_message",
        "say how to mend",
    ),
]
STRUCTURE = [
    ("sections: [about]", "sections: [abuot]", "unknown_section", "did you mean “about”"),
    ("sections: [about]", "sections: [plans]", "not_shown", "section about stands on no sheet"),
    ("sections: [about]", "sections: [about, plans]", "shown_twice", "section plans stands 2 times"),
    ("columns: [comment]", "columns: [evidence]", "unknown_column", "has the question “evidence”"),
    ("columns: [comment]", "columns: [score]", "not_shown", "the question comment stands on no sheet"),
    ("columns: [comment]", "columns: [score, comment]", "shown_twice", "the question score stands on 2 sheets"),
    ("prefix: K", "prefix: P  # here", "prefix", "plans has the prefix P too"),
    ("prefix: K", "prefix: k1  # here", "prefix", "one to three capital letters"),
    ("prepared: 3", "prepared: 0  # here", "prepared", "at least 1"),
    ("maximum: 5", "maximum: 1  # here", "prepared", "less than the 2 prepared"),
    ("maximum: 5", "min_rows: 9  # here", "prepared", "more than there is room for"),
    ("part: steering", "part: streering  # here", "unknown_part", "did you mean “steering”"),
    ("headline: yes, ", "", None, ""),
    ('"1.1", ', '"1.1", headline: yes, ', "headline", "one headline item, and it stands last"),
    ("    shape: fields", "    prepared: 2\n    shape: fields  # here", "shape", "belong to tables and cards"),
    ("minutes: 10\n", "", "minutes", "how many minutes"),
    ("minutes: 10", "minutes: 10\nmode_by_occasion: {bm9: full}  # here", "unknown_occasion", "“bm9”"),
    ("minutes: 10", "minutes: 10\nmode_by_occasion: {bm1: full}  # here", "unknown_mode", "“full”"),
]
QUESTIONS = [
    ("        type: boolean", "        type: boolean\n        unit: SEK  # here", "wrong_key", "unit belongs to"),
    ("choices: statuses\n", "choices: status  # here\n", "unknown_list", "did you mean “statuses”"),
    ("        choices: statuses\n", "", "choices", "give choices or choices_from"),
    ("scales: [s3]", "scales: [s4]  # here", "unknown_list", "scale “s4”"),
    ("scales: [s3]\n", "", "choices", "add “scales: […]”"),
    ("default: planned", "default: plan", "default", "did you mean “planned”"),
    (
        "        choices: statuses\n",
        "        choices: statuses\n        max_choices: 3  # here\n",
        "max_choices",
        "only 2",
    ),
    (
        "        choices: statuses\n",
        "        choices: statuses\n        max_choices: 0  # here\n",
        "max_choices",
        "1 or more",
    ),
    ("groups: [women, men]", "groups: []", "groups", "between which groups"),
    ("groups: [women, men]", "groups: [women, boys]  # here", "groups", "group boys has no title"),
    ("of: integer", "of: text  # here", "wrong_key", "a split holds numbers"),
    ("        type: boolean", "        type: calculate  # here", "missing_key", "what is calculated"),
    ("required: yes\n", "required: yes\n        required_from: bm7  # here\n", "unknown_occasion", "“bm7”"),
    (
        "        type: boolean",
        "        type: boolean\n        required_from: bm2  # here",
        "required_from",
        "goes with",
    ),
    ("max_length: 600", 'pattern: "[0-9"  # here', "pattern", "cannot be read"),
    ("max_length: 600", "max_length: 0  # here", "max_length", "at least 1"),
    ("        type: boolean", "        type: boolean\n        prefill: kolda.N1  # here", "prefill", "“kolda.N1”"),
    ("        type: boolean", "        type: boolean\n        locked: yes  # here", "prefill", "nothing is prefilled"),
    ("value: 2, ", "", "scale", "needs at least two choices"),
    ("non_answer: yes, ", "", "scale", "has either a value or"),
    (
        "label: {sv: Klar, en: Done}",
        "label: {sv: Planeras, en: Done}",
        "ambiguous_choice",
        "means both planned and done",
    ),
]
EXPRESSIONS = [
    ("${decided} = false()", "${decide} = false()", "unknown_reference", "did you mean “decided”"),
    ("${decided} = false()", "${people} > 3", "many_answers", "${people/women}"),
    ("${decided} = false()", "${roles} = 'done'", "many_answers", "use selected(${roles}, '…')"),
    ("${decided} = false()", "${plans/learned} != 'x'", "many_answers", "one answer a row"),
    ("${decided} = false()", "${goal} = 'x'", "unknown_reference", "“goal”"),
    ("${decided} = false()", "${reason} = ''", "circle", "comes back to itself"),
    ("${decided} = false()", ". = ''", "itself", "is for constraints"),
    ("${decided} = false()", "${people/women} = 'many'", "kinds", "a number is compared with a text"),
    ("${decided} = false()", "${assessed_on} > 3", "kinds", "write date("),
    ("${decided} = false()", "${decided} > 0", "kinds", "has no order"),
    ("${decided} = false()", "${decided} + 1 = 2", "kinds", "cannot be reckoned with"),
    ("${decided} = false()", "${people/women}", "not_a_condition", "neither true nor false"),
    ("${decided} = false()", "${decided} and 'yes'", "not_a_condition", "a text is neither"),
    ("${decided} = false()", "selected(${roles}, 'plannned')", "unknown_choice", "did you mean “planned”"),
    ("${decided} = false()", "${m01_1/score} = 4", "unknown_choice", "“4” is not among the answers"),
    ("${decided} = false()", "$level = 'units'", "unknown_choice", "did you mean “unit”"),
    ("${decided} = false()", "$occasion = 'bm8'", "unknown_choice", "“bm8”"),
    ("${decided} = false()", "pulldata('other', '.', 'bm1') = 1", "unknown_form", "“other”"),
    ("${decided} = false()", "pulldata('small_form', 'm01_7/score', 'bm1') = 1", "unknown_reference", "m01_7/score"),
    ("${decided} = false()", "pulldata('small_form', '.', 'bm8') = ''", "unknown_occasion", "“bm8”"),
    ("${decided} = false()", "regex(${assessed_on}, '2.*')", "pipeline_only", "not while people type"),
]
MIGRATIONS = [
    ("from_version: 1.0.0", "from_version: 1.1.0  # here", "version", "must be earlier"),
    ('"reason_why": "reason"', '"reason_why": "reasons"', "migration", "did you mean “reason”"),
    ('"reason_why": "reason"', '"plans[P01]/title": "plans[P01]/learned"', None, ""),
    ('"old_question"', '"assessed_on"', "migration", "is still an answer"),
]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"), NAMES + TEXTS + STRUCTURE + QUESTIONS + EXPRESSIONS + MIGRATIONS
)
def test_slips(place_form: PlaceForm, small_form: str, old: str, new: str, code: str | None, words: str) -> None:
    text = small_form.replace(old, new, 1)
    assert text != small_form
    folder = place_form(text)
    if code is None:
        assert [fault for fault in lint(folder) if fault.severity == "error"] == []
        return

    faults = [fault for fault in found(folder, code) if words in fault.message]

    assert faults, [str(fault) for fault in lint(folder)]
    assert faults[0].file == str(folder / "form.yaml")
    marked = [number for number, line in enumerate(text.splitlines(), 1) if "# here" in line]
    assert not marked or marked[0] in [fault.line for fault in faults]


def test_a_rule_too_long_for_a_cell_is_told_with_its_length(place_form: PlaceForm, small_form: str) -> None:
    rule = " or ".join(f". = 'choice number {number} of the list'" for number in range(10))
    message = "constraint_message: {sv: Välj., en: Choose.}, "
    text = small_form.replace("- {name: learned,", f'- {{constraint: "{rule}", {message}name: learned,')

    (fault,) = found(place_form(text), "too_long")

    assert "a spreadsheet takes 255" in fault.message


def test_a_long_list_of_choices_is_no_fault(place_form: PlaceForm, small_form: str) -> None:
    choices = "\n".join(f"      - {{name: c{n}, label: {{sv: Val nummer {n}, en: Choice {n}}}}}" for n in range(60))
    text = small_form.replace("  statuses:\n    choices:\n", f"  statuses:\n    choices:\n{choices}\n")

    assert lint(place_form(text)) == ()


def test_names_are_looked_up_from_the_row_outwards(place_form: PlaceForm, small_form: str) -> None:
    text = small_form.replace("{name: goal, type: text,", "{name: goal, type: text, relevant: \"${status} = 'done'\",")
    text = text.replace(
        "{name: learned, type: longtext,", '{name: learned, type: longtext, required: "count(${measures/goal}) > 0",'
    )
    text = text.replace(
        "{name: comment, type: longtext,", "{name: comment, type: longtext, required: \"${score} = 'dont_know'\","
    )

    assert lint(place_form(text)) == ()


def test_what_only_the_pipeline_checks_is_information(place_form: PlaceForm, small_form: str) -> None:
    text = small_form.replace("${decided} = false()", "${assessed_on} < today()")

    (fault,) = lint(place_form(text))

    assert fault.severity == "info"
    assert "today() changes from day to day" in fault.message


def test_an_unused_list_is_a_warning(place_form: PlaceForm, small_form: str) -> None:
    text = small_form.replace(
        "  statuses:\n", "  spare:\n    choices: [{name: a, label: {sv: A, en: A}}]\n  statuses:\n"
    )

    (fault,) = lint(place_form(text))

    assert (fault.code, fault.severity) == ("unused_list", "warning")


def test_faults_of_reading_come_first_and_alone(place_form: PlaceForm, small_form: str) -> None:
    text = small_form.replace("minutes: 10", "minuts: 10").replace("{name: status,", "{name: Status,")

    assert [fault.code for fault in lint(place_form(text))] == ["unknown_key"]


def test_a_folder_of_forms_is_linted_whole_or_by_name(place_form: PlaceForm, small_form: str) -> None:
    place_form("a: [", "broken_form")
    folder = place_form(small_form.replace("part: steering", "part: unknown")).parent

    assert [fault.code for fault in lint(folder)] == ["unreadable", "unknown_part"]
    assert [fault.code for fault in lint(folder, forms=["small_form"])] == ["unknown_part"]
    assert [fault.code for fault in lint(folder / "small_form")] == ["unknown_part"]
    assert [fault.message for fault in lint(folder, forms=["smal_form"])] == [
        "there is no form “smal_form”: did you mean “small_form”?"
    ]


def test_occasions_are_those_of_the_edition(place_form: PlaceForm, small_form: str) -> None:
    folder = place_form(small_form.replace("required: yes\n", "required: yes\n        required_from: autumn\n", 1))

    assert [fault.code for fault in lint(folder)] == ["unknown_occasion"]
    assert lint(folder, occasions=["spring", "autumn"]) == ()


def test_the_forms_of_this_project_are_without_fault(root: Path) -> None:
    assert [str(fault) for fault in lint(root / "workbook_templates") if fault.severity != "info"] == []
