"""Facts about an organisation: its own answers, and beside them what Kolada has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from sheets_pipeline.model.forms import DATE_KEY
from sheets_pipeline.model.round_results import Fact, KeyFigureRow, OrganisationResult, RoundResults
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.reports.build.voice import NOTHING, Voice
from sheets_pipeline.reports.document import Cell, Column, Number, Table, number

_MOST_DECIMALS = 2


def facts_tables(result: OrganisationResult, results: RoundResults, voice: Voice) -> tuple[Table, ...]:
    """What the organisation says of itself, and what Kolada says of it; empty where there is neither."""
    own = (_facts_table(result, results, voice),) if result.facts else ()
    return (*own, _key_figures_table(result, results, voice)) if result.key_figures else own


# -------------------------------------------------------------------------------------------------------- own answers


def _facts_table(result: OrganisationResult, results: RoundResults, voice: Voice) -> Table:
    return Table(
        anchor=f"table-facts-{result.organisation.code}",
        caption=voice.say("{name}: facts", name=result.organisation.name),
        columns=(
            Column(voice.say("Question"), "long"),
            Column(voice.say("Group")),
            Column(voice.say("Answer"), "long"),
        ),
        rows=tuple(_rows(result.facts, results, voice)),
    )


def _rows(facts: Iterable[Fact], results: RoundResults, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    """A row an answer; what was ticked of one question's options stands in one row."""
    numbers = _row_numbers(facts)
    for _, run in groupby(facts, key=_question):
        together = list(run)
        question = _asked(together[0], numbers, results, voice)
        if all(_is_option(fact) for fact in together):
            ticked = [voice.label(fact.key_label) for fact in together if fact.value is True]
            yield question, "", "\n".join(ticked) or NOTHING
        else:
            yield from ((question, _group(fact, voice), _answer(fact, voice)) for fact in together)


def _question(fact: Fact) -> str:
    return fact.path.removesuffix(f"/{fact.group}") if fact.group else fact.path


def _is_option(fact: Fact) -> bool:
    return isinstance(fact.value, bool) and bool(fact.key_label)


def _row_numbers(facts: Iterable[Fact]) -> dict[str, int]:
    """The rows of each table as a reader counts them, from one; ids with gaps are not for readers."""
    numbers: dict[str, int] = {}
    counted: dict[str, int] = {}
    for fact in facts:
        if fact.row and fact.row not in numbers:
            counted[fact.section] = counted.get(fact.section, 0) + 1
            numbers[fact.row] = counted[fact.section]
    return numbers


def _asked(fact: Fact, numbers: dict[str, int], results: RoundResults, voice: Voice) -> str:
    """The question; in a table with the table's title and the row's number before it."""
    label = voice.label(fact.label)
    if not fact.row:
        return label
    title = voice.label(results.title("section", fact.section))
    return voice.say("{table}, {number}: {question}", table=title, number=numbers[fact.row], question=label)


def _group(fact: Fact, voice: Voice) -> str:
    return voice.say("Date") if fact.group == DATE_KEY else voice.group(fact.group)


def _answer(fact: Fact, voice: Voice) -> Cell:
    if fact.value_label:
        return voice.label(fact.value_label)
    if fact.type == "year":
        return str(fact.value)
    told = _told(fact.value, voice)
    unit = "%" if fact.type == "percent" else fact.unit
    return f"{told}\N{NO-BREAK SPACE}{unit}" if unit and isinstance(told, Number) else told


def _told(value: Value, voice: Voice) -> Cell:
    if isinstance(value, bool):
        return voice.say("Yes") if value else voice.say("No")
    if isinstance(value, int):
        return number(value, voice.language, decimals=0)
    if isinstance(value, str):
        return value
    return voice.measured(value, "") if isinstance(value, Decimal) else voice.day(value)


# ------------------------------------------------------------------------------------------------------------- Kolada


def _key_figures_table(result: OrganisationResult, results: RoundResults, voice: Voice) -> Table:
    """Kolada's own numbers and nothing computed from them: that is what its name may stand under."""
    return Table(
        anchor=f"table-key-figures-{result.organisation.code}",
        caption=voice.say("{name}: key figures from Kolada", name=result.organisation.name),
        columns=(
            Column(voice.say("Key figure"), "long"),
            Column(voice.say("Year")),
            *(Column(voice.say(heading), "number") for heading in ("Women", "Men", "Total")),
        ),
        rows=tuple(_key_figure(row, voice) for row in result.key_figures),
        note=_source(result, results, voice),
    )


def _key_figure(row: KeyFigureRow, voice: Voice) -> tuple[Cell, ...]:
    numbers = ((row.women, row.women_code), (row.men, row.men_code), (row.total, row.total_code))
    year = NOTHING if row.year is None else str(row.year)
    return voice.label(row.title), year, *(_shown(value, code, voice) for value, code in numbers)


def _shown(value: Decimal | None, code: str, voice: Voice) -> Cell:
    if value is None:
        return code or NOTHING
    exponent = value.normalize().as_tuple().exponent
    own = -exponent if isinstance(exponent, int) else 0
    return number(value, voice.language, decimals=min(max(0, own), _MOST_DECIMALS))


def _source(result: OrganisationResult, results: RoundResults, voice: Voice) -> str:
    """Where the numbers come from and from which day, how many are missing, and what the marks mean."""
    missing = sum(row.year is None for row in result.key_figures)
    fetched = results.figures_fetched
    dated = voice.say("Source: Kolada, fetched {day}.", day=voice.day(fetched))
    parts = [
        dated if fetched else voice.say("Source: Kolada."),
        voice.say("The newest year with figures for both women and men, where there is one."),
        voice.count(
            "{count} key figure is missing in what was fetched.",
            "{count} key figures are missing in what was fetched.",
            missing,
        )
        if missing
        else "",
        voice.say("- missing, . not divided by sex."),
    ]
    return " ".join(part for part in parts if part)
