"""Form → Layout: which cell holds which answer. Read by the writers, the reader and the feedback."""

from sheets_pipeline.model.layout.kept import KeptLayout, kept_layout
from sheets_pipeline.model.layout.keys import (
    LABEL_COLUMN,
    MERGE_BLOCK,
    VALUE_COLUMN,
    Key,
    answer_path,
    parse_key,
    tag_of,
)
from sheets_pipeline.model.layout.sheets import lay_out
from sheets_pipeline.model.layout.types import Block, Column, Layout, Line, SheetLayout

__all__ = [
    "LABEL_COLUMN",
    "MERGE_BLOCK",
    "VALUE_COLUMN",
    "Block",
    "Column",
    "KeptLayout",
    "Key",
    "Layout",
    "Line",
    "SheetLayout",
    "answer_path",
    "kept_layout",
    "lay_out",
    "parse_key",
    "tag_of",
]
