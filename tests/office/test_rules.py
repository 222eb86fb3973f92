"""The rules in the sheets, judged by LibreOffice, against the pipeline's own judgement of the same file."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.slots import Slot
from tests.office.built import Bench
from tests.office.office import Book, Office

# What must pass and what must fail, typed as a person does. A path alone stands for every cell of its kind.
GOOD: dict[str, tuple[str, ...]] = {
    "scale": ("1", "4", "VE", "EA"),
    "integer": ("3", "5"),
    "decimal": ("27,4", "0"),
    "percent": ("45 %", "0 %"),
    "year": ("2025", "2007"),
    "boolean": ("Ja", "Nej"),
    "option": ("x",),
    "select_one": (),
    "text": ("Kort",),
    "longtext": ("Kort",),
}
BAD: dict[str, tuple[str, ...]] = {
    "scale": ("5", "0", "sällan"),
    "integer": ("2,5", "många", "-1"),
    "decimal": ("flera",),
    "percent": ("hälften",),
    "year": ("199", "i fjol"),
    "boolean": ("kanske",),
    "option": ("nästan",),
    "select_one": ("Något annat",),
    "text": (),
    "longtext": (),
}
FREE = {"date", "url", "email"}  # any text may be a period; what is an address is judged on reading only
FORMS = ["facts", "assessment", "plans"]


def kind_of(slot: Slot) -> str:
    if slot.type == "boolean" and (
        slot.key or slot.question.appearance == "option" or "(x)" in slot.question.label["sv"]
    ):
        return "option"
    return slot.type


def samples(bench: Bench) -> dict[tuple[str, str], list[tuple[Slot, CellRef]]]:
    """Slots by (question, kind): a rule is the same for all slots of a question in a section."""
    found: dict[tuple[str, str], list[tuple[Slot, CellRef]]] = {}
    for slot, ref, _ in bench.layout.places():
        if slot.type not in FREE and not slot.question.locked:
            found.setdefault((f"{slot.section}.{slot.question.name}", kind_of(slot)), []).append((slot, ref))
    return found


def typed(slot: Slot, words: tuple[str, ...], *, good: bool) -> tuple[str, ...]:
    """The values for one slot: a list's own first and last, a text just within or just past its length."""
    if slot.type == "select_one" and slot.choices is not None and good:
        return slot.choices.choices[0].shown("sv"), slot.choices.choices[-1].shown("sv")
    longest = slot.question.max_length
    if slot.type in {"text", "longtext"} and longest:
        return ("å" * longest,) if good else ("å" * (longest + 1),)
    return words


def plan_of_entries(bench: Bench, *, good: bool) -> dict[CellRef, str]:
    """Cell → what is typed there: each value of a kind into another cell of the question, or one after the other."""
    entries: dict[CellRef, str] = {}
    for (_, kind), places in samples(bench).items():
        values = typed(places[0][0], (GOOD if good else BAD)[kind], good=good)
        for (_, ref), value in zip(places, values, strict=False):
            entries[ref] = value
    return entries


def enter(book: Book, entries: dict[CellRef, str]) -> set[CellRef]:
    """Type everything; the cells that LibreOffice's own validation marks."""
    for ref, value in entries.items():
        book.type(ref.sheet, ref.a1, value)
    marked: set[CellRef] = set()
    for sheet in {ref.sheet for ref in entries}:
        book.do("unprotect", sheet=sheet)
        marked |= {CellRef.parse(f"'{sheet}'!{a1}") for a1 in book.do("invalid", sheet=sheet)}
    return marked


@pytest.mark.parametrize("form", FORMS)
def test_what_must_pass_passes_in_the_sheet_and_on_reading(
    office: Office, form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    bench: Bench = request.getfixturevalue(form)
    entries = plan_of_entries(bench, good=True)
    with office.open(bench.path) as book:
        marked = enter(book, entries)
        found = bench.checked(book.save_as(tmp_path / "saved.xlsx"))
    assert len(entries) > 10
    assert marked == set()
    unread = {issue.cell: issue.code for issue in found.issues if issue.cell in entries and issue.severity == "error"}
    assert unread == {}


@pytest.mark.parametrize("form", FORMS)
def test_what_must_fail_is_marked_in_the_sheet_and_told_on_reading(
    office: Office, form: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    bench: Bench = request.getfixturevalue(form)
    entries = plan_of_entries(bench, good=False)
    with office.open(bench.path) as book:
        marked = enter(book, entries)
        found = bench.checked(book.save_as(tmp_path / "saved.xlsx"))
    assert len(entries) > 5
    assert {str(ref): entries[ref] for ref in entries.keys() - marked} == {}
    assert {str(ref): entries[ref] for ref in entries.keys() - found.told()} == {}
