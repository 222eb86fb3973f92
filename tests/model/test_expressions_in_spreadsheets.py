"""A rendered formula says in a real spreadsheet program what the evaluator says here."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sheets_pipeline.model.expressions import as_formula, evaluate, parse
from sheets_pipeline.model.submissions import Value

CASES = 500
EPOCH = date(1899, 12, 30)
CONTEXT: Mapping[str, Value] = {"occasion": "final", "level": "unit", "scale": ""}

# Halves and quarters are exact in binary: what differs then differs in meaning, not in the last digit.
NUMBERS = st.one_of(st.integers(-50, 50), st.integers(-200, 200).map(lambda n: Decimal(n) / 4))
CHOICES = ("planned", "done", "dont_know")
CELLS: dict[str, st.SearchStrategy[Value | None]] = {
    **dict.fromkeys(("count_a", "count_b", "list/1", "list/2", "list/3"), st.none() | NUMBERS),
    "divisor": st.sampled_from([None, 0, 1, 2, 4, -2]),
    **dict.fromkeys(("status", "kinds/1", "kinds/2", "kinds/3"), st.none() | st.sampled_from(CHOICES)),
    "note": st.none() | st.text(alphabet="abcåäö ", min_size=1, max_size=9).filter(lambda text: text == text.strip()),
    **dict.fromkeys(("decided", "roles/chief"), st.none() | st.booleans()),
    **dict.fromkeys(("begins", "ends"), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))),
}
COLUMNS = {name: column for column, name in enumerate(CELLS)}


@dataclass(frozen=True)
class Answers:
    """The filled-in cells of one example, as an expression sees them."""

    cells: Mapping[str, Value | None]

    def value(self, name: str) -> Value | None:
        return self.cells.get(name)

    def values(self, name: str) -> Sequence[Value]:
        if name == "roles":
            return ["chief"] if self.cells["roles/chief"] is True else []
        found = [value for path, value in self.cells.items() if path == name or path.startswith(f"{name}/")]
        return [value for value in found if value is not None]

    def context(self, name: str) -> Value | None:
        return CONTEXT[name] or None

    def pulldata(self, form: str, path: str, occasion: str) -> Value | None:
        raise AssertionError((form, path, occasion))


def literals() -> st.SearchStrategy[str]:
    return NUMBERS.map(lambda number: f"({number})" if number < 0 else str(number))


def grown(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Numbers made of numbers."""
    return st.one_of(
        st.builds("({} {} {})".format, numbers, st.sampled_from(["+", "-", "*"]), numbers),
        st.builds(
            "({} {} {})".format, numbers, st.sampled_from(["div", "mod"]), st.sampled_from(["${divisor}", "2", "0"])
        ),
        st.builds("-{}".format, numbers),
        st.builds("round({}, {})".format, numbers, st.integers(-1, 1)),
        st.builds("if({}, {}, {})".format, conditions(numbers), numbers, numbers | st.just("''")),
        st.builds("coalesce({}, {})".format, numbers, numbers),
    )


def simple_numbers() -> st.SearchStrategy[str]:
    lists = st.sampled_from(["${list}", "${count_a}, ${count_b}", "${list}, 5", "${list}, ${count_a}"])
    return st.one_of(
        st.sampled_from(["${count_a}", "${count_b}", "${divisor}", "${list/1}", "${ends} - ${begins}", "${status}"]),
        literals(),
        st.builds("{}({})".format, st.sampled_from(["sum", "min", "max", "count"]), lists),
        st.sampled_from(["string-length(${note})", "count-selected(${kinds})", "string-length(${status})"]),
    )


