from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from sheets_pipeline.example import WAVES, play_wave
from sheets_pipeline.pipeline.collecting import Run, collect
from sheets_pipeline.pipeline.receipts import run_json
from sheets_pipeline.project import Project, lay_out_project
from sheets_pipeline.store.repository import Store

NOW = datetime(2027, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Played:
    """The example played to its end: what each wave's collecting said, and the files of each wave."""

    project: Project
    said: Mapping[str, dict[str, Any]]
    files: Mapping[str, list[Path]]

    def verdicts(self, wave: str, name: str) -> list[str]:
        """The verdicts of a file's forms."""
        return [one["verdict"] for one in self.said[wave]["files"] if one["file"] == name]

    def codes(self, wave: str, name: str) -> set[str]:
        """The codes of a file's remarks, but for those that are only for information."""
        found = [one for one in self.said[wave]["files"] if one["file"] == name]
        return {issue["code"] for one in found for issue in one["issues"] if issue["severity"] != "info"}


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("example") / "project"
    lay_out_project(folder)
    project = Project(folder)
    said, files = {}, {}
    for wave in WAVES:
        files[wave.name] = play_wave(project, wave)
        with Store.open(project.store_url) as store:
            receipts = list(collect(project, store, Run(id=wave.name, as_of=wave.collected, now=NOW)))
        said[wave.name] = json.loads(json.dumps(run_json(wave.name, receipts, "sv")))
    return Played(project, said, files)
