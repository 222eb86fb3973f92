"""`jobs`: what runs unattended."""

from __future__ import annotations

import json

import click

from sheets_pipeline.cli.frame import Frame, framed

_STATES = {"completed": "done", "failed": "could not be done", "skipped": "left out"}


@click.group()
def jobs() -> None:
    """The jobs in jobs/."""


@jobs.command("list")
@framed
def list_jobs(frame: Frame) -> int:
    """List the jobs.

    \b
    Example:  sheets-pipeline jobs list
    """
    from sheets_pipeline.jobs import jobs_of

    listed = [
        {"job": job.name, "when": job.when, "timezone": job.timezone, "steps": list(job.steps)}
        for job in jobs_of(frame.project)
    ]
    if frame.as_json:
        frame.print_json({"jobs": listed})
    else:
        frame.table(
            ["job", "when", "steps"], [[str(one["job"]), str(one["when"]), " ".join(one["steps"])] for one in listed]
        )
    return 0


@jobs.command()
@click.argument("name", metavar="NAME")
@framed
def run(frame: Frame, name: str) -> int:
    """Run a job now: the verb for cron, systemd and the Windows Task Scheduler.

    \b
    Example:  sheets-pipeline jobs run nightly
    """
    from sheets_pipeline.jobs import job_named, run_job

    ran = run_job(
        frame.project,
        job_named(frame.project, name),
        as_of=frame.as_of,
        clock=frame.clock,
        language=frame.lang,
    )
    steps = [{"step": step.name, "state": step.state, **step.facts} for step in ran.steps]
    if frame.as_json:
        frame.print_json({"run": ran.run, "job": name, "steps": steps})
    else:
        for step in ran.steps:
            facts = json.dumps(step.facts, ensure_ascii=False)
            click.echo(f"{step.name}: {frame.words(_STATES[step.state])} {facts}")
    return ran.exit_code
