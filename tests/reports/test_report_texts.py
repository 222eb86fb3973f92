"""Every text that the reports' code holds has its Swedish."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

REPORTS = Path("sheets_pipeline", "reports")
CATALOGUE = Path("sheets_pipeline", "locale", "sv", "reports.po")
WORDS = re.compile(r"[A-Z]\w{2,}|\{\w+\} |\w+ \w+")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def docstrings(tree: ast.AST) -> set[int]:
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef))
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def texts_in_code(root: Path) -> Iterator[str]:
    """Strings that begin with a capital or a placeholder, or hold spaces between words, in the builders."""
    for path in sorted((root / REPORTS / "build").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        skipped = docstrings(tree) | {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in skipped and _reads(node.value):
                yield str(node.value)


def _reads(value: object) -> bool:
    return isinstance(value, str) and bool(WORDS.match(value))


def texts_in_templates(root: Path) -> Iterator[str]:
    for path in sorted((root / REPORTS / "templates").glob("*.j2")):
        yield from re.findall(r'say\("([^"]+)"', path.read_text(encoding="utf-8"))


def catalogue(root: Path) -> dict[str, tuple[str, ...]]:
    with (root / CATALOGUE).open("rb") as file:
        messages = [message for message in read_po(file, locale="sv") if message.id]
    found: dict[str, tuple[str, ...]] = {}
    for message in messages:
        ids = (message.id,) if isinstance(message.id, str) else message.id
        translated = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        found |= dict.fromkeys(ids, translated)
    return found


def test_every_text_has_its_swedish(root: Path) -> None:
    known = catalogue(root)
    assert sorted({text for text in (*texts_in_code(root), *texts_in_templates(root)) if text not in known}) == []


def test_every_translation_is_there_with_the_same_placeholders(root: Path) -> None:
    for msgid, translated in catalogue(root).items():
        for text in translated:
            assert text, msgid
            assert set(PLACEHOLDER.findall(text)) == set(PLACEHOLDER.findall(msgid)), msgid
