"""A small round in plain values, and a way to write down assessments as people see them: item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from sheets_pipeline.forms.reading import read_catalogue
from sheets_pipeline.model.cells import CellRef
from sheets_pipeline.model.forms import Choice, ChoiceList, Form, FormSheet, Item, Mode, Question, Section
from sheets_pipeline.model.programme import (
    Cluster,
    Edition,
    Meeting,
    Occasion,
    Organisation,
    Packet,
    PacketForm,
    Round,
    SharingLevel,
    Unit,
)
from sheets_pipeline.model.submissions import Answer, Parameters, Submission, SubmissionKey, Value
from tests.conftest import ROOT

AS_OF = date(2026, 12, 1)
DK, NA = "dont_know", "not_applicable"
NON_ANSWERS = (Choice(DK, {"sv": "Vet ej"}, non_answer=True), Choice(NA, {"sv": "Ej aktuellt"}, non_answer=True))


def scale(name: str, top: int) -> ChoiceList:
    steps = tuple(Choice(str(step), {"sv": f"Steg {step}"}, value=step) for step in range(1, top + 1))
    return ChoiceList(name, steps + NON_ANSWERS, label={"sv": f"1-{top}"})


SCORE = Question(name="score", type="scale", label={"sv": "Skattning"}, choices="$scale")
COMMENT = Question(name="comment", type="longtext", label={"sv": "Kommentar"})
EVIDENCE = Question(name="evidence", type="longtext", label={"sv": "Underlag"})


def items_section(name: str, items: int) -> Section:
    """Items `m01_1` … and, last, the headline question `m01_0`."""
    statements = tuple(
        Item(name=f"{name}_{number}", number=f"{name[-1]}.{number}", label={"sv": f"Påstående {number}"})
        for number in range(1, items + 1)
    )
    headline = Item(name=f"{name}_0", number=name[-1], label={"sv": "Huvudfråga"}, headline=True)
    return Section(
        name=name,
        shape="items",
        title={"sv": f"Moment {name}", "en": f"Section {name}"},
        questions=(SCORE, COMMENT, EVIDENCE),
        items=(*statements, headline),
    )


ASSESSMENT = Form(
    form_id="self_assessment",
    version="1.0.0",
    title={"sv": "Självskattning"},
    cadence="point",
    sheets=(FormSheet(name="assessment", title={"sv": "Självskattning"}, sections=("m01", "m02")),),
    sections=(items_section("m01", 4), items_section("m02", 3)),
    choice_lists={"s4": scale("s4", 4), "s3": scale("s3", 3)},
    scales=("s4", "s3"),
    levels={"overall": {"sv": "Övergripande"}, "unit": {"sv": "Nämnd"}},
    modes=(
        Mode(name="quick", label={"sv": "Snabb"}, minutes=35, headline_only=True),
        Mode(name="full", label={"sv": "Full"}, minutes=90),
    ),
    definition="d1",
)
FORMS = {("self_assessment", "d1"): ASSESSMENT}

EDITION = Edition(
    "e2023",
    {"sv": "Utgåva 2023"},
    "s4",
    (
        Occasion("round", "round", {"sv": "Hela omgången"}, 0),
        Occasion("bm1", "point", {"sv": "Före"}, 1, "m1"),
        Occasion("final", "point", {"sv": "Efter"}, 2, "conference"),
    ),
)
CLOSING = Packet(
    id="closing",
    label={"sv": "Avslut"},
    file_words={"sv": "avslut"},
    forms=(PacketForm("self_assessment", per_unit=True),),
    occasion="final",
    meeting="conference",
    offset_days=-28,
)
OPENING = replace(CLOSING, id="opening", occasion="bm1", meeting="m1")


def organisation(
    code: str,
    *,
    role: str = "participant",
    cluster: str = "k1",
    scores: SharingLevel = "public",
    texts: SharingLevel = "public",
    units: tuple[str, ...] = (),
    left: date | None = None,
) -> Organisation:
    return Organisation(
        code=code,
        name=f"Exempel {code}",
        type="municipality",
        cluster=cluster,
        role="mentor" if role == "mentor" else "participant",
        sharing_scores=scores,
        sharing_texts=texts,
        units=tuple(Unit(unit, unit.upper()) for unit in units),
        left=left,
        example=True,
    )


def round_of(*organisations: Organisation, mentors_apart: bool = True) -> Round:
    clusters = dict.fromkeys(one.cluster for one in organisations)
    return Round(
        id="2026",
        name={"sv": "Omgång 2026", "en": "Round 2026"},
        edition=EDITION,
        organisations=organisations,
        clusters=tuple(Cluster(cluster, f"Grupp {cluster}") for cluster in clusters),
        meetings=(Meeting("m1", "", date(2026, 2, 24)), Meeting("conference", "", date(2026, 12, 9))),
        packets=(OPENING, CLOSING),
        mentors_apart=mentors_apart,
    )


def participants(count: int, scores: SharingLevel = "public") -> tuple[Organisation, ...]:
    return tuple(organisation(f"99{number:02d}", scores=scores) for number in range(1, count + 1))


def answered(  # noqa: PLR0913 - by name, what a workbook's manifest says
    code: str,
    occasion: str,
    values: Mapping[str, Value],
    *,
    form: Form = ASSESSMENT,
    unit: str = "",
    scale: str = "s4",
    mode: str = "full",
    level: str = "",
    day: int = 1,
) -> Submission:
    """A submission in force with the values of its paths."""
    return Submission(
        key=SubmissionKey("2026", form.form_id, code, unit, occasion),
        version=form.version,
        definition=form.definition,
        parameters=Parameters(
            occasion=occasion, level=level or ("unit" if unit else "overall"), mode=mode, scale=scale, edition="e2023"
        ),
        checksum=f"{code}-{form.form_id}-{unit}-{occasion}",
        received=datetime(2026, 11 if occasion == "final" else 2, day, 12, tzinfo=UTC),
        saved=None,
        verdict="accepted",
        answers=tuple(
            Answer(path, value, str(value), CellRef("Blad", row, 1)) for row, (path, value) in enumerate(values.items())
        ),
    )


def assessed(
    code: str,
    occasion: str,
    scores: str,
    *,
    comment: str = "",
    unit: str = "",
    scale: str = "s4",
    mode: str = "full",
    level: str = "",
) -> Submission:
    """A self-assessment from a line such as `m01 1 2 DK NA | 3   m02 2 - 1 | 2`.

    The scores of a section's items in order and, after the bar, of its headline question; `-` is no answer.
    """
    values: dict[str, Value] = {}
    section, number = "", 0
    for word in scores.split():
        if word.startswith("m"):
            section, number = word, 1
        elif word == "|":
            number = 0
        else:
            if word != "-":
                values[f"{section}_{number}/score"] = {"DK": DK, "NA": NA}.get(word) or int(word)
            number += 1
    if comment:
        values["m01_1/comment"] = comment
    return answered(code, occasion, values, unit=unit, scale=scale, mode=mode, level=level)


@cache
def real_forms() -> dict[tuple[str, str], Form]:
    """The forms that the project ships, by id and definition."""
    forms = read_catalogue(ROOT / "workbook_templates").values()
    return {(form.form_id, form.definition): form for form in forms}


def real_form(form_id: str) -> Form:
    return next(form for (name, _), form in real_forms().items() if name == form_id)
