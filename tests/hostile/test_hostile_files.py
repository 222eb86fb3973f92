"""Every danger is named, in the guard and through a worker, and the files around it are read all the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.intake.guard import inspect
from sheets_pipeline.model.cells import Grid
from sheets_pipeline.model.file_codes import REFUSALS
from sheets_pipeline.workbooks.worker import ReaderPool
from tests.hostile.dangers import DANGERS, Danger, packed, parts
from tests.hostile.reading import READ, grid_of

GOOD = packed(parts())

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name")  # twins in a zip are what is made here


@pytest.mark.parametrize("danger", DANGERS, ids=lambda danger: danger.name)
def test_a_danger_is_refused_by_its_own_code(danger: Danger) -> None:
    with pytest.raises(DeliveryError) as refused:
        inspect(danger.make(), danger.file)

    assert refused.value.code == danger.code
    assert refused.value.hint


def test_every_code_but_the_readers_own_has_a_file_that_brings_it_about() -> None:
    codes = {code.code for code in REFUSALS if not code.code.startswith("READER_")}

    assert codes == {danger.code for danger in DANGERS}


def test_good_files_among_the_dangers_are_read_and_the_dangers_named() -> None:
    files: list[tuple[str, bytes]] = []
    for danger in DANGERS:
        files += [(danger.file, danger.make()), ("god.xlsx", GOOD)]

    with ReaderPool(2) as readers:
        outcomes = list(readers.map(READ, files))

    assert [error.code for error in outcomes[::2]] == [danger.code for danger in DANGERS]
    assert all(isinstance(grid, Grid) and grid.sheets[0].cells[0, 0] == "answer" for grid in outcomes[1::2])


@settings(max_examples=500)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_a_changed_byte_never_changes_an_answer_in_silence(place: int, change: int) -> None:
    mutant = bytearray(GOOD)
    mutant[place] ^= change

    try:
        grid = grid_of(("svar.xlsx", bytes(mutant)))
    except DeliveryError as refused:
        assert refused.code  # noqa: PT017 - a finding is the other good outcome
    else:
        assert dict(grid.sheets[0].cells) == {(0, 0): "answer"}


@given(st.integers(0, len(GOOD) - 1))
def test_a_file_cut_short_is_never_read_in_part(length: int) -> None:
    with pytest.raises(DeliveryError):
        grid_of(("svar.xlsx", GOOD[:length]))
