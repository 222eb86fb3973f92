"""How an Excel package hangs together: the workbook, its sheets in order, and the parts that hold them."""

from __future__ import annotations

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from sheets_pipeline.intake.guard.container import Container
from sheets_pipeline.intake.guard.xml import Attributes, elements, plain
from sheets_pipeline.model.cells import Visibility
from sheets_pipeline.model.file_codes import refusal

_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_MACRO_SHEETS = ("/xlmacrosheet", "/xlintlmacrosheet")
_STATES: dict[str, Visibility] = {"hidden": "hidden", "veryHidden": "veryHidden"}


@dataclass(frozen=True, slots=True)
class Relation:
    """One line of a `.rels` part: the last word of its type, and the part it leads to."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with cells, as the workbook lists it."""

    name: str
    part: str
    visible: Visibility


@dataclass(frozen=True, slots=True)
class Package:
    """What the workbook part says; `strings`, `styles` and `core` are part names, empty where there are none."""

    sheets: tuple[Sheet, ...]
    strings: str
    styles: str
    core: str
    strict: bool
    date_1904: bool
    external_links: int
    macros: bool


class PartReader:
    """Parts of the container as checked XML; `mended` names the last one that came in another encoding."""

    def __init__(self, container: Container) -> None:
        self.container = container
        self.mended: tuple[str, str] | None = None

    def read(self, name: str) -> tuple[bytes, str]:
        """A part as UTF-8 and the name of its root element."""
        text = plain(name, self.container.read(name).data)
        if text.mended:
            self.mended = (name, text.mended)
        return text.data, text.root

    def elements(self, name: str) -> Sequence[tuple[str, Attributes]]:
        return elements(name, self.read(name)[0])


def open_package(parts: PartReader) -> Package:
    """Follow the package from its root to its sheets; raises `DeliveryError` where a link leads nowhere."""
    container = parts.container
    root = _relations(parts, "")
    workbook = _workbook_part(container, root)
    _refuse_macro_sheets(parts)
    listed = parts.elements(workbook)
    relations = _relations(parts, workbook)
    by_kind = {relation.kind: relation.target for relation in relations.values()}
    sheets = _sheets(container, listed, relations)
    core = next((each.target for each in root.values() if each.kind == "core-properties"), "")
    return Package(
        sheets=sheets,
        strings=_present(container, by_kind.get("sharedStrings", "")),
        styles=_present(container, by_kind.get("styles", "")),
        core=container.find(core) or "",
        strict=_STRICT in listed[0][1].values(),
        date_1904=any(
            name == "workbookPr" and attributes.get("date1904") in {"1", "true", "on"} for name, attributes in listed
        ),
        external_links=sum(relation.kind == "externalLink" for relation in relations.values()),
        macros="vbaProject" in by_kind,
    )


def _workbook_part(container: Container, root: dict[str, Relation]) -> str:
    stated = next((each.target for each in root.values() if each.kind == "officeDocument"), "xl/workbook.xml")
    found = container.find(stated)
    if found is None:
        raise _not_a_package(container, stated)
    if found.lower().endswith(".bin"):
        raise refusal("XLSB_NOT_READ")
    if found.lower().startswith(("word/", "ppt/", "visio/")):
        raise refusal("NOT_A_WORKBOOK", found=found.partition("/")[0])
    return found


def _not_a_package(container: Container, stated: str) -> Exception:
    if container.find("xl/workbook.bin"):
        return refusal("XLSB_NOT_READ")
    if container.find("[Content_Types].xml") or any(name.startswith("xl/") for name in container.names):
        return refusal("PART_MISSING", part=stated)
    return refusal("NOT_A_WORKBOOK", found="ZIP")


def _refuse_macro_sheets(parts: PartReader) -> None:
    types = parts.container.find("[Content_Types].xml")
    if types is None:
        raise refusal("PART_MISSING", part="[Content_Types].xml")
    if b"macrosheet" in parts.read(types)[0]:
        raise refusal("XLM_MACROS")


def _relations(parts: PartReader, part: str) -> dict[str, Relation]:
    """The relations of a part by id; links that lead out of the file have no target."""
    folder, _, name = part.rpartition("/")
    found = parts.container.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if found is None:
        return {}
    return {
        attributes.get("Id", ""): Relation(_kind(attributes), _target(folder, attributes))
        for element, attributes in parts.elements(found)
        if element == "Relationship"
    }


def _kind(attributes: Attributes) -> str:
    kind = attributes.get("Type", "")
    if kind.lower().endswith(_MACRO_SHEETS):
        raise refusal("XLM_MACROS")
    return kind.rpartition("/")[2]


def _target(folder: str, attributes: Attributes) -> str:
    """Where a relation leads within the package; empty for a place outside it."""
    if attributes.get("TargetMode") == "External":
        return ""
    target = attributes.get("Target", "").replace("\\", "/")
    path = posixpath.normpath(posixpath.join("/", folder, target))
    return path.lstrip("/")


def _present(container: Container, part: str) -> str:
    """The part's own name in the container; a part that is pointed at must be there."""
    if not part:
        return ""
    found = container.find(part) or container.find(unquote(part))
    if found is None:
        raise refusal("PART_MISSING", part=part)
    return found


def _sheets(
    container: Container, listed: Sequence[tuple[str, Attributes]], relations: dict[str, Relation]
) -> tuple[Sheet, ...]:
    """The sheets that hold cells, in the workbook's order; charts and dialogs are passed over."""
    sheets: list[Sheet] = []
    for name in (attributes for element, attributes in listed if element == "sheet"):
        title = name.get("name", "")
        relation = relations.get(_relation_id(name))
        if relation is None:
            raise refusal("SHEET_MISSING", sheet=title)
        if relation.kind in {"chartsheet", "dialogsheet"}:
            continue
        part = container.find(relation.target) or container.find(unquote(relation.target))
        if relation.kind != "worksheet" or part is None or part in {sheet.part for sheet in sheets}:
            raise refusal("SHEET_MISSING", sheet=title)
        sheets.append(Sheet(title, part, _STATES.get(name.get("state", ""), "visible")))
    if not sheets:
        raise refusal("NO_SHEETS")
    return _unlike(sheets)


def _relation_id(attributes: Attributes) -> str:
    """The `r:id` of a sheet, whatever the prefix is called."""
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _unlike(sheets: list[Sheet]) -> tuple[Sheet, ...]:
    if len({sheet.name.casefold() for sheet in sheets}) < len(sheets):
        raise refusal("XML_BROKEN", part="xl/workbook.xml")
    return tuple(sheets)
