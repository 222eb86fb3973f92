"""What expressions say about answers."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import pytest

from sheets_pipeline.model.expressions import Expression, ExpressionError, evaluate, parse, truth
from sheets_pipeline.model.submissions import Value


class Answers:
    """Answers by name, as one row of a form has them."""

    def __init__(self, answers: Mapping[str, Value], lists: Mapping[str, Sequence[Value]] | None = None) -> None:
        self.answers = answers
        self.lists = lists or {}

    def value(self, name: str) -> Value | None:
        return self.answers.get(name)

    def values(self, name: str) -> Sequence[Value]:
        return self.lists.get(name) or ([self.answers[name]] if name in self.answers else [])

    def context(self, name: str) -> Value | None:
        known: Mapping[str, Value] = {"occasion": "final", "as_of": date(2026, 3, 1)}
        return known.get(name)

    def pulldata(self, form: str, path: str, occasion: str) -> Value | None:
        return 2 if (form, path, occasion) == ("self_assessment", "m01_1/score", "bm1") else None


FILLED = Answers(
    {
        "women": 45,
        "men": 55,
        "share": Decimal("0.45"),
        "zero": 0,
        "status": "done",
        "score": "dont_know",
        "decided": True,
        "refused": False,
        "title": "Pröva flextid",
        "begins": date(2026, 2, 2),
        ".": 3,
    },
    {
        "roles": ["politician", "manager"],
        "goal": [10, Decimal("2.5"), "-"],
        "dates": [date(2026, 5, 1), date(2026, 1, 1)],
    },
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("${women} + ${men}", 100),
        ("${women} div (${women} + ${men})", Decimal("0.45")),
        ("1 div 3 * 3", 1),  # no third is lost on the way
        ("0.1 + 0.2", Decimal("0.3")),
        ("2 + 3 * 4 - -1", 15),
        ("-${women} mod 10", 5),  # the sign of the divisor, as spreadsheets have it
        ("1 div 0", None),
        ("${men} mod ${zero}", None),
        ("${women} + ${nothing}", None),
        ("round(2.5)", 3),
        ("round(-2.5)", -3),
        ("round(1 div 3, 2)", Decimal("0.33")),
        ("round(1234, -2)", 1200),
        ("sum(${goal})", Decimal("12.5")),
        ("sum(${goal}, ${women}, 1)", Decimal("58.5")),
        ("sum(${nothing})", None),
        ("min(${goal})", Decimal("2.5")),
        ("max(${dates})", date(2026, 5, 1)),
        ("count(${goal}, ${nothing})", 3),
        ("count-selected(${roles})", 2),
        ("count-selected(${nothing})", 0),
        ("string-length(${title})", 13),
        ("string-length(${nothing})", 0),
        ("coalesce(${nothing}, '', ${status})", "done"),
        ("if(${status} = 'done', ${title}, '')", "Pröva flextid"),
        ("if(${status} = 'paused', ${title}, '')", None),
        ("${begins} + 7", date(2026, 2, 9)),
        ("${begins} - 1", date(2026, 2, 1)),
        ("${begins} + 1.5", None),
        ("today() - ${begins}", 27),
        ("pulldata('self_assessment', 'm01_1/score', 'bm1')", 2),
        ("pulldata('self_assessment', 'm01_2/score', 'bm1')", None),
        ("'100' + 1", None),
        ("$occasion", "final"),
        ("$edition", None),
    ],
)
def test_calculations(text: str, value: Value | None) -> None:
    found = evaluate(parse(text), FILLED)

    assert found == value
    assert not isinstance(found, float)


@pytest.mark.parametrize(
    "text",
    [
        ". >= 0",
        "${women} = 45.0",
        "${women} < ${men} and ${men} <= 55",
        "${status} = 'done' or ${nothing} = 1",
        "${status} != 'paused'",
        "${title} = 'PRÖVA FLEXTID'",  # as spreadsheets compare
        "${score} != 4",
        "${nothing} = ''",
        "${status} != ''",
        "${zero} != ''",
        "${roles} != ''",
        "not(${nothing} = 1)",
        "not ${nothing} = 1",
        "${decided}",
        "${decided} = true()",
        "${refused} = false()",
        "selected(${roles}, 'manager')",
        "selected(${status}, 'done')",
        "count-selected(${roles}) = 2",
        "regex(${title}, '[A-ZÅÄÖ].* flextid')",
        "${begins} >= date('2026-02-02')",
        "$occasion = 'final' and $as_of > ${begins}",
        "pulldata('self_assessment', '.', 'previous') = ''",
        "if(${women} > 1, true(), false())",
        "${women} + ${men} = 100",
    ],
)
def test_what_holds(text: str) -> None:
    assert truth(parse(text), FILLED)


@pytest.mark.parametrize(
    "text",
    [
        "${nothing} = 1",
        "${nothing} != 1",  # nothing is not compared
        "${nothing} < 1",
        "${nothing} = ${also_nothing}",
        "${score} >= 3",  # “do not know” is no number
        "${score} = 4",
        "${women} = '45'",
        "${title} > 'A'",  # texts have no order
        "${begins} > 5",
        "${refused}",
        "${women}",  # only true is true
        "${status}",
        "${nothing} and true()",
        "selected(${roles}, 'key_person')",
        "regex(${title}, 'Pröva')",  # the whole text has to fit
        "regex(${nothing}, '.*')",
        "1 div 0 = 1 div 0",
        "$edition = 'e2023'",
    ],
)
def test_what_does_not_hold(text: str) -> None:
    assert not truth(parse(text), FILLED)


def test_an_expression_tells_what_it_reads() -> None:
    expression = parse("${people/women} > 0 and ${status} = 'done' and $occasion = 'bm1' and . <= today() - ${status}")

    assert expression.references == ("people/women", "status")
    assert expression.context_names == ("occasion", "as_of")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("regex(., '[0-9]{4}')", "regex()"),
        (". <= today()", "today()"),
        (". <= $as_of", "$as_of"),
        ("pulldata('self_assessment', '.', 'previous') = ''", "pulldata()"),
        ("max(${a} + 1, 2) > 3", "max() of something calculated"),
    ],
)
def test_what_no_formula_says_is_told_with_its_reason(text: str, reason: str) -> None:
    expression = parse(text)

    assert not expression.portable
    assert len(expression.reasons) == 1
    assert expression.reasons[0].startswith(reason)


def test_expressions_are_values() -> None:
    one = parse("${a} = 1")

    assert parse(" ${a} = 1".strip()) == one
    assert one != parse("${a} = 2")
    assert len({one, parse("${a} = 1")}) == 1
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - its own bytes
    assert isinstance(one, Expression)


@pytest.mark.parametrize(
    ("text", "column", "advice"),
    [
        ("", 1, "leave it out"),
        ("status = 'done'", 1, "write ${name} for an answer"),
        ("${a} == 1", 7, "write = to compare"),
        ("${a} <> 1", 7, "write != "),
        ("${a} && ${b}", 6, "write and"),
        ("${a} / 2", 6, "write div"),
        ("${a} AND ${b}", 6, "write and, or"),
        ("${a} ${b}", 6, "put an operator between"),
        ("${a} = 1,5", 9, "write a decimal point"),
        ("${a} = “x”", 8, "straight quotes"),
        ("${a} = 'x", 8, "end the text with the quote"),
        ("${a", 1, "end the name with }"),
        ("(${a} = 1", 10, "close the parenthesis"),
        ("${a} = 1)", 9, "take away the )"),
        ("${a} +", 7, "finish the comparison"),
        ("${a} = 1 = 2", 10, "compare twice with and between"),
        ("${Status} = 1", 1, "lower-case letters"),
        ("$ocasion = 'bm1'", 1, "use one of $occasion"),
        ("lenght(${a})", 1, "use one of if selected"),
        ("count-select(${a})", 1, "did you mean count-selected"),
        ("${b} = 1 or if(${a}, 1)", 13, "give it 3"),
        ("date('1 mars')", 1, "write date('2026-01-31')"),
        ("regex(., '[')", 1, "mend the pattern"),
        ("selected('done', ${a})", 1, "write selected(${name}…)"),
        ("${a} in ('x', 'y')", 6, "write the alternatives out"),
    ],
)
def test_a_slip_is_told_with_its_column_and_what_to_write(text: str, column: int, advice: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)

    assert caught.value.column == column
    assert advice in caught.value.fix
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301 - its own bytes
