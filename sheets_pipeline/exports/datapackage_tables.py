"""The tables of the Data Package: those of the export for SALAR under English ids, and what they refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from sheets_pipeline.exports.profile import Code, Column, Profile, SheetProfile, profile
from sheets_pipeline.exports.rows.answers import SELF_ASSESSMENT, answer_rows
from sheets_pipeline.exports.rows.codebook import codebook_rows
from sheets_pipeline.exports.rows.measures import measure_rows
from sheets_pipeline.exports.rows.plans import plan_rows
from sheets_pipeline.exports.rows.quality import quality_rows
from sheets_pipeline.exports.rows.shifts import shift_rows
from sheets_pipeline.exports.rows.texts import text_rows
from sheets_pipeline.exports.source import INSIDE, Source
from sheets_pipeline.exports.table import Row
from sheets_pipeline.model.forms import Form, text_in

NAME, SHARED = "datapackage", "salar"
WHOLE = "whole_organisation"
"""What stands for no committee or department where a row is identified by one."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What identifies a row, and which columns refer to which table's rows."""

    primary: tuple[str, ...]
    foreign: Mapping[tuple[str, ...], str]


@cache
def keys() -> Mapping[str, Keys]:
    """Table → its keys, tables before those that refer to them."""
    import yaml

    file = resources.files("sheets_pipeline.exports") / "profiles" / f"{NAME}.yaml"
    return {
        table: Keys(
            primary=tuple(entry["primary"]),
            foreign={tuple(columns.split()): target for columns, target in entry.get("foreign", {}).items()},
        )
        for table, entry in yaml.safe_load(file.read_text(encoding="utf-8"))["keys"].items()
    }


@cache
def english() -> Profile:
    """The profile of the package: the shared tables and codes under their English ids, and its own."""
    own, shared = profile(NAME), profile(SHARED)
    sheets = {sheet.id: _english(sheet) for sheet in (*shared.sheets, *own.sheets)}
    codes = {name: _by_id(listed) for name, listed in shared.codes.items()}
    return replace(own, sheets=tuple(sheets[table] for table in keys()), codes={**codes, **own.codes})


def _by_id(listed: Mapping[str, Code]) -> Mapping[str, Code]:
    return {key: replace(code, code=key) for key, code in listed.items()}


def _english(sheet: SheetProfile) -> SheetProfile:
    columns = tuple(replace(column, name=column.id) for column in sheet.columns)
    return replace(sheet, name=sheet.id, columns=columns)


def rows_of(source: Source, table: str) -> Iterator[Row]:
    """The rows of one table."""
    unit = "unit" in keys()[table].primary
    for row in _ROWS[table](source):
        yield {**row, "unit": row["unit"] or WHOLE} if unit else row


def _organisations(source: Source) -> Iterator[Row]:
    """Those that any other table may name; for SALAR's project lead everybody who was asked for anything."""
    results = source.results
    for one in results.round.organisations:
        if results.audience == INSIDE or one.code in {*results.named, *results.texts_of}:
            yield {
                "organisation_code": one.code,
                "name": one.name,
                "organisation_type": source.code("organisation_type", one.type),
                "cluster": one.cluster,
                "role": source.code("role", one.role),
            }


def _occasions(source: Source) -> Iterator[Row]:
    for one in sorted(source.results.round.edition.occasions, key=lambda one: one.order):
        yield {
            "occasion": one.id,
            "kind": one.kind,
            "order": one.order,
            "label_sv": text_in(one.label, "sv"),
            "label_en": text_in(one.label, "en"),
        }


def _sections(source: Source) -> Iterator[Row]:
    prefix = "section/"
    for name, words in source.results.titles.items():
        if name.startswith(prefix):
            section = name.removeprefix(prefix)
            yield {"section": section, "label_sv": text_in(words, "sv"), "label_en": text_in(words, "en")}


def _items(source: Source) -> Iterator[Row]:
    """Every item of every version in use, as the newest version words it."""
    found: dict[str, Row] = {}
    for form in sorted(source.forms.values(), key=lambda form: (form.version, form.definition)):
        if form.form_id == SELF_ASSESSMENT:
            found |= {str(row["item"]): row for row in _items_of(form)}
    yield from found.values()


def _items_of(form: Form) -> Iterator[Row]:
    for section in form.walk():
        for item in section.items:
            yield {
                "item": item.name,
                "section": section.name,
                "number": item.number,
                "headline": item.headline,
                "text_sv": text_in(item.label, "sv"),
                "text_en": text_in(item.label, "en"),
            }


def _codebook(source: Source) -> Iterator[Row]:
    for row in codebook_rows(source):
        if not row["code_id"]:
            yield {
                "table": row["sheet"],
                "column": row["column"],
                "meaning_sv": row["meaning_sv"],
                "meaning_en": row["meaning_en"],
            }


def _codes_of_columns(source: Source) -> Iterator[Row]:
    for row in codebook_rows(source):
        if row["code_id"]:
            yield {
                "table": row["sheet"],
                "column": row["column"],
                "code": row["code"],
                "text_sv": row["code_text_sv"],
                "text_en": row["code_text_en"],
            }


_ROWS: Mapping[str, Callable[[Source], Iterator[Row]]] = {
    "organisations": _organisations,
    "occasions": _occasions,
    "sections": _sections,
    "items": _items,
    "answers": answer_rows,
    "shifts": shift_rows,
    "plans": plan_rows,
    "measures": measure_rows,
    "texts": text_rows,
    "quality": quality_rows,
    "codebook": _codebook,
    "codes": _codes_of_columns,
}


def codes_of(column: Column) -> tuple[str, ...]:
    """The codes that a column may hold, where it holds one at a time from a fixed list."""
    return tuple(code.code for code in english().codes[column.codes].values()) if column.codes else ()
