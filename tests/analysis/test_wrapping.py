"""Unsigned subscripts: none is called independent that gives an index twice, and what is taken for granted is said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome, Verdict
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

_FACTORS = st.sampled_from([1, 2, 3, 4096, 65535, 65536, 65537, 1 << 20, (1 << 24) - 1]) | st.integers(1, (1 << 24) - 1)


@given(trips=st.integers(2, 70_000), factor=_FACTORS, added=st.integers(0, (1 << 32) - 1), down=st.booleans())
def test_no_index_comes_twice(trips: int, factor: int, added: int, down: bool) -> None:
    head = f"unsigned i = {trips}; i > 0; i--" if down else f"unsigned i = 0; i < {trips}; i++"
    verdict = _verdict("", f"for ({head}) a[i * {factor}u + {added}u] = 1;")
    reached = {(i * factor + added) % (1 << 32) for i in range(down, trips + down)}
    assert verdict.outcome is not Outcome.DEPENDENT
    assert verdict.outcome is Outcome.UNKNOWN or len(reached) == trips


@given(trips=st.integers(2, 300), shift=st.integers(-200, 200))
def test_two_accesses_meet_where_they_do_modulo_the_size(trips: int, shift: int) -> None:
    verdict = _verdict("", f"for (unsigned i = 200; i < {200 + trips}; i++) a[i + {shift % (1 << 32)}u] = a[i];")
    assert (verdict.outcome is Outcome.DEPENDENT) is (0 < abs(shift) < trips)
    assert (verdict.outcome is Outcome.INDEPENDENT) is (shift == 0 or abs(shift) >= trips)


@pytest.mark.parametrize(
    ("declared", "loop", "assumed"),
    [
        ("unsigned n", "for (unsigned i = 0; i < n; i++) a[i] = 1;", None),
        ("unsigned n", "for (unsigned i = 1; i < n; i++) a[i - 1] = a[i - 1] + 1;", None),
        ("unsigned n", "for (unsigned i = 0; i < n; i++) a[n - i] = 1;", None),
        ("unsigned n", "for (unsigned i = 0; i < n; i++) a[2 * i] = 1;", "2*i does not wrap around"),
        ("unsigned n", "for (unsigned i = 0; i < n; i++) a[2 * i] = a[2 * i + 1];", "2*i+1 does not wrap around"),
        ("int n", "for (int i = 0; i < n; i++) a[2u * i] = 1;", None),
        ("int n", "for (int i = 0; i < n; i++) a[4u * i] = 1;", "4u*i does not wrap around"),
        ("int n", "for (int i = 0; i < n; i++) a[4 * i] = 1;", None),
        ("unsigned long n", "for (unsigned long i = 0; i < n; i++) a[4 * i] = 1;", None),
        ("long n", "for (long i = 0; i < n; i++) a[(unsigned)i] = 1;", "(unsigned)i keeps its value"),
        ("long n", "for (long i = 0; i < n; i++) a[(int)i] = 1;", None),
        ("long n", "for (long i = 0; i < n; i++) { int k = 4 * i; a[k] = 1; }", "k keeps its value"),
        (
            "unsigned n",
            "for (unsigned i = 0; i < n; i++) for (unsigned j = 0; j < n; j++) { unsigned k = i * n + j; a[k] = 1; }",
            "i*n+j does not wrap around",
        ),
        (
            "unsigned short n",
            "for (unsigned i = 0; i < n; i++) for (unsigned j = 0; j < n; j++) a[i * n + j] = 1;",
            None,
        ),
        (
            "unsigned long n",
            "for (unsigned long i = 0; i < n; i++) for (unsigned j = 0; j < n; j++) a[i * n + j] = 1;",
            None,
        ),
    ],
)
def test_what_is_taken_for_granted_is_said(declared: str, loop: str, assumed: str | None) -> None:
    verdict = _verdict(declared, loop)
    assert verdict.outcome is Outcome.INDEPENDENT
    assert [one for one in verdict.assumptions if "overlap" not in one] == ([assumed] if assumed else [])


def _verdict(declared: str, loop: str) -> Verdict:
    source = parse(f"double a[1000];\nvoid f({declared}) {{ {loop} }}", "a.c")
    return analyse(source, scopes_of(source))[0][0].verdict
