"""What people have decided, put into effect and told: `config/decisions.toml` and the store's own decisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time

from sheets_pipeline.model.receipts import Decided as StoreDecision
from sheets_pipeline.model.receipts import State, StoredVersion
from sheets_pipeline.model.round_results import Decided
from sheets_pipeline.model.submissions import SubmissionKey
from sheets_pipeline.project import Project
from sheets_pipeline.project.decisions import Decision
from sheets_pipeline.store.repository import Store


def apply_decisions(project: Project, store: Store) -> int:
    """Let each decision in the file take effect on the versions it is about, once; returns how many did."""
    done = {(one.submission, one.because) for one in store.decisions()}
    count = 0
    for decision in project.decisions:
        for version in _meant(decision, project, store):
            because = f"{decision.id}: {decision.why}"
            if (version.id, because) not in done:
                at = datetime.combine(decision.when, time(12), tzinfo=UTC)
                act = store.use if decision.action == "accept" else store.withdraw
                act(version.id, because, decision.who, max(at, version.received))
                count += 1
    return count


def _meant(decision: Decision, project: Project, store: Store) -> Iterator[StoredVersion]:
    """The versions a decision is about: those that are held for accepting, the one in force for withdrawing."""
    if decision.action == "exempt":
        return
    wanted: State = "held" if decision.action == "accept" else "in_force"
    for round_id in project.programme.rounds:
        for version in store.list(round_id, state=wanted):
            if decision.submission == str(version.key) or decision.organisation == version.key.subject:
                yield version


def told_decisions(project: Project, store: Store, round_id: str) -> tuple[Decided, ...]:
    """Every decision of a round as the report's method note tells it: by hand in the store, exemptions, waivers."""
    versions = {version.id: version for version in store.list(round_id)}
    made = [_of_store(one, versions[one.submission]) for one in store.decisions() if one.submission in versions]
    exempt = [_of_file(one) for one in project.decisions if one.action == "exempt"]
    return (*made, *exempt, *_of_waivers(project))


def _of_store(decision: StoreDecision, version: StoredVersion) -> Decided:
    return Decided(
        what=decision.action,
        subject=version.key.subject,
        by=decision.who,
        on=decision.at.date(),
        because=decision.because,
        form=version.key.form,
        occasion=version.key.occasion,
        unit=version.key.unit,
    )


def _of_file(decision: Decision) -> Decided:
    key = SubmissionKey.parse(decision.submission) if decision.submission else None
    return Decided(
        what=decision.action,
        subject=key.subject if key else decision.organisation,
        by=decision.who,
        on=decision.when,
        because=decision.why,
        form=key.form if key else "",
        occasion=key.occasion if key else "",
        unit=key.unit if key else "",
    )


def _of_waivers(project: Project) -> Iterable[Decided]:
    waivers, _ = project.rules
    for one in waivers:
        yield Decided(what="waiver", subject=one.organisation, by="", on=one.until, because=f"{one.code}: {one.reason}")
