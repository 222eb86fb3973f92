"""Where form definitions are found: the project's own, and those archived when older workbooks were built."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sheets_pipeline.errors import DiskError, FormError
from sheets_pipeline.forms import from_source, read_catalogue
from sheets_pipeline.intake.archive import Archive
from sheets_pipeline.model.forms import Form


class KnownForms:
    """The forms of a project now, and as they were."""

    def __init__(self, catalogue: Mapping[str, Form], archive: Archive) -> None:
        self._catalogue = catalogue
        self._archive = archive
        self._found: dict[str, Form | None] = {form.definition: form for form in catalogue.values()}

    def current(self, form_id: str) -> Form | None:
        """The form as the project has it now."""
        return self._catalogue.get(form_id)

    def archived(self, definition: str) -> Form | None:
        """The form of that definition hash; None when it was never archived here, or cannot be read."""
        if definition not in self._found:
            self._found[definition] = self._read(definition)
        return self._found[definition]

    def _read(self, definition: str) -> Form | None:
        try:
            if not self._archive.has(definition):
                return None
            return from_source(self._archive.get_json(definition))
        except (ValueError, KeyError, TypeError, DiskError, FormError):
            return None

    def keep(self) -> None:
        """Archive today's definitions, so that workbooks built on them can be read for ever."""
        for form in self._catalogue.values():
            self._archive.put_json(form.source)


@lru_cache(maxsize=4)
def known_forms(templates: str, overlays: str, archive: str) -> KnownForms:
    """The forms of a project by its folders; read once in each process."""
    catalogue = read_catalogue(Path(templates), Path(overlays) if overlays else None)
    return KnownForms(catalogue, Archive(Path(archive)))
