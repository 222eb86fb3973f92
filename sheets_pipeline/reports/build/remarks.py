"""The remarks on a table's rows: what holds for every row is said once, under the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sheets_pipeline.model.notes import note_texts
from sheets_pipeline.model.results import Comparison
from sheets_pipeline.reports.build.voice import Voice
from sheets_pipeline.reports.document import Column, Table


def with_remarks(table: Table, rows: Sequence[Comparison], voice: Voice) -> Table:
    """The table with its rows' remarks, `rows` being the comparisons behind its rows in the same order."""
    said = [note_texts(row, voice.language) for row in rows]
    shared = [remark for remark in (said[0] if said else ()) if all(remark in own for own in said)]
    own = [" ".join(remark for remark in remarks if remark not in shared) for remarks in said]
    noted = replace(table, note=" ".join((*([table.note] if table.note else []), *shared)))
    if not any(own):
        return noted
    return replace(
        noted,
        columns=(*table.columns, Column(voice.say("Remarks"), "long")),
        rows=tuple((*cells, remark) for cells, remark in zip(table.rows, own, strict=True)),
    )
