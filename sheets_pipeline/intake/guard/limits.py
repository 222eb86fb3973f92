"""How much a workbook may be: measured on 6,851 workbooks that others made, far above any of ours."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes. `dense_cells` bounds the rectangle that a reader lays out from a sheet's first to last cell."""

    file: int = 25 * MB
    entries: int = 2_000
    inflated: int = 200 * MB
    ratio: int = 120
    ratio_from: int = 5 * MB
    entry_ratio: int = 300
    entry_ratio_from: int = 1 * MB
    filled_cells: int = 500_000
    dense_cells: int = 8_000_000


LIMITS = Limits()
