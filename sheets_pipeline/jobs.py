"""Jobs: steps that run one after another under a lock, each noted in the ledger. One TOML file in `jobs/` a job."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock, Timeout
from pydantic import Field

from sheets_pipeline.errors import LockedError, SheetsPipelineError, UsageError
from sheets_pipeline.files import disk_faults
from sheets_pipeline.pipeline.collecting import Run, collect
from sheets_pipeline.pipeline.decided import apply_decisions
from sheets_pipeline.pipeline.outputs import Asked, RoundView, view_round, write_exports, write_report
from sheets_pipeline.pipeline.receipts import Receipt, summary
from sheets_pipeline.project import Project
from sheets_pipeline.project.files import checked, read_toml
from sheets_pipeline.project.settings import Strict
from sheets_pipeline.store.repository import Store

StepName = Literal["collect", "status", "compare", "report", "export"]
WORST_DATA = 1


class Job(Strict):
    """A job as its file says it; `when` is local time (`02:30`) in `timezone`."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,30}$")
    when: str = Field(default="", pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^$")
    timezone: str = "Europe/Stockholm"
    steps: tuple[StepName, ...] = Field(min_length=1)
    on_failure: Literal["stop", "continue"] = "stop"
    catch_up: bool = True


@dataclass(frozen=True, slots=True)
class StepDone:
    """One step of a run: its facts for the ledger, and whether it failed."""

    name: str
    state: Literal["completed", "failed", "skipped"]
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ran:
    """A job that was run. `exit_code` is 0, 1 when data have errors, or the first failure's own."""

    run: str
    steps: tuple[StepDone, ...]
    exit_code: int


@dataclass(slots=True)
class _Context:
    project: Project
    store: Store
    run: str
    as_of: date
    now: datetime
    language: str
    told: Callable[[Receipt], None]
    worst: int = 0
    view: RoundView | None = None

    def round_view(self) -> RoundView:
        if self.view is None:
            asked = Asked(audience=self.project.settings.report.audience, as_of=self.as_of)
            self.view = view_round(self.project, self.store, self.project.round(), asked)
        return self.view


def jobs_of(project: Project) -> tuple[Job, ...]:
    """The jobs of a project by name; raises ProjectError for a file that is wrong."""
    return tuple(_read(path) for path in sorted((project.folder / "jobs").glob("*.toml")))


def _read(path: Path) -> Job:
    return checked(Job, read_toml(path), path)


def job_named(project: Project, name: str) -> Job:
    """One job; raises UsageError that lists those there are."""
    jobs = {job.name: job for job in jobs_of(project)}
    if name not in jobs:
        message = f"there is no job {name!r}"
        raise UsageError(message, hint="known: " + ", ".join(jobs))
    return jobs[name]


@contextmanager
def project_lock(project: Project) -> Iterator[None]:
    """Only one run at a time changes a project; raises LockedError at once. A killed run leaves no lock behind."""
    path = project.folder / "data" / ".lock"
    with disk_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        message = "another run is at work in this project"
        raise LockedError(message, hint="Try again when it has finished.") from None
    try:
        yield
    finally:
        lock.release()


def run_job(
    project: Project,
    job: Job,
    *,
    as_of: date,
    clock: Callable[[], datetime],
    language: str,
    told: Callable[[Receipt], None] = lambda _: None,
) -> Ran:
    """Run a job's steps in order. A step that fails is noted; `on_failure` says whether the rest run."""
    run = uuid.uuid4().hex[:12]
    with project_lock(project), Store.open(project.store_url) as store:
        store.start_run(run, job.name, clock())
        context = _Context(project, store, run, as_of, clock(), language, told)
        done: list[StepDone] = []
        for name in job.steps:
            failed = any(step.state == "failed" for step in done)
            skipped = failed and job.on_failure == "stop"
            step = StepDone(name, "skipped") if skipped else _run_step(name, context)
            store.step(run, name, step.state, clock(), step.facts)
            done.append(step)
        state = "failed" if any(step.state == "failed" for step in done) else "completed"
        store.finish_run(run, state, clock(), {"exit_code": context.worst})
    return Ran(run, tuple(done), context.worst)


def _run_step(name: str, context: _Context) -> StepDone:
    try:
        return StepDone(name, "completed", _STEPS[name](context))
    except SheetsPipelineError as error:
        context.worst = max(context.worst, error.exit_code)
        return StepDone(name, "failed", {"error": error.message, "hint": error.hint})


def _collect(context: _Context) -> dict[str, Any]:
    apply_decisions(context.project, context.store)
    receipts = []
    run = Run(id=context.run, as_of=context.as_of, now=context.now)
    for receipt in collect(context.project, context.store, run):
        context.told(receipt)
        receipts.append(receipt)
    counts = summary(receipts)
    if counts["new"] > counts["accepted"]:
        context.worst = max(context.worst, WORST_DATA)
    return dict(counts)


def _status(context: _Context) -> dict[str, Any]:
    states: dict[str, Any] = {}
    for row in context.round_view().rows:
        states[row.state] = states.get(row.state, 0) + 1
    return dict(sorted(states.items()))


def _compare(context: _Context) -> dict[str, Any]:
    results = context.round_view().results
    return {"from": results.first, "to": results.last, "rows": len(results.comparisons)}


def _report(context: _Context) -> dict[str, Any]:
    settings, project = context.project.settings, context.project
    made = write_report(context.round_view(), settings.report.formats, context.language, project.path("reports"))
    return {"files": [str(artifact.path) for artifact in made]}


def _export(context: _Context) -> dict[str, Any]:
    settings, project = context.project.settings, context.project
    made = write_exports(context.round_view(), context.store, settings.export.profiles, project.path("exports"))
    return {"files": [str(artifact.path) for artifact in made]}


_STEPS: dict[str, Callable[[_Context], dict[str, Any]]] = {
    "collect": _collect,
    "status": _status,
    "compare": _compare,
    "report": _report,
    "export": _export,
}
