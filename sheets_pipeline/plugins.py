"""The one door through which extensions come in: named registries over entry points.

The product's own question types, sources, rules, writers and exporters are declared as entry points in the same
groups, so a stranger's package and ours are found the same way. Nothing is imported before it is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from sheets_pipeline.errors import UsageError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUPS = ("question_types", "sources", "backends", "rules", "report_writers", "exporters")


@cache
def _found(group: str) -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points  # as dear as a hundred small modules, and seldom needed

    return {point.name: point for point in sorted(entry_points(group=f"sheets_pipeline.{group}"))}


def names(group: str) -> tuple[str, ...]:
    """The names registered in a group, sorted."""
    return tuple(_found(group))


def load(group: str, name: str) -> Any:  # noqa: ANN401 - each group has its own type; the caller knows it
    """The object registered under a name; raises UsageError that lists the names there are."""
    point = _found(group).get(name)
    if point is None:
        message = f"there is no {name!r} among the {group.replace('_', ' ')}"
        raise UsageError(message, hint="known: " + ", ".join(names(group)))
    return point.load()
