"""The commands there are, where each of them lives, and what is said when one of them cannot go on."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

import click

from sheets_pipeline import __version__
from sheets_pipeline.errors import SheetsPipelineError

_COMMANDS = {
    "init": ("projects:init", "Lay out a new project."),
    "demo": ("projects:demo", "Play the whole main job on the example round."),
    "forms": ("forms:forms", "The form definitions: list, show, lint."),
    "workbooks": ("workbooks:workbooks", "Build the workbooks that are owed."),
    "check": ("checking:check", "Read and validate files without storing them."),
    "collect": ("collecting:collect", "Take in what lies in the inbox."),
    "submissions": ("submissions:submissions", "What is in force, what is held, and deciding it."),
    "status": ("results:status", "Who owes what, and what has come in."),
    "compare": ("results:compare", "Shifts between two measurement points."),
    "report": ("results:report", "The report as HTML and Excel."),
    "export": ("results:export", "Files for SALAR's own reporting."),
    "rounds": ("rounds:rounds", "The rounds: list, close, reopen, verify."),
    "trace": ("tracing:trace", "A number of the report back to its cells."),
    "jobs": ("jobs:jobs", "The jobs that run unattended: list, run."),
    "facts": ("facts:facts", "The key figures from Kolada: refresh, show."),
    "doctor": ("projects:doctor", "Is everything in order here?"),
}
_PIPE_CLOSED = 141


class _Lazy(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(f"sheets_pipeline.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sheets-pipeline")
def program() -> None:
    """Survey by workbook: forms out, answers in, checked cell by cell, compared, reported.

    \b
    Try it:  sheets-pipeline demo --to demo
    """


def run(arguments: Sequence[str]) -> int:
    """Run one command; its exit code: 0, 1 data, 2 usage, 3 project, 4 service, 74 disk, 75 lock."""
    try:
        code = program.main(list(arguments), prog_name="sheets-pipeline", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return 2
    except click.Abort:
        click.echo("", err=True)
        return 130
    except SheetsPipelineError as error:
        return _told(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED
    except OSError as error:
        click.echo(f"{error.filename or ''}: {error.strerror}".lstrip(": "), err=True)
        return 74
    return code if isinstance(code, int) else 0


def _told(error: SheetsPipelineError) -> int:
    click.echo(error.message, err=True)
    for fault in getattr(error, "faults", ()):
        if fault not in error.message:
            click.echo(fault, err=True)
    if error.hint:
        click.echo(error.hint, err=True)
    return error.exit_code
