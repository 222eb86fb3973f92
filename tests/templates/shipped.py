"""The forms that the project ships, and an answer sheet to try their conditions on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sheets_pipeline.forms import read_catalogue
from sheets_pipeline.model.forms import Form, Question, Section
from sheets_pipeline.model.slots import row_id, slots
from sheets_pipeline.model.submissions import Parameters, Value

ROOT = Path(__file__).parents[2]
FORMS = read_catalogue(ROOT / "workbook_templates")


@dataclass(frozen=True)
class Answers:
    """What somebody answered, by name; `chosen` are the options with an x, `earlier` what stood in the same place."""

    given: Mapping[str, Value] = field(default_factory=dict)
    itself: Value | None = None
    around: Mapping[str, Value] = field(default_factory=dict)
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    earlier: Value | None = None

    def value(self, name: str) -> Value | None:
        return self.itself if name == "." else self.given.get(name)

    def values(self, name: str) -> Sequence[Value]:
        return self.chosen.get(name, ())

    def context(self, name: str) -> Value | None:
        return self.around.get(name)

    def pulldata(self, form: str, path: str, occasion: str) -> Value | None:
        assert (form, path, occasion) == ("self_assessment", ".", "previous")
        return self.earlier


def question(form: str, section: str, name: str) -> Question:
    return next(one for one in FORMS[form].section(section).questions if one.name == name)


def paths(form: Form) -> list[str]:
    """Every answer path of a form in its order: all levels and modes, one row or card of each kind."""
    rows: dict[str, tuple[str, ...]] = {}
    for section in form.sections:
        _one_row(section, "", rows)
    scale = form.scales[0] if form.scales else ""
    both = [
        [slot.path for slot in slots(form, Parameters(level=level, scale=scale), rows)] for level in ("overall", "unit")
    ]
    return list(dict.fromkeys(both[0] + both[1]))


def _one_row(section: Section, parent: str, rows: dict[str, tuple[str, ...]]) -> None:
    if section.shape in {"table", "card"}:
        place = f"{parent}/{section.name}" if parent else section.name
        rows[place] = (row_id(section, 1),)
        for child in section.children:
            _one_row(child, f"{place}[{row_id(section, 1)}]", rows)


def codes(form: Form) -> list[str]:
    """Every answer list with its codes, in order."""
    return [f"{name}: {' '.join(one.name for one in choices.choices)}" for name, choices in form.choice_lists.items()]


def texts(data: object, place: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """(place, language → text) of everything in a definition that has a language."""
    if isinstance(data, dict):
        if {"sv", "en"} & data.keys():
            yield place, data
        else:
            for key, value in data.items():
                yield from texts(value, f"{place}/{key}")
    elif isinstance(data, list):
        for number, value in enumerate(data):
            name = value.get("name", number) if isinstance(value, dict) else number
            yield from texts(value, f"{place}/{name}")
