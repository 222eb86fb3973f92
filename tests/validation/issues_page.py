"""The page of all remarks, `docs/issues.md`: `python -m tests.validation.issues_page` writes it anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sheets_pipeline.model.catalogue import CATALOGUE
from sheets_pipeline.model.issues import IssueCode, Stage

PAGE = Path(__file__).resolve().parents[2] / "docs" / "issues.md"
STAGES: dict[Stage, tuple[str, str]] = {
    "file": ("Files", "What a file is, before anything in it is read. Refusals make the file `unreadable`."),
    "identity": ("Identity", "Whose workbook it is, for which form, version, round and occasion."),
    "structure": ("Structure", "What became of the sheets, rows and columns that answers stand in."),
    "cell": ("Cells", "What one cell says, or should."),
    "cross": ("Between cells and rounds", "What answers say beside each other, and beside those of last time."),
    "decision": ("Held", "Why a version waits for an answer before it is used; the earlier one stays in force."),
}
HEAD = """# Every remark

A remark has a code that never changes its meaning, a severity, a place, the value found, what is expected and one way
to mend it. An **error** keeps the answer it is about from being stored, and no other; a **warning** is stored and said;
an **info** asks for nothing. A form may give its questions another severity. Remarks *for the administrator* are not
shown to the sender. A rule may be staged (a warning up to a given round) or waived for an organisation until a day.

In the texts, `{value}` and other names in braces are filled in. Swedish texts stand in
[issues.po](../sheets_pipeline/locale/sv/issues.po) and [files.po](../sheets_pipeline/locale/sv/files.po).

This page is made from the catalogue: `python -m tests.validation.issues_page`.
"""


def page() -> str:
    """The page as it should be."""
    return "\n".join([HEAD, *(line for stage in STAGES for line in _section(stage))])


def _section(stage: Stage) -> Iterator[str]:
    title, about = STAGES[stage]
    yield from (
        f"## {title}",
        "",
        about,
        "",
        "| code | severity | what is said | how to mend it |",
        "|---|---|---|---|",
    )
    for code in CATALOGUE.values():
        if code.stage == stage:
            yield f"| `{code.code}` | {_weight(code)} | {_cell(code.message)} | {_cell(code.fix)} |"
    yield ""


def _weight(code: IssueCode) -> str:
    words: list[str] = [code.severity]
    words += [f"makes the form `{code.stops}`"] if code.stops and code.stops != "unreadable" else []
    words += ["for the administrator"] if code.audience == "administrator" else []
    return ", ".join(words)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
