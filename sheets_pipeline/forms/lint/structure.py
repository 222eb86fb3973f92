"""Sections, sheets and modes: everything is asked once, and somewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sheets_pipeline.forms.documents import Place
from sheets_pipeline.forms.faults import nearest
from sheets_pipeline.forms.lint.forms import Linted, SectionPlace
from sheets_pipeline.model.forms import FormSheet, Section

_PREFIX = re.compile(r"[A-Z]{1,3}")


def check(linted: Linted) -> None:
    for one in linted.sections():
        for code, key, message in _section(linted, one.section):
            linted.add((*one.place, key), code, f"section {one.section.name}: {message}")
    _prefixes(linted)
    for at, sheet in enumerate(linted.form.sheets):
        _sheet(linted, ("sheets", at), sheet)
    for at, section in enumerate(linted.form.sections):
        _shown(linted, SectionPlace(section, ("sections", at), ()))
    _modes(linted)


def _section(linted: Linted, section: Section) -> Iterator[tuple[str, str, str]]:
    """(code, key, message) for one section alone."""
    rows = section.shape in {"table", "card"}
    if section.shape == "items" and not section.items:
        yield "shape", "shape", "the shape items needs a list of items"
    if section.shape != "items" and section.items:
        yield "shape", "items", "only the shape items has items: take them away or change the shape"
    if section.shape != "card" and section.children:
        yield "shape", "children", "only a card has children: move them out or make this a card"
    if section.part and section.part not in linted.form.part_titles:
        known = nearest(section.part, linted.form.part_titles)
        yield "unknown_part", "part", f"part “{section.part}” has no title among part_titles: {known}"
    if rows:
        yield from _rows(section)
    elif section.prefix or section.prepared or section.maximum or section.min_rows:
        yield "shape", "shape", "prefix, prepared, maximum and min_rows belong to tables and cards"
    headlines = [at for at, item in enumerate(section.items) if item.headline]
    if len(headlines) > 1 or (headlines and headlines[0] != len(section.items) - 1):
        yield "headline", "items", "one headline item, and it stands last"


def _rows(section: Section) -> Iterator[tuple[str, str, str]]:
    if not _PREFIX.fullmatch(section.prefix):
        yield "prefix", "prefix", "printed ids need a prefix of one to three capital letters, such as P"
    if section.prepared < 1:
        yield "prepared", "prepared", "prepared says how many rows or cards are printed: at least 1"
    if section.maximum is not None and section.maximum < section.prepared:
        yield "prepared", "maximum", f"maximum is less than the {section.prepared} prepared"
    if section.min_rows > max(section.prepared, section.maximum or 0):
        yield "prepared", "min_rows", "min_rows is more than there is room for"


def _prefixes(linted: Linted) -> None:
    first: dict[str, str] = {}
    for one in linted.sections():
        prefix = one.section.prefix
        if prefix and prefix in first:
            message = f"section {one.section.name}: {first[prefix]} has the prefix {prefix} too: choose another letter"
            linted.add((*one.place, "prefix"), "prefix", message)
        first.setdefault(prefix, one.section.name)


def _sheet(linted: Linted, place: Place, sheet: FormSheet) -> None:
    sections = {section.name: section for section in linted.form.sections}
    for at, name in enumerate(sheet.sections):
        if name not in sections:
            message = f"sheet {sheet.name}: there is no section “{name}”: {nearest(name, sections)}"
            linted.add((*place, "sections", at), "unknown_section", message)
    shown = [sections[name] for name in sheet.sections if name in sections]
    columns = {question.name for section in shown if section.shape == "items" for question in section.questions}
    for at, column in enumerate(sheet.columns):
        if column not in columns:
            message = f"sheet {sheet.name}: no section of items here has the question “{column}”"
            linted.add((*place, "columns", at), "unknown_column", f"{message}: {nearest(column, columns)}")


def _shown(linted: Linted, one: SectionPlace) -> None:
    """Each question of a section on exactly one sheet."""
    section = one.section
    sheets = [sheet for sheet in linted.form.sheets if section.name in sheet.sections]
    if not sheets:
        message = f"section {section.name} stands on no sheet: name it among the sections of one"
        linted.add((*one.place, "name"), "not_shown", message)
        return
    if section.shape != "items":
        times = sum(sheet.sections.count(section.name) for sheet in sheets)
        if times > 1:
            linted.add((*one.place, "name"), "shown_twice", f"section {section.name} stands {times} times on sheets")
        return
    every = tuple(question.name for question in section.questions)
    shown = Counter(column for sheet in sheets for column in (sheet.columns or every))
    for at, name in enumerate(every):
        place = (*one.place, "questions", at)
        if not shown[name]:
            message = f"section {section.name}: the question {name} stands on no sheet: add it to a sheet's columns"
            linted.add(place, "not_shown", message)
        if shown[name] > 1:
            message = f"section {section.name}: the question {name} stands on {shown[name]} sheets: keep it in one"
            linted.add(place, "shown_twice", message)


def _modes(linted: Linted) -> None:
    form = linted.form
    names = [mode.name for mode in form.modes]
    for at, mode in enumerate(form.modes):
        if mode.minutes < 1:
            linted.add(("modes", at, "minutes"), "minutes", f"mode {mode.name}: say how many minutes it takes")
    if not form.modes and form.minutes < 1:
        linted.add(("form_id",), "minutes", "say how many minutes the form takes: add “minutes: …”")
    for occasion, mode_name in form.mode_by_occasion.items():
        place = ("mode_by_occasion", occasion)
        if occasion not in linted.occasions:
            message = f"there is no occasion “{occasion}”: {nearest(occasion, linted.occasions)}"
            linted.add(place, "unknown_occasion", message)
        if mode_name not in names:
            linted.add(place, "unknown_mode", f"there is no mode “{mode_name}”: {nearest(mode_name, names)}")
