"""From a reading to its verdict: the stages in order, what an administrator has set, what matters most first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.issues import SEVERITIES, Issue, Verdict, worst
from sheets_pipeline.model.reading import Reading, Surroundings, Waiver
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.model.submissions import VERDICTS_WORST_FIRST, Answer, VerdictName
from sheets_pipeline.validation.case import Case, filled_rows, without_cell
from sheets_pipeline.validation.personal import without_personal_numbers
from sheets_pipeline.validation.questions import questions_of
from sheets_pipeline.validation.rule import Rule, RuleStage

ACCEPT = "accept"
_NOT_COUNTED = "NOT_RELEVANT"
_ABOUT_THE_FILE = frozenset({"file", "identity", "structure"})


def judged(reading: Reading, surroundings: Surroundings, rules: Sequence[Rule]) -> Verdict:
    """The verdict on one form of a file, with every remark: those found in reading, then those of the rules."""
    case = Case(reading, surroundings)
    found = _as_set([*reading.issues, *_withdrawn(reading), *_of_stage(rules, "identity", case)], case)
    if _is_refused(found):
        found = [
            issue for issue in found if CATALOGUE[issue.code].stage in _ABOUT_THE_FILE and issue.severity != "info"
        ]
    else:
        found += _as_set(_of_stage(rules, "cell", case), case)
        survived = Case(reading, surroundings, wrong_paths(found, reading) | _left_out(found))
        found += _as_set(_of_stage(rules, "cross", survived), case)
    issues = _ordered(_without_consequences(without_personal_numbers(found)), reading)
    return Verdict(_name(issues, case), tuple(issues))


def _of_stage(rules: Sequence[Rule], stage: RuleStage, case: Case) -> list[Issue]:
    return [issue for rule in rules if rule.stage == stage for issue in rule.check(case)]


def _withdrawn(reading: Reading) -> list[Issue]:
    """Rows that are gone, where reading has not said so already."""
    said = {str(issue.params.get("row", "")) for issue in reading.issues if issue.code == "ROW_WITHDRAWN"}
    return [
        replace(remark("ROW_WITHDRAWN", row=_printed(row)), path=row)
        for row in reading.withdrawn
        if _printed(row) not in said and row not in said
    ]


def _printed(row: str) -> str:
    """`plans[P01]/measures[K02]` is printed K02."""
    return row.rpartition("[")[2].rstrip("]")


def _is_refused(issues: Iterable[Issue]) -> bool:
    return any(CATALOGUE[issue.code].stops in {"rejected", "unreadable"} for issue in issues)


def wrong_paths(issues: Iterable[Issue], reading: Reading) -> frozenset[str]:
    """The answers that an error is about: the cell's, or every cell of the question."""
    named = {issue.path for issue in issues if issue.severity == "error" and issue.path}
    if not named:
        return frozenset()
    return frozenset(slot.path for slot in reading.slots if slot.path in named or slot.owner in named)


def _left_out(issues: Iterable[Issue]) -> frozenset[str]:
    return frozenset(issue.path for issue in issues if issue.code == _NOT_COUNTED)


def _as_set(issues: Iterable[Issue], case: Case) -> list[Issue]:
    """What waivers and decisions take away, and what is not yet more than a warning."""
    kept = (issue for issue in issues if not _is_accepted(issue, case) and not _is_waived(issue, case))
    return [replace(issue, severity="warning") if _is_early(issue, case) else issue for issue in kept]


def _is_accepted(issue: Issue, case: Case) -> bool:
    """Whether a person has decided that what was asked about is as it should be."""
    decided = case.surroundings.decided
    return CATALOGUE[issue.code].stops == "held" and ACCEPT in (
        decided.get(issue.code),
        decided.get(case.surroundings.checksum),
    )


def _is_waived(issue: Issue, case: Case) -> bool:
    return any(_waives(waiver, issue, case) for waiver in case.surroundings.waivers)


def _waives(waiver: Waiver, issue: Issue, case: Case) -> bool:
    here = waiver.organisation == case.reading.key.subject and case.surroundings.as_of <= waiver.until
    return here and waiver.code == issue.code and waiver.path in {"", issue.path}


def _is_staged(issue: Issue, case: Case) -> bool:
    last_round = case.surroundings.staged.get(issue.code)
    return last_round is not None and case.surroundings.round.id <= last_round


def _is_early(issue: Issue, case: Case) -> bool:
    return issue.severity == "error" and _is_staged(issue, case)


def _without_consequences(issues: Sequence[Issue]) -> list[Issue]:
    """A personal number is the only thing said of its cell; nothing is missing where something could not be read."""
    veiled = {issue.path for issue in issues if issue.code == "PERSONAL_NUMBER" and issue.path}
    unread = {issue.path for issue in issues if issue.severity == "error" and issue.code != "REQUIRED_MISSING"}
    kept = [
        issue
        for issue in issues
        if not (issue.path in veiled and issue.code != "PERSONAL_NUMBER")
        and not (issue.code == "REQUIRED_MISSING" and issue.path in unread)
    ]
    return list(
        {(issue.code, issue.path, issue.cell, repr(sorted(issue.params.items()))): issue for issue in kept}.values()
    )


def _ordered(issues: Sequence[Issue], reading: Reading) -> list[Issue]:
    """What stops the form, then errors, warnings and information, each in the order of the form."""
    order = questions_of(reading).places

    def importance(issue: Issue) -> tuple[int, int, int]:
        stops = CATALOGUE[issue.code].stops or "accepted"
        return VERDICTS_WORST_FIRST.index(stops), SEVERITIES.index(issue.severity), order.get(issue.path, -1)

    return sorted(issues, key=importance)


def _name(issues: Sequence[Issue], case: Case) -> VerdictName:
    stops = [CATALOGUE[issue.code].stops for issue in issues if not _is_staged(issue, case)]
    for_sender = any(issue.severity != "info" and CATALOGUE[issue.code].audience == "sender" for issue in issues)
    return worst((*(name for name in stops if name), "remarks" if for_sender else "accepted"))


def right_answers(reading: Reading, verdict: Verdict) -> tuple[tuple[Answer, ...], frozenset[str]]:
    """The answers to store, and the paths at which an earlier answer stays in force.

    Those paths hold what could not be read or was found wrong, or lost their cell without their row being taken away.
    """
    in_use = filled_rows(reading)
    asked = questions_of(reading)
    wrong = wrong_paths(verdict.issues, reading)
    unused = frozenset(slot.path for slot in asked.in_rows if slot.row not in in_use)
    without = wrong | _left_out(verdict.issues) | unused
    kept = tuple(answer for path, answer in reading.answers.items() if path not in without)
    return kept, reading.unread | without_cell(reading) | (wrong & reading.answers.keys())
