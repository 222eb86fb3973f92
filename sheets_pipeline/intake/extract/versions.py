"""A workbook filled on an older version of its form: answers carried over to today's paths."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from sheets_pipeline.model.forms import Form, Migration, text_in
from sheets_pipeline.model.issues import Issue
from sheets_pipeline.model.reading import Reading
from sheets_pipeline.model.remarks import remark
from sheets_pipeline.model.slots import rows_in, slots


def carried_over(reading: Reading, current: Form | None) -> Reading:
    """The reading on today's version; what could not be carried over is told with the reason."""
    if current is None or current.version == reading.part.version:
        return (
            reading
            if current is None or current.definition == reading.form.definition
            else _moved(reading, current, None)
        )
    migration = next((one for one in current.migrations if one.from_version == reading.part.version), None)
    return _moved(reading, current, migration)


def _moved(reading: Reading, current: Form, migration: Migration | None) -> Reading:
    renamed = migration.renamed if migration else {}
    paths = {path: _renamed(path, renamed) for path in reading.places}
    found = rows_in(paths.values())
    asked = {slot.path: slot for slot in slots(current, reading.part.parameters, found)}
    answers = {
        paths[path]: replace(answer, path=paths[path])
        for path, answer in reading.answers.items()
        if paths[path] in asked
    }
    return replace(
        reading,
        form=current,
        slots=tuple(asked.values()),
        answers=answers,
        places={paths[path]: cell for path, cell in reading.places.items() if paths[path] in asked},
        issues=(*_told(reading, current, migration), *_kept_issues(reading, paths, asked.keys())),
        unread=frozenset(paths.get(path, path) for path in reading.unread) & asked.keys(),
    )


def _renamed(path: str, renamed: Mapping[str, str]) -> str:
    """A path under its new name, its row ids kept; a name stands for everything below it."""
    parts = path.split("/")
    for old, new in renamed.items():
        if _is_below(parts, old):
            begins = parts[: len(old.split("/"))]
            ids = [part[len(_name(part)) :] for part in begins] + [""] * len(new.split("/"))
            named = (name if "[" in name else name + id_ for name, id_ in zip(new.split("/"), ids, strict=False))
            return "/".join((*named, *parts[len(begins) :]))
    return path


def _is_below(parts: Sequence[str], name: str) -> bool:
    """Whether a path is the named one or below it; `plans/title` speaks of every row, `plans[P01]/title` of one."""
    begins = name.split("/")
    return len(parts) >= len(begins) and all(
        begin in (part, _name(part)) for part, begin in zip(parts, begins, strict=False)
    )


def _name(part: str) -> str:
    return part.partition("[")[0]


def _kept_issues(reading: Reading, paths: Mapping[str, str], asked: Collection[str]) -> tuple[Issue, ...]:
    kept = []
    for issue in reading.issues:
        path = paths.get(issue.path, issue.path)
        if not issue.path or path in asked or issue.path not in paths:
            kept.append(replace(issue, path=path))
    return tuple(kept)


def _told(reading: Reading, current: Form, migration: Migration | None) -> Iterator[Issue]:
    """That an older version was read, and what of it has no place any more."""
    if reading.part.version == current.version:
        return
    old, new = reading.part.version, current.version
    if migration is None:
        newer = _numbers(old) > _numbers(new)
        yield remark("NEWER_VERSION" if newer else "UNKNOWN_VERSION", version=old, current=new)
        return
    yield remark("OLD_VERSION", version=old, current=new)
    language = reading.part.parameters.language
    for path, reason in migration.removed.items():
        for answered, answer in sorted(reading.answers.items()):
            if _is_below(answered.split("/"), path):
                yield remark("NOT_CARRIED_OVER", cell=answer.cell, reason=text_in(reason, language))


def _numbers(version: str) -> tuple[int, ...]:
    """A semantic version as something that compares."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
