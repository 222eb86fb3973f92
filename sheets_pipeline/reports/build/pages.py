"""A page for each organisation, laid out the same every time."""

from __future__ import annotations

from collections.abc import Iterator

from sheets_pipeline.model.results import Comparison, Shift
from sheets_pipeline.model.round_results import ItemResult, OrganisationResult, RoundResults
from sheets_pipeline.reports.build.facts import facts_tables
from sheets_pipeline.reports.build.lens import Lens, axis, described, lenses, series_name
from sheets_pipeline.reports.build.links import step_cells, why_not
from sheets_pipeline.reports.build.measures import measure_table
from sheets_pipeline.reports.build.names import by_name, cluster_name, role_name
from sheets_pipeline.reports.build.organisation_shifts import HEADINGS, NUMBERS_FROM, dumbbell_row, measured
from sheets_pipeline.reports.build.plans import plan_facts
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.build.words import counts, directions, moved
from sheets_pipeline.reports.document import (
    Block,
    Cell,
    Chart,
    Column,
    Details,
    Dumbbell,
    DumbbellGroup,
    DumbbellRow,
    Heading,
    OrganisationPage,
    Paragraph,
    Section,
    Table,
)


def pages(results: RoundResults, first: Lens | None, voice: Voice) -> Section:
    """The section: clusters in the round's order, the mentor first, then by name."""
    order = {cluster.id: place for place, cluster in enumerate(results.round.clusters)}
    found = sorted(
        by_name(results.organisations),
        key=lambda one: (order.get(one.organisation.cluster, len(order)), one.organisation.role != "mentor"),
    )
    drawn = tuple(_page(one, results, first, voice) for one in found)
    blocks: tuple[Block, ...] = drawn or (Paragraph(voice.say("No organisation may be shown to this audience.")),)
    return Section("pages", voice.say("Organisation by organisation"), blocks)


def _page(result: OrganisationResult, results: RoundResults, first: Lens | None, voice: Voice) -> OrganisationPage:
    organisation = result.organisation
    byline = (role_name(organisation, voice), cluster_name(results, organisation.cluster), organisation.code)
    return OrganisationPage(
        anchor=anchor_of(organisation.code),
        name=organisation.name,
        byline=" · ".join(part for part in byline if part),
        headline=organisation_headline(result, first, voice),
        blocks=tuple(_blocks(result, results, voice)),
    )


def anchor_of(code: str) -> str:
    return f"organisation-{code}"


def organisation_headline(result: OrganisationResult, lens: Lens | None, voice: Voice) -> str:
    """The organisation in one sentence, in the set of the report's headline where it has answers there."""
    if not result.scores_shown:
        return voice.say("The organisation does not share its scores with this audience.")
    rows = [row for row in result.overall if row.shift is not None]
    row = next((row for row in rows if lens and lens.sees(row)), next(iter(rows), None))
    if row is None or row.shift is None:
        return voice.say("No shift can be shown: answers from one of the two points are missing or cannot be compared.")
    words = {"up": "Higher after than before", "down": "Lower after than before", "same": "The same after as before"}
    step = voice.shift(row.shift)
    return voice.say(
        "{words}: {shift} steps over {matched} statements ({counts}).",
        words=voice.say(words[row.direction or "same"]),
        shift=step,
        matched=row.matched,
        counts=counts(row.up, row.same, row.down, voice),
    )


def _blocks(result: OrganisationResult, results: RoundResults, voice: Voice) -> Iterator[Block]:
    if result.scores_shown:
        yield from score_blocks(result, results, voice)
    if result.plans:
        yield Heading(voice.say("Improvement plans"))
        yield from _plans(result, voice)
    if facts := facts_tables(result, results, voice):
        yield Details(voice.say("Facts about the organisation"), facts)
    if not result.texts_shown and result.scores_shown:
        yield Paragraph(voice.say("The organisation does not share its texts with this audience."), "small")


