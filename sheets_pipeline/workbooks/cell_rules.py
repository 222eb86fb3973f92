"""What may stand in an answer cell, as a spreadsheet formula: the courtesy check while people type.

The pipeline checks everything again on reading. Formulas are written with English function names and commas, and use
only functions that Excel, LibreOffice and Google Sheets share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.expressions import Expression, NotPortableError, as_formula
from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.layout import Layout
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.model.values import present
from sheets_pipeline.texts import text

MARKS = ("-", ".", "..")
LONGEST_TITLE = 32
LONGEST_TEXT = 255
YES_NO = "yes_no"
OPTION = "option"


@dataclass(frozen=True, slots=True)
class CellRule:
    """`check` is true for what may stand there (empty: anything); `list_name` is the defined name of a drop-down list.

    `stops` tells whether the program refuses other input or only warns.
    """

    check: str
    list_name: str
    stops: bool
    prompt_title: str
    prompt: str
    error: str


@dataclass(frozen=True, slots=True)
class Places:
    """A layout's cells and slots by answer path."""

    cells: Mapping[str, CellRef]
    slots: Mapping[str, Slot]

    @classmethod
    def of(cls, layout: Layout) -> Places:
        """Look up a layout once for all its cells."""
        placed = [(slot, ref) for slot, ref, _ in layout.places()]
        return cls({slot.path: ref for slot, ref in placed}, {slot.path: slot for slot, _ in placed})


def list_name(name: str) -> str:
    """The defined name of a list of choices."""
    return "list_" + "".join(sign if sign.isalnum() else "_" for sign in name)


def cell_rule(slot: Slot, ref: CellRef, layout: Layout, places: Places) -> CellRule:
    """The rule of one answer cell."""
    language = layout.parameters.language
    listed = _list_of(slot)
    checks = [_type_check(slot, ref.a1, listed)]
    constraint = slot.question.constraint
    if constraint is not None and slot.type != "scale":
        checks.append(formula_of(constraint, slot, ref, layout, places))
    check = _all_of([one for one in checks if one])
    if _takes_marks(slot):
        check = f"OR({check},{_marks_check(ref.a1)})" if check else ""
    prompt = _prompt(slot, layout)
    return CellRule(
        check=check if len(check) <= LONGEST_TEXT else "",
        list_name=listed,
        stops=bool(listed),
        prompt_title=_cut(_title(slot, language), LONGEST_TITLE),
        prompt=_cut(prompt, LONGEST_TEXT),
        error=_cut(_error(slot, layout), LONGEST_TEXT),
    )


def formula_of(expression: Expression, slot: Slot, ref: CellRef, layout: Layout, places: Places) -> str:
    """The expression as a formula seen from a cell; empty where only the pipeline can evaluate it."""
    language = layout.parameters.language
    context: dict[str, Value] = {
        "occasion": layout.parameters.occasion,
        "level": layout.parameters.level,
        "mode": layout.parameters.mode,
        "scale": layout.parameters.scale,
        "edition": layout.parameters.edition,
        "organisation_type": layout.parameters.organisation_type,
    }

    def address(name: str) -> str:
        path = slot.path if name == "." else _path_of(name, slot, places)
        if path is None:
            raise KeyError(name)
        place = ref if name == "." else places.cells[path]
        return place.a1 if place.sheet == ref.sheet else str(place)

    def shown(name: str, value: Value) -> tuple[Value, ...]:
        asked = slot if name == "." else places.slots.get(_path_of(name, slot, places) or "")
        content = None if asked is None else present(asked.type, asked.question, asked.choices, value, language)
        return (content,) if isinstance(content, str | int) else (value,)

    try:
        return as_formula(expression, address, context, shown=shown)
    except NotPortableError:
        return ""


def _path_of(name: str, slot: Slot, places: Places) -> str | None:
    """The path a reference means: in the same item or row first, then in the cards around it, then in the form."""
    around = [slot.item.name] if slot.item is not None else []
    row = slot.row
    while row:
        around.append(row)
        row = row.rpartition("/")[0]
    candidates = [f"{place}/{name}" for place in around] + [name]
    return next((path for path in candidates if path in places.cells), None)


