"""One round as one audience may see it: what every report and export draws from, so that one number is one number.

No language here: labels are `Texts`, remarks are codes (`notes.py` has their words). Numbers are exact; whoever shows
one rounds it, once, with `texts.number`. The stage `analysis` makes it; `reports` and `exports` only read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sheets_pipeline.model.forms import Texts
from sheets_pipeline.model.programme import Organisation, Role, Round, SharingLevel
from sheets_pipeline.model.results import By, Comparison, Distribution, Measure, Score, Series, Shift
from sheets_pipeline.model.submissions import SubmissionKey, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class TextAnswer:
    """A free text that the audience may read: where it stands in the form and what the question says."""

    organisation: str
    form: str
    occasion: str
    unit: str
    path: str
    label: Texts
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What stands in a plan's way and an idea for getting round it; effort and effect go from 1 (small) to 5."""

    obstacle: str
    idea: str
    effort: int | None
    effect: int | None
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A possible cause of a plan's problem; `bone` (its kind) and `certainty` are choice names."""

    bone: str
    cause: str
    behind: str
    certainty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """Something a plan's team has agreed to do, by which day, and when it was done."""

    what: str
    due: date | None
    done: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One improvement plan. `items` are the item ids it wants to move and `targeted` what became of them.

    `status`, `kind`, `groups` and `national` are choice names; their words stand in `labels`. `texts` are the plan's
    long answers (problem, facts, lessons …), and with `obstacles`, `causes` and `agreed` empty where the organisation's
    texts may not be shown. `obstacles`, `causes` and `agreed` stand in the order of the form.
    """

    organisation: str
    plan: str
    title: str
    area: str
    kind: str
    status: str
    groups: tuple[str, ...]
    national: tuple[str, ...]
    items: tuple[str, ...]
    targeted: tuple[Shift, ...]
    start: date | None
    end: date | None
    measures: tuple[Measure, ...]
    activities: int
    activities_done: int
    texts: tuple[TextAnswer, ...]
    labels: Mapping[str, Texts]
    obstacles: tuple[Obstacle, ...] = ()
    causes: tuple[Cause, ...] = ()
    agreed: tuple[Activity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """One item of one organisation: the shift, and what was written beside it at the last point.

    `comment` and `evidence` are empty where the organisation's texts may not be shown.
    """

    shift: Shift
    number: str
    label: Texts
    comment: str = ""
    evidence: str = ""
    improve: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One answer of the organisation facts, with what was asked; `group` for a split question (`women`).

    `type` is what the answer's cell holds; `row` the path of the table row it stands in; `key_label` the words of the
    option that `group` names, where the answer says whether it was chosen.
    """

    path: str
    section: str
    label: Texts
    value: Value
    value_label: Texts
    unit: str = ""
    group: str = ""
    type: str = ""
    row: str = ""
    key_label: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigureRow:
    """One of Kolada's key figures for an organisation in one year, as Kolada has it.

    `year` is None where there is no number at all. A code says why a number is not there: `-` missing, `.` not divided
    by sex.
    """

    kpi: str
    title: Texts
    year: int | None
    women: Decimal | None
    men: Decimal | None
    total: Decimal | None
    women_code: str = ""
    men_code: str = ""
    total_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationResult:
    """Everything about one organisation that the audience may see.

    `overall` are its rows over all sections (a row a series, level and unit); `sections` the same per section.
    `scores_shown` and `texts_shown` say what its sharing levels allow: with `scores_shown` false everything but
    texts is empty.
    """

    organisation: Organisation
    scores_shown: bool
    texts_shown: bool
    overall: tuple[Comparison, ...] = ()
    sections: tuple[Comparison, ...] = ()
    items: tuple[ItemResult, ...] = ()
    scores: tuple[Score, ...] = ()
    plans: tuple[Plan, ...] = ()
    facts: tuple[Fact, ...] = ()
    key_figures: tuple[KeyFigureRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterLine:
    """One participant beside its mentor: gaps are mentor - organisation on the means of matched items."""

    organisation: str
    comparison: Comparison
    gap_before: Fraction | None
    gap_after: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterResult:
    """A cluster in one series, scale and level; `mentor` is None where there is none, or none to be shown."""

    cluster: str
    name: str
    series: Series
    scale: str
    level: str
    mentor: Comparison | None
    lines: tuple[ClusterLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Who answered: how many of those who owed a form for an occasion are in which state, by role and cluster.

    The states are those of `status`: `accepted`, `remarks`, `held`, `missing`, `not_due`, `no_date`, `withdrawn`.
    Counts cover every organisation of the round, whatever its sharing level.
    """

    form: str
    occasion: str
    role: Role
    cluster: str
    states: Mapping[str, int]

    @property
    def owed(self) -> int:
        """How many were asked, those who left the round apart."""
        return sum(count for state, count in self.states.items() if state != "withdrawn")

    @property
    def answered(self) -> int:
        """How many have answers that are in use."""
        return self.states.get("accepted", 0) + self.states.get("remarks", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What the store knows of a delivery beside its answers: for the export's quality sheet."""

    versions: int
    missing_required: int
    errors: int
    warnings: int
    extended_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision taken by hand, as the method note says it: what, about whom, by whom, when and why."""

    what: str
    subject: str
    by: str
    on: date
    because: str
    form: str = ""
    occasion: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One inlämning that the results rest on."""

    key: SubmissionKey
    version: str
    definition: str
    checksum: str
    received: datetime
    verdict: str
    mode: str
    scale: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundResults:
    """One round, seen by one audience on one day, first → last measurement point.

    `named` may be shown by name with their scores, `texts_of` with their texts; `left_out` counts organisations that
    this audience may not see, `withdrawn` those that left the round (in no comparison). `comparisons` holds every
    row of `compare` for all five values of `by`. `organisations` are in the order of the round. `suppressed` counts
    values replaced by `..`, by reason (`few_people`, `small_count`, `no_number`, `complementary`, `by_organisation`);
    fewer than `min_group` people stand behind no figure that is shown.
    `titles` are the words for sections, occasions, levels, scales and groups by id: `section/m01`, `occasion/bm1`,
    `level/unit`, `scale/s4`, `step/s4/3`, `group/women`, `form/self_assessment`. `about` is the cluster or organisation
    that `round` has been narrowed to (`Round.only`), empty for all of it. `figures_fetched` is the day of what
    organisations have from Kolada, None for figures that somebody put there by hand.
    """

    round: Round
    first: str
    last: str
    audience: SharingLevel
    viewer: str
    as_of: date
    named: tuple[str, ...]
    texts_of: tuple[str, ...]
    left_out: int
    withdrawn: int
    received: tuple[Received, ...]
    comparisons: tuple[Comparison, ...]
    distributions: tuple[Distribution, ...]
    clusters: tuple[ClusterResult, ...]
    organisations: tuple[OrganisationResult, ...]
    suppressed: Mapping[str, int]
    decisions: tuple[Decided, ...]
    inputs: tuple[Input, ...]
    titles: Mapping[str, Texts]
    about: str = ""
    min_group: int = 5
    figures_fetched: date | None = None

    def rows(self, by: By, series: Series = "items", role: str | None = None) -> tuple[Comparison, ...]:
        """The comparisons of one kind in one series; `role` narrows to `participant`, `mentor` or "" (both)."""
        return tuple(
            row
            for row in self.comparisons
            if row.by == by and row.series == series and (role is None or row.role == role)
        )

    def organisation(self, code: str) -> OrganisationResult | None:
        """The organisation of that code, if the audience may see anything of it."""
        return next((one for one in self.organisations if one.organisation.code == code), None)

    def title(self, kind: str, name: str) -> Texts:
        """The words for an id: `title("section", "m01")`; the id itself when the form has none."""
        return self.titles.get(f"{kind}/{name}") or {"sv": name, "en": name}
