"""Conditions and calculations of a form: parsed once, evaluated here, or rendered as a spreadsheet formula."""

from __future__ import annotations

from sheets_pipeline.model.expressions.evaluation import Scope, evaluate, truth
from sheets_pipeline.model.expressions.expression import Expression, ExpressionError, NotPortableError
from sheets_pipeline.model.expressions.formulas import Shown, as_formula
from sheets_pipeline.model.expressions.grammar import parse
from sheets_pipeline.model.expressions.pieces import literal

__all__ = [
    "Expression",
    "ExpressionError",
    "NotPortableError",
    "Scope",
    "Shown",
    "as_formula",
    "evaluate",
    "literal",
    "parse",
    "truth",
]
