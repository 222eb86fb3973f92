"""The status beside a line, *klar*, *saknas* or *kontrollera*: a plain formula, and what it shows now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.layout import Block, Layout, Line
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.texts import text
from sheets_pipeline.workbooks.book import Filling
from sheets_pipeline.workbooks.cell_rules import CellRule, Places, formula_of

_ALWAYS = frozenset({"true()", "yes", "true"})


@dataclass(frozen=True, slots=True)
class LineStatus:
    """A formula body, what it shows now, and whether the line counts as one that must be answered."""

    formula: str
    shown: str
    required: bool


def line_status(
    block: Block,
    line: Line,
    rules: Mapping[str, CellRule],
    layout: Layout,
    filling: Filling,
    places: Places,
) -> LineStatus | None:
    """The status of one line; None where there is nothing to say (options, optional evidence)."""
    if line.kind == "option":
        return None
    slots = _judged(block, line)
    if not slots:
        return None
    cells = [places.cells[slot.path] for slot in slots]
    need = _need(slots[0], cells[0], layout, filling, places)
    words = _Words.of(layout.parameters.language)
    lacking = _lacking(need, words)
    empty = f"COUNTA({_range(cells)})=0" if len(cells) > 1 else f'{cells[0].a1}=""'
    good = _good(block, line, rules)
    formula = f"IF({empty},{lacking},{good.format(done=words.done, check=words.check)})"
    shown = _shown(slots, filling, words, required=need == "TRUE" or _is_begun(need, slots[0], filling, places))
    return LineStatus(formula, shown, need == "TRUE")


@dataclass(frozen=True, slots=True)
class _Words:
    done: str
    missing: str
    check: str

    @classmethod
    def of(cls, language: str) -> _Words:
        return cls(
            text("done", language, context="status"),
            text("missing", language, context="status"),
            text("check", language, context="status"),
        )


def _judged(block: Block, line: Line) -> list[Slot]:
    """The slots the status speaks of: an item's score, every option of a question, every group of a split."""
    if line.kind == "heading":
        return [slot for other in block.lines for slot in other.slots.values() if slot.owner == line.path]
    slots = list(line.slots.values())
    if block.shape == "items":
        main = slots[0] if slots else None
        return [main] if main is not None and main.question.required is not None else []
    return slots


def _need(slot: Slot, ref: CellRef, layout: Layout, filling: Filling, places: Places) -> str:
    """A formula that is true when an answer is required; `TRUE` and `FALSE` when that is known."""
    question = slot.question
    if question.required is None or (question.required_from and question.required_from not in filling.reached):
        return "FALSE"
    need = "TRUE"
    if question.required.text.strip() not in _ALWAYS:
        need = formula_of(question.required, slot, ref, layout, places) or "FALSE"
    if question.relevant is not None and need != "FALSE":
        relevant = formula_of(question.relevant, slot, ref, layout, places)
        need = f"AND({need},{relevant})" if relevant else "FALSE"
    if slot.row and need == "TRUE" and not _first_card(slot):
        begun = _begun(slot, places)
        return "FALSE" if begun is None else f'{begun.a1}<>""'
    return need


def _first_card(slot: Slot) -> bool:
    """The first card of a form is asked for; the others, and what is inside a card, once they are begun."""
    return slot.row.count("[") == 1 and slot.row.endswith("01]")


def _is_begun(need: str, slot: Slot, filling: Filling, places: Places) -> bool:
    """Whether a requirement that waits for the first answer of its row has been woken by what is filled in."""
    first = _begun(slot, places) if slot.row and need not in {"TRUE", "FALSE"} else None
    if first is None or need != f'{first.a1}<>""':
        return False
    return any(places.cells[path] == first for path in filling.answers if path in places.cells)


def _begun(slot: Slot, places: Places) -> CellRef | None:
    """The first answer of the row or card: when it is there, the rest is asked for."""
    start = f"{slot.row}/"
    return next((ref for path, ref in places.cells.items() if path.startswith(start)), None)


def _lacking(need: str, words: _Words) -> str:
    if need == "FALSE":
        return '""'
    return f'"{words.missing}"' if need == "TRUE" else f'IF({need},"{words.missing}","")'


def _good(block: Block, line: Line, rules: Mapping[str, CellRule]) -> str:
    """A formula template that tells done from to be checked, over every cell of the line that has a rule."""
    checks = []
    for column in block.columns:
        rule = rules.get(column.key)
        slot = line.slots.get(column.key)
        if rule is None or slot is None or not rule.check or (block.shape == "items" and slot.type != "scale"):
            continue
        cell = _cell_of(line, column.index)
        checks.append(rule.check if len(line.slots) == 1 else f'OR({cell}="",{rule.check})')
    if not checks:
        return '"{done}"'
    both = f"AND({','.join(checks)})" if len(checks) > 1 else checks[0]
    escaped = both.replace("{", "{{").replace("}", "}}")
    return f'IF({escaped},"{{done}}","{{check}}")'


def _cell_of(line: Line, column: int) -> str:
    return CellRef("", line.row, column).a1


def _range(cells: list[CellRef]) -> str:
    return f"{cells[0].a1}:{cells[-1].a1}"


def _shown(slots: list[Slot], filling: Filling, words: _Words, *, required: bool) -> str:
    if any(slot.path in filling.typed for slot in slots):
        return words.check
    if any(slot.path in filling.answers for slot in slots):
        return words.done
    return words.missing if required else ""
