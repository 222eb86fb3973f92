"""YAML with the line of every key: plain JSON values beside `place → line`.

Anchors, aliases and merge keys are expanded, within limits (a few aliases of aliases can fill a memory). What YAML
would read as something else than what stands there (`0114` as an octal number, `12:30` as 750) is a fault, not a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sheets_pipeline.forms.faults import Fault, FaultyFormError

Place: TypeAlias = tuple[str | int, ...]
Plain: TypeAlias = Any  # what JSON holds
LARGEST_FILE = 4_000_000
MOST_NODES = 200_000
DEEPEST = 40

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_TRUE = {"yes", "true", "on"}


@dataclass(frozen=True, slots=True)
class Document:
    """One file's content. `data` is made of dict, list, str, int, float, bool and None; keys are texts."""

    file: str
    data: dict[str, Plain]
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest thing around it; 0 without a file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 0)


class _Fault(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, node: Node, message: str) -> None:
        super().__init__(message)
        self.line = node.start_mark.line + 1


def read_document(path: Path) -> Document:
    """The file as a document; raises FormError with file and line when it cannot be read."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _faulty(path, 1, f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
        root = yaml.compose(path.read_bytes(), Loader=_LOADER)
    except OSError as error:
        raise _faulty(path, 0, f"cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise _unreadable(path, error) from error
    return _constructed(path, root)


def _faulty(path: Path, line: int, message: str) -> FaultyFormError:
    return FaultyFormError([Fault(str(path), line, "unreadable", message)])


def _unreadable(path: Path, error: yaml.YAMLError) -> FaultyFormError:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML"
    line = mark.line + 1 if mark else 1
    message = f"{problem}: check the indentation, colons and quotes of this line and the one before it"
    return _faulty(path, line, message)


def _constructed(path: Path, root: Node | None) -> Document:
    if not isinstance(root, MappingNode):
        raise _faulty(path, 1, "nothing to read: the file must begin with keys such as “form_id: my_form”")
    construction = _Construction()
    try:
        data = construction.value(root, ())
    except _Fault as fault:
        raise _faulty(path, fault.line, str(fault)) from fault
    if construction.faults:
        raise FaultyFormError(Fault(str(path), line, "yaml", message) for line, message in construction.faults)
    return Document(str(path), data, construction.lines)


class _Construction:
    """Nodes to plain values; faults that leave the rest readable are gathered."""

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {(): 1}
        self.faults: list[tuple[int, str]] = []
        self.nodes = 0

    def value(self, node: Node, place: Place) -> Plain:
        self.nodes += 1
        if self.nodes > MOST_NODES or len(place) > DEEPEST:
            raise _Fault(node, "aliases within aliases grow beyond all measure: write the parts out")
        if isinstance(node, MappingNode):
            return self.mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.element(child, (*place, number)) for number, child in enumerate(node.value)]
        return self.scalar(node)

    def element(self, node: Node, place: Place) -> Plain:
        self.lines[place] = node.start_mark.line + 1
        return self.value(node, place)

    def mapping(self, node: MappingNode, place: Place) -> dict[str, Plain]:
        own = {key.value for key, _ in node.value}
        data: dict[str, Plain] = {}
        for key, value in node.value:
            if key.tag == f"{_TAG}merge":
                for name, merged in self.merged(value, place).items():
                    if name not in own:
                        data.setdefault(name, merged)
                continue
            name = self.key(key, data, own)
            self.lines[(*place, name)] = key.start_mark.line + 1
            data[name] = self.value(value, (*place, name))
            own.discard(name)
        return data

    def merged(self, node: Node, place: Place) -> dict[str, Plain]:
        """What `<<:` brings in: one mapping or several, the first one winning."""
        data: dict[str, Plain] = {}
        for one in _mappings(node):
            for name, value in self.mapping(one, place).items():
                data.setdefault(name, value)
        return data

    def key(self, node: Node, data: dict[str, Plain], waiting: set[str]) -> str:
        if not isinstance(node, ScalarNode):
            raise _Fault(node, "a key must be a word")
        if node.tag not in {f"{_TAG}str", f"{_TAG}timestamp"}:
            self.complain(node, f"the key {node.value} must stand in quotes: “{node.value}”")
        if node.value in data and node.value not in waiting:
            self.complain(node, f"“{node.value}” stands here twice: take one of them away")
        return str(node.value)

    def scalar(self, node: Node) -> Plain:
        text, tag = str(node.value), node.tag.removeprefix(_TAG)
        if tag in {"str", "timestamp"}:
            return text
        if tag == "null":
            return None
        if tag == "bool":
            return text.lower() in _TRUE
        if tag == "int" and _WHOLE.fullmatch(text):
            return int(text)
        if tag == "float" and _FRACTION.fullmatch(text):
            return float(text)
        self.complain(node, f"{text} could be read in several ways: put it in quotes, '{text}'")
        return text

    def complain(self, node: Node, message: str) -> None:
        self.faults.append((node.start_mark.line + 1, message))


def _mappings(node: Node) -> Iterator[MappingNode]:
    for one in node.value if isinstance(node, SequenceNode) else [node]:
        if not isinstance(one, MappingNode):
            raise _Fault(one, "<<: brings in a mapping, or a list of mappings")
        yield one
