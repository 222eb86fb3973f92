"""Rounds to report on, made up by arithmetic: fictional organisations, codes from 9901, four to a cluster."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

from sheets_pipeline.model.programme import Cluster, Edition, Occasion, Organisation, Round, SharingLevel, Unit
from sheets_pipeline.model.results import By, Comparison, Distribution, Gap, Measure, MeasureGroup, Series, Shift
from sheets_pipeline.model.round_results import (
    ClusterLine,
    ClusterResult,
    Decided,
    Fact,
    Input,
    ItemResult,
    OrganisationResult,
    Plan,
    Received,
    RoundResults,
    TextAnswer,
)
from sheets_pipeline.model.submissions import SubmissionKey

NAMES = (
    "Björkinge Lillvik Sandhammar Granfors Tallnäs Nyvik Ekhult Åsdala Älvnäs Östermark Rönnboda Hagalund Kvarnby "
    "Myråsen Solberga Vinterfors Lindö Strandby Furuvik Askeboda"
).split()
SECTIONS = {
    "m01": ("Politiskt uppdrag", "Political mandate"),
    "m02": ("Politisk efterfrågan på resultat", "Political demand for results"),
    "m03": ("Chefernas ansvar och förutsättningar", "Managers' responsibility and conditions"),
    "m04": ("Styrkedjan", "The chain of command"),
    "m05": ("Könsuppdelad statistik", "Sex-disaggregated statistics"),
    "m06": ("Analys", "Analysis"),
    "m07": ("Beslutsunderlag", "Decision papers"),
    "m08": ("Systematiskt förbättringsarbete", "Systematic improvement work"),
    "m09": ("Resultat för invånarna", "Results for residents"),
    "m10": ("Spridning och lärande", "Spreading and learning"),
}
STATEMENTS = (
    (
        "Fullmäktige har ett gällande beslut om att arbeta med jämställdhetsintegrering.",
        "The council has a decision in force.",
    ),
    ("Statistiken delas upp på kön när den samlas in och när den redovisas.", "Statistics are split by sex."),
    (
        "Cheferna efterfrågar könskonsekvenser i de underlag som de får.",
        "Managers ask for consequences for women and men.",
    ),
    ("Det finns avsatt tid för den som samordnar arbetet.", "There is time set aside for whoever coordinates."),
)
STEPS = (
    ("Saknas", "Not in place"),
    ("Påbörjat", "Started"),
    ("Till stor del på plats", "Largely in place"),
    ("Fungerar i vardagen", "Works in daily practice"),
)
PER_SECTION = 3
TOP = 4
DAY = date(2026, 11, 3)

Move = Callable[[int, int], int]


def mixed(organisation: int, item: int) -> int:
    """Most go up a step or two, some stand still, some fall."""
    upwards = (1, 0, 1, 2, 0, -1, 1, 0)[(organisation * 3 + item * 5) % 8]
    return upwards - (2 if organisation % 5 == 3 and item % 3 else 0) - (1 if item % 11 == 4 else 0)


def unmoved(_organisation: int, _item: int) -> int:
    return 0


def risen(_organisation: int, _item: int) -> int:
    return 1


def fallen(_organisation: int, _item: int) -> int:
    return -1


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a round is to be like. `lacking` of the organisations have no second point; `hidden` share nothing."""

    count: int = 12
    move: Move = mixed
    lacking: int = 0
    hidden: int = 0
    audience: SharingLevel = "salar"
    name: Callable[[int], str] = lambda n: NAMES[n % len(NAMES)] + ("" if n < len(NAMES) else f" {n // len(NAMES) + 1}")
    remark: str = "Beslutet togs i juni och följs upp i delårsrapporten."
    statement: str = ""


def words(swedish: str, english: str) -> dict[str, str]:
    return {"sv": swedish, "en": english}


def a_round(wish: Wish | None = None) -> RoundResults:
    """A round as wished."""
    return _Maker(wish or Wish()).results()


