"""A self-assessment: scores that move as scores do, with comments, evidence and what is to be improved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from sheets_pipeline.example.content import SEED, profile, read
from sheets_pipeline.model.forms import Form, Item, Section
from sheets_pipeline.model.programme import Organisation
from sheets_pipeline.model.slots import DONT_KNOW, asked_items
from sheets_pipeline.model.submissions import FormPart, Value

NOT_APPLICABLE = "not_applicable"
TOP = 4
_SECTIONS = {"m01": 0.4, "m02": 0.0, "m03": 0.1, "m04": -0.1, "m05": 0.2, "m06": -0.3, "m07": -0.2}
_SECTIONS |= {"m08": -0.3, "m09": -0.7, "m10": -0.4}
_IN_DOUBT_LOWER = 0.4
_OLDER_SCALE = {1: 1, 2: 2, 3: 2, 4: 3}
_COMMENTED = {True: 0.7, False: 0.35}
_UNSURE = 0.04


@dataclass(frozen=True, slots=True)
class Scored:
    """One item's score on four steps, before and after, and the non-answer that stands in its place, if any."""

    item: Item
    section: str
    before: int
    after: int
    non_answer: str = ""


def assess(organisation: Organisation, part: FormPart, form: Form, day: date, *, after: bool) -> dict[str, Value]:
    """Answer path → value for one part of a workbook; the same organisation always scores the same."""
    scored = list(_scored(organisation, part, form))
    chance = Random(f"{SEED}:{part.subject}:{part.unit}:{after}:words")
    answers: dict[str, Value] = dict(_about(organisation, part, form, day, chance))
    older = part.parameters.scale == "s3"
    for one in scored:
        score = one.after if after else one.before
        shown: Value = _OLDER_SCALE[score] if older else score
        answers[f"{one.item.name}/score"] = one.non_answer if one.non_answer and not after else shown
        answers |= dict(_words(one, organisation, chance, after=after, older=older))
    for one in _to_improve(scored, profile(organisation.code)["focus"]) if not after else ():
        answers[f"{one.item.name}/improve"] = True
    return answers


def _scored(organisation: Organisation, part: FormPart, form: Form) -> Iterator[Scored]:
    """Every item that is asked, headlines weighed together from their sections."""
    known = profile(organisation.code)
    for section in form.sections:
        if section.shape == "items":
            yield from _section(section, asked_items(section, form, part.parameters), known, part)


def _section(section: Section, items: tuple[Item, ...], known: dict[str, Any], part: FormPart) -> Iterator[Scored]:
    growth = known["growth"] * (1.7 if section.name in known["focus"] else 0.5)
    level = known["level"] + _SECTIONS[section.name] - (0.3 if part.unit else 0.0)
    plain: list[Scored] = []
    for item in items:
        chance = Random(f"{SEED}:{part.subject}:{part.unit}:{item.name}")
        where = level + chance.gauss(0, 0.6)
        before, after = _step(where), _step(where + growth + chance.gauss(0, 0.4))
        if item.headline:
            before = _together([one.before for one in plain], before)
            after = _together([one.after for one in plain], after)
        scored = Scored(item, section.name, before, after, _unsure(item, chance))
        plain += [] if item.headline else [scored]
        yield scored


def _step(where: float) -> int:
    return min(max(round(where), 1), TOP)


def _together(scores: list[int], alone: int) -> int:
    """A section weighed together: in doubt the lower step."""
    return _step(int(sum(scores) / len(scores) + _IN_DOUBT_LOWER)) if scores else alone


def _unsure(item: Item, chance: Random) -> str:
    pools = read("comments")[item.name]
    known = [name for name in (DONT_KNOW, NOT_APPLICABLE) if name in pools]
    return known[0] if known and chance.random() < _UNSURE * 4 else ""


def _about(
    organisation: Organisation, part: FormPart, form: Form, day: date, chance: Random
) -> Iterator[tuple[str, Value]]:
    yield "assessed_on", day
    roles = ["manager", "key_person"] + ([] if part.unit else ["politician"])
    roles += ["controller"] if chance.random() < _COMMENTED[False] else []
    yield from ((f"roles_present/{role}", True) for role in roles)
    if organisation.role == "mentor" or part.unit:
        for section in form.sections:
            if section.shape == "items":
                yield f"agreement_{section.name}", chance.choice(["agreed", "agreed", "partly", "different"])


def _words(
    one: Scored, organisation: Organisation, chance: Random, *, after: bool, older: bool
) -> Iterator[tuple[str, Value]]:
    pools: Mapping[str, Any] = read("comments")
    place = int(organisation.code) - 9900
    score = one.after if after else one.before
    if chance.random() < _COMMENTED[one.item.headline]:
        words = _comment(one, pools, place, after=after, older=older)
        yield f"{one.item.name}/comment", in_their_words(words, organisation)
    elif one.non_answer and not after:
        yield f"{one.item.name}/comment", in_their_words(pools[one.item.name][one.non_answer][0], organisation)
    if score == TOP:
        pool = pools["evidence"][one.section]
        yield f"{one.item.name}/evidence", in_their_words(pool[place % len(pool)], organisation)


def _comment(one: Scored, pools: Mapping[str, Any], place: int, *, after: bool, older: bool) -> str:
    own = pools[one.item.name]
    pool = own[str(min(one.after if after else one.before, 3 if older else TOP))]
    if not after and one.non_answer:
        pool = own[one.non_answer]
    elif after and one.after > one.before and "up" in own:
        pool = own["up"]
    elif after and one.after < one.before:
        pool = pools["down"]["any"]
    return str(pool[place % len(pool)])


def in_their_words(text: str, organisation: Organisation) -> str:
    """A text with the organisation's own words for itself and its council."""
    region = organisation.type == "region"
    council = "regionfullmäktige" if region else "fullmäktige"
    body = "regionen" if region else "kommunen"
    return text.format(council=council, Council=council.capitalize(), body=body, bodies=body + "s")


def _to_improve(scored: list[Scored], focus: list[str]) -> list[Scored]:
    """At most five statements, the lowest ones of the sections in focus."""
    chosen = [one for one in scored if one.section in focus and not one.item.headline]
    return sorted(chosen, key=lambda one: (one.before, one.item.name))[:4]
