"""How an expression stands in a cell rule."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sheets_pipeline.model.expressions import NotPortableError, as_formula, literal, parse
from sheets_pipeline.model.submissions import Value

PLACES = {".": "D4", "women": "A1", "men": "B1", "total": "C1", "status": "E1", "goal": "F1:F3", "roles/chief": "G1"}
WORDS: dict[Value, tuple[Value, ...]] = {"done": ("Klar",), True: ("Ja", "x"), "planned": ()}


def shown(_: str, value: Value) -> Sequence[Value]:
    return WORDS.get(value, (value,))


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (". >= 0", "AND(ISNUMBER(D4),D4>=0)"),
        (". >= date('2026-01-01')", "AND(ISNUMBER(D4),D4>=DATE(2026,1,1))"),
        (
            "${women} + ${men} <= ${total}",
            "IF(AND(ISNUMBER(A1),ISNUMBER(B1),ISNUMBER(C1)),(A1+B1)<=C1,FALSE)",
        ),
        ("${women} div ${men}", 'IF(AND(ISNUMBER(A1),ISNUMBER(B1),B1<>0),A1/B1,"")'),
        ("${status} = 'done'", 'E1="Klar"'),
        ("${status} = 'planned'", "FALSE"),
        ("${status} != 'done'", 'AND(E1<>"",E1<>"Klar")'),
        ("${status} = true()", 'OR(E1="Ja",E1="x")'),
        ("${status} = ''", 'E1=""'),
        ("${goal} = ''", "COUNTA(F1:F3)=0"),
        ("selected(${roles}, 'chief')", 'OR(G1="Ja",G1="x")'),
        ("selected(${goal}, 'done')", 'COUNTIF(F1:F3,"Klar")>0'),
        ("selected(${goal}, 'a*?')", 'COUNTIF(F1:F3,"a~*~?")>0'),
        ("string-length(.) <= 600", "LEN(D4)<=600"),
        ("sum(${goal})", 'IF(COUNT(F1:F3)>0,SUM(F1:F3),"")'),
        ("$occasion = 'final' and ${women} = 4", "A1=4"),
        ("$occasion = 'bm1' and ${women} = 4", "FALSE"),
        ("$scale = 's4'", "FALSE"),
        ("${total} = 'a \"b\"'", 'C1="a ""b"""'),
    ],
)
def test_formulas(text: str, formula: str) -> None:
    context: dict[str, Value] = {"occasion": "final", "scale": ""}

    assert as_formula(parse(text), PLACES.__getitem__, context, shown=shown) == formula


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("regex(., '[0-9]+')", "regex"),
        ("today() > .", "today"),
        ("${elsewhere} = 1", "elsewhere has no cell"),
        ("${goal} > 3", "goal is several cells"),
        ("$level = 'unit'", r"\$level is not known"),
        (f". = '{'x' * 300}'", "300 characters"),
    ],
)
def test_what_has_no_formula_says_why(text: str, reason: str) -> None:
    with pytest.raises(NotPortableError, match=reason):
        as_formula(parse(text), PLACES.__getitem__, {"occasion": "final"})


def test_long_decimals_are_written_without_exponent() -> None:
    expression = parse("${women} * (1 div 3)")

    assert as_formula(expression, PLACES.__getitem__, {}) == 'IF(ISNUMBER(A1),A1*0.333333333333333,"")'
    assert literal(value=True) == "TRUE"
