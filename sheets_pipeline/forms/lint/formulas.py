"""What a spreadsheet can check while people type, and what only the pipeline can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from sheets_pipeline.forms.lint.forms import Linted, Written
from sheets_pipeline.forms.lint.scopes import Named, visible
from sheets_pipeline.model.expressions import NotPortableError, as_formula
from sheets_pipeline.model.expressions.tree import ITSELF
from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.programme import ORGANISATION_TYPES
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.texts import LANGUAGES

LONGEST_RULE = 255
_CELL = "AB123"
_RANGE = "AB123:AB145"


def check(linted: Linted) -> None:
    for written in linted.expressions():
        reasons = "; ".join(written.expression.reasons)
        if reasons:
            message = f"{written.what}: checked when the workbook is read, not while people type ({reasons})"
            linted.add(written.place, "pipeline_only", message, "info")
        elif written.key == "constraint":
            _length(linted, written)


def _length(linted: Linted, written: Written) -> None:
    names = visible(linted, written.within)
    contexts = _contexts(linted, written)
    longest = max(len(_formula(written, names, context, language)) for context in contexts for language in LANGUAGES)
    if longest > LONGEST_RULE:
        message = f"{written.what}: as a rule in a cell it has {longest} characters, and a spreadsheet takes"
        linted.add(written.place, "too_long", f"{message} {LONGEST_RULE}: shorten it, or part it on two questions")


def _formula(written: Written, names: Mapping[str, Named], context: Mapping[str, Value], language: str) -> str:
    """The rule as long as it will be, with cells far to the right and down; empty where it has no formula."""

    def address(name: str) -> str:
        if name == ITSELF:
            return _CELL
        return _RANGE if names[name].many or names[name].several else _CELL

    def shown(name: str, value: Value) -> tuple[Value, ...]:
        named = names.get(name)
        choice = named.choices.find(str(value)) if named and named.choices else None
        return (text_in(choice.typed, language) or text_in(choice.label, language),) if choice else (value,)

    try:
        return as_formula(written.expression, address, context, shown=shown)
    except NotPortableError:
        return ""


def _contexts(linted: Linted, written: Written) -> list[Mapping[str, Value]]:
    """Every context the expression can tell apart."""
    return list(_each_context(linted, written.expression.context_names))


def _each_context(linted: Linted, names: tuple[str, ...]) -> Iterator[Mapping[str, Value]]:
    values: dict[str, tuple[Value, ...]] = {
        "occasion": linted.occasions,
        "level": tuple(linted.form.levels) or ("overall",),
        "mode": tuple(mode.name for mode in linted.form.modes) or ("",),
        "scale": linted.form.scales or ("",),
        "edition": ("e2023",),
        "organisation_type": ORGANISATION_TYPES,
    }
    for chosen in product(*(values[name] for name in names)):
        yield dict(zip(names, chosen, strict=True))
