"""`forms`: the definitions."""

from __future__ import annotations

import click

from sheets_pipeline.cli.frame import Frame, framed
from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.forms import Form, Section, text_in
from sheets_pipeline.model.slots import slots
from sheets_pipeline.model.submissions import Parameters


@click.group()
def forms() -> None:
    """The form definitions in workbook_templates/."""


def _questions(form: Form) -> int:
    """What a person is asked once: a statement with its columns is one, and so is a question of a table or card."""
    return sum(_asked(section) for section in form.walk())


def _asked(section: Section) -> int:
    if section.shape == "items":
        return len(section.items)
    return sum(question.type != "calculate" and not question.locked for question in section.questions)


def _minutes(form: Form) -> int:
    return max((mode.minutes for mode in form.modes), default=form.minutes)


def _unknown(frame: Frame, form_id: str) -> UsageError:
    known = ", ".join(frame.project.form_ids)
    return UsageError(
        frame.words("there is no form {form}", form=form_id), hint=frame.words("known: {names}", names=known)
    )


@forms.command("list")
@framed
def list_forms(frame: Frame) -> int:
    """List the forms.

    \b
    Example:  sheets-pipeline forms list --json
    """
    listed = [
        {
            "form": form.form_id,
            "version": form.version,
            "title": text_in(form.title, frame.lang),
            "questions": _questions(form),
            "minutes": _minutes(form),
        }
        for form in frame.project.catalogue.values()
    ]
    if frame.as_json:
        frame.print_json({"forms": listed})
    else:
        rows = [[str(value) for value in entry.values()] for entry in listed]
        frame.table(["form", "version", "title", "questions", "minutes"], rows)
    return 0


@forms.command()
@click.argument("form_id", metavar="FORM")
@framed
def show(frame: Frame, form_id: str) -> int:
    """Show every question of a form with its answer path.

    \b
    Example:  sheets-pipeline forms show self_assessment
    """
    form = frame.project.catalogue.get(form_id)
    if form is None:
        raise _unknown(frame, form_id)
    scale = form.scales[0] if form.scales else ""
    asked = list(slots(form, Parameters(scale=scale, language=frame.lang)))
    from sheets_pipeline.model.remarks import question_text

    listed = [
        {"path": slot.path, "type": slot.type, "question": question_text(form, slot.path, frame.lang)} for slot in asked
    ]
    if frame.as_json:
        frame.print_json(
            {"form": form.form_id, "version": form.version, "definition": form.definition, "questions": listed}
        )
    else:
        frame.table(["path", "type", "question"], [list(entry.values()) for entry in listed])
    return 0


@forms.command()
@click.argument("form_ids", metavar="[FORM]...", nargs=-1)
@framed
def lint(frame: Frame, form_ids: tuple[str, ...]) -> int:
    """Check definitions; every fault with its file and line.

    \b
    Example:  sheets-pipeline forms lint self_assessment
    """
    from sheets_pipeline.forms.lint import lint as lint_forms

    for form_id in form_ids:
        if form_id not in frame.project.form_ids:
            raise _unknown(frame, form_id)

    folder = frame.project.folder / "workbook_templates"
    faults = [
        fault
        for fault in lint_forms(folder)
        if not form_ids or any(f"{form_id}/" in str(fault.file) for form_id in form_ids)
    ]
    if frame.as_json:
        frame.print_json(
            {
                "faults": [
                    {"file": str(f.file), "line": f.line, "severity": f.severity, "message": f.message} for f in faults
                ]
            }
        )
    else:
        for fault in faults:
            click.echo(f"{fault.file}:{fault.line}: {fault.severity}: {fault.message}")
        looked_over = len(form_ids or frame.project.form_ids)
        counted = frame.count("{count} form looked over", "{count} forms looked over", looked_over)
        click.echo(f"{counted}, {frame.count('{count} fault', '{count} faults', len(faults))}", err=True)
    return 3 if any(fault.severity == "error" for fault in faults) else 0
