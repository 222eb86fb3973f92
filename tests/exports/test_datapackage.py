"""The Data Package, judged by Frictionless itself and beside the export for SALAR."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package, system

from sheets_pipeline.analysis.summary import summarise
from sheets_pipeline.exports.datapackage import export_datapackage
from sheets_pipeline.exports.profile import profile
from sheets_pipeline.exports.salar import export_salar
from sheets_pipeline.exports.swedish_csv import FORMULA_STARTS
from sheets_pipeline.model.programme import SHARING_LEVELS, SharingLevel
from sheets_pipeline.model.results import Artifact
from tests.analysis.example import AS_OF, answered, organisation, real_form, real_forms, round_of
from tests.analysis.filled import results, submissions

SHARED = ("answers", "shifts", "measures", "plans", "texts", "quality")
"""The tables that the export for SALAR has too."""


def exported(to: Path, audience: SharingLevel = "salar") -> tuple[Artifact, ...]:
    return export_datapackage(results(audience), real_forms(), submissions(), to=to)


def described(made: tuple[Artifact, ...]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(made[0].path.read_text(encoding="utf-8"))
    return found


def rows_of(made: tuple[Artifact, ...], table: str) -> list[dict[str, str]]:
    text = (made[0].path.parent / f"{table}.csv").read_bytes().decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def swedish_rows(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize("audience", SHARING_LEVELS)
def test_frictionless_finds_nothing_to_remark_on(tmp_path: Path, audience: SharingLevel) -> None:
    made = export_datapackage(
        results(audience, "k1" if audience == "cluster" else ""), real_forms(), submissions(), to=tmp_path
    )
    report = Package(str(made[0].path)).validate()

    assert report.flatten(["title", "message"]) == []
    assert report.valid


def test_a_round_without_answers_is_valid_too(tmp_path: Path) -> None:
    empty = summarise(
        round_of(organisation("9901")), real_forms(), [], first="bm1", last="final", audience="salar", as_of=AS_OF
    )
    made = export_datapackage(empty, real_forms(), [], to=tmp_path)

    assert Package(str(made[0].path)).validate().valid


def test_a_broken_reference_would_be_found(tmp_path: Path) -> None:
    made = exported(tmp_path)
    plans = made[0].path.parent / "plans.csv"
    plans.write_bytes(plans.read_bytes().replace(b"2026,9901", b"2026,9999"))

    found = Package(str(made[0].path)).validate().flatten(["type"])
    assert ["foreign-key"] in found


def test_one_folder_with_a_descriptor_and_a_file_a_table(tmp_path: Path) -> None:
    made = exported(tmp_path)
    descriptor = described(made)

    assert [path.name for path in tmp_path.iterdir()] == ["datapackage_2026_2026-12-01"]
    paths = [one["path"] for one in descriptor["resources"]]
    assert sorted(path.name for path in made[0].path.parent.iterdir()) == sorted(["datapackage.json", *paths])
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    for one in descriptor["resources"]:
        data = (made[0].path.parent / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = exported(tmp_path / "a"), exported(tmp_path / "b")

    assert [one.checksum for one in first] == [one.checksum for one in second]


def test_another_audience_s_package_never_stands_in_for_the_project_lead_s(tmp_path: Path) -> None:
    inside, outside = exported(tmp_path), exported(tmp_path, "public")

    assert inside[0].path.parent != outside[0].path.parent
    assert rows_of(outside, "quality") == []
    assert not {"9903", "9904", "9906"} & {row["organisation_code"] for row in rows_of(outside, "organisations")}


def plain(cell: str, kind: str) -> object:
    """A cell of either export as what it means."""
    if kind in {"integer", "number"} and cell not in {"", "-", ".", ".."}:
        return Decimal(cell.replace(",", "."))
    if kind == "boolean":
        return {"ja": True, "nej": False, "true": True, "false": False, "": None}[cell]
    return None if kind in {"integer", "number"} else cell


@pytest.mark.parametrize("audience", ["salar", "public"])
@pytest.mark.parametrize("table", SHARED)
def test_numbers_are_those_of_the_export_for_salar(tmp_path: Path, table: str, audience: SharingLevel) -> None:
    made = exported(tmp_path, audience)
    export_salar(results(audience), real_forms(), submissions(), to=tmp_path)
    sheet = profile("salar").sheet(table)
    suffix = "" if audience == "salar" else f"_{audience}"
    swedish, english = swedish_rows(tmp_path, sheet.name + suffix), rows_of(made, table)
    wordless = [one for one in sheet.columns if not (one.codes or one.choices or one.id == "unit")]

    assert len(swedish) == len(english)
    for one, other in zip(swedish, english, strict=True):
        assert [plain(one[column.name], column.type) for column in wordless] == [
            plain(other[column.id], column.type) for column in wordless
        ]


def test_every_column_of_salar_s_export_is_there_under_its_english_id(tmp_path: Path) -> None:
    made = exported(tmp_path)

    for table in SHARED:
        assert list(rows_of(made, table)[0]) == [column.id for column in profile("salar").sheet(table).columns]


def test_codes_are_english_ids_and_the_codebook_has_them(tmp_path: Path) -> None:
    made = exported(tmp_path)
    measure = rows_of(made, "measures")[0]
    assert (measure["group"], measure["kind"], measure["unit"]) == ("women", "baseline", "percent")
    assert {row["role"] for row in rows_of(made, "organisations")} == {"mentor", "participant"}

    codes = {(row["table"], row["column"], row["code"]) for row in rows_of(made, "codes")}
    for table in SHARED:
        for column in profile("salar").sheet(table).columns:
            if (column.codes and column.id != "reasons") or column.id in {"occasion", "scale", "direction", "status"}:
                used = {row[column.id] for row in rows_of(made, table)} - {""}
                assert {(table, column.id, code) for code in used} <= codes
    columns = {(row["table"], row["column"]) for row in rows_of(made, "codebook")}
    for one in described(made)["resources"]:
        assert {(one["name"], field["name"]) for field in one["schema"]["fields"]} <= columns


def test_why_a_value_is_missing_stands_in_its_place_and_beside_it(tmp_path: Path) -> None:
    made = exported(tmp_path)
    hidden = [
        row for row in rows_of(made, "measures") if (row["organisation_code"], row["kind"]) == ("9902", "baseline")
    ]
    assert [(row["group"], row["value"], row["people"], row["missing"]) for row in hidden] == [
        ("women", "..", "", "confidential"),
        ("men", "50", "30", ""),
        ("total", "..", "", "confidential"),
    ]

    (schema,) = (one["schema"] for one in described(made)["resources"] if one["name"] == "measures")
    assert [one["value"] for one in schema["missingValues"]] == ["", "-", ".", ".."]
    read = Package(str(made[0].path)).get_table_resource("measures").read_rows()
    assert {row["value"] for row in read if row["missing"] == "confidential"} == {None}


def test_csv_is_plain(tmp_path: Path) -> None:
    made = exported(tmp_path)
    data = (made[0].path.parent / "measures.csv").read_bytes()

    assert data.startswith(b"round,organisation_code,plan,")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert rows_of(made, "measures")[0]["value"] == "-40.5"


def test_no_text_begins_as_a_formula(tmp_path: Path) -> None:
    made = exported(tmp_path)
    numbers = {
        (one["name"], field["name"])
        for one in described(made)["resources"]
        for field in one["schema"]["fields"]
        if field["type"] in {"integer", "number"}
    }

    for one in described(made)["resources"]:
        for row in rows_of(made, one["name"]):
            for column, cell in row.items():
                assert (one["name"], column) in numbers or cell == "-" or not cell.startswith(FORMULA_STARTS)
    assert "'=Kvinnor får kortare samtal" in {row["text"] for row in rows_of(made, "texts")}


NASTY = 'Rad ett\r\nrad "två", och\rtre;\t=1+1'


def test_texts_with_quotes_commas_and_lines_come_back(tmp_path: Path) -> None:
    form = real_form("improvement_plan")
    sent = answered("9901", "round", {"plans[P01]/title": NASTY, "plans[P01]/problem": NASTY}, form=form)
    found = summarise(
        round_of(organisation("9901")), real_forms(), [sent], first="bm1", last="final", audience="salar", as_of=AS_OF
    )
    made = export_datapackage(found, real_forms(), [sent], to=tmp_path)

    assert Package(str(made[0].path)).validate().valid
    assert rows_of(made, "plans")[0]["title"] == NASTY


def test_frictionless_asks_nobody_on_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = exported(tmp_path)

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a descriptor that needs the network")

    monkeypatch.setattr(system.http_session, "request", refuse)
    assert Package(str(made[0].path)).validate().valid
