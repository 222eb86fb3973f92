"""Sweden's municipalities and regions by code and by name.

`municipalities.csv` and `regions.csv` beside this file: names and codes by Statistics Sweden (SCB, CC0), regions with
the four digits that Kolada gives them (`0014`), `group` from SALAR's classification of municipalities 2023.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

_FOLDER = Path(__file__).parent
_PART = re.compile(r"([0-9]{4})-[a-z0-9]{2,12}")
_DIGITS = re.compile(r"[0-9]{1,4}")
_KIND_OF_PLACE = re.compile(r"^(region|landstinget) | (kommun|stad|län)$")
_REGION_WORD = re.compile(r"^(region|landstinget) | län$")
PlaceType: TypeAlias = Literal["municipality", "region"]


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality or a region. `group` is SALAR's (`A1` … `C9`), empty for regions; `region` is a region's code."""

    code: str
    name: str
    type: PlaceType
    county: str
    region: str
    group: str = ""


@cache
def places() -> Mapping[str, Place]:
    """Code → place: the 290 municipalities, then the 21 regions."""
    municipalities = (
        Place(row["code"], row["name"], "municipality", row["county"], row["region_code"], row["group"])
        for row in _rows("municipalities.csv")
    )
    regions = (Place(row["code"], row["name"], "region", row["county"], row["code"]) for row in _rows("regions.csv"))
    return {place.code: place for place in (*municipalities, *regions)}


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def municipality_name(code: str) -> str | None:
    """The name behind a municipality's code or a code of a part of it (`0180-eav`: Stockholm); None when unknown."""
    part = _PART.fullmatch(code)
    place = places().get(part[1] if part else code)
    return place.name if place and place.type == "municipality" else None


def organisation_type(code: str) -> PlaceType | None:
    """What a code alone tells: None for parts of municipalities, other bodies and unknown codes."""
    place = places().get(code)
    return place.type if place else None


def find(name_or_code: str) -> Place | None:
    """The place that a person means: `0114`, `114`, `14` (a region), `Göteborgs stad`, `Örebro län`; None when unknown.

    A bare name is a municipality before it is a region: Gotland is 0980, Region Gotland 0009.
    """
    asked = " ".join(name_or_code.split()).casefold()
    if _DIGITS.fullmatch(asked):
        return places().get(asked.zfill(4))
    if _REGION_WORD.search(asked):
        return _named("region").get(_stem(asked))
    stem = _stem(asked)
    kinds: tuple[PlaceType, ...] = ("municipality",) if stem != asked else ("municipality", "region")
    found = (_named(kind).get(name) for kind in kinds for name in (stem, stem.removesuffix("s")))
    return next((place for place in found if place), None)


@cache
def _named(kind: PlaceType) -> Mapping[str, Place]:
    """Name in lower case, without the words region, län, kommun and stad → place; a region by its county's name too."""
    chosen = [place for place in places().values() if place.type == kind]
    counties = {_stem(place.county.casefold()): place for place in chosen if kind == "region"}
    return counties | {_stem(place.name.casefold()): place for place in chosen}


def _stem(name: str) -> str:
    return _KIND_OF_PLACE.sub("", name)
