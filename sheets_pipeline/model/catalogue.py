"""The catalogue of remarks: each code's severity, stage and English words."""

from __future__ import annotations

from sheets_pipeline.model.issues import IssueCode

CATALOGUE: dict[str, IssueCode] = {}
