"""Local wording laid over a form's own: `<folder>/<form_id>.yaml`, outside the repository.

An overlay replaces texts and nothing else. Its checksum becomes part of the definition, so that a report can say which
wording was used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheets_pipeline.forms.documents import read_document
from sheets_pipeline.forms.faults import Fault, nearest
from sheets_pipeline.forms.fields import Fields
from sheets_pipeline.forms.report import Report

_GROUPS = ("part_titles", "group_titles", "levels", "level_notes", "title_by_type")


@dataclass(frozen=True, slots=True)
class _Target:
    """Something with texts: its plain data, and the keys whose texts may be replaced."""

    data: dict[str, Any]
    keys: tuple[str, ...]


def lay_over(source: dict[str, Any], overlay: Path) -> list[Fault]:
    """Replace texts in a definition's plain data; what the overlay cannot mean comes back as faults."""
    document = read_document(overlay)
    report = Report(document)
    targets = _by_id(source)
    fields = Fields(document.data, (), report, "overlay")
    for name, data in fields.group("labels").items():
        _replace(targets.get(name, []), Fields(data, ("labels", name), report, name), targets)
    fields.finish()
    source["overlay"] = hashlib.sha256(overlay.read_bytes()).hexdigest()
    return report.faults


def _replace(found: list[_Target], fields: Fields, targets: dict[str, list[_Target]]) -> None:
    if not found:
        message = f"the form has nothing named “{fields.what}”: {nearest(fields.what, targets)}"
        fields.fault("", "unknown_name", message)
        return
    if len(found) > 1:
        message = f"“{fields.what}” stands in several sections: write it as section/{fields.what}"
        fields.fault("", "ambiguous_name", message)
        return
    target = found[0]
    for key in target.keys:
        texts = fields.texts(key)
        if texts:
            target.data.setdefault(key, {}).update(texts)
    fields.finish()


def _by_id(source: dict[str, Any]) -> dict[str, list[_Target]]:
    targets: dict[str, list[_Target]] = {}
    for name, target in _targets(source):
        targets.setdefault(name, []).append(target)
    return targets


def _targets(source: dict[str, Any]) -> Iterator[tuple[str, _Target]]:
    """(id, target) of everything that has texts."""
    yield str(source.get("form_id", "form")), _Target(source, ("title", "instruction", "answered_by"))
    for section in _mappings(source, "sections"):
        yield from _section_targets(section)
    for sheet in _mappings(source, "sheets"):
        yield f"sheets/{sheet.get('name')}", _Target(sheet, ("title", "note", "title_children"))
    for mode in _mappings(source, "modes"):
        yield f"modes/{mode.get('name')}", _Target(mode, ("label",))
    for group in _GROUPS:
        for name, texts in _group(source, group).items():
            yield f"{group}/{name}", _Target({"title": texts}, ("title",))
    for name, choices in _group(source, "choice_lists").items():
        yield name, _Target(choices, ("label", "note"))
        for choice in _mappings(choices, "choices"):
            yield f"{name}/{choice.get('name')}", _Target(choice, ("label", "hint"))


def _section_targets(section: dict[str, Any]) -> Iterator[tuple[str, _Target]]:
    name = str(section.get("name"))
    yield name, _Target(section, ("title", "note"))
    for item in _mappings(section, "items"):
        yield str(item.get("name")), _Target(item, ("label", "hint"))
    for question in _mappings(section, "questions"):
        target = _Target(question, ("label", "hint", "constraint_message"))
        yield str(question.get("name")), target
        yield f"{name}/{question.get('name')}", target
    for child in _mappings(section, "children"):
        yield from _section_targets(child)


def _mappings(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The mappings of a list; what is no list or mapping is reported when the form is built."""
    value = data.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _group(data: dict[str, Any], key: str) -> dict[str, dict[str, Any]]:
    value = data.get(key)
    return {name: one for name, one in value.items() if isinstance(one, dict)} if isinstance(value, dict) else {}


def overlay_files(folder: Path) -> dict[str, Path]:
    """Form id → overlay file."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}
