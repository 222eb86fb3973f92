"""`report` about a cluster, an organisation, or on one page: what is in it, for whom, and what its file is called."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pptx
import pytest

from tests.pipeline.closing_office import CONFERENCE, played, with_plans
from tests.pipeline.office import Office

SEEN = "Högre efter än före"
UNSEEN = "Organisationen delar inte sin skattning med den här målgruppen."


@pytest.fixture
def round_office(office: Office) -> Office:
    return played(with_plans(office))


def made(office: Office, *arguments: str) -> list[Path]:
    code, told = office.asks("report", "--as-of", CONFERENCE, *arguments)
    assert code == 0
    return [Path(path) for path in told["files"]]


def page(office: Office, *arguments: str) -> str:
    (path,) = made(office, "--format", "html", *arguments)
    return path.read_text(encoding="utf-8")


def title(page: str) -> str:
    (found,) = re.findall("<h1>(.*?)</h1>", page)
    return str(found)


def test_an_organisation_reads_about_itself_and_nobody_else(round_office: Office) -> None:
    own = page(round_office, "--organisation", "9901")
    assert title(own) == "Resultat för Exempelby: Omgång 2026"
    assert "För Exempelby" in own
    assert SEEN in own
    assert not {"Provköping", "Mallstad", "Hemligsund"} & set(re.findall(r"\w+", own))


@pytest.mark.parametrize(
    ("organisation", "audience", "words"),
    [
        ("9901", "public", UNSEEN),
        ("9901", "round", SEEN),
        ("9903", "public", SEEN),
        ("9901", "salar", SEEN),
    ],
)
def test_an_audience_sees_of_it_what_the_sharing_level_says(
    round_office: Office, organisation: str, audience: str, words: str
) -> None:
    assert words in page(round_office, "--organisation", organisation, "--audience", audience)


def test_a_cluster_reads_about_its_members(round_office: Office) -> None:
    cluster = page(round_office, "--cluster", "k1")
    assert title(cluster) == "Resultat för Nord: Omgång 2026"
    assert "Exempelby" in cluster
    assert "Mallstad" not in cluster, "who is in another cluster, and shares with everybody, is not what it is about"


def test_a_part_compares_the_points_of_the_whole_round(round_office: Office) -> None:
    """9902 has handed in nothing: it is not what decides which points are compared."""
    assert "Självskattningar som används: 0 av" in page(round_office, "--organisation", "9902", "--brief")


def test_decisions_about_others_are_not_told(round_office: Office) -> None:
    round_office.write(
        "config/decisions.toml",
        '[[decisions]]\nid = "b1"\naction = "exempt"\norganisation = "9903"\nwho = "Projektledaren"\n'
        'when = 2026-03-01\nwhy = "Valåret tar all tid"\n',
    )
    assert "Valåret tar all tid" in page(round_office)
    assert "Valåret tar all tid" in page(round_office, "--cluster", "k2", "--audience", "salar")
    assert "Valåret tar all tid" not in page(round_office, "--cluster", "k1", "--audience", "salar")


def test_files_say_what_they_are_of_whom_and_for_whom(round_office: Office) -> None:
    names = [
        path.name
        for arguments in (
            ("--organisation", "9901"),
            ("--cluster", "k1", "--audience", "round"),
            ("--brief",),
            ("--brief", "--organisation", "9901", "--audience", "salar"),
        )
        for path in made(round_office, "--format", "html", *arguments)
    ]
    assert names == [
        "resultat_2026_cluster_9901_exempelby.html",
        "resultat_2026_round_k1.html",
        "resultat_i_korthet_2026.html",
        "resultat_i_korthet_2026_9901_exempelby.html",
    ]


def test_for_word_there_is_the_one_page(round_office: Office) -> None:
    (path,) = made(round_office, "--format", "docx")
    assert path.name == "resultat_i_korthet_2026.docx"
    with ZipFile(path) as parts:
        assert "Så läser du siffrorna" in parts.read("word/document.xml").decode()


def test_slides_on_the_houses_own_template(round_office: Office) -> None:
    template = pptx.Presentation()
    (only,) = (layout for layout in template.slide_layouts if layout.name == "Title Only")
    only.name = "Endast rubrik"
    file = io.BytesIO()
    template.save(file)
    (round_office.folder / "config/mall.pptx").write_bytes(file.getvalue())
    round_office.write("config/settings.toml", '[report]\nformats = ["pptx"]\ntemplate = "config/mall.pptx"\n')
    (path,) = made(round_office)
    slides = pptx.Presentation(io.BytesIO(path.read_bytes())).slides
    assert slides[1].slide_layout.name == "Endast rubrik"


def test_a_template_that_is_not_there_is_named(round_office: Office) -> None:
    round_office.write("config/settings.toml", '[report]\nformats = ["pptx"]\ntemplate = "config/borta.pptx"\n')
    code, _, err = round_office.says("report", "--as-of", CONFERENCE)
    assert code == 3
    assert "config/borta.pptx" in err
