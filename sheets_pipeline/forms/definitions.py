"""A definition's plain data as a Form: the dialect, key by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from sheets_pipeline.forms.fields import Fields
from sheets_pipeline.forms.report import Report
from sheets_pipeline.model.forms import (
    GROUPS,
    QUESTION_TYPES,
    Cadence,
    Choice,
    ChoiceList,
    Form,
    FormSheet,
    Item,
    Level,
    Migration,
    MissingSeverity,
    Mode,
    Question,
    Section,
    Shape,
)
from sheets_pipeline.model.submissions import content_hash

SHAPES: tuple[Shape, ...] = get_args(Shape)
CADENCES: tuple[Cadence, ...] = get_args(Cadence)
LEVELS: tuple[Level, ...] = get_args(Level)
SEVERITIES: tuple[MissingSeverity, ...] = get_args(MissingSeverity)
APPEARANCES = ("", "rows", "dropdowns", "option")
VIEWS = ("plain", "meeting")


def build(source: Mapping[str, Any], report: Report) -> Form:
    """The form that plain data describes; what is wrong goes to the report."""
    fields = Fields(source, (), report, "form")
    for key in ("form_id", "version", "cadence", "title", "sheets", "sections"):
        fields.demand(key)
    form = Form(
        form_id=fields.text("form_id"),
        version=fields.text("version"),
        title=fields.texts("title"),
        cadence=fields.one_of("cadence", CADENCES, "point"),
        sheets=tuple(_sheet(part) for part in fields.parts("sheets", "sheet")),
        sections=tuple(_section(part) for part in fields.parts("sections", "section")),
        choice_lists=_choice_lists(fields),
        title_by_type=fields.texts_by_name("title_by_type"),
        instruction=fields.texts("instruction"),
        answered_by=fields.texts("answered_by"),
        minutes=fields.integer("minutes"),
        modes=tuple(_mode(part) for part in fields.parts("modes", "mode")),
        levels=fields.texts_by_name("levels"),
        level_notes=fields.texts_by_name("level_notes"),
        scales=fields.words("scales"),
        mode_by_occasion=_words_by_name(fields, "mode_by_occasion"),
        part_titles=fields.texts_by_name("part_titles"),
        group_titles=fields.texts_by_name("group_titles"),
        migrations=tuple(_migration(part) for part in fields.parts("migrations", "migration")),
        overlay=fields.text("overlay"),
        definition=content_hash(source),
        source=source,
    )
    fields.finish()
    return form


def _sheet(fields: Fields) -> FormSheet:
    for key in ("name", "title", "sections"):
        fields.demand(key)
    sheet = FormSheet(
        name=fields.text("name"),
        title=fields.texts("title"),
        sections=fields.words("sections"),
        columns=fields.words("columns"),
        view=fields.one_of("view", VIEWS, "plain"),
        note=fields.texts("note"),
        title_children=fields.texts("title_children"),
    )
    fields.finish()
    return sheet


def _section(fields: Fields) -> Section:
    for key in ("name", "shape", "title", "questions"):
        fields.demand(key)
    section = Section(
        name=fields.text("name"),
        shape=fields.one_of("shape", SHAPES, "fields"),
        title=fields.texts("title"),
        note=fields.texts("note"),
        part=fields.text("part"),
        questions=tuple(_question(part) for part in fields.parts("questions", "question")),
        items=tuple(_item(part) for part in fields.parts("items", "item")),
        children=tuple(_section(part) for part in fields.parts("children", "section")),
        relevant=fields.condition("relevant"),
        prefix=fields.text("prefix"),
        prepared=fields.integer("prepared"),
        maximum=fields.some_integer("maximum"),
        min_rows=fields.integer("min_rows"),
        crosswalk=_crosswalk(fields),
    )
    fields.finish()
    return section


def _question(fields: Fields) -> Question:
    for key in ("name", "type", "label"):
        fields.demand(key)
    question = Question(
        name=fields.text("name"),
        type=fields.one_of("type", QUESTION_TYPES, "text"),
        label=fields.texts("label"),
        hint=fields.texts("hint"),
        required=fields.condition("required"),
        required_from=fields.some_text("required_from"),
        missing_severity=fields.one_of("missing_severity", SEVERITIES, "error"),
        invited=fields.condition("invited"),
        invited_from=fields.some_text("invited_from"),
        relevant=fields.condition("relevant"),
        constraint=fields.condition("constraint"),
        constraint_message=fields.texts("constraint_message"),
        constraint_severity=fields.one_of("constraint_severity", SEVERITIES, "error"),
        calculation=fields.condition("calculation"),
        choices=fields.some_text("choices"),
        choices_from=fields.some_text("choices_from"),
        appearance=fields.one_of("appearance", APPEARANCES, ""),
        groups=fields.words("groups"),
        of=_cell_type(fields),
        dated=fields.flag("dated"),
        marks=fields.flag("marks"),
        max_length=fields.some_integer("max_length"),
        max_choices=fields.some_integer("max_choices"),
        pattern=fields.some_text("pattern"),
        unit=fields.text("unit"),
        prefill=fields.some_text("prefill"),
        locked=fields.flag("locked"),
        confirm=fields.flag("confirm"),
        default=fields.some_text("default"),
        revision=fields.integer("revision", 1),
        equivalent_revisions=fields.integers("equivalent_revisions"),
        personal=fields.flag("personal"),
    )
    _groups_are_known(fields, question)
    fields.finish()
    return question


def _cell_type(fields: Fields) -> str | None:
    """The type of a split's cells."""
    if fields.raw("of") is None:
        return None
    return fields.one_of("of", [kind for kind in QUESTION_TYPES if kind != "split"], "decimal")


