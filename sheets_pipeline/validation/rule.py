"""What a rule is: a name, the stage it belongs to, and a generator of remarks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from sheets_pipeline.model.issues import Issue
from sheets_pipeline.validation.case import Case

RuleStage = Literal["identity", "cell", "cross"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. A later stage sees only the answers that the earlier ones found nothing wrong with."""

    name: str
    stage: RuleStage
    check: Callable[[Case], Iterable[Issue]]
