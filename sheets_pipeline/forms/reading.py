"""Folders of definitions as forms: one form a folder, `form.yaml` with instructions beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from sheets_pipeline.forms.data_choices import resolve
from sheets_pipeline.forms.definitions import build
from sheets_pipeline.forms.documents import Document, read_document
from sheets_pipeline.forms.faults import Fault, FaultyFormError, nearest, refuse
from sheets_pipeline.forms.overlays import lay_over, overlay_files
from sheets_pipeline.forms.report import Report
from sheets_pipeline.model.forms import Form

Catalogue: TypeAlias = Mapping[str, Form]
DEFINITION = "form.yaml"


@dataclass(frozen=True, slots=True)
class Definition:
    """A form with its folder's name, the document it was read from (for lines) and what was wrong in it."""

    name: str
    document: Document
    form: Form
    faults: tuple[Fault, ...]


def read_form(folder: Path, *, overlay: Path | None = None, other_forms: Catalogue | None = None) -> Form:
    """The form of a folder, with the wording of an overlay file.

    Without `other_forms`, choices from other forms stay names. Raises FormError with every fault by file and line.
    """
    definition = read_definition(folder, overlay=overlay, other_forms=other_forms)
    refuse(definition.faults)
    return definition.form


def read_catalogue(folder: Path, overlays: Path | None = None) -> Catalogue:
    """Form id → form, for every folder with a definition; raises FormError with the faults of all of them."""
    definitions, unreadable = read_definitions(folder, overlays)
    refuse([*unreadable, *(fault for definition in definitions for fault in definition.faults)])
    return {definition.form.form_id: definition.form for definition in definitions}


def from_source(source: Mapping[str, Any]) -> Form:
    """The form that an archived definition (`Form.source`) describes; raises FormError."""
    data = dict(source)
    report = Report(Document(str(source.get("form_id", "definition")), data))
    form = build(data, report)
    report.finish()
    return form


def read_definition(folder: Path, *, overlay: Path | None = None, other_forms: Catalogue | None = None) -> Definition:
    """One form with its faults; raises FormError only for what cannot be read at all."""
    prepared = _prepare(folder, overlay)
    if other_forms is not None:
        sources = {name: form.source for name, form in other_forms.items()} | {folder.name: prepared.document.data}
        resolve(prepared.document.data, sources, prepared)
    return _definition(prepared)


def read_definitions(folder: Path, overlays: Path | None = None) -> tuple[list[Definition], list[Fault]]:
    """Every form of a folder in the order of their names, and the faults of those that cannot be read at all.

    Overlays come first: a list of another form's statements shows them in their local wording.
    """
    folders = form_folders(folder)
    files = _overlays(overlays, {one.name for one in folders})
    prepared: dict[str, Report] = {}
    unreadable: list[Fault] = []
    for one in folders:
        try:
            prepared[one.name] = _prepare(one, files.get(one.name))
        except FaultyFormError as error:
            unreadable.extend(error.found)
    sources = {name: report.document.data for name, report in prepared.items()}
    for report in prepared.values():
        resolve(report.document.data, sources, report)
    return [_definition(report) for report in prepared.values()], unreadable


def form_folders(folder: Path) -> list[Path]:
    """The folders that hold a definition; raises FormError when there is none."""
    folders = sorted(path.parent for path in folder.glob(f"*/{DEFINITION}"))
    if not folders:
        hint = "A project keeps one folder a form in workbook_templates; `sheets-pipeline init` lays one out."
        message = f"no form here (looked for <form>/{DEFINITION})"
        raise FaultyFormError([Fault(str(folder), 0, "no_form", message)], hint=hint)
    return folders


def form_document(folder: Path) -> Document:
    """The definition as plain data with its lines: anchors taken out, instructions put in."""
    document = read_document(folder / DEFINITION)
    document.data.pop("anchors", None)
    texts = {path.name.split(".")[1]: _paragraphs(path) for path in sorted(folder.glob("instructions.*.md"))}
    if texts and "instruction" not in document.data:
        document.data["instruction"] = texts
    return document


def _paragraphs(path: Path) -> str:
    """Markdown as plain paragraphs: lines joined, list lines kept, marks of headings taken away."""
    paragraphs = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines: list[str] = []
        for line in (one.strip().lstrip("#").strip() for one in block.strip().splitlines()):
            if lines and not line.startswith(("- ", "* ")):
                lines[-1] = f"{lines[-1]} {line}"
            else:
                lines.append(line)
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _prepare(folder: Path, overlay: Path | None) -> Report:
    """The document with its local wording, and what is wrong with either so far."""
    document = form_document(folder)
    report = Report(document)
    form_id = document.data.get("form_id")
    if form_id and form_id != folder.name:
        report.add(("form_id",), "form_id", f"form_id “{form_id}” must be the folder's name, “{folder.name}”")
    if overlay:
        report.faults.extend(lay_over(document.data, overlay))
    return report


def _definition(report: Report) -> Definition:
    form = build(report.document.data, report)
    name = Path(report.document.file).parent.name
    return Definition(name, report.document, form, tuple(report.faults))


def _overlays(folder: Path | None, forms: set[str]) -> dict[str, Path]:
    if folder is None:
        return {}
    if not folder.is_dir():
        message = "the folder with label overlays is not there: mend the path in the settings"
        raise FaultyFormError([Fault(str(folder), 0, "overlay", message)])
    files = overlay_files(folder)
    refuse(
        Fault(str(path), 1, "unknown_form", f"there is no form “{name}”: {nearest(name, forms)}")
        for name, path in files.items()
        if name not in forms
    )
    return files
