"""Where each answer of a layout stands in the file that came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sheets_pipeline.intake.extract.markers import BlockId, Head, Markers, RowMark
from sheets_pipeline.model.cells import CellRef, CellValue
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.layout import LABEL_COLUMN, Block, Layout, Line
from sheets_pipeline.model.layout.blocks import table_line
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.model.slots import Slot, row_id, row_number
from sheets_pipeline.model.values import parse


@dataclass(frozen=True, slots=True)
class Place:
    """A slot's cell in the file and what stands there."""

    slot: Slot
    cell: CellRef
    raw: CellValue


@dataclass(slots=True)
class Located:
    """Every slot that was found, the slots that were asked for, and what was noticed on the way."""

    places: dict[str, Place] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    lost: set[str] = field(default_factory=set)
    withdrawn: list[str] = field(default_factory=list)


def locate(layout: Layout, markers: Markers) -> Located:
    """Find every block of the layout, then every row of each."""
    located = Located()
    for sheet in layout.sheets:
        blocks = [(block, (layout.tag, block.id)) for block in sheet.blocks]
        if not any(markers.heads.get(identity) for _, identity in blocks):
            _sheet_gone(located, sheet.title, [block for block, _ in blocks])
            continue
        for block, identity in blocks:
            if block.shape == "table":
                _locate_table(located, layout, block, identity, markers)
            else:
                _locate_fixed(located, block, identity, markers, layout.parameters.language)
    return located


def _sheet_gone(located: Located, title: str, blocks: Iterable[Block]) -> None:
    located.issues.append(remark("SHEET_GONE", sheet=title))
    for block in blocks:
        for line in block.lines:
            _lose(located, line)


def _lose(located: Located, line: Line) -> None:
    for slot in line.slots.values():
        located.slots[slot.path] = slot
        located.lost.add(slot.path)


def _locate_fixed(located: Located, block: Block, identity: BlockId, markers: Markers, language: str) -> None:
    marks: dict[str, list[RowMark]] = {}
    for mark in markers.rows.get(identity, ()):
        marks.setdefault(mark.path, []).append(mark)
    gone = _columns_gone(located, block, markers.heads.get(identity, []))
    for line in block.lines:
        if not line.slots:
            continue
        found = [mark for mark in marks.get(line.path, ()) if not mark.mixed]
        if not found:
            found = list(_by_label(line, identity, markers))
            split = [mark for mark in marks.get(line.path, ()) if mark.mixed]
            if split:
                found = []
            code = "ROW_SPLIT" if split else ("KEY_LOST" if found else "ROW_GONE")
            located.issues.append(_about_line(code, line, split or found, _split_words(split, block)))
        if not found:
            _lose(located, line)
            continue
        _check_labels(located, line, block, found)
        for key, slot in line.slots.items():
            located.slots[slot.path] = slot
            if key in gone:
                located.lost.add(slot.path)
            else:
                cells = [ref for mark in found if (ref := mark.head.ref(mark.row, key))]
                _place(located, slot, cells, found, language)


def _columns_gone(located: Located, block: Block, heads: list[Head]) -> set[str]:
    """The answer columns that no head of the block has any more."""
    asked = {key for line in block.lines for key in line.slots}
    there = {key for head in heads for key in head.columns}
    gone = asked - there
    for key in sorted(gone):
        column = block.column(key)
        located.issues.append(remark("COLUMN_GONE", column=column.title if column else key))
    return gone


def _about_line(code: str, line: Line, marks: Iterable[RowMark], params: Mapping[str, str] | None = None) -> Issue:
    """A remark about a whole line, at its first answer cell."""
    slot = next(iter(line.slots.values()))
    key = next(iter(line.slots))
    cells = [mark.head.ref(mark.row, key) or mark.head.sheet.ref(mark.row, 0) for mark in marks]
    issue = remark(code, cell=cells[0] if cells else None)
    named = slot.item.name if slot.item else slot.question.name
    facts = {"label": _words(line), **(params or {})}
    return replace(issue, question=named, path=slot.path, also=tuple(cells[1:]), params=facts)


def _split_words(split: Sequence[RowMark], block: Block) -> dict[str, str]:
    """What a row that was moved in part begins and ends as."""
    if not split:
        return {}
    lines = {line.path: _words(line) for line in block.lines}
    return {"left": lines.get(split[0].left, split[0].left), "right": lines.get(split[0].right, split[0].right)}


def _words(line: Line) -> str:
    return f"{line.number}  {line.label}" if line.number else line.label


def _by_label(line: Line, identity: BlockId, markers: Markers) -> Iterator[RowMark]:
    """Rows without a key whose label is this line's."""
    for head in markers.heads.get(identity, ()):
        column = head.columns.get(LABEL_COLUMN)
        if column is None:
            continue
        marked = markers.marked_rows(identity, head)
        for row in range(head.row + 1, head.end):
            if row not in marked and _is_label(head.sheet.cells.get((row, column)), line):
                yield RowMark(head, row, line.path)


def _is_label(value: CellValue, line: Line) -> bool:
    if not isinstance(value, str):
        return False
    return value.split("\n")[0].strip() == _words(line).strip()


def _check_labels(located: Located, line: Line, block: Block, found: Iterable[RowMark]) -> None:
    """The label is the second witness: when it is another line's, someone has moved labels or keys."""
    for mark in found:
        column = mark.head.columns.get(LABEL_COLUMN)
        label = mark.head.sheet.cells.get((mark.row, column)) if column is not None else None
        if isinstance(label, str) and not _is_label(label, line):
            other = next((one for one in block.lines if one is not line and _is_label(label, one)), None)
            if other is not None:
                params = {"label": _words(other), "expected_label": _words(line)}
                located.issues.append(_about_line("LABEL_DISAGREES", line, [mark], params))


