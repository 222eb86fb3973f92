"""The export for SALAR: one workbook of long tables, and the same tables as CSV for Swedish Excel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from sheets_pipeline.exports.profile import profile
from sheets_pipeline.exports.rows.answers import answer_rows
from sheets_pipeline.exports.rows.codebook import codebook_rows
from sheets_pipeline.exports.rows.measures import measure_rows
from sheets_pipeline.exports.rows.plans import plan_rows
from sheets_pipeline.exports.rows.quality import quality_rows
from sheets_pipeline.exports.rows.shifts import shift_rows
from sheets_pipeline.exports.rows.texts import text_rows
from sheets_pipeline.exports.source import LANGUAGE, Forms, Source, file_suffix
from sheets_pipeline.exports.swedish_csv import swedish_csv
from sheets_pipeline.exports.table import Row, table
from sheets_pipeline.exports.written import written
from sheets_pipeline.exports.xlsx import xlsx
from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.results import Artifact
from sheets_pipeline.model.round_results import Quality, RoundResults
from sheets_pipeline.model.submissions import Submission, SubmissionKey
from sheets_pipeline.texts import text

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
ROWS: Mapping[str, Callable[[Source], Iterator[Row]]] = {
    "answers": answer_rows,
    "shifts": shift_rows,
    "measures": measure_rows,
    "plans": plan_rows,
    "texts": text_rows,
    "quality": quality_rows,
    "codebook": codebook_rows,
}


def export_salar(
    results: RoundResults,
    forms: Forms,
    submissions: Iterable[Submission],
    *,
    to: Path,
    quality: Mapping[SubmissionKey, Quality] | None = None,
) -> tuple[Artifact, ...]:
    """Write the workbook and a CSV a sheet into the folder `to`, the same bytes for the same input.

    Audience and date are those of the results, so that they cannot disagree; files for another audience than SALAR's
    own project lead have it in their names. `submissions` are those in force, of every form and point.
    Raises DiskError, and RenderError for more rows than a sheet holds.
    """
    source = Source(
        profile=profile("salar"),
        results=results,
        forms=forms,
        submissions=tuple(submissions),
        quality=quality or {},
    )
    tables = [table(sheet, ROWS[sheet.id](source)) for sheet in source.profile.sheets]
    suffix = file_suffix(results)
    name = source.profile.file.format(round=results.round.id, date=results.as_of.isoformat())
    title = text_in(source.profile.title, LANGUAGE)
    book = xlsx(title, _readme(source, [len(one.rows) for one in tables]), tables, results.as_of)
    return (
        written(to / f"{name}{suffix}.xlsx", book, XLSX_TYPE),
        *(written(to / f"{one.sheet.name}{suffix}.csv", swedish_csv(one), CSV_TYPE) for one in tables),
    )


def _readme(source: Source, counts: Iterable[int]) -> list[tuple[str, str]]:
    """The lines of the sheet README: what this is, how it is to be read, and what each sheet holds."""
    results = source.results
    first, last = (text_in(results.title("occasion", name), LANGUAGE) for name in (results.first, results.last))
    sheets = zip(source.profile.sheets, counts, strict=True)
    return [
        (text_in(source.profile.title, LANGUAGE), f"{source.profile.id} {source.profile.version}"),
        (_say("Round"), f"{text_in(results.round.name, LANGUAGE)} ({results.round.id})"),
        (_say("Answers up to"), results.as_of.isoformat()),
        (_say("For"), text_in(source.profile.codes["audience"][results.audience].texts, LANGUAGE)),
        (_say("Shifts"), f"{first} → {last}"),
        (_say("Organisations"), _who(results)),
        (_say("Protected values"), str(sum(results.suppressed.values()))),
        *((_say("To bear in mind") if number == 0 else "", line) for number, line in enumerate(source.profile.readme)),
        *(
            (_say("Sheet {name}", name=one.name), _say_rows(text_in(one.grain, LANGUAGE), count))
            for one, count in sheets
        ),
    ]


def _say_rows(grain: str, count: int) -> str:
    return _say("{grain}. Number of rows: {count}.", grain=grain, count=count)


def _who(results: RoundResults) -> str:
    parts = [_say("{count} included", count=len(results.named))]
    if results.left_out:
        parts.append(_say("{count} do not share with this reader", count=results.left_out))
    if results.withdrawn:
        parts.append(_say("{count} have left the round", count=results.withdrawn))
    return ", ".join(parts)


def _say(msgid: str, **params: object) -> str:
    return text(msgid, LANGUAGE, context="export", **params)