def _groups_are_known(fields: Fields, question: Question) -> None:
    for group in question.groups:
        if group not in GROUPS:
            fields.fault("groups", "unknown_word", f"{fields.what}: group “{group}”: known are {', '.join(GROUPS)}")


def _item(fields: Fields) -> Item:
    for key in ("name", "number", "label"):
        fields.demand(key)
    item = Item(
        name=fields.text("name"),
        number=fields.text("number"),
        label=fields.texts("label"),
        hint=fields.texts("hint"),
        level=fields.one_of("level", LEVELS, "both"),
        headline=fields.flag("headline"),
        revision=fields.integer("revision", 1),
        equivalent_revisions=fields.integers("equivalent_revisions"),
    )
    fields.finish()
    return item


def _choice_lists(fields: Fields) -> dict[str, ChoiceList]:
    lists = fields.group("choice_lists")
    place = (*fields.place, "choice_lists")
    return {
        name: _choice_list(name, Fields(data, (*place, name), fields.report, f"choice list {name}"))
        for name, data in lists.items()
    }


def _choice_list(name: str, fields: Fields) -> ChoiceList:
    fields.demand("choices")
    choices = ChoiceList(
        name=name,
        choices=tuple(_choice(part) for part in fields.parts("choices", f"{name}: choice")),
        label=fields.texts("label"),
        note=fields.texts("note"),
    )
    fields.finish()
    return choices


def _choice(fields: Fields) -> Choice:
    for key in ("name", "label"):
        fields.demand(key)
    choice = Choice(
        name=fields.text("name"),
        label=fields.texts("label"),
        value=fields.some_integer("value"),
        hint=fields.texts("hint"),
        typed=fields.texts("typed"),
        also_typed=fields.words("also_typed"),
        non_answer=fields.flag("non_answer"),
    )
    fields.finish()
    return choice


def _mode(fields: Fields) -> Mode:
    for key in ("name", "label", "minutes"):
        fields.demand(key)
    mode = Mode(
        name=fields.text("name"),
        label=fields.texts("label"),
        minutes=fields.integer("minutes"),
        headline_only=fields.flag("headline_only"),
    )
    fields.finish()
    return mode


def _migration(fields: Fields) -> Migration:
    fields.demand("from_version")
    migration = Migration(
        from_version=fields.text("from_version"),
        renamed=_words_by_name(fields, "renamed"),
        removed=fields.texts_by_name("removed"),
    )
    fields.finish()
    return migration


def _words_by_name(fields: Fields, key: str) -> Mapping[str, str]:
    inner = Fields(fields.group(key), (*fields.place, key), fields.report, f"{fields.what}: {key}")
    return {name: inner.text(name) for name in inner.data}


def _crosswalk(fields: Fields) -> Mapping[str, tuple[int, ...]]:
    inner = Fields(fields.group("crosswalk"), (*fields.place, "crosswalk"), fields.report, f"{fields.what}: crosswalk")
    return {edition: inner.integers(edition) for edition in inner.data}
