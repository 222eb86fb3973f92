"""The two times the example's workbooks come in: before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sheets_pipeline.example.content import SEED
from sheets_pipeline.model.programme import Organisation, Packet, Round, due_date

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Wave:
    """`packets` are built on one day, handed in, and collected on another."""

    name: str
    packets: tuple[str, ...]
    built: date
    collected: date


BEFORE = Wave("before", ("start", "meeting_1", "plan"), date(2025, 12, 8), date(2026, 5, 22))
FINAL = Wave("final", ("closing", "plan"), date(2026, 10, 12), date(2026, 11, 18))
WAVES = (BEFORE, FINAL)
_LAST_PLAN = date(2026, 11, 10)


def handed_in(wave: Wave, round_: Round, organisation: Organisation, packet: Packet) -> datetime:
    """When an organisation hands a packet in: up to five days before it is due, on a working day, in office hours."""
    chance = Random(f"{SEED}:{wave.name}:{organisation.code}:{packet.id}:time")
    meeting = round_.meeting_date(packet.meeting, organisation.cluster)
    due = due_date(packet, meeting) if meeting else wave.collected
    day = (_LAST_PLAN if wave is FINAL and packet.id == "plan" else due) - timedelta(days=chance.randrange(5))
    while day.weekday() >= _SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, time(chance.randrange(8, 16), chance.randrange(60)))
