"""Other organisations' answers, among which a file may have been copied, found without looking at each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.submissions import Value

Values = Mapping[str, Value]
_Probe = tuple[str, ...]
_PROBED = 8
_MOST = 32


@dataclass(slots=True)
class Others:
    """Everybody's values of one form and occasion, by subject (`subject/unit` for a unit's own).

    A copy has all scores alike, so it is among those whose answers to a few questions are the same; they are indexed by
    those answers, once for each choice of questions.
    """

    values: dict[str, Values]
    _alike: dict[_Probe, dict[tuple[Value | None, ...], set[str]]] = field(default_factory=dict)

    def like(self, reading: Reading) -> dict[str, Values]:
        """Those of other subjects that this reading could be a copy of; none for one without scores."""
        probe = tuple(islice(_scores(reading), _PROBED))
        if not probe:
            return {}
        answers = tuple(reading.value(path) for path in probe)
        own = reading.key.subject
        alike = self._indexed(probe).get(answers, ())
        return {subject: self.values[subject] for subject in sorted(alike) if subject.split("/")[0] != own}

    def learn(self, reading: Reading) -> None:
        """A version that was just judged takes the place of its subject's earlier one."""
        subject, before = reading.key.subject, self.values.get(reading.key.subject)
        values = {path: answer.value for path, answer in reading.answers.items()}
        for probe, index in self._alike.items():
            if before is not None:
                index[_answers(before, probe)].discard(subject)
            index.setdefault(_answers(values, probe), set()).add(subject)
        self.values[subject] = values

    def _indexed(self, probe: _Probe) -> Mapping[tuple[Value | None, ...], set[str]]:
        if probe not in self._alike:
            if len(self._alike) >= _MOST:
                self._alike.clear()
            index: dict[tuple[Value | None, ...], set[str]] = {}
            for subject, values in self.values.items():
                index.setdefault(_answers(values, probe), set()).add(subject)
            self._alike[probe] = index
        return self._alike[probe]


def _scores(reading: Reading) -> Iterator[str]:
    """The scores that nothing can rule out: what a rule finds wrong is not compared, and not in force anywhere."""
    always = {section.name for section in reading.form.sections if section.relevant is None}
    for slot in reading.slots:
        question = slot.question
        free = question.constraint is None and question.relevant is None and slot.section in always
        if slot.type == "scale" and free and slot.path in reading.answers:
            yield slot.path


def _answers(values: Values, probe: _Probe) -> tuple[Value | None, ...]:
    return tuple(values.get(path) for path in probe)
