"""Every command explains itself, with an example that the command line understands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sheets_pipeline.cli.commands import program
from tests.texts.said import PACKAGE

EXAMPLE = re.compile(r"^ *Example:  sheets-pipeline (?P<arguments>.+)$", re.MULTILINE)


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands(program))


def help_of(path: tuple[str, ...]) -> str:
    result = CliRunner().invoke(program, [*path, "--help"], prog_name="sheets-pipeline")
    assert result.exit_code == 0, result.output
    return result.output


def words(path: tuple[str, ...]) -> str:
    return " ".join(path)


@pytest.mark.parametrize("path", COMMANDS, ids=words)
def test_help_says_what_the_command_does_and_gives_an_example(path: tuple[str, ...]) -> None:
    told = help_of(path)
    match = EXAMPLE.search(told)
    assert match, told
    assert shlex.split(match["arguments"])[: len(path)] == list(path)
    assert COMMANDS[path].get_short_help_str(200).endswith((".", ":"))


@pytest.mark.parametrize("path", COMMANDS, ids=words)
def test_the_example_is_one_that_the_command_takes(
    path: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> None:
    match = EXAMPLE.search(help_of(path))
    assert match
    arguments = shlex.split(match["arguments"])[len(path) :]
    here = tmp_path_factory.mktemp("example")
    given = [str(_file(here / one)) if one.endswith(".xlsx") else one for one in arguments]
    command = COMMANDS[path]
    with command.make_context(words(path), given) as context:  # raises click.UsageError for what is not understood
        assert not context.args


def _file(path: Path) -> Path:
    path.touch()
    return path


@pytest.mark.parametrize("path", COMMANDS, ids=words)
def test_every_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    options = [one for one in COMMANDS[path].params if isinstance(one, click.Option)]
    silent = [one.opts[0] for one in options if not one.help]
    assert silent == []


def test_the_list_of_commands_says_what_each_is_for() -> None:
    told = CliRunner().invoke(program, ["--help"], prog_name="sheets-pipeline").output
    for name in {path[0] for path in COMMANDS}:
        assert re.search(rf"^  {name} +\S.*[.?]$", told, re.MULTILINE), name


def test_commands_that_work_on_a_project_take_the_same_options() -> None:
    shared = {"--project", "--lang", "--json", "--as-of", "--round"}
    for path, command in COMMANDS.items():
        options = {name for one in command.params for name in one.opts}
        assert shared <= options or path in {("init",), ("demo",)}, path


def test_help_is_quick_because_heavy_libraries_wait() -> None:
    heavy = re.compile(r"^(from|import) (pandas|sqlalchemy|xlsxwriter|openpyxl|jinja2|rich)\b", re.MULTILINE)
    for path in sorted((PACKAGE / "cli").glob("*.py")):
        assert not heavy.search(path.read_text("utf-8")), path.name
