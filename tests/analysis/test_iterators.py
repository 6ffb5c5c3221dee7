"""A loop that a pointer or an iterator counts has the verdict of the same loop written with an index."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome, Role
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

_WALKED = {"*it": "v[k]", "it[0]": "v[k]", "it[1]": "v[k + 1]", "*(it - 2)": "v[k - 2]", "v[it - FIRST]": "v[k]"}
"""What is written with the iterator, and with an index."""
_TARGETS = st.sampled_from((*_WALKED, "w[2]", "w[it - FIRST]", "s", "t"))
"""No fixed element of v: where its address counts the loop, v is no array that a reduction could be made of."""
_VALUES = st.recursive(
    st.one_of(_TARGETS, st.sampled_from(("v[3]", "f"))),
    lambda inner: st.tuples(inner, st.sampled_from(("+", "*")), inner).map(lambda parts: f"({' '.join(parts)})"),
    max_leaves=3,
)
_STATEMENTS = st.one_of(
    st.tuples(_TARGETS, st.sampled_from(("=", "+=")), _VALUES).map(lambda parts: f"{' '.join(parts)};"),
    st.tuples(_VALUES, _TARGETS, _VALUES).map(lambda parts: f"if ({parts[0]} > f) {parts[1]} = {parts[2]};"),
)
_KEPT = (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE, Role.REDUCTION, Role.CARRIED)


def judged(declarations: str, loop: str) -> tuple[object, ...]:
    """Outcome, classes and assumptions of the only loop, its own counter apart."""
    source = parse(
        f"double g({declarations}, int n, double f) {{ double s = 0, t = 1; {loop} return s + t; }}", "a.cpp"
    )
    ((one,), _) = analyse(source, scopes_of(source))
    verdict = one.verdict
    scalars = {(scalar.name, scalar.role, scalar.operator) for scalar in verdict.scalars if scalar.role in _KEPT}
    return verdict.outcome, scalars, set(verdict.assumptions)


def indexed(body: str) -> str:
    """`body` with an index in the place of the iterator."""
    for walked, element in (*_WALKED.items(), ("w[it - FIRST]", "w[k]")):
        body = body.replace(walked, element)
    return f"for (int k = 0; k < n; ++k) {{ {body} }}"


def _assigned(body: str) -> list[tuple[str, str]]:
    """What stands left and right of each plain assignment."""
    parts = (statement.partition(" = ") for statement in body.split(";"))
    return [(target, value) for target, sign, value in parts if sign]


@pytest.mark.parametrize(
    ("declared", "first", "header"),
    [
        ("std::vector<double> &v, std::vector<double> &w", "v.begin()", "auto it = v.begin(); it != v.end(); ++it"),
        ("double *v, double *w", "v", "double *it = v; it < v + n; ++it"),
        ("double *v, double *w", "v", "double *it = &v[0]; it != &v[n]; it++"),
        ("double *v, double *w", "v", "double *it = v + n - 1; it >= v; --it"),
    ],
)
@given(st.lists(_STATEMENTS, min_size=1, max_size=3).map(" ".join))
@example("*it += f; *it += f; it[1] += w[2];")
@example("it[1] += f; *it = (*it + f);")
def test_the_verdict_is_that_of_the_loop_with_an_index(declared: str, first: str, header: str, body: str) -> None:
    walked = judged(declared, f"for ({header}) {{ {body.replace('FIRST', first)} }}")
    expected = judged(declared, indexed(body))
    if walked[0] is not expected[0]:
        # with an index it might be a reduction of an array, which takes the dependence away
        assert (walked[0], expected[0]) == (Outcome.DEPENDENT, Outcome.UNKNOWN)
        assert all(target.split(") ")[-1].strip() in value for target, value in _assigned(body))
    if walked[0] is Outcome.INDEPENDENT:
        assert walked == expected
