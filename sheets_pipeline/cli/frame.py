"""What commands share: options, the project they work on, and how they print."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from sheets_pipeline.errors import ProjectError
from sheets_pipeline.project import Project, open_project
from sheets_pipeline.texts import LANGUAGES, plural, text

Command = TypeVar("Command", bound=Callable[..., Any])
DATA_HAS_ERRORS = 1
_SPACES = "\u00a0\u202f"
_FIGURES = re.compile(r"[+−±]?[\d\u00a0]+([.,]\d+)?")


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
        """The language asked for, else that of the settings, else Swedish where no project can be read."""
        if self.language:
            return self.language
        try:
            return self.project.settings.language
        except ProjectError:
            return LANGUAGES[0]

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

    def count(self, one: str, many: str, count: int, **params: object) -> str:
        """The form of a text that goes with a count, in the reader's language."""
        return plural(one, many, count, self.lang, context="cli", **params)

    def print_json(self, facts: object) -> None:
        """One JSON document on standard output, UTF-8."""
        sys.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")

    def table(self, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table for people, its titles in their language: drawn on a terminal, separated by tabs elsewhere.

        Programs read the same facts with `--json`, under keys that never change.
        """
        lines = [[plain(cell) for cell in row] for row in rows]
        words = [self.words(title) for title in titles]
        if sys.stdout.isatty():
            _draw(words, lines)
            return
        for line in (words, *lines):
            click.echo("\t".join(line))


def plain(words: str) -> str:
    """Nothing that moves the cursor or turns the reading direction: control characters are shown as escapes."""
    return "".join(sign if sign.isprintable() or sign in _SPACES else _escaped(sign) for sign in words)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii")


def _draw(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Figures to the right, but for the first column, which says what a row is about."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, title in enumerate(titles):
        figures = [row[place] for row in rows if row[place]]
        counted = place > 0 and bool(figures) and all(_FIGURES.fullmatch(one) for one in figures)
        table.add_column(title, justify="right" if counted else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(markup=False, emoji=False, highlight=False).print(table)


def framed(command: Command) -> Command:
    """Give a command the options that all of them have, and a Frame as its first argument."""

    @click.option("--project", "folder", type=click.Path(path_type=Path), help="The project's folder.")
    @click.option("--lang", "language", type=click.Choice(LANGUAGES), help="Language of what is printed.")
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
