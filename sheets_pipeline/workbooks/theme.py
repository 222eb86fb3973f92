"""Colours, fonts and formats of the workbooks. Text on every fill has a contrast of at least 4.5:1."""

from __future__ import annotations

from typing import Any

FONT = "Calibri"
INK = "#1B2A33"
QUIET = "#4A5A64"
HEAD = "#1F4E5F"
BAND = "#DCE8EC"
LEGEND = "#F1F5F7"
ANSWER = "#FFFDF2"
LOCKED = "#EEF1F3"
LINE = "#B5C3CA"
ERROR = "#FBE3D6"
WARNING = "#FFF1C9"
INFO = "#E3EFFA"
LINK = "#0B5A8A"

_BASE: dict[str, Any] = {"font_name": FONT, "font_size": 11, "font_color": INK, "valign": "top"}
_WRAP: dict[str, Any] = {**_BASE, "text_wrap": True}
_BOX: dict[str, Any] = {**_WRAP, "border": 1, "border_color": LINE}

FORMATS: dict[str, dict[str, Any]] = {
    "key": {"font_name": FONT, "font_size": 8, "font_color": QUIET},
    "title": {**_BASE, "bold": True, "font_size": 18, "font_color": HEAD, "valign": "vcenter"},
    "subtitle": {**_BASE, "font_size": 12, "font_color": QUIET, "valign": "vcenter"},
    "note": {**_WRAP, "font_color": QUIET},
    "legend": {**_BASE, "bg_color": LEGEND, "bold": True, "valign": "vcenter"},
    "header": {
        **_WRAP,
        "valign": "vcenter",
        "align": "left",
        "indent": 1,
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": HEAD,
        "border": 1,
        "border_color": HEAD,
    },
    "section": {
        **_BASE,
        "align": "left",
        "indent": 1,
        "bold": True,
        "font_size": 13,
        "font_color": HEAD,
        "bg_color": BAND,
        "valign": "vcenter",
    },
    "section_note": {**_BASE, "font_color": QUIET, "bg_color": BAND, "valign": "vcenter"},
    "label": {**_BOX, "align": "left", "indent": 1, "valign": "vcenter"},
    "headline": {**_BOX, "align": "left", "indent": 1, "valign": "vcenter", "bg_color": LEGEND},
    "option": {**_BOX, "align": "left", "indent": 3, "valign": "vcenter"},
    "strong": {"font_name": FONT, "font_size": 11, "font_color": INK},
    "bold": {"font_name": FONT, "font_size": 11, "font_color": INK, "bold": True},
    "hint": {"font_name": FONT, "font_size": 9, "font_color": QUIET, "italic": True},
    "number": {**_BOX, "valign": "vcenter", "align": "center", "font_color": QUIET},
    "word": {**_BOX, "valign": "vcenter", "align": "left", "indent": 1, "font_color": QUIET},
    "previous": {**_BOX, "valign": "vcenter", "align": "center", "font_color": QUIET, "bg_color": LEGEND},
    "status": {**_BASE, "valign": "vcenter", "font_size": 10, "font_color": QUIET, "align": "center"},
    "text": {**_WRAP},
    "bold_text": {**_WRAP, "bold": True},
    "link": {**_WRAP, "font_color": LINK, "underline": 1},
    "boxed_link": {**_BOX, "align": "left", "indent": 1, "font_color": LINK, "underline": 1},
    "box": {**_BOX, "align": "left", "indent": 1},
    "open_key": {"font_name": FONT, "font_size": 8, "font_color": QUIET, "locked": False},
    "invisible": {"font_size": 1, "font_color": "#FFFFFF"},
    "remark_error": {**_BOX, "align": "left", "indent": 1, "bg_color": ERROR, "bold": True},
    "remark_warning": {**_BOX, "align": "left", "indent": 1, "bg_color": WARNING, "bold": True},
    "remark_info": {**_BOX, "align": "left", "indent": 1, "bg_color": INFO, "bold": True},
    "choose": {**_BOX, "bg_color": ANSWER, "locked": False},
}
_ANSWER: dict[str, Any] = {**_BOX, "valign": "vcenter", "bg_color": ANSWER, "locked": False}
_NUMBER_FORMATS = {
    "integer": "#,##0",
    "decimal": "General",
    "percent": "0.0%",
    "date": "yyyy-mm-dd",
    "year": "0",
}
_CENTRED = frozenset({"scale", "boolean", "date", "year"})
_SEVERITY = {"error": ERROR, "warning": WARNING, "info": INFO}


def answer_format(kind: str, *, locked: bool, severity: str = "") -> dict[str, Any]:
    """The format of an answer cell by what it holds and what is said of it."""
    look = dict(_ANSWER)
    if kind in _NUMBER_FORMATS:
        look["num_format"] = _NUMBER_FORMATS[kind]
    if kind == "scale":
        look |= {"font_size": 13, "bold": True}
    if kind in _CENTRED:
        look["align"] = "center"
    elif kind not in _NUMBER_FORMATS:
        look |= {"align": "left", "indent": 1}
    if locked:
        look |= {"locked": True, "bg_color": LOCKED}
    if severity:
        look["bg_color"] = _SEVERITY[severity]
    return look
