"""What the product knows already, by the names that forms use in `prefill`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheets_pipeline.model.forms import text_in
from sheets_pipeline.model.programme import Organisation, Round
from sheets_pipeline.model.slots import Slot
from sheets_pipeline.model.submissions import Value
from sheets_pipeline.reference.codes import places


def _cluster_name(round_: Round, organisation: Organisation) -> str:
    cluster = round_.cluster(organisation.cluster)
    return cluster.name if cluster else ""


def _group(_: Round, organisation: Organisation) -> str:
    place = places().get(organisation.code)
    return place.group if place else ""


_REGISTER: Mapping[str, Callable[[Round, Organisation], str]] = {
    "cluster": _cluster_name,
    "municipality_group": _group,
    "name": lambda _, organisation: organisation.name,
    "type": lambda _, organisation: organisation.type,
    "code": lambda _, organisation: organisation.code,
    "role": lambda _, organisation: organisation.role,
    "round": lambda round_, organisation: text_in(round_.name, organisation.language),
}


def known_value(slot: Slot, round_: Round, organisation: Organisation, previous: Mapping[str, Value]) -> Value | None:
    """The value to print in a cell before anybody has answered; None where nothing is known."""
    kind, _, name = (slot.question.prefill or "").partition(".")
    if kind == "register" and name in _REGISTER:
        return _REGISTER[name](round_, organisation) or slot.question.default
    if kind in {"last_point", "last_version", "last_round"} and slot.path in previous:
        return previous[slot.path]
    return slot.question.default
