"""A link in the documents leads somewhere: to a file of the checkout and, where it names one, to a heading in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.*)$", re.MULTILINE)
ELSEWHERE = ("http://", "https://", "mailto:")


def documents() -> list[Path]:
    return [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_every_link_between_documents_leads_somewhere() -> None:
    assert [f"{page.relative_to(ROOT)}: {link}" for page in documents() for link in broken_links(page)] == []


def test_every_document_can_be_reached_from_the_readme() -> None:
    waiting, reached = [ROOT / "README.md"], set()
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            waiting += [target(page, link) for link in links(page)]

    assert {str(page.relative_to(ROOT)) for page in documents()} == {str(page.relative_to(ROOT)) for page in reached}


def links(page: Path) -> list[str]:
    found: list[str] = LINK.findall(page.read_text(encoding="utf-8"))
    return [link for link in found if not link.startswith(ELSEWHERE)]


def target(page: Path, link: str) -> Path:
    path = link.partition("#")[0]
    return (page.parent / path).resolve() if path else page


def broken_links(page: Path) -> Iterator[str]:
    for link in links(page):
        leads_to, anchor = target(page, link), link.partition("#")[2]
        if not leads_to.exists() or (anchor and anchor not in anchors(leads_to)):
            yield link


def anchors(page: Path) -> set[str]:
    """The names that headings get on the web: lower case, words joined by hyphens, punctuation gone."""
    headings = HEADING.findall(page.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
