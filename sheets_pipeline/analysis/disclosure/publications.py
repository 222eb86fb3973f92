"""Whether a publication, read beside the earlier ones of its round, gives back what was hidden in any of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sheets_pipeline.analysis.disclosure.cells import COUNT, MISSING, NOT_APPLICABLE, SUPPRESSED, TOTAL, smallest_count
from sheets_pipeline.analysis.disclosure.ranges import MANY, Part, narrowed
from sheets_pipeline.model.programme import SharingLevel
from sheets_pipeline.model.publications import Publication, PublishedFigure

Reader = tuple[SharingLevel, str]
_MARKS = frozenset({MISSING, NOT_APPLICABLE, SUPPRESSED, ""})
_MEASURE = "measure/"
_OPENNESS: Mapping[SharingLevel, int] = {"salar": 0, "cluster": 1, "round": 2, "public": 3}


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that was published with another value to the same reader; `after` is empty where it is gone."""

    figure: str
    before: str
    after: str


def changes(earlier: Sequence[Publication], new: Publication) -> tuple[Change, ...]:
    """What the last publication about the same, for the same reader, said otherwise."""
    same = (one for one in reversed(earlier) if (one.reader, one.about) == (new.reader, new.about))
    last = next(same, None)
    if last is None or last.id == new.id:
        return ()
    now = {name: one.shown for name, one in new.figures.items()}
    return tuple(
        Change(name, one.shown, now.get(name, ""))
        for name, one in sorted(last.figures.items())
        if now.get(name, "") != one.shown
    )


def revealed(
    earlier: Sequence[Publication], new: Publication, *, clusters: Mapping[str, str], min_group: int
) -> tuple[str, ...]:
    """The hidden figures that somebody who reads the new publication could work out from all that they may read.

    `clusters` says which cluster an organisation is in. A figure whose value, or the number of people behind it, has
    changed since it was hidden is another figure.
    """
    every = (*earlier, new)
    readers = sorted({one.reader for one in every})
    found: set[str] = set()
    for reader in readers:
        if _sees(reader, new, clusters):
            seen = [one for one in every if _sees(reader, one, clusters)]
            found |= _Knowledge(seen, [one for one in seen if _binds(one, reader)], min_group).worked_out()
    return tuple(sorted(found))


def _sees(reader: Reader, publication: Publication, clusters: Mapping[str, str]) -> bool:
    """Whether a publication is for this reader too: SALAR reads all, a cluster's members their cluster's own."""
    audience, viewer = reader
    if audience == "salar" or publication.audience == "public":
        return True
    if publication.audience == "cluster":
        return audience == "cluster" and publication.viewer in {viewer, clusters.get(viewer, viewer)}
    return _OPENNESS[publication.audience] >= _OPENNESS[audience]


def _binds(publication: Publication, reader: Reader) -> bool:
    """Whether what a publication hides is hidden from this reader; the public is shown less than anybody else."""
    return publication.audience != "public" or reader[0] == "public"


class _Knowledge:
    """What one reader knows: `seen` are the publications they may read, `binding` those whose secrets must be kept."""

    def __init__(self, seen: Sequence[Publication], binding: Sequence[Publication], min_group: int) -> None:
        self.min_group = min_group
        self.seen = seen
        self.shown: set[tuple[str, str]] = set()
        self.shown_with: set[tuple[str, str, str]] = set()
        self.versions: dict[str, list[PublishedFigure]] = {}
        for publication in seen:
            for name, one in publication.figures.items():
                if one.exact:
                    self.versions.setdefault(name, []).append(one)
                if one.exact and one.shown not in _MARKS:
                    self.shown.add((name, one.exact))
                    self.shown_with.add((name, one.exact, one.people))
        self.hidden = {
            (name, one.exact): one
            for publication in binding
            for name, one in publication.figures.items()
            if one.exact and one.shown == SUPPRESSED
        }

    def worked_out(self) -> set[str]:
        """The ids of hidden figures that follow from what is shown."""
        plain = {name for (name, exact), one in self.hidden.items() if (name, exact, one.people) in self.shown_with}
        return plain | {name for publication in self.seen for name in self._by_arithmetic(publication)}

    def _by_arithmetic(self, publication: Publication) -> Iterator[str]:
        rows = sorted({name.rpartition("/")[0] for name in publication.figures if name.startswith(_MEASURE)})
        for row in rows:
            yield from self._in_row(row, publication)

    def _in_row(self, row: str, publication: Publication) -> Iterator[str]:
        """A row's groups as this publication has them; one that it leaves out is taken to be what it was elsewhere."""
        cells = {group: self._cell(f"{row}/{group}", publication) for group in self._groups(row)}
        stands = {group: one for group, one in cells.items() if one is not None}
        total = stands.pop(TOTAL, None)
        if total is None or not stands or not self._adds_up(total, stands.values()):
            return
        names = {group: f"{row}/{group}" for group in (*stands, TOTAL)}
        parts = {group: self._part(names[group], one) for group, one in stands.items()}
        if self._knows(names[TOTAL], total):
            unknown = narrowed(total.unit, Fraction(total.exact), parts, self.min_group)
            yield from (names[group] for group in unknown if (names[group], stands[group].exact) in self.hidden)
        elif all(part.value is not None for part in parts.values()) and self._weighs(total, parts.values()):
            yield from (name for name in (names[TOTAL],) if (name, total.exact) in self.hidden)

    def _groups(self, row: str) -> tuple[str, ...]:
        groups = ("women", "men", "girls", "boys", TOTAL)
        return tuple(group for group in groups if f"{row}/{group}" in self.versions)

    def _cell(self, name: str, publication: Publication) -> PublishedFigure | None:
        """The cell as it is here, or as it last was; None for one that does not apply."""
        here = publication.figures.get(name)
        if here is not None and (here.exact or here.shown == NOT_APPLICABLE):
            return here if here.exact else None
        return self.versions[name][-1]

    def _knows(self, name: str, one: PublishedFigure) -> bool:
        return (name, one.exact) in self.shown

    def _part(self, name: str, one: PublishedFigure) -> Part:
        value = Fraction(one.exact) if self._knows(name, one) else None
        if not one.people:
            return Part(value, 0, MANY)
        people = int(one.people)
        return Part(value, people, people) if self._shows_people(name, one) else Part(value, *self._few(people))

    def _shows_people(self, name: str, one: PublishedFigure) -> bool:
        organisation_to_measure, _, last = name.rpartition("/")
        people = f"{organisation_to_measure.rpartition('/')[0]}/people/{last}"
        return (people, one.people) in self.shown

    def _few(self, people: int) -> tuple[int, int]:
        return (1, smallest_count(self.min_group) - 1) if people < smallest_count(self.min_group) else (1, MANY)

    def _adds_up(self, total: PublishedFigure, parts: Iterable[PublishedFigure]) -> bool:
        """Whether a count's groups make up its total nearly enough to be believed."""
        if total.unit != COUNT:
            return True
        rest = Fraction(total.exact) - sum(Fraction(one.exact) for one in parts)
        return abs(rest) < smallest_count(self.min_group)

    def _weighs(self, total: PublishedFigure, parts: Iterable[Part]) -> bool:
        return total.unit == COUNT or all(part.fewest == part.most for part in parts)
