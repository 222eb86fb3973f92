"""One round for one audience as one value, which every report and export draws from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sheets_pipeline.analysis.audience import Visible, visible
from sheets_pipeline.analysis.clusters import cluster_results
from sheets_pipeline.analysis.comparisons import compare, section_rows
from sheets_pipeline.analysis.dataset import SELF_ASSESSMENT, Forms, form_of, observations
from sheets_pipeline.analysis.disclosure import FEWEST_PEOPLE
from sheets_pipeline.analysis.facts import ORGANISATION_FACTS, read_facts
from sheets_pipeline.analysis.plans import IMPROVEMENT_PLAN, Sharing, read_plans
from sheets_pipeline.analysis.received import States, received
from sheets_pipeline.analysis.scores import distributions, scores
from sheets_pipeline.analysis.shifts import matched
from sheets_pipeline.analysis.titles import titles_of
from sheets_pipeline.model.forms import Form, Item, Texts
from sheets_pipeline.model.programme import Organisation, Round, SharingLevel
from sheets_pipeline.model.results import By, Comparison, Score, Shift
from sheets_pipeline.model.round_results import (
    Decided,
    Fact,
    Input,
    ItemResult,
    OrganisationResult,
    Plan,
    RoundResults,
)
from sheets_pipeline.model.submissions import Submission, Value

ALL_KINDS: tuple[By, ...] = ("organisation", "section", "cluster", "item", "round")


@dataclass(frozen=True, slots=True)
class _Known:
    """What is computed once and then dealt out to the organisations."""

    round: Round
    forms: Forms
    submissions: Sequence[Submission]
    titles: dict[str, Texts]
    items: dict[str, Item]
    seen: Visible
    last: str
    public: bool
    min_group: int
    shifts: tuple[Shift, ...]
    rows: tuple[Comparison, ...]
    scores: tuple[Score, ...]


def summarise(  # noqa: PLR0913 - by name, each of them something that the report states
    round_: Round,
    forms: Forms,
    submissions: Iterable[Submission],
    *,
    first: str,
    last: str,
    audience: SharingLevel,
    as_of: date,
    viewer: str = "",
    decisions: Sequence[Decided] = (),
    states: States | None = None,
    min_group: int = FEWEST_PEOPLE,
) -> RoundResults:
    """Everything a report or an export may say about a round to an audience, `first` → `last` point.

    `submissions` are those in force, of any form and point; `forms` hold each definition they were judged under.
    `viewer` (an organisation code or a cluster id) is whom the audience `cluster` means. Fewer than `min_group` people
    stand behind no figure that is shown. Raises UsageError.
    """
    kept = sorted((one for one in submissions if one.key.round == round_.id), key=lambda one: one.key)
    seen = visible(round_, audience, viewer=viewer, as_of=as_of)
    used = _used_forms(forms, kept)
    titles, items = titles_of((*_all_forms(forms), *used), round_), _items_of(used)
    observed = observations(kept, forms)
    shifts = matched(
        [one for one in observed if one.occasion == first], [one for one in observed if one.occasion == last]
    )
    rows = tuple(row for by in ALL_KINDS for row in compare(shifts, by, round_, titles, seen))
    known = _Known(
        round_, forms, kept, titles, items, seen, last, audience == "public", min_group, shifts, rows, scores(observed)
    )
    organisations, suppressed = _organisations(known)
    return RoundResults(
        round=round_,
        first=first,
        last=last,
        audience=audience,
        viewer=viewer,
        as_of=as_of,
        named=_in_order(round_, seen.named),
        texts_of=_in_order(round_, seen.texts),
        left_out=len(seen.hidden),
        withdrawn=len(seen.withdrawn),
        received=received(round_, kept, as_of, states or {}),
        comparisons=rows,
        distributions=distributions(shifts, (first, last), round_, titles, seen),
        clusters=cluster_results((row for row in rows if row.by == "organisation"), round_),
        organisations=organisations,
        suppressed=dict(sorted(suppressed.items())),
        min_group=min_group,
        decisions=tuple(one for one in decisions if _may_be_told(one, round_, seen)),
        inputs=tuple(_input(one) for one in kept if one.key.subject in seen.named | seen.texts),
        titles=titles,
    )


def _all_forms(forms: Forms) -> list[Form]:
    """Every definition by form and version, for the titles of what nobody has handed in yet."""
    return [forms[key] for key in sorted(forms, key=lambda key: (key[0], _version(forms[key]), key[1]))]


def _used_forms(forms: Forms, submissions: Iterable[Submission]) -> list[Form]:
    """The definitions that answers came in on, the oldest version first; all of them before there are answers."""
    used = {(one.key.form, one.definition) for one in submissions} or set(forms)
    return [forms[key] for key in sorted(used, key=lambda key: (key[0], _version(forms[key]), key[1]))]


def _items_of(forms: Iterable[Form]) -> dict[str, Item]:
    """Item id → the item as the newest of the self-assessment's definitions has it."""
    used = (form for form in forms if form.form_id == SELF_ASSESSMENT)
    return {item.name: item for form in used for section in form.sections for item in section.items}


