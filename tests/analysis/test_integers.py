"""Quotients, minima, maxima and choices in bounds: the conditions on a counter are those that C computes."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hpcls.analysis.forms import Forms
from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.conditions import TRUE
from hpcls.analysis.nest.executions import Executions, Level, Nest
from hpcls.analysis.nest.isl import answer
from hpcls.analysis.nest.pair import Pair
from hpcls.analysis.variables import Variables, spelling
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse
from hpcls.syntax.statements import Loop, walk
from hpcls.syntax.units import units

Value = tuple[str, Callable[[int, int], int]]
"""An expression over n and m in C, and what it is in Python."""
_INPUTS = tuple(product(range(-7, 8, 2), range(-3, 4)))
_COMPARED: dict[str, Callable[[int, int], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def _towards_zero(a: int, b: int) -> int:
    return abs(a) // b * (1 if a >= 0 else -1)


def _scaled(value: Value, factor: int, shift: int) -> Value:
    text, of = value
    return f"({factor} * {text} + {shift})", lambda n, m: factor * of(n, m) + shift


def _summed(one: Value, other: Value, sign: int) -> Value:
    (left, a), (right, b) = one, other
    return f"({left} {'+' if sign > 0 else '-'} {right})", lambda n, m: a(n, m) + sign * b(n, m)


def _divided(value: Value, operator: str, by: int) -> Value:
    text, of = value
    compute: dict[str, Callable[[int], int]] = {
        "/": lambda a: _towards_zero(a, by),
        "%": lambda a: a - by * _towards_zero(a, by),
        ">>": lambda a: a >> by,
        "&": lambda a: a & (2**by - 1),
    }
    right = 2**by - 1 if operator == "&" else by
    return f"({text} {operator} {right})", lambda n, m: compute[operator](of(n, m))


def _chosen(operator: str, tested: tuple[Value, Value], branches: tuple[Value, Value]) -> Value:
    (left, a), (right, b), (yes, c), (no, d) = *tested, *branches
    test = _COMPARED[operator]
    return f"({left} {operator} {right} ? {yes} : {no})", lambda n, m: (c if test(a(n, m), b(n, m)) else d)(n, m)


def _extreme(operator: str, one: Value, other: Value) -> Value:
    return _chosen(operator, (one, other), (one, other))


def _floor(value: Value, by: int) -> Value:
    """As code generators write it."""
    text, of = value
    return f"({text} * {by} < 0 ? -((-{text} + {by} - 1) / {by}) : {text} / {by})", lambda n, m: of(n, m) // by


_LEAVES: st.SearchStrategy[Value] = st.sampled_from(
    (
        ("n", lambda n, _m: n),
        ("m", lambda _n, m: m),
        ("3", lambda _n, _m: 3),
    )
)
_SMALL = st.integers(2, 4)
_VALUES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        st.builds(_scaled, inner, st.integers(-2, 2), st.integers(-3, 3)),
        st.builds(_summed, inner, inner, st.sampled_from((1, -1))),
        st.builds(_divided, inner, st.sampled_from(("/", "%", ">>", "&")), _SMALL),
        st.builds(_floor, inner, _SMALL),
        st.builds(_extreme, st.sampled_from(("<", "<=", ">", ">=")), inner, inner),
        st.builds(_chosen, st.sampled_from(tuple(_COMPARED)), st.tuples(inner, inner), st.tuples(inner, inner)),
    ),
    max_leaves=6,
)


def _level(lower: str, upper: str) -> Level:
    text = f"void f(int n, int m, int *a) {{ for (int i = {lower}; i <= {upper}; i++) a[i] = 1; }}"
    source = parse(text, "a.c")
    (unit,) = units(source)
    model = UnitModel(source, unit, Variables(source, scopes_of(source)))
    (loop,) = (part for part in walk(unit.body) if isinstance(part, Loop))
    level = Nest(model, Forms(model, loop), ()).level(loop, (loop,))
    assert level is not None
    return level


def _counted(level: Level, n: int, m: int) -> set[int] | None:
    """The values that its conditions leave for the counter; None where isl gives up."""
    alone = Executions((level,), TRUE, (), (), True)
    pair, values = Pair(alone, alone, TRUE), {"n": n, "m": m}
    # what is nested too deep to be looked into stands for itself, as a parameter whose value nobody gives here
    assume(all(spelling(name) in values for of in pair.parameters for name in of))
    fixed = (f"{symbol} = {prod(values[spelling(name)] for name in of)}" for of, symbol in pair.parameters.items())
    text = pair.text(["x"], f"x = {pair.counters(0)[0]}", *fixed)
    found = answer(lambda solver: solver.read(text).points())
    return None if found is None else {point[0] for point in found}


@given(_VALUES, _VALUES)
@settings(deadline=None, max_examples=60)
def test_a_counter_runs_from_bound_to_bound(lower: Value, upper: Value) -> None:
    level = _level(lower[0], upper[0])
    assume(level.lower is not None and level.upper is not None)
    for n, m in _INPUTS:
        assert _counted(level, n, m) in (None, set(range(lower[1](n, m), upper[1](n, m) + 1)))


@pytest.mark.parametrize(
    ("lower", "upper"),
    [
        ("0", "(n < m ? n : m)"),
        ("(n > m ? n : m)", "9"),
        ("0", "((n < m ? n : m) < 7 ? (n < m ? n : m) : 7)"),
        (
            "(n * 4 < 0 ? -(-n / 4) : (4 < 0 ? (-n - 5) / -4 : (n + 4 - 1) / 4))",
            "(n * 4 < 0 ? -((-n + 3) / 4) : n / 4)",
        ),
    ],
)
def test_tiled_bounds_need_no_further_integers(lower: str, upper: str) -> None:
    assert _level(lower, upper).unknowns == ()
