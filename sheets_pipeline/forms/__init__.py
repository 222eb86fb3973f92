"""From definitions that people write to `Form`: reading, label overlays, lint."""

from __future__ import annotations

from sheets_pipeline.forms.faults import Fault
from sheets_pipeline.forms.lint import lint
from sheets_pipeline.forms.reading import Catalogue, from_source, read_catalogue, read_form

__all__ = ["Catalogue", "Fault", "from_source", "lint", "read_catalogue", "read_form"]