def _version(form: Form) -> tuple[int, ...]:
    return tuple(int(part) for part in form.version.split(".") if part.isdecimal())


def _in_order(round_: Round, codes: frozenset[str]) -> tuple[str, ...]:
    return tuple(one.code for one in round_.organisations if one.code in codes)


def _may_be_told(decision: Decided, round_: Round, seen: Visible) -> bool:
    """Decisions name whom they are about, so they are told to those who may see them; SALAR sees all."""
    return round_.organisation(decision.subject) is None or decision.subject in seen.named or not seen.hidden


def _organisations(known: _Known) -> tuple[tuple[OrganisationResult, ...], Counter[str]]:
    reasons: Counter[str] = Counter()
    shown = [one for one in known.round.organisations if one.code in known.seen.named | known.seen.texts]
    return tuple(_organisation(known, one, reasons) for one in shown), reasons


def _organisation(known: _Known, organisation: Organisation, reasons: Counter[str]) -> OrganisationResult:
    code = organisation.code
    sharing = Sharing(
        scores=code in known.seen.named,
        texts=code in known.seen.texts,
        public=known.public,
        min_group=known.min_group,
    )
    shifts = tuple(one for one in known.shifts if one.organisation == code) if sharing.scores else ()
    plans, suppressed = _plans(known, code, shifts, sharing)
    facts, hidden = _facts(known, code, sharing)
    reasons.update(suppressed + hidden)
    return OrganisationResult(
        organisation=organisation,
        scores_shown=sharing.scores,
        texts_shown=sharing.texts,
        overall=tuple(row for row in known.rows if row.by == "organisation" and row.key == code),
        sections=section_rows(shifts, known.round, known.titles),
        items=_items(known, code, shifts, sharing),
        scores=tuple(one for one in known.scores if one.organisation == code) if sharing.scores else (),
        plans=plans,
        facts=facts,
    )


def _items(known: _Known, code: str, shifts: Sequence[Shift], sharing: Sharing) -> tuple[ItemResult, ...]:
    """The shifts of an organisation with what stood beside them at the last point."""
    written = {unit: _written(known, code, unit) for unit in {one.unit for one in shifts}}
    return tuple(_item(shift, known.items[shift.item], written[shift.unit], sharing) for shift in shifts)


def _written(known: _Known, code: str, unit: str) -> dict[str, Value]:
    submission = _latest(known, SELF_ASSESSMENT, code, unit, known.last)
    return submission.values() if submission else {}


def _item(shift: Shift, item: Item, values: Mapping[str, Value], sharing: Sharing) -> ItemResult:
    comment, evidence = (str(values.get(f"{shift.item}/{name}", "")) for name in ("comment", "evidence"))
    return ItemResult(
        shift=shift,
        number=item.number,
        label=item.label,
        comment=comment if sharing.texts else "",
        evidence=evidence if sharing.texts else "",
        improve=values.get(f"{shift.item}/improve") is True,
    )


def _plans(
    known: _Known, code: str, shifts: Sequence[Shift], sharing: Sharing
) -> tuple[tuple[Plan, ...], Counter[str]]:
    submission = _latest(known, IMPROVEMENT_PLAN, code)
    if submission is None:
        return (), Counter()
    return read_plans(submission, form_of(submission, known.forms), shifts, sharing)


def _facts(known: _Known, code: str, sharing: Sharing) -> tuple[tuple[Fact, ...], Counter[str]]:
    submission = _latest(known, ORGANISATION_FACTS, code)
    return read_facts(submission, form_of(submission, known.forms), sharing) if submission else ((), Counter())


def _latest(known: _Known, form: str, code: str, unit: str = "", occasion: str = "") -> Submission | None:
    """The one in force, or the last received of a living form's several occasions."""
    found = [
        one
        for one in known.submissions
        if (one.key.form, one.key.subject, one.key.unit) == (form, code, unit) and occasion in ("", one.key.occasion)
    ]
    return max(found, key=lambda one: one.received, default=None)


def _input(one: Submission) -> Input:
    return Input(
        key=one.key,
        version=one.version,
        definition=one.definition,
        checksum=one.checksum,
        received=one.received,
        verdict=one.verdict,
        mode=one.parameters.mode,
        scale=one.parameters.scale,
        level=one.parameters.level,
    )
