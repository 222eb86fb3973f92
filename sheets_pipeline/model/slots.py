"""Which answers a form asks for, once its parameters are known: every answer path with its question, free of cells.

The layout places these slots on cells; validation, export and the codebook walk them as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sheets_pipeline.model.forms import DATE_KEY, ChoiceList, Form, Item, Question, Section, text_in
from sheets_pipeline.model.submissions import Parameters

Rows = Mapping[str, tuple[str, ...]]
DONT_KNOW = "dont_know"
HANDS = Question(
    name="hands",
    type="integer",
    label={"sv": "Antal som visade", "en": "Number who showed"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One answer that is asked for.

    `type` is what its cell holds (an option of a `select_multiple` is a `boolean`); `row` is the path of the table
    row or card it stands in (empty outside them); `key` is its last segment when one question has several cells
    (a group, an option, `date`).
    """

    path: str
    question: Question
    type: str
    section: str
    row: str = ""
    key: str = ""
    item: Item | None = None
    choices: ChoiceList | None = None

    @property
    def owner(self) -> str:
        """The path of the question as a whole: the slot's own path without the group or option."""
        return self.path[: -len(self.key) - 1] if self.key else self.path


def row_id(section: Section, number: int) -> str:
    """The printed id of a row or card: `P01`."""
    return f"{section.prefix}{number:02d}"


def row_number(row: str, section: Section) -> int | None:
    """The number in a printed id, None when the id is not of this section."""
    digits = row.removeprefix(section.prefix)
    return int(digits) if row.startswith(section.prefix) and digits.isdecimal() else None


def prepared_rows(section: Section, parameters: Parameters, place: str) -> tuple[str, ...]:
    """The ids printed for the table or card section at a place."""
    own = tuple(row_id(section, number) for number in range(1, section.prepared + 1))
    return parameters.prepared.get(place, own)


def asked_items(section: Section, form: Form, parameters: Parameters) -> tuple[Item, ...]:
    """The items asked at this level and in this mode; headline questions always are."""
    quick = any(mode.name == parameters.mode and mode.headline_only for mode in form.modes)
    levels = ("both", parameters.level)
    return tuple(item for item in section.items if item.headline or (not quick and item.level in levels))


def slots(form: Form, parameters: Parameters, rows: Rows | None = None) -> Iterator[Slot]:
    """Every slot in the order of the form; `rows` gives row ids by place (`plans[P01]/whys`) instead of the printed."""
    for section in form.sections:
        yield from section_slots(form, section, parameters, rows or {}, "")


def section_slots(form: Form, section: Section, parameters: Parameters, rows: Rows, parent: str) -> Iterator[Slot]:
    """The slots of one section inside the row or card `parent`."""
    if section.shape == "items":
        for item in asked_items(section, form, parameters):
            for question in section.questions:
                yield from question_slots(form, section, question, parameters, parent, item)
                yield from hands_slots(form, section, question, parameters, item)
    elif section.shape == "fields":
        for question in section.questions:
            yield from question_slots(form, section, question, parameters, parent)
    else:
        place = joined(parent, section.name)
        for identity in rows.get(place, prepared_rows(section, parameters, place)):
            yield from row_slots(form, section, parameters, rows, f"{place}[{identity}]")


def row_slots(form: Form, section: Section, parameters: Parameters, rows: Rows, row: str) -> Iterator[Slot]:
    """The slots of one table row or card, and of the tables and cards inside it."""
    for question in section.questions:
        yield from question_slots(form, section, question, parameters, row)
    for child in section.children:
        yield from section_slots(form, child, parameters, rows, row)


def question_slots(
    form: Form,
    section: Section,
    question: Question,
    parameters: Parameters,
    row: str,
    item: Item | None = None,
) -> Iterator[Slot]:
    """The cells of one question: one, or one a group, an option or a drop-down."""
    if question.type == "calculate":
        return
    choices = form.choice_list(question, parameters.scale)
    path = joined(row, f"{item.name}/{question.name}" if item else question.name)
    for key, kind in cells_of(question, choices):
        yield Slot(
            path=f"{path}/{key}" if key else path,
            question=question,
            type=kind,
            section=section.name,
            row=row,
            key=key,
            item=item,
            choices=choices if kind in {"select_one", "scale"} else None,
        )


def hands_slots(form: Form, section: Section, question: Question, parameters: Parameters, item: Item) -> Iterator[Slot]:
    """The counts of hands beside an agreed value, one a step and one for "do not know", where they are asked for."""
    asked = parameters.counts == "all" or (parameters.counts == "headline" and item.headline)
    listed = form.choice_list(question, parameters.scale) if asked and question.type == "scale" else None
    for choice in listed.choices if listed else ():
        if choice.value is not None or choice.name == DONT_KNOW:
            path = f"{item.name}/{HANDS.name}/{choice.name}"
            yield Slot(path=path, question=HANDS, type="integer", section=section.name, key=choice.name, item=item)


def cells_of(question: Question, choices: ChoiceList | None) -> tuple[tuple[str, str], ...]:
    """(key, cell type) of each cell of a question."""
    if question.type == "split":
        dated = ((DATE_KEY, "date"),) if question.dated else ()
        return dated + tuple((group, question.cell_type) for group in question.groups)
    if question.type == "select_multiple" and question.appearance == "dropdowns":
        return tuple((str(number), "select_one") for number in range(1, (question.max_choices or 3) + 1))
    if question.type == "select_multiple":
        return tuple((choice.name, "boolean") for choice in (choices.choices if choices else ()))
    return (("", question.type),)


def joined(parent: str, name: str) -> str:
    """A path below another."""
    return f"{parent}/{name}" if parent else name


def label_of(slot: Slot, form: Form, language: str) -> str:
    """What the slot asks, in one line: item or question, with the group or option."""
    label = text_in(slot.item.label if slot.item else slot.question.label, language)
    if slot.item and slot.question.type != "scale":
        label = f"{label} – {text_in(slot.question.label, language)}"
    if not slot.key:
        return label
    return f"{label} – {key_label(slot.question, slot.key, form, language)}"


def key_label(question: Question, key: str, form: Form, language: str) -> str:
    """The words of one cell of a question that has several: its group or option, else the key itself."""
    if key in form.group_titles:
        return text_in(form.group_titles[key], language)
    listed = form.choice_list(question, None)
    choice = listed.find(key) if listed else None
    return text_in(choice.label, language) if choice else key


def rows_in(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Section path → row ids found in answer paths, in order of appearance."""
    found: dict[str, dict[str, None]] = {}
    for path in paths:
        start = path.find("[")
        while start >= 0:
            end = path.index("]", start)
            found.setdefault(path[:start], {})[path[start + 1 : end]] = None
            start = path.find("[", end)
    return {place: tuple(ids) for place, ids in found.items()}