class _Maker:
    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.clusters = tuple(Cluster(f"k{n + 1}", f"Grupp {n + 1}") for n in range(max(1, (wish.count + 3) // 4)))
        self.organisations = tuple(self._organisation(n) for n in range(wish.count))
        self.shifts = {one.code: self._shifts(n, one) for n, one in enumerate(self.organisations)}

    def _organisation(self, n: int) -> Organisation:
        mentor = n % 4 == 0 and self.wish.count > 1
        return Organisation(
            str(9901 + n),
            self.wish.name(n),
            "municipality",
            f"k{n // 4 + 1}",
            "mentor" if mentor else "participant",
            example=True,
        )

    def _shifts(self, n: int, organisation: Organisation) -> list[Shift]:
        return [
            self._shift(n, organisation.code, section, item, headline=item == PER_SECTION)
            for section in range(len(SECTIONS))
            for item in range(PER_SECTION + 1)
        ]

    def _shift(self, n: int, code: str, section: int, item: int, *, headline: bool) -> Shift:
        number = section * (PER_SECTION + 1) + item
        before = (
            2 + (n + number) % 2 if self.wish.move is not mixed else (1, 2, 2, 3, 1, 3, 2, 4)[(n * 5 + number * 3) % 8]
        )
        after: int | None = min(TOP, max(1, before + self.wish.move(n, number)))
        reason = ""
        if n >= self.wish.count - self.wish.lacking:
            after, reason = None, "one_point_only"
        elif self.wish.move is mixed and (n + number) % 17 == 0:
            after, reason = None, "dont_know"
        name = list(SECTIONS)[section]
        return Shift(
            organisation=code,
            unit="",
            level="overall",
            scale="s4",
            section=name,
            item=f"{name}_{0 if headline else item + 1}",
            headline=headline,
            before=before,
            after=after,
            after_code="dont_know" if reason == "dont_know" else "",
            reason=reason,
            top=TOP,
        )

    # ---------------------------------------------------------------------------------------------- comparisons

    def _own(
        self, key: str, label: dict[str, str], by: By, shifts: list[Shift], series: Series, role: str
    ) -> Comparison:
        matched = [shift for shift in shifts if shift.matched]
        changes = [shift.change or 0 for shift in matched]
        count = len(matched)
        before = Fraction(sum(shift.before or 0 for shift in matched), count) if count else None
        after = Fraction(sum(shift.after or 0 for shift in matched), count) if count else None
        return Comparison(
            key=key,
            label=label,
            by=by,
            scale="s4",
            level="overall",
            series=series,
            role=role,
            n=1,
            matched=count,
            not_comparable=len(shifts) - count,
            before=before,
            after=after,
            shift=after - before if before is not None and after is not None else None,
            up=sum(change > 0 for change in changes),
            same=sum(change == 0 for change in changes),
            down=sum(change < 0 for change in changes),
            could_rise=sum((shift.before or 0) < TOP for shift in matched),
            notes=() if count else ("nothing_matched",),
        )

    def _over(self, key: str, label: dict[str, str], by: By, rows: list[Comparison], series: Series) -> Comparison:
        """A row over several organisations' own rows."""
        found = [row for row in rows if row.shift is not None]
        count = len(found)
        before = sum((row.before or Fraction() for row in found), Fraction()) / count if count else None
        after = sum((row.after or Fraction() for row in found), Fraction()) / count if count else None
        tested = count >= 6
        shift = after - before if before is not None and after is not None else None
        return Comparison(
            key=key,
            label=label,
            by=by,
            scale="s4",
            level="overall",
            series=series,
            role="participant",
            n=len(rows),
            matched=sum(row.matched for row in found),
            not_comparable=sum(row.not_comparable for row in rows),
            before=before,
            after=after,
            shift=shift,
            up=sum((row.shift or 0) > 0 for row in found),
            same=sum(row.shift == 0 for row in found),
            down=sum((row.shift or 0) < 0 for row in found),
            could_rise=sum((row.before or 0) < TOP for row in found),
            hodges_lehmann=shift if tested else None,
            interval=(shift - Fraction(1, 3), shift + Fraction(1, 4)) if tested and shift is not None else None,
            interval_of="shift" if tested else "",
            effect=0.62 if tested else None,
            p=0.004 if tested else None,
            p_adjusted=0.031 if tested and abs(shift or Fraction(0)) > Fraction(2, 5) else (0.27 if tested else None),
            left_out=self.wish.hidden,
            notes=() if tested else ("fewer_than_six",),
        )

    def _series(self, shifts: list[Shift], series: Series) -> list[Shift]:
        return [shift for shift in shifts if shift.series == series]

    def _label(self, code: str) -> dict[str, str]:
        return next(words(one.name, one.name) for one in self.organisations if one.code == code)

    def _of_organisation(self, code: str, series: Series) -> Comparison:
        role = next(one.role for one in self.organisations if one.code == code)
        return self._own(code, self._label(code), "organisation", self._series(self.shifts[code], series), series, role)

    def _of_section(self, code: str, section: str, series: Series) -> Comparison:
        shifts = [shift for shift in self._series(self.shifts[code], series) if shift.section == section]
        return self._own(section, words(*SECTIONS[section]), "section", shifts, series, "")

    def _shown(self) -> list[Organisation]:
        return list(self.organisations[: max(0, self.wish.count - self.wish.hidden)])

    def _participants(self) -> list[str]:
        return [one.code for one in self._shown() if one.role == "participant"]

    def _comparisons(self) -> list[Comparison]:
        rows: list[Comparison] = []
        codes = self._participants()
        for series in ("items", "headline") if codes else ():
            own = [self._of_organisation(code, series) for code in codes]
            rows += own
            rows.append(self._over("round", words("Hela omgången", "The round"), "round", own, series))
            rows += [
                self._over(
                    one, words(*titles), "section", [self._of_section(code, one, series) for code in codes], series
                )
                for one, titles in SECTIONS.items()
            ]
            rows += [self._over_item(item, codes, series) for item in self._items(series)]
        return rows

    def _items(self, series: Series) -> list[str]:
        first = next(iter(self.shifts.values()))
        return [shift.item for shift in first if shift.series == series]

    def _over_item(self, item: str, codes: list[str], series: Series) -> Comparison:
        each = [[shift for shift in self.shifts[code] if shift.item == item] for code in codes]
        own = [self._own(item, {}, "item", shifts, series, "") for shifts in each]
        row = self._over(item, self._statement(item), "item", own, series)
        total = row.up + row.same + row.down
        share = (Fraction(row.up, 2 * total), Fraction(row.up + total, 2 * total)) if total >= 6 else None
        return replace(
            row,
            interval=share,
            interval_of="share_up" if share else "",
            hodges_lehmann=None,
            notes=(*row.notes, "exploratory"),
        )

    def _statement(self, item: str) -> dict[str, str]:
        if self.wish.statement:
            return words(self.wish.statement, self.wish.statement)
        section, number = item.split("_")
        if number == "0":
            return words(
                f"Hur långt har ni kommit med {SECTIONS[section][0].lower()}?", f"{SECTIONS[section][1]}: how far?"
            )
        return words(*STATEMENTS[(int(number) + int(section[1:])) % len(STATEMENTS)])

    # -------------------------------------------------------------------------------------------------- the rest

    def _result(self, organisation: Organisation) -> OrganisationResult:
        if organisation not in self._shown():
            return OrganisationResult(organisation=organisation, scores_shown=False, texts_shown=False)
        code = organisation.code
        both: tuple[Series, ...] = ("items", "headline")
        return OrganisationResult(
            organisation=organisation,
            scores_shown=True,
            texts_shown=True,
            overall=tuple(self._of_organisation(code, series) for series in both),
            sections=tuple(self._of_section(code, section, series) for series in both for section in SECTIONS),
            items=tuple(self._item(shift) for shift in self.shifts[code]),
            plans=(self._plan(organisation),),
            facts=(
                Fact(
                    path="population/women",
                    section="basic",
                    label=words("Invånare", "Inhabitants"),
                    value=10412,
                    value_label={},
                    group="women",
                ),
                Fact(
                    path="population/men",
                    section="basic",
                    label=words("Invånare", "Inhabitants"),
                    value=10388,
                    value_label={},
                    group="men",
                ),
            ),
        )

    def _item(self, shift: Shift) -> ItemResult:
        section, number = shift.item.split("_")
        return ItemResult(
            shift=shift,
            number=f"{int(section[1:])}.{number}",
            label=self._statement(shift.item),
            comment=self.wish.remark if number == "1" else "",
            evidence="Dnr KS 2026/14" if shift.after == TOP else "",
            improve=number == "2",
        )

    def _plan(self, organisation: Organisation) -> Plan:
        targeted = tuple(shift for shift in self.shifts[organisation.code] if shift.item in {"m05_1", "m09_2"})
        label = words("Vad har vi lärt oss?", "What have we learned?")
        return Plan(
            organisation=organisation.code,
            plan="P01",
            title="Lika väntetid till färdtjänst",
            area="Färdtjänst",
            kind="service",
            status="introduced",
            groups=("men", "women"),
            national=(),
            items=("m05_1", "m09_2"),
            targeted=targeted,
            start=date(2026, 2, 2),
            end=date(2026, 10, 30),
            measures=(self._measure(organisation),),
            activities=5,
            activities_done=3,
            texts=(
                TextAnswer(
                    organisation=organisation.code,
                    form="improvement_plan",
                    occasion="",
                    unit="",
                    path="plans[P01]/learned",
                    label=label,
                    text=self.wish.remark,
                ),
            ),
            labels={
                "introduced": words("Införs brett", "Being introduced"),
                "men": words("Män", "Men"),
                "women": words("Kvinnor", "Women"),
            },
        )

    def _measure(self, organisation: Organisation) -> Measure:
        few = int(organisation.code) % 5 == 0

        def group(name: str, baseline: str, target: str, actual: str, *, met: bool) -> MeasureGroup:
            return MeasureGroup(
                organisation=organisation.code,
                plan="P01",
                measure="K01",
                name="Väntetid",
                unit="minutes",
                direction="decrease",
                group=name,
                baseline=Decimal(baseline),
                target=Decimal(target),
                actual=None if few else Decimal(actual),
                actual_code=".." if few else "",
                people=None if few else 1240,
                people_code=".." if few else "",
                goal_met=None if few else met,
            )

        return Measure(
            organisation=organisation.code, plan="P01", measure="K01", goal="", source="Egen uppföljning",
            name="Genomsnittlig väntetid till färdtjänst", unit="minutes", unit_label=words("Minuter", "Minutes"),
            direction="decrease", direction_label=words("Minska", "Decrease"), baseline_date=date(2026, 2, 1),
            target_date=date(2026, 10, 1), actual_date=date(2026, 10, 1),
            groups=(group("men", "24.5", "22", "21.5", met=True), group("women", "31", "22", "23.5", met=False)),
            gaps=(self._gap(few=few),),
        )  # fmt: skip

    def _gap(self, *, few: bool) -> Gap:
        after, change = (None, None) if few else (Decimal(2), Decimal("-4.5"))
        return Gap(pair=("women", "men"), before=Decimal("6.5"), after=after, change=change)

    def _distributions(self) -> list[Distribution]:
        return [
            self._distribution(section, occasion, series)
            for series in ("items", "headline")
            for section in SECTIONS
            for occasion in ("bm1", "final")
        ]

    def _distribution(self, section: str, occasion: str, series: Series) -> Distribution:
        found = [
            shift.before if occasion == "bm1" else shift.after
            for code in self._participants()
            for shift in self._series(self.shifts[code], series)
            if shift.section == section and shift.matched
        ]
        return Distribution(
            section=section, label=words(*SECTIONS[section]), occasion=occasion, scale="s4", level="overall",
            series=series, role="participant", n=len(self._participants()),
            counts={step: found.count(step) for step in range(1, TOP + 1)},
        )  # fmt: skip

    def _cluster(self, cluster: Cluster, series: Series) -> ClusterResult:
        own = [one for one in self._shown() if one.cluster == cluster.id]
        mentor = next((self._of_organisation(one.code, series) for one in own if one.role == "mentor"), None)
        lines = tuple(self._line(one.code, series, mentor) for one in own if one.role == "participant")
        return ClusterResult(
            cluster=cluster.id,
            name=cluster.name,
            series=series,
            scale="s4",
            level="overall",
            mentor=mentor,
            lines=lines,
        )

    def _line(self, code: str, series: Series, mentor: Comparison | None) -> ClusterLine:
        row = self._of_organisation(code, series)

        def gap(there: Fraction | None, here: Fraction | None) -> Fraction | None:
            return None if there is None or here is None else there - here

        before, after = (mentor.before, mentor.after) if mentor is not None else (None, None)
        return ClusterLine(
            organisation=code, comparison=row, gap_before=gap(before, row.before), gap_after=gap(after, row.after)
        )

    def _received(self) -> list[Received]:
        rows = []
        for form, occasion in (("self_assessment", "bm1"), ("self_assessment", "final"), ("improvement_plan", "round")):
            for cluster in self.clusters:
                for role in ("participant", "mentor"):
                    own = [one for one in self.organisations if one.cluster == cluster.id and one.role == role]
                    if own:
                        missing = sum(int(one.code) - 9901 >= self.wish.count - self.wish.lacking for one in own)
                        missing = missing if occasion == "final" else 0
                        states = {"accepted": len(own) - missing, "missing": missing}
                        rows.append(
                            Received(form=form, occasion=occasion, role=own[0].role, cluster=cluster.id, states=states)
                        )
        return rows

    def results(self) -> RoundResults:
        occasions = (
            Occasion("bm1", "point", words("Inför träff 1 (före)", "Ahead of meeting 1 (before)"), 1),
            Occasion(
                "final",
                "point",
                words("Inför resultatkonferensen (efter)", "Ahead of the results conference (after)"),
                4,
            ),
        )
        edition = Edition(
            "2026", words("Modellkonceptet, exempelutgåva", "The model concept, example edition"), "s4", occasions
        )
        round_ = Round(
            id="2026", name=words("Omgång 2026", "Round 2026"), edition=edition, organisations=self.organisations,
            clusters=self.clusters, meetings=(), packets=(),
        )  # fmt: skip
        both: tuple[Series, ...] = ("items", "headline")
        return RoundResults(
            round=round_,
            first="bm1",
            last="final",
            audience=self.wish.audience,
            viewer="",
            as_of=DAY,
            named=tuple(one.code for one in self._shown()),
            texts_of=tuple(one.code for one in self._shown()),
            left_out=self.wish.hidden,
            withdrawn=0,
            received=tuple(self._received()),
            comparisons=tuple(self._comparisons()),
            distributions=tuple(self._distributions()),
            clusters=tuple(self._cluster(cluster, series) for series in both for cluster in self.clusters),
            organisations=tuple(self._result(one) for one in self.organisations),
            suppressed={"few_people": 2, "complementary": 1},
            decisions=(
                Decided(
                    what="exempt",
                    subject="9901",
                    by="Projektledaren",
                    on=date(2026, 5, 4),
                    because="Ny nämnd tillträdde i april.",
                    form="improvement_plan",
                ),
            ),
            inputs=tuple(self._input(one, occasion) for one in self._shown() for occasion in ("bm1", "final")),
            titles=self._titles(),
        )

    def _input(self, organisation: Organisation, occasion: str) -> Input:
        return Input(
            key=SubmissionKey("2026", "self_assessment", organisation.code, "", occasion), version="1.0.0",
            definition="d" * 64, checksum=organisation.code * 16, received=datetime(2026, 10, 20, 9, 30, tzinfo=UTC),
            verdict="accepted", mode="full", scale="s4", level="overall",
        )  # fmt: skip

    def _titles(self) -> dict[str, dict[str, str]]:
        return {
            **{f"section/{name}": words(*titles) for name, titles in SECTIONS.items()},
            **{f"step/s4/{n}": words(*step) for n, step in enumerate(STEPS, 1)},
            "step/s4/dont_know": words("Vet ej", "Do not know"),
            "occasion/bm1": words("Inför träff 1 (före)", "Ahead of meeting 1 (before)"),
            "occasion/final": words("Inför resultatkonferensen (efter)", "Ahead of the results conference (after)"),
            "occasion/round": words("Hela omgången", "The whole round"),
            "level/overall": words("Övergripande styrning och ledning", "Overall governance and management"),
            "scale/s4": words("Fyra steg (1–4)", "Four steps (1–4)"),
            "form/self_assessment": words("Självskattning", "Self-assessment"),
            "form/improvement_plan": words("Förbättringsplan", "Improvement plan"),
        }


def with_unit(organisation: Organisation) -> Organisation:
    """The same organisation with a committee that makes an assessment of its own."""
    return replace(organisation, units=(Unit("bun", "Barn- och utbildningsnämnden"),))