def _list_of(slot: Slot) -> str:
    if slot.choices is not None:
        return list_name(slot.choices.name)
    if slot.type == "boolean":
        return list_name(OPTION if slot.key or slot.question.appearance == "option" else YES_NO)
    return ""


def _type_check(slot: Slot, cell: str, listed: str) -> str:
    checks = {
        "integer": f"IF(ISNUMBER({cell}),{cell}=ROUND({cell},0),FALSE)",
        "decimal": f"ISNUMBER({cell})",
        "percent": f"ISNUMBER({cell})",
        "year": f"IF(ISNUMBER({cell}),AND({cell}>=1900,{cell}<=2100),FALSE)",
        "email": f'ISNUMBER(FIND("@",{cell}))',
    }
    if listed:
        return f"ISNUMBER(MATCH({cell},{listed},0))"
    if slot.question.max_length and slot.type in {"text", "longtext"}:
        return f"LEN({cell})<={slot.question.max_length}"
    return checks.get(slot.type, "")


def _takes_marks(slot: Slot) -> bool:
    return slot.question.type == "split" and slot.type in {"integer", "decimal", "percent"}


def _marks_check(cell: str) -> str:
    return ",".join(f'{cell}="{mark}"' for mark in MARKS) + f',LEFT({cell},1)="<"'


def _all_of(checks: list[str]) -> str:
    return f"AND({','.join(checks)})" if len(checks) > 1 else "".join(checks)


def _title(slot: Slot, language: str) -> str:
    if slot.item is not None:
        return f"{slot.item.number} {text_in(slot.question.label, language)}"
    return text_in(slot.question.label, language)


def _prompt(slot: Slot, layout: Layout) -> str:
    language = layout.parameters.language
    if slot.type == "scale" and slot.choices is not None:
        return " · ".join(f"{c.shown(language)} {text_in(c.label, language)}" for c in slot.choices.choices)
    own = text_in(slot.question.hint, language)
    kind = _kind(slot)
    return own or text(_PROMPTS.get(kind, ""), language, context="prompt") if kind in _PROMPTS else own


def _error(slot: Slot, layout: Layout) -> str:
    language = layout.parameters.language
    own = text_in(slot.question.constraint_message, language)
    return own or text(_ERRORS.get(_kind(slot), _ERRORS["text"]), language, context="cell error")


def _kind(slot: Slot) -> str:
    """What one is told of a cell goes by its type, and an option that is marked with x is a type of its own."""
    return OPTION if _list_of(slot) == OPTION else slot.type


def _cut(words: str, length: int) -> str:
    return words if len(words) <= length else words[: length - 1].rstrip() + "…"


_PROMPTS = {
    "date": "Write a date, such as 2026-03-01, or a period: March 2026, week 10 2026.",
    "percent": "Write per cent: 45 or 45 %.",
    "boolean": "Choose from the list.",
    OPTION: "Write x if it applies, otherwise leave the cell empty.",
    "year": "Write a year with four digits.",
}
_ERRORS = {
    "text": "Please shorten the text a little, or leave it as it is: nothing is cut off.",
    "longtext": "Please shorten the text a little, or leave it as it is: nothing is cut off.",
    "scale": "Write one of the figures or codes in the list. In doubt between two steps: choose the lower.",
    "select_one": "Choose one of the answers in the list.",
    "boolean": "Choose from the list.",
    OPTION: "Write x if it applies, otherwise leave the cell empty.",
    "integer": "Write a whole number.",
    "decimal": "Write a number.",
    "percent": "Write per cent as a number: 45 or 45 %.",
    "year": "Write a year with four digits.",
    "email": "Write an e-mail address.",
    "date": "Write a date, such as 2026-03-01, or a period: March 2026, week 10 2026.",
    "url": "Write a web address that begins with https://.",
}
