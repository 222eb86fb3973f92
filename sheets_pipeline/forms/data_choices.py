"""Choices that come from data: `choices_from: self_assessment.items` lists another form's statements.

The list is written into the definition itself, so that an archived definition stands on its own. Lists of the programme
(`programme.meetings`) are known only when a workbook is built, and stay names here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sheets_pipeline.forms.documents import Place
from sheets_pipeline.forms.faults import nearest
from sheets_pipeline.forms.report import Report

PROGRAMME_LISTS = ("programme.clusters", "programme.meetings", "programme.occasions", "programme.organisations")
LONGEST_TYPED = 60


def resolve(source: dict[str, Any], sources: Mapping[str, Mapping[str, Any]], report: Report) -> None:
    """Write every list that the form's questions name by `choices_from` into its `choice_lists`."""
    wanted = [(place, name) for place, name in _named(source, ()) if name not in PROGRAMME_LISTS]
    for place, name in wanted:
        form, _, part = name.rpartition(".")
        choices = _item_choices(sources[form]) if part == "items" and form in sources else []
        if choices:
            source.setdefault("choice_lists", {})[name] = {"choices": choices}
        else:
            known = (*PROGRAMME_LISTS, *(f"{one}.items" for one in sources if _item_choices(sources[one])))
            report.add(place, "unknown_list", f"choices_from “{name}” has no choices: {nearest(name, known)}")


def _named(data: object, place: Place) -> Iterator[tuple[Place, str]]:
    """(place, list) of every `choices_from`, at any depth."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key == "choices_from" and isinstance(value, str):
                yield (*place, key), value
            elif key in {"sections", "children", "questions"}:
                yield from _named(value, (*place, key))
    elif isinstance(data, list):
        for number, one in enumerate(data):
            yield from _named(one, (*place, number))


def _item_choices(source: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [_choice(item) for section in source.get("sections") or [] for item in _items(section)]


def _items(section: object) -> list[dict[str, Any]]:
    items = section.get("items") if isinstance(section, dict) else None
    return [item for item in items or [] if isinstance(item, dict) and isinstance(item.get("label"), dict)]


def _choice(item: Mapping[str, Any]) -> dict[str, Any]:
    labels = {language: f"{item.get('number')} {str(text).strip()}" for language, text in item["label"].items()}
    typed = {language: shortened(label) for language, label in labels.items()}
    return {"name": item.get("name"), "label": labels, "typed": typed}


def shortened(label: str) -> str:
    """At most 60 characters, cut between words, so that a drop-down can list it."""
    if len(label) <= LONGEST_TYPED:
        return label
    return label[:LONGEST_TYPED].rsplit(" ", 1)[0].rstrip(" ,;:.–") + "…"
