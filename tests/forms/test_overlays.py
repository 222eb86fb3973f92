"""Local wording laid over a form's own: texts change, names never."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sheets_pipeline.errors import FormError
from sheets_pipeline.forms import from_source, read_catalogue, read_form

PlaceForm = Callable[..., Path]


def overlay(folder: Path, text: str, name: str = "small_form") -> Path:
    path = folder / "overlays" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_wording_is_replaced_and_the_rest_stays(place_form: PlaceForm, small_form: str, tmp_path: Path) -> None:
    folder = place_form(small_form)
    path = overlay(
        tmp_path,
        """
labels:
  m01_1: {label: {sv: Fullmäktige har beslutat.}, hint: {sv: Se protokollet., en: See the minutes.}}
  m01: {title: {sv: Politiskt uppdrag}}
  statuses/done: {label: {sv: Slutförd}}
  plans/status: {label: {sv: Status}}
  assessed_on: {label: {sv: Datum}}
  sheets/scores: {title: {sv: Poäng}}
  part_titles/steering: {title: {sv: Ledning}}
  small_form: {title: {sv: SKR:s blankett}}
""",
    )

    own, laid_over = read_form(folder), read_form(folder, overlay=path)

    item = laid_over.section("m01").items[0]
    assert item.label == {"sv": "Fullmäktige har beslutat.", "en": "We have a decision."}
    assert item.hint["en"] == "See the minutes."
    assert laid_over.section("m01").title["sv"] == "Politiskt uppdrag"
    assert laid_over.choice_lists["statuses"].choices[1].label["sv"] == "Slutförd"
    assert laid_over.section("plans").questions[0].label["sv"] == "Status"
    assert laid_over.sheets[1].title["sv"] == "Poäng"
    assert laid_over.part_titles["steering"]["sv"] == "Ledning"
    assert laid_over.title["sv"] == "SKR:s blankett"
    assert [item.name for item in laid_over.section("m01").items] == [item.name for item in own.section("m01").items]
    assert laid_over.overlay == hashlib.sha256(path.read_bytes()).hexdigest()
    assert own.overlay == ""
    assert laid_over.definition != own.definition
    assert from_source(laid_over.source) == laid_over


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("labels:\n  m01_9: {label: {sv: x}}\n", 2, "nothing named “m01_9”: did you mean “m01_"),
        ("labels:\n  m01_1: {name: m01_2}\n", 2, "there is no key “name”"),
        ("labels:\n  m01_1:\n    label: Beslut\n", 3, "label must say its language"),
        ("texts:\n  m01_1: {}\n", 1, "there is no key “texts”: known are: labels"),
    ],
)
def test_what_an_overlay_cannot_mean_is_told_with_its_line(
    place_form: PlaceForm, small_form: str, tmp_path: Path, text: str, line: int, words: str
) -> None:
    path = overlay(tmp_path, text)

    with pytest.raises(FormError) as caught:
        read_form(place_form(small_form), overlay=path)

    (fault,) = caught.value.faults
    assert fault.startswith(f"{path}:{line}: ")
    assert words in fault


def test_a_question_that_stands_in_two_sections_is_named_with_its_section(
    place_form: PlaceForm, small_form: str, tmp_path: Path
) -> None:
    folder = place_form(small_form.replace("{name: learned,", "{name: goal,"))

    with pytest.raises(FormError, match="write it as section/goal"):
        read_form(folder, overlay=overlay(tmp_path, "labels:\n  goal: {label: {sv: Mål}}\n"))
    read_form(folder, overlay=overlay(tmp_path, "labels:\n  plans/goal: {label: {sv: Mål}}\n"))


def test_overlays_reach_lists_of_another_forms_statements(
    place_form: PlaceForm, small_form: str, tmp_path: Path
) -> None:
    place_form(small_form.replace("small_form", "zeta_form"), "zeta_form")
    lists = small_form.replace("default: planned, ", "").replace("choices: statuses", "choices_from: zeta_form.items")
    folder = place_form(lists).parent
    overlay(tmp_path, "labels:\n  m01_1: {label: {sv: Beslut finns.}}\n", "zeta_form")

    listed = read_catalogue(folder, tmp_path / "overlays")["small_form"].choice_lists["zeta_form.items"]

    assert listed.choices[0].label["sv"] == "1.1 Beslut finns."


def test_an_overlay_for_no_form_is_a_fault(place_form: PlaceForm, small_form: str, tmp_path: Path) -> None:
    folder = place_form(small_form).parent
    overlay(tmp_path, "labels: {}\n", "smal_form")

    with pytest.raises(FormError, match="there is no form “smal_form”: did you mean “small_form”"):
        read_catalogue(folder, tmp_path / "overlays")
    with pytest.raises(FormError, match="folder with label overlays is not there"):
        read_catalogue(folder, tmp_path / "nowhere")
