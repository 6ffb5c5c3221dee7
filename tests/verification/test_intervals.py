"""The values of subscripts, against all of them enumerated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.analysis.definitions import with_loops
from hpcls.analysis.model import UnitModel
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import Assign, Expression, Subscript
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from hpcls.syntax.statements import Evaluate, Loop
from hpcls.syntax.units import units
from hpcls.verification.intervals import Interval, Intervals

GIVEN: Mapping[str, Interval] = {"n": (4, 6), "m": (2, 3), "low": (0, 1), "k": (0, 5)}


def model_of(body: str, head: str = "") -> UnitModel:
    source = parse(f"{head}\nvoid f(int n, int m, int low, const int *k, double *a) {{\n{body}\n}}\n", "a.c")
    return UnitModel(source, units(source)[0], Variables(source, scopes_of(source)))


def subscripts(model: UnitModel) -> Iterator[tuple[Expression, tuple[Loop, ...]]]:
    for statement, loops in with_loops(model.unit.body):
        if isinstance(statement, Evaluate) and isinstance(statement.expression, Assign):
            target = statement.expression.target
            if isinstance(target, Subscript):
                yield target.index, loops


def interval(body: str, head: str = "") -> Interval | None:
    model = model_of(body, head)
    keys = {one.name: f"{one.name}@{one.start}" for one in scopes_of(model.source).symbols if one.kind == "parameter"}
    given = {keys[name] + ("[]" if name == "k" else ""): ends for name, ends in GIVEN.items()}
    ((index, loops),) = subscripts(model)
    return Intervals(model, given).of(index, loops)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("for (int i = 0; i < n; i++) a[i] = 0;", (0, 5)),
        ("for (int i = n - 1; i >= 0; i--) a[i] = 0;", (0, 5)),
        ("for (int i = low; i != n; ++i) a[2 * i + 1] = 0;", (1, 11)),
        ("for (int i = 0; i < n; i++) for (int j = 0; j <= i; j++) a[i * n + j] = 0;", (0, 35)),
        ("for (int i = 0; i < n; i++) a[k[i]] = 0;", (0, 5)),
        ("for (int i = 0; i < n; i++) a[i % 4] = 0;", (0, 3)),
        ("for (int i = 0; i < n; i++) a[(i + 1) / 2] = 0;", (0, 3)),
        ("int last = n - 1; for (int i = 0; i < last; i++) a[i + 1] = 0;", (1, 5)),
        ("for (int i = 0; i < N; i++) a[i] = 0;", (0, 99)),
        ("for (int i = 0; i < count; i++) a[i] = 0;", (0, 99)),
        ("for (int i = 0; i < unknown; i++) a[i] = 0;", None),
        ("int at = 0; for (int i = 0; i < n; i++) { at = at + k[i]; a[at] = 0; }", None),
    ],
)
def test_the_ends_of_a_subscript(body: str, expected: Interval | None) -> None:
    assert interval(body, "#define N 100\nstatic int count = N;") == expected


TERMS = st.sampled_from(["i", "j", "n", "m", "low", "1", "2", "3"])
OPERATORS = st.sampled_from(["+", "-", "*"])


@given(st.lists(TERMS, min_size=3, max_size=3), st.lists(OPERATORS, min_size=2, max_size=2))
def test_no_value_lies_outside(terms: list[str], operators: list[str]) -> None:
    text = f"({terms[0]} {operators[0]} {terms[1]}) {operators[1]} {terms[2]}"
    found = interval(f"for (int i = low; i < n; i++) for (int j = i; j <= m; j++) a[{text}] = 0;")
    assert found is not None
    ranges = [range(low, high + 1) for low, high in (GIVEN["n"], GIVEN["m"], GIVEN["low"])]
    for n, m, low in product(*ranges):
        for i in range(low, n):
            for j in range(i, m + 1):
                value = eval(text, {"i": i, "j": j, "n": n, "m": m, "low": low})
                assert found[0] <= value <= found[1]
