"""A number of the report back to the cells it rests on: organisation, file, sheet, cell, what was typed and used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sheets_pipeline.errors import UsageError
from sheets_pipeline.model.programme import Round
from sheets_pipeline.model.receipts import StoredVersion
from sheets_pipeline.model.round_results import RoundResults
from sheets_pipeline.model.submissions import Answer, Submission, value_to_json
from sheets_pipeline.pipeline.outputs import Asked, RoundView, view_round
from sheets_pipeline.project import Project
from sheets_pipeline.store.repository import Store
from sheets_pipeline.texts import text

if TYPE_CHECKING:
    from sheets_pipeline.analysis.figures import AnswerAt

_HEAD = 2
_LISTED = 8


@dataclass(frozen=True, slots=True)
class Traced:
    """One answer behind a number. `sha256` is that of the file it stands in, an earlier one where it was kept."""

    organisation: str
    form: str
    occasion: str
    unit: str
    submission: str
    sha256: str
    file: str
    answer: Answer

    def as_json(self) -> dict[str, Any]:
        """As `trace --json` prints it."""
        return {
            "organisation": self.organisation,
            "form": self.form,
            "point": self.occasion,
            "unit": self.unit or None,
            "submission": self.submission,
            "sha256": self.sha256,
            "file": self.file,
            "path": self.answer.path,
            "sheet": self.answer.cell.sheet,
            "cell": self.answer.cell.a1,
            "typed": _as_typed(self.answer),
            "value": value_to_json(self.answer.value),
        }


def _as_typed(answer: Answer) -> str:
    """What was typed; a workbook holds a whole number as 2.0, which nobody typed."""
    typed = answer.typed()
    return typed if isinstance(answer.value, str) else typed.removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Trace:
    """A number, what the report shows for it (empty for a single answer that no table has), and what is behind it.

    Nothing of anybody's is behind a figure that Kolada has.
    """

    id: str
    shown: str
    answers: tuple[Traced, ...]


def trace(project: Project, store: Store, round_: Round, wanted: str, asked: Asked, language: str) -> Trace:
    """The answers behind a number; what is usual in a round may be left out of its id. Raises UsageError."""
    from sheets_pipeline.analysis.figures import KOLADA, behind, figures

    view = view_round(project, store, round_, asked)
    shown = {one.id: one.shown for one in figures(view.results)}
    name = _found(wanted, shown)
    answers = tuple(_traced(behind(name, view.results), view, store))
    if not answers and not (name in shown and name.startswith(f"{KOLADA}/")):
        near = [one for one in sorted(shown) if one.split("/")[:_HEAD] == wanted.split("/")[:_HEAD]]
        message = "no number or answer of the round {round} has the id {id}"
        raise UsageError(
            text(message, language, context="publishing", round=round_.id, id=wanted),
            hint=_hint(near, view.results, language),
        )
    return Trace(name, shown.get(name, ""), answers)


def _hint(near: list[str], results: RoundResults, language: str) -> str:
    if near:
        ids = ", ".join(near[:_LISTED]) + (" …" if len(near) > _LISTED else "")
        return text("There are: {ids}", language, context="publishing", ids=ids)
    return text(
        "Ids look like organisation/{code}/items/shift or self_assessment/{code}/-/m01_1/{point}.",
        language,
        context="publishing",
        code=next((one.organisation.code for one in results.organisations), "9901"),
        point=results.first,
    )


def _found(wanted: str, shown: Mapping[str, str]) -> str:
    """The id as it stands, else the one it is short for: statements before headline questions, the shortest first."""
    if wanted in shown:
        return wanted
    parts = wanted.split("/")
    longer = [name for name in shown if _is_short_for(parts, name.split("/"))]
    return min(longer, key=lambda name: (name.count("/"), "items" not in name.split("/"), name), default=wanted)


def _is_short_for(parts: list[str], whole: list[str]) -> bool:
    """Whether the parts stand in the id in their order, its first two and its last among them."""
    if len(parts) <= _HEAD or parts[:_HEAD] != whole[:_HEAD] or parts[-1] != whole[-1]:
        return False
    rest = iter(whole)
    return all(part in rest for part in parts)


def _traced(wanted: Iterable[AnswerAt], view: RoundView, store: Store) -> Iterator[Traced]:
    versions = store.list(view.results.round.id)
    by_key = {(one.key, one.checksum): one for one in versions}
    names = {one.checksum: one.name for one in versions}
    submissions: dict[tuple[str, str, str], list[Submission]] = {}
    for one in view.submissions:
        submissions.setdefault((one.key.form, one.key.subject, one.key.unit), []).append(one)
    for at in wanted:
        for one in submissions.get((at.form, at.organisation, at.unit), ()):
            if at.occasion in {"", one.key.occasion}:
                yield from _in(one, at.path, by_key, names)


def _in(
    submission: Submission, path: str, by_key: Mapping[Any, StoredVersion], names: Mapping[str, str]
) -> Iterator[Traced]:
    key = submission.key
    version = by_key[key, submission.checksum]
    paths = {path, f"{path}/score"}
    for answer in submission.answers:
        if answer.path in paths:
            checksum = answer.origin or submission.checksum
            name = names.get(checksum, version.name)
            yield Traced(key.subject, key.form, key.occasion, key.unit, version.id, checksum, name, answer)
