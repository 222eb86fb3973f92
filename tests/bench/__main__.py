"""`make bench`: ratios of speed, measured side by side in one run; printed, and written to `build/bench.json`.

Repetitions of everything are taken in turn, so that a busy machine disturbs all of it alike, and medians are quoted.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.bench.material import filled_workbooks, make_project, send
from tests.bench.steps import Cost

BUILD = Path("build")
FILES, LARGE, REPEAT = 400, 1_600, 3
LONG_FILES, LONG_LARGE = 500, 50_000
PARTS: Mapping[str, tuple[str, ...]] = {
    "collect": ("calamine", "pandas_loop", "first_night", "unchanged_night"),
    "workers": ("two_workers",),
    "build": ("build_workbooks", "xlsxwriter", "feedback"),
    "start": ("bare_python", "help_command", "status_command"),
    "report": ("report",),
    "scale": (),
}


def main() -> None:
    asked = _asked()
    BUILD.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=BUILD) as place:
        folder = _made(Path(place) / "usual", asked.files)
        steps = [step for part in asked.only for step in PARTS[part]]
        costs: dict[str, list[Cost]] = defaultdict(list)
        for _ in range(asked.repeat):
            for step in steps:
                costs[step].append(run(step, folder))
        figures = ratios(costs, asked.files)
        shutil.rmtree(folder)
        if "scale" in asked.only:
            figures |= scale(Path(place), asked.files, asked.large, asked.repeat)
    told = {"files": asked.files, "large": asked.large, "repeat": asked.repeat, **figures}
    (BUILD / "bench.json").write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    for name, figure in told.items():
        print(f"{name:28} {figure:>10,.4g}")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--files", type=int, default=0, help=f"workbooks of the usual folder ({FILES})")
    parser.add_argument("--large", type=int, default=0, help=f"workbooks of the large folder ({LARGE})")
    parser.add_argument("--long", action="store_true", help=f"{LONG_FILES} and {LONG_LARGE} workbooks")
    parser.add_argument("--repeat", type=int, default=REPEAT)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=tuple(PARTS))
    asked = parser.parse_args()
    asked.files = asked.files or (LONG_FILES if asked.long else FILES)
    asked.large = asked.large or (LONG_LARGE if asked.long else LARGE)
    return asked


def _made(folder: Path, files: int) -> Path:
    """A project with that many filled workbooks in its inbox."""
    project = make_project(folder, files)
    for _ in send(project, filled_workbooks(project), files):
        pass
    return folder


def run(step: str, folder: Path) -> Cost:
    """One step in an interpreter of its own."""
    command = [sys.executable, "-m", "tests.bench.steps", step, str(folder)]
    return Cost(**json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout))


def ratios(costs: Mapping[str, Sequence[Cost]], files: int) -> dict[str, float]:
    """Medians of the ratios within each turn, for the steps that were run; the keys are those of the documentation."""

    def over(one: str, other: str) -> float:
        return median(a.cpu / b.cpu for a, b in zip(costs[one], costs[other], strict=True))

    found: dict[str, float] = {}
    if "first_night" in costs:
        found["collect_over_calamine"] = over("first_night", "calamine")
        found["pandas_loop_over_collect"] = over("pandas_loop", "first_night")
        found["unchanged_over_first"] = over("unchanged_night", "first_night")
        found["collect_ms_per_file"] = median(one.cpu for one in costs["first_night"]) / files * 1_000
        found["calamine_ms_per_file"] = median(one.cpu for one in costs["calamine"]) / files * 1_000
    if "first_night" in costs and "two_workers" in costs:
        pairs = zip(costs["first_night"], costs["two_workers"], strict=True)
        found["two_workers_speedup"] = median(one.wall / two.wall for one, two in pairs)
    if "xlsxwriter" in costs:
        found["xlsxwriter_over_build"] = over("xlsxwriter", "build_workbooks")
        found["feedback_over_xlsxwriter"] = over("feedback", "xlsxwriter")
    if "bare_python" in costs:
        found["help_over_python"] = over("help_command", "bare_python")
        found["status_over_python"] = over("status_command", "bare_python")
    if "report" in costs:
        found["report_ms_per_organisation"] = median(one.cpu for one in costs["report"]) * 1_000
    return found


def scale(place: Path, files: int, large: int, repeat: int) -> dict[str, float]:
    """How computing and memory grow from a small to a large folder: computing as files to the power of the exponent."""
    costs: dict[int, list[Cost]] = {}
    for count in (files, large):
        folder = _made(place / f"of-{count}", count)
        costs[count] = [run("first_night", folder) for _ in range(repeat)]
        costs[-count] = [run("unchanged_night", folder)]
        shutil.rmtree(folder)
    cpu, memory = ({count: median(getattr(one, what) for one in costs[count]) for count in costs} for what in _SCALED)
    return {
        "scaling_exponent": math.log(cpu[large] / cpu[files]) / math.log(large / files),
        "memory_growth": memory[large] / memory[files] - 1,
        "unchanged_over_first_large": cpu[-large] / cpu[large],
    }


_SCALED = ("cpu", "megabytes")

if __name__ == "__main__":
    main()
