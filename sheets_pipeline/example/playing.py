"""Building a wave's workbooks, and having them filled in and handed in."""

from __future__ import annotations

from pathlib import Path

from sheets_pipeline.example.sending import send
from sheets_pipeline.example.waves import WAVES, Wave
from sheets_pipeline.pipeline.making import Built, Wanted, make_workbooks
from sheets_pipeline.project import Project


def build_wave(project: Project, wave: Wave) -> list[tuple[Path, Built]]:
    """Build the wave's workbooks into the project, on what is in force by then."""
    folder = project.path("workbooks")
    return [
        made
        for packet in wave.packets
        for made in make_workbooks(project, None, Wanted(packet=packet), wave.built, folder)
    ]


def play_wave(project: Project, wave: Wave) -> list[Path]:
    """Build a wave's workbooks and fill the inbox with them; the files in the order they came."""
    return send(project, wave, [built for _, built in build_wave(project, wave)])


def fill_inbox(project: Project) -> list[Path]:
    """Both waves at once, for a project whose inbox waits to be collected."""
    return [path for wave in WAVES for path in play_wave(project, wave)]
