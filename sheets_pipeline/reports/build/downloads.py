"""The figures themselves, long and tidy, as files that travel inside the report."""

from __future__ import annotations

from sheets_pipeline.model.round_results import ItemResult, OrganisationResult, RoundResults
from sheets_pipeline.reports.build.links import step_cells, why_not
from sheets_pipeline.reports.build.measures import measure_table
from sheets_pipeline.reports.build.names import cluster_name, role_name, shown, subject_name
from sheets_pipeline.reports.build.plans import all_plans
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.document import Block, Cell, Column, Download, Downloads, Paragraph, Section, Table


def downloads(results: RoundResults, voice: Voice, tables: tuple[Table, ...]) -> Section:
    """The section: every statement of every organisation, then the tables of the report."""
    every = _statements(results, voice)
    measures = [(one, plan, measure) for one, plan in all_plans(results) for measure in plan.measures]
    own = [every, *([measure_table(measures, voice)] if measures else [])]
    listed = own + [table for table in tables if table.sheet and table.anchor not in {"table-measures", "table-inputs"}]
    files = tuple(Download(f"{table.anchor.removeprefix('table-')}.csv", table.caption, table) for table in listed)
    blocks: tuple[Block, ...] = (
        Paragraph(voice.say("Files for a spreadsheet program. The numbers are those of the report.")),
        Downloads(files),
    )
    return Section("data", voice.say("The figures as data"), blocks)


def _statements(results: RoundResults, voice: Voice) -> Table:
    numbers = ("Before", "After", "Shift")
    words = ("Organisation", "Code", "Role", "Cluster", "Level", "Scale", "Section", "No.", "Statement")
    return Table(
        anchor="table-every-statement",
        caption=voice.say("Every statement at every organisation"),
        columns=(
            *(Column(voice.say(heading)) for heading in words),
            *(Column(voice.say(heading), "number") for heading in numbers),
            Column(voice.say("Not comparable because")),
        ),
        rows=tuple(_row(result, one, results, voice) for result in shown(results) for one in result.items),
        headers=2,
        sheet=voice.say("All answers"),
    )


def _row(result: OrganisationResult, one: ItemResult, results: RoundResults, voice: Voice) -> tuple[Cell, ...]:
    shift = one.shift
    return (
        subject_name(result.organisation, shift.unit),
        result.organisation.code,
        role_name(result.organisation, voice),
        cluster_name(results, result.organisation.cluster),
        voice.label(results.title("level", shift.level)),
        voice.label(results.title("scale", shift.scale)),
        voice.label(results.title("section", shift.section)),
        one.number,
        voice.label(one.label),
        *step_cells(shift, voice),
        why_not(shift, voice),
    )
