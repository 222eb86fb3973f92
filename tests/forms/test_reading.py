"""Definitions that people write become forms; what is wrong is told with its line."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from sheets_pipeline.errors import FormError
from sheets_pipeline.forms import from_source, read_catalogue, read_form
from sheets_pipeline.model.expressions import parse
from sheets_pipeline.model.submissions import content_hash

PlaceForm = Callable[..., Path]


def faults_of(folder: Path) -> tuple[str, ...]:
    with pytest.raises(FormError) as caught:
        read_form(folder)
    assert caught.value.exit_code == 3
    return caught.value.faults


def test_a_definition_is_read_as_its_author_means_it(place_form: PlaceForm, small_form: str) -> None:
    form = read_form(place_form(small_form))

    assert (form.form_id, form.version, form.minutes) == ("small_form", "1.1.0", 10)
    assert [section.name for section in form.walk()] == ["about", "m01", "plans", "measures"]
    assessed_on, *_, reason = form.section("about").questions
    assert assessed_on.required == parse("true()")
    assert reason.label == {"sv": "Varför?", "en": "Why?"}  # through an anchor
    assert reason.relevant == parse("${decided} = false()")
    assert form.section("m01").items[1].headline
    assert form.choice_lists["s3"].scores == (1, 2)
    assert form.migrations[0].renamed == {"reason_why": "reason"}


def test_an_archived_definition_is_the_same_form(place_form: PlaceForm, small_form: str) -> None:
    form = read_form(place_form(small_form))
    archived = json.loads(json.dumps(form.source, sort_keys=True))

    assert from_source(archived) == form
    assert form.definition == content_hash(form.source)
    assert "anchors" not in form.source
    assert pickle.loads(pickle.dumps(form)) == form  # noqa: S301 - its own bytes


def test_a_changed_word_is_another_definition_and_a_comment_is_not(place_form: PlaceForm, small_form: str) -> None:
    before = read_form(place_form(small_form)).definition

    assert read_form(place_form(small_form.replace("Which day?", "What day?"))).definition != before
    assert read_form(place_form("# a remark\n" + small_form)).definition == before


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("minutes: 10", "minuts: 10  # here", "there is no key “minuts”: did you mean “minutes”?"),
        ("        type: date", "        type: day  # here", "type “day” is not known"),
        ("    shape: items", "    shape: list  # here", "shape “list” is not known"),
        ("cadence: point", "cadence: weekly  # here", "cadence “weekly” is not known"),
        ("version: 1.1.0", "version: 1.1  # here", "version must be a text (put it in quotes)"),
        ("        max_length: 600", "        max_length: long  # here", "max_length must be a whole number"),
        ("        required: yes", "        required: [a]  # here", "required must be an expression in quotes"),
        ("        required: yes", "        locked: always  # here", "locked must be yes or no"),
        ('${decided} = false()"', '${decided} == false()"  # here', "write = to compare"),
        ("groups: [women, men]", "groups: women  # here", "groups must be a list"),
        ("groups: [women, men]", "groups: [women, all]  # here", "group “all”"),
        ("{sv: Om oss, en: About us}, sections", "Om oss, sections", "title must say its language"),
        ('number: "1.1"', "number: 1.1", "number must be a text (put it in quotes)"),
        ("prepared: 3", "prepared: 0114  # here", "0114 could be read in several ways"),
        ("prepared: 3", "prepared: 12:30  # here", "12:30 could be read in several ways"),
        ("minutes: 10", "minutes: 10\nminutes: 12  # here", "“minutes” stands here twice"),
        ("minutes: 10", "minutes: 10\n2017: x  # here", "the key 2017 must stand in quotes"),
        ("minutes: 10", "minutes: !!python/name:os.system 10  # here", "could be read in several ways"),
        ("minutes: 10", "minutes: *nobody  # here", "undefined alias"),
        ("minutes: 10", "minutes: [10  # here", "check the indentation"),
        ("form_id: small_form", "form_id: other_form  # here", "must be the folder's name, “small_form”"),
    ],
)
def test_each_slip_is_told_with_its_line(
    place_form: PlaceForm, small_form: str, old: str, new: str, words: str
) -> None:
    text = small_form.replace(old, new, 1)
    assert text != small_form

    faults = faults_of(place_form(text))

    assert any(words in fault for fault in faults), faults
    marked = [number for number, line in enumerate(text.splitlines(), 1) if "# here" in line]
    if marked:
        lines = [int(fault.split("form.yaml:")[1].split(":")[0]) for fault in faults if words in fault]
        assert abs(lines[0] - marked[0]) <= ("check the" in words)  # an open bracket shows one line later


def test_every_fault_comes_out_at_once(place_form: PlaceForm, small_form: str) -> None:
    text = small_form.replace("minutes: 10", "minutes: ten").replace("type: date", "type: day")
    text = text.replace("        label: *reason\n", "")

    faults = faults_of(place_form(text))

    assert [fault.split(": ", 1)[1].split(":")[0] for fault in faults] == [
        "form",
        "question assessed_on",
        "question reason",
    ]


def test_aliases_within_aliases_do_not_fill_the_memory(place_form: PlaceForm) -> None:
    lines = ["anchors:", "  a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"  a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]

    (fault,) = faults_of(place_form("\n".join(lines)))

    assert "aliases within aliases" in fault


@pytest.mark.parametrize("text", ["", "- a list\n", "just words\n", "a: 1\n---\nb: 2\n", "a: \x00\n"])
def test_a_file_that_is_no_definition_is_told_so(place_form: PlaceForm, text: str) -> None:
    (fault,) = faults_of(place_form(text))

    assert "form.yaml:" in fault


def test_merge_keys_bring_in_what_is_not_said(place_form: PlaceForm, small_form: str) -> None:
    text = small_form.replace("anchors:\n", "anchors:\n  long: &long {type: longtext, max_length: 400}\n")
    text = text.replace("{name: comment, type: longtext,", "{<<: *long, max_length: 500, name: comment,")

    comment = read_form(place_form(text)).section("m01").questions[1]

    assert (comment.type, comment.max_length) == ("longtext", 500)


def test_instructions_may_lie_beside_the_form(place_form: PlaceForm, small_form: str) -> None:
    folder = place_form(small_form)
    (folder / "instructions.sv.md").write_text(
        "# Så gör ni\n\nLäs påståendet\nhögt.\n\n- Ett\n- Två\n", encoding="utf-8"
    )
    (folder / "instructions.en.md").write_text("Read it aloud.\n", encoding="utf-8")

    form = read_form(folder)

    assert form.instruction == {"sv": "Så gör ni\n\nLäs påståendet högt.\n\n- Ett\n- Två", "en": "Read it aloud."}
    assert from_source(form.source) == form


def test_a_list_of_another_forms_statements_is_written_into_the_definition(
    place_form: PlaceForm, small_form: str
) -> None:
    folder = place_form(small_form).parent
    long_label = "Vi har ett beslut som gäller alla nämnder och styrelser och som följs upp varje år."
    place_form(small_form.replace("Vi har ett beslut.", long_label).replace("small_form", "asked_form"), "asked_form")
    place_form(
        small_form.replace("default: planned, ", "").replace("choices: statuses", "choices_from: asked_form.items")
    )

    form = read_catalogue(folder)["small_form"]

    listed = form.choice_lists["asked_form.items"]
    assert [choice.name for choice in listed.choices] == ["m01_1", "m01_0"]
    assert listed.choices[0].label["sv"] == f"1.1 {long_label}"
    shown = listed.choices[0].shown("sv")
    assert shown.startswith("1.1 Vi har ett beslut som gäller alla nämnder")
    assert shown.endswith("…")
    assert len(shown) <= 60
    assert from_source(form.source) == form


def test_a_list_that_no_form_has_is_a_fault(place_form: PlaceForm, small_form: str) -> None:
    folder = place_form(small_form.replace("choices: statuses", "choices_from: smal_form.items"))

    with pytest.raises(FormError, match=r"“smal_form.items” has no choices: did you mean “small_form.items”"):
        read_catalogue(folder.parent)


def test_faults_of_all_forms_come_out_together(place_form: PlaceForm, small_form: str) -> None:
    place_form("a: [", "broken_form")
    folder = place_form(small_form.replace("minutes: 10", "minutes: ten")).parent

    with pytest.raises(FormError) as caught:
        read_catalogue(folder)

    assert [Path(fault.split(":")[0]).parent.name for fault in caught.value.faults] == ["broken_form", "small_form"]


def test_a_folder_without_forms_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(FormError, match="no form here"):
        read_catalogue(tmp_path)


def test_the_forms_of_this_project_survive_their_archive(root: Path) -> None:
    forms = read_catalogue(root / "workbook_templates")

    assert forms
    for form in forms.values():
        assert from_source(json.loads(json.dumps(form.source))) == form