def conditions(numbers: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    choices = st.sampled_from(["'planned'", "'done'", "'DONE'", "${kinds/1}", "''", "$occasion", "$scale"])
    days = st.sampled_from(["${begins}", "${ends}", "date('2025-06-01')", "${begins} + 30", "min(${begins}, ${ends})"])
    names = [name for name in CELLS if not name.startswith(("list", "kinds", "roles"))]
    simple = st.one_of(
        st.builds("{} {} {}".format, numbers, signs, numbers),
        st.builds("{} {} {}".format, st.just("${status}"), st.sampled_from(["=", "!="]), choices),
        st.builds("{} {} {}".format, days, signs, days),
        st.builds("${{{}}} {} ''".format, st.sampled_from(names), st.sampled_from(["=", "!="])),
        st.builds("${{decided}} {} {}".format, st.sampled_from(["=", "!="]), st.sampled_from(["true()", "false()"])),
        st.builds("selected(${{kinds}}, '{}')".format, st.sampled_from(CHOICES)),
        st.sampled_from(["selected(${roles}, 'chief')", "${decided}", "true()", "$occasion = 'final'", "$scale = ''"]),
        st.sampled_from(["${kinds} = ''", "${list} != ''", "selected(${status}, 'done')", "$level != 'unit'"]),
    )
    return st.recursive(
        simple.map(lambda text: f"({text})"),
        lambda inner: st.one_of(
            st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
            st.builds("not({})".format, inner),
            st.builds("if({}, {}, {})".format, inner, inner, inner),
        ),
        max_leaves=4,
    )


def expressions() -> st.SearchStrategy[str]:
    numbers = st.recursive(simple_numbers(), grown, max_leaves=4)
    texts = st.sampled_from(["if(${status} = 'done', ${note}, '')", "coalesce(${note}, ${status}, 'none')", "${note}"])
    days = st.sampled_from(["${begins} + 14", "coalesce(${ends}, ${begins} + 7)", "max(${begins}, ${ends})"])
    return st.one_of(numbers, conditions(numbers), texts, days)


def examples() -> list[tuple[str, Answers]]:
    found: list[tuple[str, Answers]] = []

    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck))
    @given(expressions(), st.fixed_dictionaries(CELLS))
    def gather(text: str, cells: dict[str, Value | None]) -> None:
        found.append((text, Answers(cells)))

    gather()
    return found


def address_in(row: int) -> Callable[[str], str]:
    ranges = {"list": ("list/1", "list/3"), "kinds": ("kinds/1", "kinds/3")}

    def cell(name: str) -> str:
        return f"{chr(65 + COLUMNS[name])}{row + 1}"

    def address(name: str) -> str:
        if name in ranges:
            return ":".join(cell(end) for end in ranges[name])
        return cell(name)

    return address


def workbook(path: Path, cases: list[tuple[str, Answers]]) -> None:
    """One row an example; formulas without a saved value, so that LibreOffice has to compute them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row, (text, answers) in enumerate(cases):
        for name, value in answers.cells.items():
            sheet.cell(row + 1, COLUMNS[name] + 1, value)
        sheet.cell(row + 1, len(CELLS) + 1, f"={as_formula(parse(text), address_in(row), CONTEXT)}")
    book.save(path)


def computed(path: Path, soffice: str, folder: Path) -> Iterator[object]:
    """What LibreOffice makes of the last column, from top to bottom."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "saved"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    sheet = openpyxl.load_workbook(folder / "saved" / path.name, data_only=True).worksheets[0]
    for (value,) in sheet.iter_rows(min_col=len(CELLS) + 1, max_col=len(CELLS) + 1, values_only=True):
        yield value


def same(expected: Value | None, found: object) -> bool:
    if expected is None:
        return found in (None, "")
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, date):
        expected = (expected - EPOCH).days
    if isinstance(found, datetime):
        found = (found.date() - EPOCH) // timedelta(days=1)
    if isinstance(expected, str):
        return found == expected
    return isinstance(found, int | float) and found == pytest.approx(float(expected), rel=1e-9, abs=1e-9)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_five_hundred_expressions_mean_the_same_in_libreoffice(
    tmp_path: Path, require_program: Callable[[str], str]
) -> None:
    soffice = require_program("soffice")
    cases = examples()
    path = tmp_path / "expressions.xlsx"
    workbook(path, cases)

    found = list(computed(path, soffice, tmp_path))

    for function in (
        "if",
        "coalesce",
        "selected",
        "count-selected",
        "sum",
        "min",
        "max",
        "count",
        "round",
        "mod",
        "div",
    ):
        assert any(function in text for text, _ in cases), f"no example has {function}"
    assert len(found) == len(cases) >= CASES * 0.9
    different = [
        f"{text} gives {expected!r} here, {value!r} there: {as_formula(parse(text), address_in(row), CONTEXT)}"
        f" with {answers.cells}"
        for row, ((text, answers), value) in enumerate(zip(cases, found, strict=True))
        if not same(expected := evaluate(parse(text), answers), value)
    ]
    assert different == []
