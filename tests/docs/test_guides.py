"""The Swedish guides name commands, options, settings, packets, sheets and folders that exist."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from sheets_pipeline.cli.commands import program
from sheets_pipeline.forms import read_catalogue
from sheets_pipeline.model.layout import lay_out
from sheets_pipeline.model.submissions import Parameters
from sheets_pipeline.texts import text

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ROOT / "docs" / "sv"
ADMINISTRATOR = (GUIDES / "projektledare.md").read_text(encoding="utf-8")
RESPONDENT = (GUIDES / "fylla-i.md").read_text(encoding="utf-8")
COMMAND = re.compile(r"^ {4,}sheets-pipeline (.+)$", re.MULTILINE)
MAIN_COMMANDS = {"demo", "init", "doctor", "workbooks", "collect", "jobs", "status", "submissions", "check", "compare"}


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words call, and what is left of them."""
    command: click.Command = program
    context = click.Context(program)
    while words and isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found is not None, f"there is no command {words[0]}"
        command, words = found, words[1:]
    return command, words


@pytest.mark.parametrize("line", COMMAND.findall(ADMINISTRATOR))
def test_each_command_exists_with_its_options(line: str) -> None:
    command, rest = command_of(re.sub(r'"[^"]*"', "text", line).split())

    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known


def test_the_guide_for_administrators_names_every_main_command() -> None:
    named = {line.split()[0] for line in COMMAND.findall(ADMINISTRATOR)}

    assert named >= MAIN_COMMANDS | {"report", "export"}


def test_packets_sharing_levels_and_files_are_those_of_the_project() -> None:
    programme = tomllib.loads((ROOT / "config" / "programme.toml").read_text(encoding="utf-8"))
    packets = {packet["id"] for packet in programme["rounds"]["2026"]["packets"]}
    settings = tomllib.loads((ROOT / "config" / "settings.toml").read_text(encoding="utf-8"))

    named = {packet for packet in packets if f"`{packet}`" in ADMINISTRATOR or f" {packet}\n" in ADMINISTRATOR}
    assert named == packets
    for folder in re.findall(r"`(data/\w+)`", ADMINISTRATOR):
        assert folder in settings["paths"].values(), folder
    for file in re.findall(r"`(config/\w+\.toml)`", ADMINISTRATOR):
        assert (ROOT / file).is_file(), file


def test_the_sheets_named_in_the_guide_for_respondents_exist() -> None:
    catalogue = read_catalogue(ROOT / "workbook_templates")
    titles = {
        sheet.title
        for form in catalogue.values()
        for sheet in lay_out(form, Parameters(scale=next(iter(form.scales), ""))).sheets
    }
    own = {text(name, "sv", context="sheet") for name in ("Start", "Feedback", "Merge")}
    named = set(re.findall(r"\*\*([^*]+)\*\*", RESPONDENT))
    not_sheets = {"Aktivera redigering", "Läge", "Inget om enskilda personer.", "Inga personnummer"}

    assert named - not_sheets - {"Inga siffror om små grupper"} <= titles | own


def test_the_guide_for_respondents_fits_two_pages() -> None:
    assert len(RESPONDENT.split()) < 1000
