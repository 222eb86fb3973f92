"""Questions: keys that go with their type, choices that exist and can be told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sheets_pipeline.forms.data_choices import PROGRAMME_LISTS
from sheets_pipeline.forms.faults import nearest
from sheets_pipeline.forms.lint.forms import Linted
from sheets_pipeline.model.forms import NUMERIC_TYPES, SCALE_PARAMETER, ChoiceList, Form, Question
from sheets_pipeline.texts import LANGUAGES

_TEXTS = {"text", "longtext", "url", "email"}
_CHOSEN = {"select_one", "select_multiple", "scale"}
# key → the types it means anything for
_BELONGS: dict[str, set[str]] = {
    "choices": {*_CHOSEN, "calculate"},
    "choices_from": {"select_one", "select_multiple"},
    "max_choices": {"select_multiple"},
    "appearance": {"select_multiple", "boolean"},
    "groups": {"split"},
    "of": {"split"},
    "dated": {"split"},
    "marks": {"split"},
    "max_length": _TEXTS,
    "pattern": _TEXTS,
    "unit": {*NUMERIC_TYPES, "split", "calculate"} - {"scale"},
    "calculation": {"calculate"},
}
_PREFILLS = re.compile(r"register\.[a-z_]+|kolada\.[A-Za-z0-9_]+|last_round|last_point|last_version")
_FEWEST_POINTS = 2
Complaint = tuple[str, str, str]


def check(linted: Linted) -> None:
    for asked in linted.questions():
        for code, key, message in _question(linted, asked.question):
            linted.add((*asked.place, key), code, f"question {asked.question.name}: {message}")
    for name in linted.form.scales:
        if name not in linted.form.choice_lists:
            message = f"scale “{name}” is no choice list: {nearest(name, linted.form.choice_lists)}"
            linted.add(("scales",), "unknown_list", message)
    for name, listed in linted.form.choice_lists.items():
        for code, message in _choice_list(listed):
            linted.add(("choice_lists", name), code, f"choice list {name}: {message}")
    for name in _scales(linted.form):
        _scale(linted, linted.form.choice_lists[name])
    _unused(linted)


def _question(linted: Linted, question: Question) -> Iterator[Complaint]:
    for key, types in _BELONGS.items():
        if getattr(question, key) and question.type not in types:
            kinds = ", ".join(sorted(types))
            yield "wrong_key", key, f"{key} belongs to {kinds}, not to {question.type}: take it away or change the type"
    if question.type in _CHOSEN:
        yield from _chosen(linted.form, question)
    if question.type == "split":
        yield from _split(linted.form, question)
    if question.type == "calculate" and question.calculation is None:
        yield "missing_key", "type", "what is calculated? add “calculation: …”"
    yield from _from_occasions(linted, question)
    yield from _pattern(question)
    if question.max_length is not None and question.max_length < 1:
        yield "max_length", "max_length", "max_length is at least 1"
    if question.prefill and not _PREFILLS.fullmatch(question.prefill):
        wanted = "register.…, kolada.…, last_round, last_point or last_version"
        yield "prefill", "prefill", f"“{question.prefill}” is nothing that can be filled in: use {wanted}"
    if (question.locked or question.confirm) and not question.prefill:
        yield "prefill", "locked" if question.locked else "confirm", "nothing is prefilled here: add “prefill: …”"


def _chosen(form: Form, question: Question) -> Iterator[Complaint]:
    if bool(question.choices) == bool(question.choices_from):
        yield "choices", "type", f"{question.type} answers from one list: give choices or choices_from"
    elif question.choices == SCALE_PARAMETER:
        if not form.scales:
            yield "choices", "choices", "$scale is one of the form's scales: add “scales: […]”"
    elif question.choices and question.choices not in form.choice_lists:
        known = nearest(question.choices, (SCALE_PARAMETER, *form.choice_lists))
        yield "unknown_list", "choices", f"there is no choice list “{question.choices}”: {known}"
    listed = form.choice_list(question, form.scales[0] if form.scales else None)
    yield from _several(question, listed)
    if question.default and listed and not listed.find(question.default):
        known = nearest(question.default, (choice.name for choice in listed.choices))
        yield "default", "default", f"“{question.default}” is not among the choices: {known}"


def _several(question: Question, listed: ChoiceList | None) -> Iterator[Complaint]:
    if question.max_choices is None:
        return
    if question.max_choices < 1:
        yield "max_choices", "max_choices", "at least one choice may be made: max_choices is 1 or more"
    elif listed and question.max_choices > len(listed.choices):
        yield "max_choices", "max_choices", f"there are only {len(listed.choices)} choices"


def _split(form: Form, question: Question) -> Iterator[Complaint]:
    if not question.groups:
        yield "groups", "type", "split between which groups? add “groups: [women, men]”"
    for group in question.groups:
        if form.group_titles and group not in form.group_titles:
            yield "groups", "groups", f"group {group} has no title: add it to group_titles"
    if not form.group_titles:
        yield "groups", "groups", "the groups have no titles: add “group_titles: …” to the form"
    if question.of and question.of not in NUMERIC_TYPES - {"scale"}:
        yield "wrong_key", "of", f"a split holds numbers, not {question.of}: use integer, decimal or percent"


def _from_occasions(linted: Linted, question: Question) -> Iterator[Complaint]:
    for key in ("required_from", "invited_from"):
        occasion = getattr(question, key)
        if occasion and occasion not in linted.occasions:
            yield "unknown_occasion", key, f"there is no occasion “{occasion}”: {nearest(occasion, linted.occasions)}"
    if question.required_from and question.required is None:
        yield "required_from", "required_from", "required_from goes with “required: yes” or a condition: add it"


def _pattern(question: Question) -> Iterator[Complaint]:
    try:
        re.compile(question.pattern or "")
    except re.error as error:
        yield "pattern", "pattern", f"the pattern cannot be read ({error}): mend it"


def _choice_list(listed: ChoiceList) -> Iterator[tuple[str, str]]:
    """What people see and type must lead back to one choice."""
    for language in LANGUAGES:
        seen: dict[str, str] = {}
        for choice in listed.choices:
            words = {word.casefold() for word in (choice.shown(language), *choice.also_typed) if word}
            for word in sorted(words):
                if seen.setdefault(word, choice.name) != choice.name:
                    yield "ambiguous_choice", f"“{word}” ({language}) means both {seen[word]} and {choice.name}"


def _scales(form: Form) -> list[str]:
    """The lists that questions of type scale answer from."""
    named = {q.choices for section in form.walk() for q in section.questions if q.type == "scale"}
    wanted = [*form.scales, *sorted(name for name in named if name and name != SCALE_PARAMETER)]
    return [name for name in dict.fromkeys(wanted) if name in form.choice_lists]


def _scale(linted: Linted, listed: ChoiceList) -> None:
    place = ("choice_lists", listed.name)
    if len(set(listed.scores)) < _FEWEST_POINTS or len(set(listed.scores)) < len(listed.scores):
        linted.add(place, "scale", f"scale {listed.name}: needs at least two choices with values of their own")
    for at, choice in enumerate(listed.choices):
        if (choice.value is None) is not choice.non_answer:
            message = f"scale {listed.name}: choice {choice.name} has either a value or “non_answer: yes”"
            linted.add((*place, "choices", at), "scale", message)


def _unused(linted: Linted) -> None:
    form = linted.form
    used = {*form.scales}
    for asked in linted.questions():
        used |= {asked.question.choices or "", asked.question.choices_from or ""}
        listed = asked.question.choices_from
        if listed and listed not in form.choice_lists and listed not in PROGRAMME_LISTS:
            linted.add((*asked.place, "choices_from"), "unknown_list", f"choices_from “{listed}” has no choices")
    for name in form.choice_lists:
        if name not in used:
            linted.add(("choice_lists", name), "unused_list", f"no question answers from {name}", "warning")
