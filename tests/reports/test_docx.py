"""The one page for Word: plain styles, the words of the page, one side of A4."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from sheets_pipeline.reports.build import build
from sheets_pipeline.reports.document import Table
from sheets_pipeline.reports.docx import render_docx
from tests.reports.parts import a_full_plan, own_report
from tests.reports.rounds import Wish, a_round, fallen

PLAIN = {"Heading 1", "Heading 2", "Heading 3", "Normal", "List Bullet"}
NAMES = Wish(name=lambda n: f"{n:02} Norra Långnamnsbygdens kommunalförbund"[:40], lacking=5)
WISHES = {
    "twelve": Wish(),
    "one": Wish(count=1),
    "sixty": Wish(count=60, lacking=20),
    "names of 40 characters": NAMES,
    "fallen": Wish(move=fallen),
    "nothing to show": Wish(hidden=12, audience="public"),
}


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def brief(wish: Wish | None = None, language: str = "sv") -> bytes:
    return render_docx(build(a_round(wish), language, brief=True))


def test_plain_built_in_styles_and_no_others() -> None:
    for data in (brief(), render_docx(own_report(a_full_plan()))):
        document = opened(data)
        assert {paragraph.style.name for paragraph in document.paragraphs} <= PLAIN
        assert {table.style.name for table in document.tables} <= {"Table Grid"}


def test_one_heading_of_the_first_rank_and_the_headline_under_it() -> None:
    document = opened(brief())
    first = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert first == ["Resultatet i korthet: Omgång 2026"]
    assert build(a_round(), "sv").headline in [paragraph.text for paragraph in document.paragraphs]


def test_three_key_figures_as_a_list_to_copy() -> None:
    listed = [paragraph.text for paragraph in opened(brief()).paragraphs if paragraph.style.name == "List Bullet"]
    assert listed[0].startswith("8 av 9 organisationer skattar sig högre efter än före.")
    assert len([text for text in listed if " av " in text]) == 3


@pytest.mark.parametrize(("language", "tag"), [("sv", "sv-SE"), ("en", "en-GB")])
def test_it_speaks_its_language(language: str, tag: str) -> None:
    document = opened(brief(None, language))
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {tag}
    assert document.core_properties.language == tag


def test_tables_repeat_their_headings_and_have_a_name() -> None:
    own = own_report(a_full_plan())
    tables = opened(render_docx(own)).tables
    known = {block.caption for section in own.sections for block in section.blocks if isinstance(block, Table)}
    captions = [next(table._tbl.iter(qn("w:tblCaption"))).get(qn("w:val")) for table in tables]  # noqa: SLF001 - python-docx cannot read it
    assert known & set(captions)
    assert all(next(table.rows[0]._tr.iter(qn("w:tblHeader")), None) is not None for table in tables)  # noqa: SLF001 - as above


def test_the_same_round_gives_the_same_bytes_and_nothing_of_somebody_elses_past() -> None:
    document = build(a_round(), "sv", brief=True)
    assert render_docx(document) == render_docx(document)
    with ZipFile(io.BytesIO(render_docx(document))) as parts:
        names = parts.namelist()
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name or "customXml" in name]
    assert opened(render_docx(document)).core_properties.author == "sheets-pipeline"


def test_any_text_is_text() -> None:
    results = a_round(Wish(count=3, name=lambda n: f"<w:p/> & \x07{n}", remark="\x00]]>"))
    assert "<w:p/> & 0" in "\n".join(one.text for one in opened(render_docx(build(results, "sv"))).paragraphs)


def test_a_whole_report_is_sound_too(tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    path.write_bytes(render_docx(own_report(a_full_plan())))
    assert [str(error) for error in OpenXmlValidator(max_errors=50, strict=True).validate(path).errors] == []


@pytest.mark.parametrize("wish", WISHES.values(), ids=WISHES.keys())
def test_one_side_of_a4(wish: Wish, require_program: Callable[[str], str], tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(brief(wish))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    office = [require_program("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*office, str(path)], capture_output=True, check=False)
    pdf = path.with_suffix(".pdf")
    if not pdf.is_file():
        pytest.skip("needs libreoffice-writer")
    told = subprocess.run([require_program("pdfinfo"), str(pdf)], capture_output=True, check=True).stdout.decode()
    assert "Pages:           1\n" in told
