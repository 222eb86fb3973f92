"""Names that answers are stored under never change meaning: the lists in `paths/` are what has been promised.

A name that is added is added to its list too. A name that changes or goes needs an entry in the form's `migrations`.
"""

from __future__ import annotations

import pytest

from tests.templates.shipped import FORMS, ROOT, codes, paths

PROMISED = ROOT / "tests" / "templates" / "paths"


@pytest.mark.parametrize("name", FORMS)
def test_answers_are_found_under_the_names_that_were_promised(name: str) -> None:
    promised = (PROMISED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert [*paths(FORMS[name]), "", *codes(FORMS[name])] == promised
