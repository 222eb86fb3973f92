"""The facts form as it was before version 1.0.0: a workbook that went out then still comes back now."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from functools import cached_property

from sheets_pipeline.forms import Catalogue, from_source
from sheets_pipeline.model.forms import Form
from sheets_pipeline.project import Project

FORM = "organisation_facts"
VERSION = "0.9.0"
RENAMED = {"wishes": "expectations"}
REMOVED = {
    "name": "contact",
    "type": "text",
    "label": {"sv": "Vem är kontaktperson?", "en": "Who is the contact person?"},
}


class AsItWas(Project):
    """The project when the facts form was still at its older version."""

    @cached_property
    def catalogue(self) -> Catalogue:
        return {**super().catalogue, FORM: older_form(super().catalogue[FORM])}


def older_form(form: Form) -> Form:
    """The older definition: one question had another name, one has been taken away since."""
    source = copy.deepcopy(dict(form.source)) | {"version": VERSION}
    source.pop("migrations", None)
    for section in source["sections"]:
        for question in section.get("questions", ()):
            question["name"] = _older_name(question)
        if section["name"] == "conditions":
            section["questions"].append(copy.deepcopy(REMOVED))
    return from_source(source)


def _older_name(question: Mapping[str, str]) -> str:
    return next((old for old, new in RENAMED.items() if new == question["name"]), question["name"])
