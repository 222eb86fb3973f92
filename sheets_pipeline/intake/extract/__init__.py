"""Grid → readings: find each form's answers by their hidden keys and read every cell."""

from sheets_pipeline.intake.extract.reading import Definitions, Extraction, extract

__all__ = ["Definitions", "Extraction", "extract"]