def _place(located: Located, slot: Slot, cells: list[CellRef], marks: list[RowMark], language: str) -> None:
    """One cell for a slot; where copies of its row hold different answers, none, and a remark with every place."""
    raws = {ref: _raw(ref, marks) for ref in cells}
    answered = [ref for ref, raw in raws.items() if raw is not None]
    if len(answered) > 1 and len({_meaning(slot, raws[ref], language) for ref in answered}) > 1:
        issue = remark("KEY_TWICE", cell=answered[0], first=str(answered[0]), second=str(answered[1]))
        named = slot.item.name if slot.item else slot.question.name
        located.issues.append(replace(issue, question=named, path=slot.path, also=tuple(answered[1:])))
        located.lost.add(slot.path)
    chosen = (answered or cells)[0]
    located.places[slot.path] = Place(slot, chosen, raws[chosen])


def _raw(ref: CellRef, marks: Iterable[RowMark]) -> CellValue:
    head = next(mark.head for mark in marks if mark.head.sheet.name == ref.sheet)
    return head.sheet.cells.get((ref.row, ref.column))


def _meaning(slot: Slot, raw: CellValue, language: str) -> str:
    """The answer however it was typed (3, "3 " and 3,0 are one); what cannot be read is compared as it stands."""
    value = parse(slot, raw, language).value
    return _comparable(raw) if value is None else f"{type(value).__name__} {value}"


def _comparable(value: CellValue) -> str:
    return "" if value is None else str(value).strip().casefold()


def _locate_table(located: Located, layout: Layout, block: Block, identity: BlockId, markers: Markers) -> None:
    heads = markers.heads.get(identity, [])
    gone = _columns_gone(located, block, heads)
    lines = {line.path: line for line in block.lines}
    seen: dict[str, RowMark] = {}
    added: list[tuple[Head, int, str]] = []
    for mark in markers.rows.get(identity, ()):
        if mark.path in seen or mark.mixed:
            added.append((mark.head, mark.row, mark.path[mark.path.rindex("[") + 1 : -1]))
        else:
            seen[mark.path] = mark
    for path, mark in seen.items():
        line = lines.get(path) or _as_line(layout, block, path)
        _place_row(located, line, mark.head, mark.row, gone)
    for path, line in lines.items():
        if path not in seen:
            located.withdrawn.append(path)
            for slot in line.slots.values():
                located.slots[slot.path] = slot
    for head in heads:
        marked = markers.marked_rows(identity, head)
        added += [(head, row, "") for row in range(head.row + 1, head.end) if row not in marked]
    _add_new_rows(located, layout, block, sorted(added, key=lambda one: (one[0].sheet.name, one[1])), seen, gone)


def _add_new_rows(
    located: Located,
    layout: Layout,
    block: Block,
    added: Iterable[tuple[Head, int, str]],
    seen: Mapping[str, RowMark],
    gone: set[str],
) -> None:
    """Rows without a key of their own get the next free ids, in the order in which they stand."""
    used = seen.keys() | {line.path for line in block.lines}
    numbers = [row_number(path[path.rindex("[") + 1 : -1], block.section) or 0 for path in used]
    number = max(numbers, default=0)
    known = {_contents(block, mark.head, mark.row) for mark in seen.values()}
    for head, row, copied in added:
        if _is_header(block, head, row) or not _answered(block, head, row):
            continue
        if copied and _contents(block, head, row) in known:
            continue
        number += 1
        line = _as_line(layout, block, f"{block.row_path}[{row_id(block.section, number)}]")
        _place_row(located, line, head, row, gone)
        first = next(key for key in head.columns if key != LABEL_COLUMN)
        cell = head.sheet.ref(row, head.columns[first])
        issue = remark("ROW_COPIED" if copied else "ROW_ADDED", cell=cell, row=line.number, original=copied)
        located.issues.append(replace(issue, path=next(iter(line.slots.values())).path))


def _contents(block: Block, head: Head, row: int) -> tuple[str, ...]:
    """What stands in a row's answer cells, column by column of the block."""
    keys = (column.key for column in block.columns if column.role == "answer")
    cells = (head.ref(row, key) for key in keys)
    return tuple(_comparable(head.sheet.cells.get((ref.row, ref.column)) if ref else None) for ref in cells)


def _as_line(layout: Layout, block: Block, path: str) -> Line:
    draft = table_line(block.section, layout.form, layout.parameters, path)
    return Line(0, draft.kind, draft.path, draft.label, draft.hint, draft.number, draft.slots)


def _place_row(located: Located, line: Line, head: Head, row: int, gone: set[str]) -> None:
    for key, slot in line.slots.items():
        located.slots[slot.path] = slot
        cell = head.ref(row, key)
        if cell is None or key in gone:
            located.lost.add(slot.path)
        else:
            located.places[slot.path] = Place(slot, cell, head.sheet.cells.get((row, cell.column)))


def _is_header(block: Block, head: Head, row: int) -> bool:
    titles = {column.title for column in block.columns}
    shown = [head.sheet.cells.get((row, column)) for column in head.columns.values()]
    filled = [value for value in shown if value is not None]
    return bool(filled) and all(value in titles for value in filled)


def _answered(block: Block, head: Head, row: int) -> bool:
    keys = {column.key for column in block.columns if column.role == "answer"}
    cells = [head.sheet.cells.get((row, column)) for key, column in head.columns.items() if key in keys]
    return any(value is not None and str(value).strip() for value in cells)
