"""Guard, then read: what the pipeline puts together, in one function that a worker can be asked for by name."""

from __future__ import annotations

from sheets_pipeline.intake.guard import inspect
from sheets_pipeline.model.cells import Grid
from sheets_pipeline.workbooks.excel_read import read

READ = "tests.hostile.reading:grid_of"


def grid_of(file: tuple[str, bytes]) -> Grid:
    """A file's (name, bytes) as a Grid; raises `DeliveryError` for what is not let in."""
    name, data = file
    inspection = inspect(data, name)
    return read(inspection.workbook, name, inspection.witnesses, inspection.visibility)
