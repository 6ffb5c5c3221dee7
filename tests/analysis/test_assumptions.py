"""What a verdict takes for granted is said."""

from __future__ import annotations

import pytest

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

_ROWS = "different elements point to different memory"


@pytest.mark.parametrize(
    ("declared", "statement", "is_assumed"),
    [
        ("double **a", "a[i][i] = 0;", True),
        ("double **a", "a[i][i + 1] = 0;", True),
        ("double **a", "a[0][i] = 0;", False),
        ("double a[][64]", "a[i][i] = 0;", False),
        ("double *a", "a[i] = 0;", False),
    ],
)
def test_rows_behind_pointers_are_assumed_to_be_apart(declared: str, statement: str, is_assumed: bool) -> None:
    source = parse(f"void f(int n, {declared}) {{ for (int i = 0; i < n; i++) {statement} }}", "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert any(_ROWS in assumption for assumption in verdict.assumptions) is is_assumed


def test_an_index_that_is_checked_is_assumed_to_be_in_range() -> None:
    """An exception that leaves a parallel region ends the program."""
    text = "void f(std::vector<double> &v, int n) { for (int i = 0; i < n; i++) v.at(i) = std::sqrt(v.at(i)); }"
    source = parse(text, "a.cpp")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert verdict.assumptions == ("v.at is never out of range",)


@pytest.mark.parametrize("call", ["choose(p, b);", "std::swap(p, q);"])
def test_a_pointer_that_a_call_may_set_leads_to_its_first_array_no_longer(call: str) -> None:
    text = (
        "void choose(double *&p, double *q);"
        "void f(int n) { double a[100], b[100]; double *p = a, *q = b; CALL"
        " for (int i = 0; i < 99; i++) p[i] = b[i + 1]; }"
    )
    source = parse(text.replace("CALL", call), "a.cpp")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is not Outcome.INDEPENDENT or verdict.assumptions == ("p and b do not overlap",)


@pytest.mark.parametrize("kind", ["double *", "auto", "Row", "std::span<double>"])
def test_whatever_may_lead_to_an_array_is_assumed_to_be_apart_from_it(kind: str) -> None:
    text = (
        "typedef double *Row;"
        f"void f() {{ double a[100]; {kind} p = row_of(a); for (int i = 0; i < 99; i++) p[i] = a[i + 1]; }}"
    )
    source = parse(text, "a.cpp")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert "p and a do not overlap" in verdict.assumptions
