"""Everything that is wrong with a form before anybody is sent one, by file and line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sheets_pipeline.forms.faults import Fault, FaultyFormError, nearest
from sheets_pipeline.forms.lint import formulas, kinds, labels, migrations, names, questions, references, structure
from sheets_pipeline.forms.lint.forms import OCCASIONS, Linted
from sheets_pipeline.forms.reading import DEFINITION, Definition, read_definitions
from sheets_pipeline.forms.report import Report
from sheets_pipeline.model.issues import SEVERITIES

CHECKS = (names, labels, structure, questions, references, kinds, formulas, migrations)

__all__ = ["OCCASIONS", "Fault", "lint"]


def lint(
    folder: Path,
    *,
    forms: Iterable[str] = (),
    overlays: Path | None = None,
    occasions: Iterable[str] = OCCASIONS,
) -> tuple[Fault, ...]:
    """The faults of the forms in a folder of forms, or of one form's own folder, by file and line.

    `forms` picks some by name; the others are read all the same, for what refers to them. Severity `error` stops a run,
    `warning` should be mended, `info` is worth knowing (what only the pipeline can check).
    """
    chosen = set(forms)
    if (folder / DEFINITION).is_file():
        folder, chosen = folder.resolve().parent, {folder.resolve().name}
    try:
        definitions, unreadable = read_definitions(folder, overlays)
    except FaultyFormError as error:
        return error.found
    known = {Path(fault.file).parent.name for fault in unreadable} | {one.name for one in definitions}
    found = [fault for fault in unreadable if not chosen or Path(fault.file).parent.name in chosen]
    found += [_no_form(folder, name, known) for name in chosen - known]
    linted = [one for one in definitions if not chosen or one.name in chosen]
    found += [fault for one in linted for fault in _faults(one, definitions, tuple(occasions))]
    return tuple(sorted(found, key=lambda one: (one.file, one.line, SEVERITIES.index(one.severity))))


def _no_form(folder: Path, name: str, known: set[str]) -> Fault:
    return Fault(str(folder), 0, "no_form", f"there is no form “{name}”: {nearest(name, known)}")


def _faults(definition: Definition, definitions: list[Definition], occasions: tuple[str, ...]) -> tuple[Fault, ...]:
    """What reading found; what the checks find, once the form is built as its author wrote it."""
    if any(fault.severity == "error" for fault in definition.faults):
        return definition.faults
    report = Report(definition.document)
    forms = {one.form.form_id: one.form for one in definitions}
    linted = Linted(definition.form, report, forms, occasions)
    for check in CHECKS:
        check.check(linted)
    return (*definition.faults, *report.faults)
