"""What commands share: options, the project they work on, and how they print."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from sheets_pipeline.project import Project, open_project
from sheets_pipeline.texts import text

Command = TypeVar("Command", bound=Callable[..., Any])
DATA_HAS_ERRORS = 1


@dataclass
class Frame:
    """One call of a command: where it works, in which language, and whether it prints JSON."""

    folder: Path | None
    language: str | None
    as_json: bool
    as_of_given: datetime | None
    round_id: str | None

    @cached_property
    def project(self) -> Project:
        """The project that the command works on."""
        return open_project(self.folder)

    @cached_property
    def lang(self) -> str:
        """The language asked for, else that of the settings."""
        return self.language or self.project.settings.language

    @property
    def as_of(self) -> date:
        """The day that counts as today."""
        return self.as_of_given.date() if self.as_of_given else datetime.now().astimezone().date()

    def clock(self) -> datetime:
        """Now, in UTC: only for the ledger and for files that are still being copied."""
        return datetime.now(UTC)

    def say(self, msgid: str, *, err: bool = False, **params: object) -> None:
        """A line in the reader's language."""
        click.echo(text(msgid, self.lang, context="cli", **params), err=err)

    def words(self, msgid: str, **params: object) -> str:
        """A text in the reader's language."""
        return text(msgid, self.lang, context="cli", **params)

    def print_json(self, facts: object) -> None:
        """One JSON document on standard output, UTF-8."""
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table: drawn on a terminal, separated by tabs elsewhere."""
        if not sys.stdout.isatty():
            for row in (titles, *rows):
                click.echo("\t".join(row))
            return
        from rich.console import Console
        from rich.table import Table

        table = Table(*(self.words(title) for title in titles), box=None, header_style="bold")
        for row in rows:
            table.add_row(*row)
        Console().print(table)


def framed(command: Command) -> Command:
    """Give a command the options that all of them have, and a Frame as its first argument."""

    @click.option("--project", "folder", type=click.Path(path_type=Path), help="The project's folder.")
    @click.option("--lang", "language", type=click.Choice(["sv", "en"]), help="Language of what is printed.")
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document on standard output.")
    @click.option("--as-of", "as_of_given", type=click.DateTime(["%Y-%m-%d"]), help="The day that counts as today.")
    @click.option("--round", "round_id", help="The round; the current one without it.")
    @wraps(command)
    def wrapper(
        *args: object,
        folder: Path | None,
        language: str | None,
        as_json: bool,
        as_of_given: datetime | None,
        round_id: str | None,
        **options: object,
    ) -> object:
        return command(Frame(folder, language, as_json, as_of_given, round_id), *args, **options)

    return wrapper  # type: ignore[return-value]
