"""Which cell holds which answer: every answer once, every key its own, the same for the same form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.layout import Key, Layout, answer_path, lay_out, parse_key
from sheets_pipeline.model.layout.keys import KeyKind
from sheets_pipeline.model.slots import slots
from sheets_pipeline.model.submissions import Parameters
from tests.pipeline.trial import PARAMETERS, form, layout
from tests.templates.shipped import FORMS

REAL = [
    pytest.param(
        FORMS[name],
        Parameters(
            language=language, occasion="bm1", level=level, mode=mode, scale=scale, counts=counts, edition="e2023"
        ),
        id=f"{name}-{language}-{level}-{mode}-{scale}-{counts or 'agreed'}",
    )
    for name in FORMS
    for language, level, mode, scale, counts in [
        ("sv", "overall", "full", "s4", ""),
        ("en", "unit", "quick", "s3", ""),
        ("sv", "overall", "full", "s4", "headline"),
        ("sv", "unit", "full", "s4", "all"),
    ]
]


def keys_of(one: Layout) -> Iterator[str]:
    """The row keys a writer puts down, each as often as a row carries it."""
    for sheet in one.sheets:
        for block in sheet.blocks:
            yield from (str(Key("row", one.tag, block.id, line.path)) for line in block.lines)


@pytest.mark.parametrize(("shipped", "parameters"), REAL)
def test_every_answer_that_is_asked_for_has_exactly_one_cell(shipped: Form, parameters: Parameters) -> None:
    placed = Counter(slot.path for slot, _, _ in lay_out(shipped, parameters).places())
    asked = [slot.path for slot in slots(shipped, parameters)]
    assert placed == Counter(asked)
    assert set(placed.values()) == {1}


@pytest.mark.parametrize(("shipped", "parameters"), REAL)
def test_no_two_answers_share_a_cell_and_no_two_rows_a_key(shipped: Form, parameters: Parameters) -> None:
    one = lay_out(shipped, parameters)
    cells = Counter(one.cells().values())
    assert max(cells.values()) == 1
    assert max(Counter(keys_of(one)).values()) == 1
    titles = [sheet.title for sheet in one.sheets]
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(len(title) <= 31 for title in titles)


@pytest.mark.parametrize(("shipped", "parameters"), REAL)
def test_rows_do_not_overlap_and_keep_clear_of_the_key_columns(shipped: Form, parameters: Parameters) -> None:
    for sheet in lay_out(shipped, parameters).sheets:
        rows = [
            row
            for block in sheet.blocks
            for row in (
                block.title_row,
                block.key_row,
                block.head_row,
                *(line.row for line in block.lines),
                block.end_row,
            )
            if row is not None
        ]
        assert rows == sorted(set(rows))
        assert all(row >= sheet.freeze_row for row in rows)
        for block in sheet.blocks:
            columns = [column.index for column in block.columns]
            assert len(set(columns)) == len(columns)
            assert min(columns) > 0
            assert max(columns) < sheet.right_key
            assert all(column.title or column.role == "status" for column in block.columns)


def test_the_same_form_and_parameters_give_the_same_layout() -> None:
    assert layout() == layout()
    assert lay_out(form(), replace(PARAMETERS)) == layout()


def test_the_path_of_a_row_and_the_key_of_a_column_make_the_answers_path() -> None:
    for sheet in layout().sheets:
        for block in sheet.blocks:
            for line in block.lines:
                for key, slot in line.slots.items():
                    assert answer_path(line.path, key) == slot.path


@given(
    kind=st.sampled_from(["sheet", "block", "column", "row", "end"]),
    tag=st.sampled_from(["trial", "trial@bun"]),
    block=st.text(alphabet="abcåäö_.[]/0123456789", max_size=40),
    name=st.text(alphabet="abcåäö_.[]/0123456789 ", max_size=40).map(str.strip),
)
def test_a_key_that_was_written_is_read_back(kind: KeyKind, tag: str, block: str, name: str) -> None:
    key = Key(kind, tag, block, name)
    assert parse_key(str(key)) == key
    assert parse_key(f"{key} ") == key


@pytest.mark.parametrize(
    "text",
    ["", "§", "§r", "§r|trial|b", "§r|trial|b|n|m", "§x|trial|b|n", "r|trial|b|n", "Se § 3 | lagen | om | x", None, 4],
)
def test_what_only_looks_like_a_key_is_none(text: object) -> None:
    assert parse_key(text) is None


def test_a_unit_has_its_own_tag_and_sheet_names() -> None:
    own = layout(replace(PARAMETERS, level="unit"), unit="bun")
    assert own.tag == "trial@bun"
    assert [sheet.title for sheet in own.sheets][:2] == ["Om oss BUN", "Skattning BUN"]
    assert not {sheet.title for sheet in own.sheets} & {sheet.title for sheet in layout().sheets}


def test_a_long_sheet_name_is_cut_so_that_the_unit_still_shows() -> None:
    long = replace(
        form(), sheets=tuple(replace(sheet, title={"sv": f"{sheet.name} {'x' * 40}"}) for sheet in form().sheets)
    )
    titles = [sheet.title for sheet in lay_out(long, PARAMETERS, "kommunstyrelsen").sheets]
    assert all(len(title) <= 31 for title in titles)
    assert all(title.endswith(" KOMMUNSTYRELSEN") for title in titles)


def test_quick_mode_asks_the_headline_question_alone() -> None:
    quick = layout(replace(PARAMETERS, mode="quick"))
    assert [path for path in quick.cells() if path.endswith("/score")] == ["m01_0/score"]


def test_counts_of_hands_stand_before_the_agreed_value_of_headline_questions() -> None:
    hands = layout(replace(PARAMETERS, counts="headline"))
    extra = hands.cells().keys() - layout().cells().keys()
    assert extra == {f"m01_0/hands/{step}" for step in ("1", "2", "3", "4", "dont_know")}
    (meeting,) = [sheet for sheet in hands.sheets if sheet.view == "meeting"]
    roles = [column.role for column in meeting.blocks[0].columns]
    assert roles == ["label", *["count"] * 5, "answer", "word", "previous", "status"]
    cells = hands.cells()
    assert cells["m01_0/hands/1"].column < cells["m01_0/hands/4"].column < cells["m01_0/score"].column
    assert {cells[path].row for path in extra} == {cells["m01_0/score"].row}


def test_counts_for_all_stand_at_every_statement() -> None:
    paths = layout(replace(PARAMETERS, counts="all")).cells()
    assert {"m01_1/hands/1", "m01_0/hands/dont_know"} <= paths.keys()


def test_rows_that_are_in_use_are_printed_again() -> None:
    prepared = {"goals": ("G01", "G02", "G07"), "plans": ("P01", "P02", "P03")}
    more = layout(replace(PARAMETERS, prepared=prepared))
    assert "goals[G07]/goal" in more.cells()
    assert "goals[G03]/goal" not in more.cells()
    assert {"Plan 3", "Plan 3 mått"} <= {sheet.title for sheet in more.sheets}
