"""Every text that the code says in the reader's language, found in its source: what the translations must hold.

A text reaches `texts.text` as a literal, as a word of a constant, or through one of the doors below. Anything that
cannot be followed back to words (an f-string, a value from elsewhere) stops the collecting with its file and line.
"""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import sheets_pipeline
from sheets_pipeline.intake.sources import REASONS

PACKAGE = Path(sheets_pipeline.__file__).parent
ROOMS = {"workbooks": "workbooks", "pipeline": "pipeline", "cli": "cli", "model": "model/layout"}

_ABOUT = ("program", "limits", "project", "settings", "forms", "programme", "decisions", "jobs", "store", "folders")
_MADE = ("workbooks", "inbox", "feedback", "quarantine", "report", "exports")
FROM_ELSEWHERE = {  # where a value from elsewhere is said: which words it can be
    ("cli/projects.py", "finding.about"): _ABOUT,
    ("cli/demo.py", "name"): _MADE,
    ("cli/collecting.py", "receipt.reason"): tuple(REASONS.values()),
}


@dataclass(frozen=True, slots=True)
class Door:
    """A function that says what it is given: which arguments are texts (two of them: one and many), in which context.

    `context` None means that the call itself says it.
    """

    arguments: tuple[int, ...]
    context: str | None = None


DOORS = {
    "text": Door((0,)),
    "texts.text": Door((0,)),
    "plural": Door((0, 1)),
    "frame.say": Door((0,), "cli"),
    "frame.words": Door((0,), "cli"),
    "self.words": Door((0,), "cli"),
    "frame.count": Door((0, 1), "cli"),
    "frame.table": Door((0,), "cli"),
    "_tell": Door((0,), "cli"),
    "_header": Door((2,), "feedback"),
}
_OTHERS = {("cli/collecting.py", "_tell")}  # functions of a door's name that are none


@dataclass(frozen=True, slots=True)
class Said:
    """A text as the code says it; `many` is empty but for a plural."""

    room: str
    context: str
    msgid: str
    many: str
    place: str


class NotWordsError(AssertionError):
    """Something is said that cannot be followed back to words."""


def said() -> tuple[Said, ...]:
    """Every text of the rooms that this collector knows."""
    return tuple(one for room, folder in ROOMS.items() for path in _files(folder) for one in said_in(path, room))


def _files(folder: str) -> list[Path]:
    return sorted((PACKAGE / folder).rglob("*.py"))


def said_in(path: Path, room: str) -> Iterator[Said]:
    """The texts of one file of the package."""
    tree = ast.parse(path.read_text("utf-8"))
    relative = path.relative_to(PACKAGE).as_posix()
    module = "sheets_pipeline." + relative.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for call, function in _calls(tree):
        name = ast.unparse(call.func)
        door = DOORS.get(name)
        if door is None or (relative, name) in _OTHERS or _forwards(call, door, function):
            continue
        reader = _Reader(relative, module, function or tree)
        yield from _of_call(call, door, room, reader)


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, ast.FunctionDef | None]]:
    """Every call with the innermost function it stands in."""
    stack: list[tuple[ast.AST, ast.FunctionDef | None]] = [(tree, None)]
    while stack:
        node, function = stack.pop()
        if isinstance(node, ast.Call):
            yield node, function
        inner = node if isinstance(node, ast.FunctionDef) else function
        stack.extend((child, inner) for child in ast.iter_child_nodes(node))


def _forwards(call: ast.Call, door: Door, function: ast.FunctionDef | None) -> bool:
    """Whether the call is the inside of a door: what it says are the door's own parameters, or words of one of them."""
    if function is None or not any(name.rpartition(".")[2] == function.name for name in DOORS):
        return False
    parameters = {argument.arg for argument in function.args.args}
    loops = [node for node in ast.walk(function) if isinstance(node, ast.For | ast.comprehension)]
    parameters |= {
        name.id
        for loop in loops
        if {one.id for one in ast.walk(loop.iter) if isinstance(one, ast.Name)} & parameters
        for name in ast.walk(loop.target)
        if isinstance(name, ast.Name)
    }
    asked = [call.args[place] for place in door.arguments]
    return all(isinstance(one, ast.Name) and one.id in parameters for one in asked)


def _of_call(call: ast.Call, door: Door, room: str, reader: _Reader) -> Iterator[Said]:
    context = door.context if door.context is not None else _context(call)
    place = f"{reader.file}:{call.lineno}"
    if len(door.arguments) > 1:
        one, many = (reader.only(call.args[argument]) for argument in door.arguments)
        yield Said(room, context, one, many, place)
        return
    for msgid in reader.words(call.args[door.arguments[0]]):
        yield Said(room, context, msgid, "", place)


def _context(call: ast.Call) -> str:
    given = next((keyword.value for keyword in call.keywords if keyword.arg == "context"), None)
    if given is None:
        return ""
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    raise NotWordsError(f"line {call.lineno}: the context is not a literal")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Follows an expression back to the words it can be."""

    file: str
    module: str
    scope: ast.AST

    def only(self, node: ast.expr) -> str:
        """The words of an expression that can be one thing only."""
        (found,) = self.words(node)
        return found

    def words(self, node: ast.expr) -> tuple[str, ...]:
        """The non-empty texts that an expression can be, in order."""
        elsewhere = FROM_ELSEWHERE.get((self.file, ast.unparse(node)))
        found = elsewhere if elsewhere is not None else tuple(self._read(node))
        return tuple(dict.fromkeys(word for word in found if word))

    def _read(self, node: ast.expr) -> Iterator[str]:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Name):
            yield from self._named(node)
        elif parts := _parts(node):
            for part in parts:
                yield from self._read(part)
        else:
            raise NotWordsError(f"{self.file}:{node.lineno}: {ast.unparse(node)} is no words that can be translated")

    def _named(self, node: ast.Name) -> Iterator[str]:
        """A local variable's words, else those of a constant of the module."""
        given = [value for target, value in _bindings(self.scope) if node.id in target]
        if given:
            for value in given:
                yield from self._read(value)
            return
        module = importlib.import_module(self.module)
        if not hasattr(module, node.id):
            raise NotWordsError(f"{self.file}:{node.lineno}: nothing here says what {node.id} can be")
        yield from _texts_of(getattr(module, node.id))


def _parts(node: ast.expr) -> list[ast.expr]:
    """What a choice, a collection or a look-up in one can give; empty for anything else."""
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Dict(values=parts):
            return parts
        case ast.IfExp(body=first, orelse=second):
            return [first, second]
        case ast.Subscript(value=whole) | ast.Call(func=ast.Attribute(attr="get" | "items" | "values", value=whole)):
            return [whole]
        case ast.Call(func=ast.Name(id="tuple"), args=[whole]):
            return [whole]
        case ast.GeneratorExp(generators=[loop, *_]):
            return [loop.iter]
    return []


def _bindings(scope: ast.AST) -> Iterator[tuple[frozenset[str], ast.expr]]:
    """(names, value) of every assignment and loop in a function."""
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign):
            yield _names(node.targets), node.value
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            yield _names([node.target]), node.value
        elif isinstance(node, ast.For | ast.comprehension):
            yield _names([node.target]), node.iter


def _names(targets: Iterable[ast.expr]) -> frozenset[str]:
    return frozenset(one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))


def _texts_of(value: object) -> Iterator[str]:
    """The texts in a constant: a word, or those of a tuple or of a dictionary's values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_of(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _texts_of(one)
