"""The words for the ids that results speak in: `section/m01`, `item/m01_1`, `occasion/bm1`, `step/s4/3` and so on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sheets_pipeline.model.forms import Form, Texts
from sheets_pipeline.model.programme import Round

Titles = Mapping[str, Texts]


def titles_of(forms: Iterable[Form], round_: Round) -> dict[str, Texts]:
    """Every title by kind and id; where several versions of a form name the same id, the last one counts."""
    found = {f"occasion/{one.id}": one.label for one in round_.edition.occasions}
    for form in forms:
        found.update(_of_form(form))
    return found


def title(titles: Titles, kind: str, name: str) -> Texts:
    """The words for an id, or the id itself."""
    return titles.get(f"{kind}/{name}") or {"sv": name, "en": name}


def _of_form(form: Form) -> Iterator[tuple[str, Texts]]:
    yield f"form/{form.form_id}", form.title
    yield from ((f"level/{name}", texts) for name, texts in form.levels.items())
    yield from ((f"group/{name}", texts) for name, texts in form.group_titles.items())
    yield from ((f"part/{name}", texts) for name, texts in form.part_titles.items())
    for scale in form.scales:
        yield f"scale/{scale}", form.choice_lists[scale].label
        yield from ((f"step/{scale}/{one.name}", one.label) for one in form.choice_lists[scale].choices)
    for section in form.walk():
        yield f"section/{section.name}", section.title
        yield from ((f"item/{item.name}", item.label) for item in section.items)