def score_blocks(
    result: OrganisationResult, results: RoundResults, voice: Voice, *, folding: bool = True
) -> Iterator[Block]:
    """Sections before and after in every set, then every statement (folded on a page among others)."""
    for lens in lenses(results):
        sections = [row for row in result.sections if lens.sees(row)]
        for unit in dict.fromkeys(row.unit for row in sections):
            yield _chart(result, [row for row in sections if row.unit == unit], lens, results, voice)
    answered = [one for one in result.items if _answered(one.shift)]
    if answered:
        table = _items(result, answered, voice)
        yield Details(voice.say("Every statement, before and after"), (table,)) if folding else table


def _answered(shift: Shift) -> bool:
    scored = shift.before is not None or shift.after is not None
    return scored or bool(shift.before_code or shift.after_code)


def _chart(
    result: OrganisationResult, rows: list[Comparison], lens: Lens, results: RoundResults, voice: Voice
) -> Chart:
    unit = rows[0].unit
    code = result.organisation.code
    anchor = "-".join(part for part in (anchor_of(code), lens.series, lens.level, lens.scale, unit) if part)
    name = next((one.name for one in result.organisation.units if one.id == unit), unit)
    title = f"{voice.say('Sections before and after')}: {series_name(lens, voice).lower()}"
    title = f"{title}, {name}" if unit else title
    columns = [Column(voice.say(heading), "number") for heading in HEADINGS[NUMBERS_FROM:]]
    return Chart(
        anchor=anchor.replace("_", "-"),
        title=title,
        description=_description(rows, voice),
        source=described(lens, results, voice),
        figure=Dumbbell(
            axis(lens, results, voice),
            (DumbbellGroup("", tuple(_row(row, voice) for row in rows)),),
            voice.say("Before"),
            voice.say("After"),
            voice.say("Shift"),
        ),
        table=Table(
            anchor=f"table-{anchor}".replace("_", "-"),
            caption=f"{result.organisation.name}. {title}",
            columns=(Column(voice.say("Section")), *columns),
            rows=tuple((voice.label(row.label), *measured(row, voice)) for row in rows),
        ),
    )


def _row(row: Comparison, voice: Voice) -> DumbbellRow:
    return dumbbell_row(row, voice.label(row.label), voice)


def _description(rows: list[Comparison], voice: Voice) -> str:
    return voice.say("Sections after compared with before: {directions}.", directions=directions(rows, voice))


def _items(result: OrganisationResult, items: list[ItemResult], voice: Voice) -> Table:
    """From → to for every statement, with what was written beside it."""
    numbers = ("Before", "After", "Shift")
    return Table(
        anchor=f"table-items-{result.organisation.code}",
        caption=voice.say("{name}: statements before and after", name=result.organisation.name),
        columns=(
            Column(voice.say("No.")),
            Column(voice.say("Statement"), "long"),
            *(Column(voice.say(heading), "number") for heading in numbers),
            Column(voice.say("In a word")),
            Column(voice.say("Comment and evidence"), "long"),
        ),
        rows=tuple(
            (one.number, _statement(result, one, voice), *step_cells(one.shift, voice), *_written(one, voice))
            for one in items
        ),
        headers=2,
    )


def _statement(result: OrganisationResult, one: ItemResult, voice: Voice) -> str:
    unit = next((unit.name for unit in result.organisation.units if unit.id == one.shift.unit), one.shift.unit)
    words = voice.label(one.label)
    return f"{words} ({unit})" if unit else words


def _written(one: ItemResult, voice: Voice) -> tuple[Cell, Cell]:
    evidence = voice.say("Evidence: {text}", text=one.evidence) if one.evidence else ""
    chosen = voice.say("Chosen for improvement.") if one.improve else ""
    parts = (why_not(one.shift, voice), one.comment, evidence, chosen)
    return moved(one.shift, voice), "\n".join(part for part in parts if part)


def _plans(result: OrganisationResult, voice: Voice) -> Iterator[Block]:
    for plan in result.plans:
        inside = list(plan_facts(plan, voice))
        measures = [(result, plan, measure) for measure in plan.measures]
        if measures:
            anchor = f"table-measures-{result.organisation.code}-{plan.plan}".lower()
            inside.append(measure_table(measures, voice, anchor=anchor, sheet=""))
        yield Details(f"{plan.plan} {plan.title}".strip(), tuple(inside))
