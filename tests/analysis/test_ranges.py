"""A range-based loop has the verdict of the same loop written with an index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome, Role
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

_VALUES = st.recursive(
    st.sampled_from(("x", "v[0]", "v[i]", "w[i]", "w[2]", "s", "t", "f", "3.5")),
    lambda inner: st.tuples(inner, st.sampled_from(("+", "*")), inner).map(lambda parts: f"({' '.join(parts)})"),
    max_leaves=4,
)
_TARGETS = st.sampled_from(("x =", "x +=", "t =", "t +=", "s +=", "w[0] =", "w[3] +=", "v[1] ="))
_STATEMENTS = st.one_of(
    st.tuples(_TARGETS, _VALUES).map(lambda parts: f"{parts[0]} {parts[1]};"),
    st.tuples(_VALUES, _TARGETS, _VALUES).map(lambda parts: f"if ({parts[0]} > f) {parts[1]} {parts[2]};"),
)
_KEPT = (Role.PRIVATE, Role.FIRSTPRIVATE, Role.LASTPRIVATE, Role.REDUCTION, Role.CARRIED)


def judged(declarations: str, loop: str) -> tuple[object, ...]:
    """Outcome and classes of the only loop, its own counter apart."""
    source = parse(
        f"double g({declarations}, double f, int i) {{ double s = 0, t = 1; {loop} return s + t; }}", "a.cpp"
    )
    ((one,), _) = analyse(source, scopes_of(source))
    verdict = one.verdict
    scalars = {(scalar.name, scalar.role, scalar.operator) for scalar in verdict.scalars if scalar.role in _KEPT}
    return verdict.outcome, scalars, set(verdict.assumptions)


@pytest.mark.parametrize("declared", ["std::vector<double> &v, std::vector<double> &w", "double (&v)[9], double *w"])
@given(st.lists(_STATEMENTS, min_size=1, max_size=4).map(" ".join))
def test_the_verdict_is_that_of_the_loop_with_an_index(declared: str, body: str) -> None:
    ranged = judged(declared, f"for (auto &x : v) {{ {body} }}")
    indexed = judged(declared, f"for (int k = 0; k < v.size(); ++k) {{ auto &x = v[k]; {body} }}")
    written_out = judged(declared, f"for (int k = 0; k < v.size(); ++k) {{ {body.replace('x', 'v[k]')} }}")
    assert ranged == indexed
    assert (ranged[0] is Outcome.INDEPENDENT) is (written_out[0] is Outcome.INDEPENDENT)


@given(st.lists(_STATEMENTS, min_size=1, max_size=3).map(" ".join))
def test_a_copy_of_an_element_is_a_variable_of_the_iteration(body: str) -> None:
    declared = "std::vector<double> &v, std::vector<double> &w"
    ranged = judged(declared, f"for (double x : v) {{ {body} }}")
    assert ranged == judged(declared, f"for (int k = 0; k < v.size(); ++k) {{ double x = v[k]; {body} }}")
