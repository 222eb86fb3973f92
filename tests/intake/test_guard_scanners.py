"""The fast scanner and the exact one see the same in every sheet, or the fast one leaves it to the other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheets_pipeline.errors import DeliveryError
from sheets_pipeline.intake.guard import LIMITS, inspect, sheet_exact, sheet_fast
from sheets_pipeline.intake.guard.sheet import SheetFacts
from tests.hostile.dangers import MAIN, packed, parts, row, sheet

PERCENT = frozenset({"2", "13"})

addresses = st.builds(
    "{}{}".format, st.sampled_from(["A", "B", "Z", "AA", "ZZ", "XFD", "a"]), st.sampled_from([1, 2, 99, 9_999, 10_000])
)
spaces = st.sampled_from(["", "", "", "", " ", "\n  "])
values = st.sampled_from(
    ["", "", "<v>1</v>", "<v></v>", "<v/>", '<v xml:space="preserve"> x </v>', "<v>#REF!</v>", "<is><t>i</t></is>"]
)
formulas = st.sampled_from(
    [
        "",
        "",
        "",
        "<f>A1*2</f>",
        '<f t="shared" si="0"/>',
        "<f>IF(A1=\"!\",'x y'!B2)</f>",
        '<f t="array" ref="A1">1/2</f>',
    ]
)
styles = st.sampled_from(["", ' s="1"', ' s="2"', ' s="13"', ' s="12"'])
kinds = st.sampled_from(["", "", ' t="e"', ' t="str"', ' t="s"', ' t="n"'])
afters = st.sampled_from(
    ["", '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="D4:D9"/></mergeCells>', "<!-- <c t='e'/> -->"]
)


@st.composite
def cell(draw: st.DrawFn) -> str:
    address = draw(addresses)
    head = draw(st.sampled_from([f'<c r="{address}"'] * 20 + [f"<c r='{address}'", f'<c  r="{address}"', "<c"]))
    inside = draw(spaces) + draw(formulas) + draw(spaces) + draw(values) + draw(spaces)
    style, kind = draw(styles), draw(kinds)
    return f"{head}{style}{kind}/>" if not inside.strip() else f"{head}{style}{kind}>{inside}</c>"


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    rows = "".join(row("".join(cells), n) for n, cells in enumerate(draw(st.lists(st.lists(cell(), max_size=5))), 1))
    text = sheet(rows, before='<dimension ref="A1"/><cols><col min="1" max="2"/></cols>', after=draw(afters))
    if draw(st.integers(0, 9)) == 0:
        text = text.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("<x:!", "<!")
        text = text.replace("xmlns=", "xmlns:x=")
    return text.encode()


def shown(facts: SheetFacts) -> tuple[object, ...]:
    return (
        facts.errors,
        facts.merged,
        facts.marks("formulas"),
        facts.marks("uncomputed"),
        facts.marks("percent"),
    )


@given(sheets())
def test_both_scanners_see_the_same(data: bytes) -> None:
    fast = sheet_fast.scan(data, PERCENT)
    try:
        exact, _ = sheet_exact.scan("Blad1", "sheet1.xml", data, PERCENT, LIMITS)
    except DeliveryError as error:
        assert fast is None
        assert error.code == "FAR_CELL"  # noqa: PT017
        return

    assert fast is None or shown(fast) == shown(exact)


def test_sheets_as_programs_write_them_take_the_fast_way() -> None:
    cells = '<c r="A1" s="2"><v>0.5</v></c><c r="ZZ9999" t="e"><f>B1</f><v>#N/A</v></c><c r="B1" s="1"/>'

    fast = sheet_fast.scan(sheet(row(cells)).encode(), PERCENT)

    assert fast is not None
    assert shown(fast) == ({"ZZ9999": "#N/A"}, (), {"ZZ9999"}, frozenset(), {"A1"})


@pytest.mark.parametrize(
    "cells",
    [
        "<c><v>1</v></c>",
        '<c s="1" r="A1"><v>1</v></c>',
        '<c r="a1"><v>1</v></c>',
        '<c r="AAA1"><v>1</v></c>',
        '<c r="A10000"><v>1</v></c>',
        '<c r="A0"><v>1</v></c>',
        '<c\nr="A1"><v>1</v></c>',
        '<!-- x --><c r="A1"><v>1</v></c>',
        '<?x y?><c r="A1"><v>1</v></c>',
        "<c r=\"A1\" t='e'><v>1</v></c>",
        f'<x:c xmlns:x="{MAIN}" r="A1"><x:v>1</x:v></x:c>',
    ],
)
def test_sheets_written_otherwise_are_left_to_the_exact_scanner(cells: str) -> None:
    assert sheet_fast.scan(sheet(row(cells)).encode(), PERCENT) is None


def test_the_readers_copy_is_made_of_inspected_parts_only() -> None:
    secret = b"not looked at"
    members = {**parts(), "xl/vbaProject.bin": secret, "customXml/item1.xml": b"<!DOCTYPE x>" + secret}

    inspection = inspect(packed(members), "svar.xlsm")

    assert secret not in inspection.workbook
    assert inspect(packed(members), "svar.xlsm").workbook == inspection.workbook
