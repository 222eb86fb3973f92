"""Layouts that are kept: most workbooks of a night share form and parameters, so each is laid out once a process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from sheets_pipeline.model.forms import Form
from sheets_pipeline.model.layout.sheets import lay_out
from sheets_pipeline.model.layout.types import Layout
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Parameters

_MOST = 256


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """A layout with its slots by path, and in order."""

    layout: Layout
    slots: Mapping[str, Slot]
    in_order: tuple[Slot, ...]


_KEPT: dict[tuple[object, ...], KeptLayout] = {}


def kept_layout(form: Form, parameters: Parameters, unit: str = "") -> KeptLayout:
    """The layout of a form that has a definition hash, made once; any other is laid out anew."""
    key = (form.definition, unit, *_facts(parameters))
    found = _KEPT.get(key) if form.definition else None
    if found is None:
        layout = lay_out(form, parameters, unit)
        slots = {slot.path: slot for slot, _, _ in layout.places()}
        found = KeptLayout(layout, slots, tuple(slots.values()))
        if len(_KEPT) >= _MOST:
            _KEPT.clear()
        _KEPT[key] = found
    return found


def _facts(parameters: Parameters) -> tuple[object, ...]:
    """Everything in the parameters, as something that can be looked up."""
    named = (getattr(parameters, one.name) for one in fields(parameters) if one.name != "prepared")
    return (*named, *sorted(parameters.prepared.items()))
