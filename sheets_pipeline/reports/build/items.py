"""Which statements moved most, up and down, and a map of statements × organisations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sheets_pipeline.model.results import Comparison, Shift
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.reports.build.lens import Lens, described, rows_of_round
from sheets_pipeline.reports.build.names import shown, subject_name
from sheets_pipeline.reports.build.remarks import with_remarks
from sheets_pipeline.reports.build.section_shifts import probability
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.build.words import whose
from sheets_pipeline.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
    Details,
    DivergingStacks,
    HeatCell,
    HeatGroup,
    Heatmap,
    HeatRow,
    Paragraph,
    Section,
    StackGroup,
    StackRow,
    Table,
)

MOST = 5
COLUMNS = 20


@dataclass(frozen=True, slots=True)
class Known:
    """An item as the forms name it."""

    item: str
    number: str
    text: str
    section: str

    @property
    def full(self) -> str:
        """`1.2 Fullmäktige har …`."""
        return f"{self.number} {self.text}".strip()


def known_items(results: RoundResults, voice: Voice) -> dict[str, Known]:
    """Items by id in the order of the form, from the organisations that are shown."""
    return {
        one.shift.item: Known(one.shift.item, one.number, voice.label(one.label), one.shift.section)
        for result in results.organisations
        for one in result.items
    }


def items(results: RoundResults, lens: Lens | None, voice: Voice) -> Section:
    """The section."""
    rows = rows_of_round(results, "item", lens) if lens else ()
    compared = [row for row in rows if row.up + row.same + row.down]
    blocks: list[Block] = []
    if lens and compared:
        blocks += [
            *_most(results, lens, compared, voice),
            Details(voice.say("Every statement"), (_table(rows, results, voice),)),
        ]
    else:
        blocks.append(Paragraph(voice.say("No statement has answers that can be compared.")))
    if lens:
        blocks += _maps(results, lens, voice)
    return Section("items", voice.say("Statements that moved most"), tuple(blocks))


def _balance(row: Comparison) -> Fraction:
    """How far more organisations rose than fell, as a share of those compared."""
    return Fraction(row.up - row.down, row.up + row.same + row.down)


def most_moved(rows: Iterable[Comparison]) -> tuple[tuple[Comparison, ...], tuple[Comparison, ...]]:
    """(up, down): at most five each, the furthest first; ties in the order of the form."""
    listed = list(rows)
    up = sorted((row for row in listed if _balance(row) > 0), key=lambda row: (-_balance(row), -(row.shift or 0)))
    down = sorted((row for row in listed if _balance(row) < 0), key=lambda row: (_balance(row), row.shift or 0))
    return tuple(up[:MOST]), tuple(down[:MOST])


def _most(results: RoundResults, lens: Lens, rows: list[Comparison], voice: Voice) -> list[Block]:
    """A chart for those that rose and one for those that fell; a sentence where there are none."""
    up, down = most_moved(rows)
    none = (
        voice.say("No statement rose at more organisations than it fell."),
        voice.say("No statement fell at more organisations than it rose."),
    )
    titles = voice.say("Rose at most organisations"), voice.say("Fell at most organisations")
    return [
        _moved(results, lens, part, (anchor, title), voice) if part else Paragraph(silence)
        for part, anchor, title, silence in zip((up, down), ("items-up", "items-down"), titles, none, strict=True)
    ]


def _moved(
    results: RoundResults, lens: Lens, rows: tuple[Comparison, ...], named: tuple[str, str], voice: Voice
) -> Chart:
    known = known_items(results, voice)
    anchor, title = named
    furthest = [_full(row, known, voice).rstrip(".") for row in rows if _balance(row) == _balance(rows[0])]
    return Chart(
        anchor=anchor,
        title=title,
        description=voice.say("Furthest: {item}.", item=voice.listed(furthest)),
        source=f"{described(lens, results, voice)} · {whose(results, voice)}",
        figure=DivergingStacks(
            (voice.say("Fell"), voice.say("Unchanged"), voice.say("Rose")),
            ("−", "=", "+"),
            tuple(StackGroup(_full(row, known, voice), (_stack(row, voice),)) for row in rows),
            "moves",
        ),
        table=_table(rows, results, voice, anchor=f"table-{anchor}", sheet=""),
    )


def _full(row: Comparison, known: dict[str, Known], voice: Voice) -> str:
    return known[row.key].full if row.key in known else voice.label(row.label)


def _stack(row: Comparison, voice: Voice) -> StackRow:
    total = row.up + row.same + row.down
    return StackRow(voice.count("{count} organisation", "{count} organisations", total), (row.down, row.same, row.up))


def _table(
    rows: Sequence[Comparison],
    results: RoundResults,
    voice: Voice,
    *,
    anchor: str = "table-items",
    sheet: str | None = None,
) -> Table:
    known = known_items(results, voice)
    numbers = (
        "Organisations",
        "Rose",
        "Unchanged",
        "Fell",
        "Could rise",
        "Not comparable",
        "Before",
        "After",
        "Shift",
        "p",
    )
    table = Table(
        anchor=anchor,
        caption=voice.say("Statements over the round"),
        columns=(
            Column(voice.say("No.")),
            Column(voice.say("Statement"), "long"),
            *(Column(voice.say(heading), "number") for heading in numbers),
            Column(voice.say("Share that rose, 95 %")),
        ),
        rows=tuple(_item(row, known, voice) for row in rows),
        headers=2,
        note=voice.say("p: exact signed-rank test, adjusted for false discoveries (Benjamini–Hochberg); exploratory."),
        sheet=voice.say("Statements") if sheet is None else sheet,
    )
    return with_remarks(table, rows, voice)


def _item(row: Comparison, known: dict[str, Known], voice: Voice) -> tuple[Cell, ...]:
    item = known.get(row.key)
    counts = (row.up + row.same + row.down, row.up, row.same, row.down, row.could_rise, row.not_comparable)
    return (
        item.number if item else row.key,
        item.text if item else voice.label(row.label),
        *(voice.whole(count) for count in counts),
        voice.mean(row.before),
        voice.mean(row.after),
        voice.coarse(row.shift),
        probability(row, voice),
        _share(row, voice),
    )


def _share(row: Comparison, voice: Voice) -> str:
    """The share of organisations that rose, with its Wilson interval, in whole per cent."""
    if row.interval is None or row.interval_of != "share_up" or not row.n:
        return NOTHING
    total = row.up + row.same + row.down
    share, low, high = (voice.whole_percent(part) for part in (Fraction(row.up, total), *row.interval))
    return voice.say("{share} % ({low}–{high})", share=share, low=low, high=high)


Answers = tuple[str, dict[str, Shift]]


def _columns(results: RoundResults, lens: Lens) -> list[Answers]:
    """(name, item → shift) for every organisation and unit with answers in the set, by name."""
    found: list[Answers] = []
    for result in shown(results):
        shifts = [one.shift for one in result.items if _in(one.shift, lens)]
        for unit in dict.fromkeys(shift.unit for shift in shifts):
            own = {shift.item: shift for shift in shifts if shift.unit == unit}
            found.append((subject_name(result.organisation, unit), own))
    return found


def _in(shift: Shift, lens: Lens) -> bool:
    return (shift.series, shift.scale, shift.level) == (lens.series, lens.scale, lens.level)


def _maps(results: RoundResults, lens: Lens, voice: Voice) -> list[Block]:
    columns = _columns(results, lens)
    parts = [columns[start : start + COLUMNS] for start in range(0, len(columns), COLUMNS)]
    return [_map(results, lens, part, (n, len(parts)), voice) for n, part in enumerate(parts, 1)]


def _map(results: RoundResults, lens: Lens, columns: list[Answers], part: tuple[int, int], voice: Voice) -> Chart:
    number, total = part
    title = voice.say("Each statement at each organisation")
    asked = [item for item in known_items(results, voice).values() if any(item.item in own for _, own in columns)]
    cells = [shift.change for _, own in columns for shift in own.values()]
    return Chart(
        anchor=f"items-map-{number}",
        title=title if total == 1 else f"{title} ({voice.part(number, total)})",
        description=voice.say(
            "Steps up or down in every cell. {up} cells moved up, {same} not at all, {down} down, {none} cannot be "
            "compared.",
            up=sum((change or 0) > 0 for change in cells),
            same=sum(change == 0 for change in cells),
            down=sum((change or 0) < 0 for change in cells),
            none=sum(change is None for change in cells),
        ),
        source=described(lens, results, voice),
        figure=Heatmap(tuple(name for name, _ in columns), _groups(results, asked, columns, voice), _legend(voice)),
        table=_map_table(asked, columns, part, voice),
    )


def _legend(voice: Voice) -> tuple[tuple[int | None, str], ...]:
    return (
        (-2, voice.say("2 or more down")),
        (-1, voice.say("1 down")),
        (0, voice.say("unchanged")),
        (1, voice.say("1 up")),
        (2, voice.say("2 or more up")),
        (None, voice.say("not comparable")),
    )


def _groups(results: RoundResults, asked: list[Known], columns: list[Answers], voice: Voice) -> tuple[HeatGroup, ...]:
    return tuple(
        HeatGroup(
            voice.label(results.title("section", section)),
            tuple(
                HeatRow(item.full, tuple(_cell(own.get(item.item), voice) for _, own in columns))
                for item in asked
                if item.section == section
            ),
        )
        for section in dict.fromkeys(item.section for item in asked)
    )


def _cell(shift: Shift | None, voice: Voice) -> HeatCell:
    change = shift.change if shift else None
    return HeatCell(
        change, NOTHING if change is None else ("0" if change == 0 else str(voice.whole(change, signed=True)))
    )


def _map_table(asked: list[Known], columns: list[Answers], part: tuple[int, int], voice: Voice) -> Table:
    number, total = part
    caption = voice.say("Steps up or down, statement by statement")
    return Table(
        anchor=f"table-map-{number}",
        caption=caption if total == 1 else f"{caption} ({voice.part(number, total)})",
        columns=(
            Column(voice.say("No.")),
            Column(voice.say("Statement"), "long"),
            *(Column(name, "number") for name, _ in columns),
        ),
        rows=tuple(
            (item.number, item.text, *(_change(own.get(item.item), voice) for _, own in columns)) for item in asked
        ),
        headers=2,
        sheet=f"{voice.say('Map')} {number}",
    )


def _change(shift: Shift | None, voice: Voice) -> Cell:
    change = shift.change if shift else None
    return voice.whole(change, signed=bool(change))
