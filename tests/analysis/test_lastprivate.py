"""A variable with a lastprivate clause is only worth reading after the loop if there was a last iteration."""

from __future__ import annotations

import pytest

from hpcls.analysis.engine import analyse
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

_LOOP = "for (int i = 0; i < n; i++) { x = f[i] * 2; a[i] = x; }"


@pytest.mark.parametrize(
    ("text", "is_assumed"),
    [
        (f"double g(int n, double *a, double *f) {{ double x = 1; {_LOOP} return x; }}", True),
        (f"double g(int n, double *a, double *f) {{ double x; if (n) x = 1; {_LOOP} return x; }}", True),
        (f"double g(int n, double *a, double *f, double x) {{ {_LOOP} return x; }}", True),
        (f"double x; void g(int n, double *a, double *f) {{ {_LOOP} }}", True),
        (f"double g(int n, double *a, double *f) {{ static double x; {_LOOP} return x; }}", True),
        (f"double g(int n, double *a, double *f) {{ double x; set(&x); {_LOOP} return x; }}", True),
        # what an earlier run of the loop left
        (
            f"void g(int n, double *a, double *f) {{ double x; for (int k = 0; k < 9; k++) {{ {_LOOP} a[k] = x; }} }}",
            True,
        ),
        # a program that reads it without a value from before has no meaning
        (f"double g(int n, double *a, double *f) {{ double x; {_LOOP} return x; }}", False),
        (
            f"void g(int n, double *a, double *f) {{ for (int k = 0; k < 9; k++) {{ double x; {_LOOP} a[k] = x; }} }}",
            False,
        ),
        (f"double g(double *a, double *f) {{ double x = 1; {_LOOP.replace('n', '8')} return x; }}", False),
        (f"#define n 8\ndouble g(double *a, double *f) {{ double x = 1; {_LOOP} return x; }}", False),
        (f"double g(double *a, double *f) {{ const int n = 8; double x = 1; {_LOOP} return x; }}", False),
    ],
)
def test_a_loop_is_assumed_to_run_where_its_last_value_is_read(text: str, is_assumed: bool) -> None:
    source = parse(text, "a.c")
    (verdict,) = (
        one.verdict
        for one in analyse(source, scopes_of(source))[0]
        if "f[i]" in source.text[one.verdict.loop.statement.start :]
        and one.verdict.loop.induction
        and one.verdict.loop.induction.name == "i"
    )
    assert verdict.outcome == "independent"
    assert ("the loop runs at least once, since x is read after it" in verdict.assumptions) is is_assumed
