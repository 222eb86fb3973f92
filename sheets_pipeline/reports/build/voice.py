"""The report's voice: one language's words and numbers, so that no builder formats anything itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sheets_pipeline import texts
from sheets_pipeline.model.forms import Texts, text_in
from sheets_pipeline.reports.document import Cell, Number, number, whole

CONTEXT = "report"
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Voice:
    """How a report speaks in one language."""

    language: str

    def say(self, msgid: str, **params: object) -> str:
        """A text of the report."""
        return texts.text(msgid, self.language, context=CONTEXT, **params)

    def count(self, one: str, many: str, count: int, **params: object) -> str:
        """The form that goes with a count, `{count}` filled in."""
        return texts.plural(one, many, count, self.language, context=CONTEXT, **params)

    def label(self, labels: Texts) -> str:
        """A form's own words."""
        return text_in(labels, self.language)

    def mean(self, value: Fraction | None) -> Cell:
        """A mean on the scale, one decimal; a dash where nothing may be said."""
        return NOTHING if value is None else number(value, self.language)

    def shift(self, value: Fraction | None) -> Cell:
        """A difference of means, signed, one decimal; two where one would make a small shift look like none."""
        if value is None:
            return NOTHING
        shown = number(value, self.language, signed=True)
        return number(value, self.language, decimals=2, signed=True) if value and not shown.shown else shown

    def coarse(self, value: Fraction | None) -> Cell:
        """A difference of means over organisations for one statement: never more than one decimal."""
        return NOTHING if value is None else number(value, self.language, signed=True)

    def whole_percent(self, share: Fraction) -> str:
        """A share as whole per cent, without the sign."""
        return number(share * 100, self.language, decimals=0).text

    def measured(self, value: Decimal | None, code: str) -> Cell:
        """A measured value as it was reported, with its own decimals; the mark where there is none."""
        if value is None:
            return code or NOTHING
        exponent = value.normalize().as_tuple().exponent
        return number(value, self.language, decimals=max(0, -exponent) if isinstance(exponent, int) else 0)

    def whole(self, count: int | None, *, signed: bool = False) -> Cell:
        """A count or a step."""
        return NOTHING if count is None else whole(count, self.language, signed=signed)

    def part(self, share: int, of: int) -> str:
        """`8 av 10`."""
        return self.say("{share} of {of}", share=share, of=of)

    def group(self, group: str) -> str:
        """Women, men, girls, boys or the total."""
        names = {"women": "Women", "men": "Men", "girls": "Girls", "boys": "Boys", "total": "Total"}
        return self.say(names[group]) if group in names else group

    def day(self, day: date | None) -> str:
        """`3 mars 2026`."""
        return texts.long_date(day, self.language) if day else NOTHING

    def listed(self, items: Iterable[str]) -> str:
        """`a, b och c`."""
        parts = list(items)
        if len(parts) < 2:  # noqa: PLR2004 - a list of one needs no comma
            return "".join(parts)
        return self.say("{first} and {last}", first=", ".join(parts[:-1]), last=parts[-1])


def numeric(cell: Cell) -> Number | None:
    """The number in a cell, if it is one."""
    return cell if isinstance(cell, Number) else None
