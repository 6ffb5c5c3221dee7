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
        ("double *a[64]", "a[i][i] = 0;", True),
        ("double *(*a)[64]", "a[0][i][i] = 0;", True),
        ("double (*a[64])[8]", "a[i][i][0] = 0;", True),
        ("double (*a)[64]", "a[i][i] = 0;", False),
        ("double (*a)[8][64]", "a[i][i][i] = 0;", False),
        ("double a[][64]", "a[i][i] = 0;", False),
        ("double *a", "a[i] = 0;", False),
    ],
)
def test_rows_behind_pointers_are_assumed_to_be_apart(declared: str, statement: str, is_assumed: bool) -> None:
    source = parse(f"void f(int n, {declared}) {{ for (int i = 0; i < n; i++) {statement} }}", "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert any(_ROWS in assumption for assumption in verdict.assumptions) is is_assumed


_TYPES = """
struct cell { double x, y; double *w; double own[4]; struct cell *next; };
struct grid { struct cell **cells; double **rows; struct cell *few[9]; struct cell all[9]; };
"""


@pytest.mark.parametrize(
    ("declared", "statement", "row"),
    [
        ("struct cell **v", "v[i]->x = v[i]->y;", "v[i]"),
        ("struct cell **v", "(*v[i]).x = 0;", "v[i]"),
        ("struct cell **v", "struct cell *p = v[i]; p->x = 0;", "p"),
        ("struct cell **v", "v[2 * i]->x = v[2 * i + 1]->x;", "v[2 * i]"),
        ("struct cell **v", "v[i]->w[i] = 0;", "v[i]->w"),
        ("struct cell **v", "(*v[i]).w[i] = 0;", "(*v[i]).w"),
        ("const int *k, double ***a", "a[i][k[i]][0] = 0;", "a[i][k[i]]"),
        ("struct cell *v", "v[i].w[0] = v[i].w[1];", "v[i].w"),
        ("struct cell *v", "v[i].next->x = 0;", "v[i].next"),
        ("struct cell *v", "v[0].w[i] = v[1].w[i + 1];", "v[0].w"),
        ("double **a", "a[0][i] = a[1][i + 1];", "a[0]"),
        ("double **a", "*(a[i + 1] + 2) = 0;", "a[i + 1]"),
        ("double **a", "for (double *p = a[i]; p < a[i] + 9; p++) *p = 0;", "a[i]"),
        ("double ***a", "for (int j = 0; j < n; j++) a[0][j][i] = 0;", "a[0][j]"),
        ("struct grid *g", "g->cells[i]->x = 0;", "g->cells[i]"),
        ("struct grid *g", "g->few[i]->x = 0;", "g->few[i]"),
        ("struct grid *g", "g->rows[i][0] = 0;", "g->rows[i]"),
        ("struct cell *v", "v[i].x = v[i].y;", None),
        ("struct cell *v", "v[i].own[0] = v[i].own[1];", None),
        ("struct cell *v", "v->w[i] = v->w[i];", None),
        ("struct grid *g", "g->all[i].own[2] = 0;", None),
        ("struct grid *g", "g->cells[0]->w[i] = 0;", None),
    ],
)
def test_what_different_pointers_lead_to_is_assumed_to_be_apart(declared: str, statement: str, row: str | None) -> None:
    source = parse(f"{_TYPES} void f(int n, {declared}) {{ for (int i = 0; i < n; i++) {{ {statement} }} }}", "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert [one for one in verdict.assumptions if _ROWS in one] == ([f"{row}: {_ROWS}"] if row else [])


@pytest.mark.parametrize(
    ("elements", "part", "is_assumed"),
    [
        ("Cell *", "->x", True),
        ("Pointer", "->x", True),
        ("std::unique_ptr<Cell>", "->x", True),
        ("Row", "[0]", True),
        ("std::span<double>", "[0]", True),
        ("Matrix", "[0]", True),
        ("Cell", ".x", False),
        ("std::vector<double>", "[0]", False),
        ("std::array<double, SIZE>", "[0]", False),
    ],
)
def test_pointers_in_a_container_are_assumed_to_lead_apart(elements: str, part: str, is_assumed: bool) -> None:
    text = (
        "struct Cell { double x; }; typedef Cell *Pointer; typedef double *Row;"
        f" void f(std::vector<{elements}> v) {{ for (int i = 0; i < 9; i++) v[i]{part} = 0;"
        f" for (auto &p : v) p{part} = 0; for (auto it = v.begin(); it != v.end(); ++it) (*it){part} = 0; }}"
    )
    source = parse(text, "a.cpp")
    for one in analyse(source, scopes_of(source))[0]:
        assert one.verdict.outcome is Outcome.INDEPENDENT
        assert any(_ROWS in assumption for assumption in one.verdict.assumptions) is is_assumed


@pytest.mark.parametrize("copy", ["Cell *p = v[i];", "auto p = v[i];", "Cell *p = *(v.data() + i);"])
def test_a_pointer_that_is_read_from_a_container_leads_where_its_element_does(copy: str) -> None:
    text = (
        "struct Cell { double x; };"
        f" void f(std::vector<Cell *> &v, int n) {{ for (int i = 0; i < n; i++) {{ {copy} p->x = p->x + 1; }} }}"
    )
    source = parse(text, "a.cpp")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert verdict.assumptions == (f"p: {_ROWS}",)


def test_arrays_of_pointers_that_stand_apart_may_lead_to_one_place() -> None:
    text = (
        "struct cell { double x; }; void fill(struct cell **a, struct cell **b);"
        " void f() { struct cell *a[9], *b[9]; fill(a, b); for (int i = 1; i < 9; i++) a[i]->x = b[i - 1]->x; }"
    )
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert "a and b do not overlap" in verdict.assumptions


def test_fields_of_what_a_pointer_leads_to_are_apart_by_themselves() -> None:
    text = f"{_TYPES} void f(int n, struct cell **v) {{ for (int i = 1; i < n; i++) v[i]->x = v[i - 1]->y; }}"
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.assumptions == (f"v[i]: {_ROWS}",)


def test_an_index_that_is_checked_is_assumed_to_be_in_range() -> None:
    """An exception that leaves a parallel region ends the program."""
    text = "void f(std::vector<double> &v, int n) { for (int i = 0; i < n; i++) v.at(i) = std::sqrt(v.at(i)); }"
    source = parse(text, "a.cpp")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert verdict.assumptions == ("v.at is never out of range",)


def test_an_array_of_which_every_thread_has_a_copy_is_assumed_to_be_apart_from_others() -> None:
    text = (
        "void f(int n, double *s, const double *x)"
        " { for (int i = 0; i < n; i++) for (int k = 0; k < 4; k++) s[k] += x[4 * i + k]; }"
    )
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.reductions == (("+", "s[:4]"),)
    assert "s and x do not overlap" in verdict.assumptions


def test_an_array_that_is_read_by_another_name_is_not_reduced() -> None:
    text = (
        "void f(int n, double *s) { const double *x = s;"
        " for (int i = 0; i < n; i++) for (int k = 0; k < 4; k++) s[k] += x[k + 4]; }"
    )
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is not Outcome.INDEPENDENT


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


@pytest.mark.parametrize(
    ("text", "assumption"),
    [
        (
            f"{_TYPES} void set(struct cell *p) {{ p->w[0] = p->next->x; }}"
            " void f(int n, struct cell **v) { for (int i = 0; i < n; i++) set(v[i]); }",
            "v[]->w[] and v[]->next->x do not overlap",
        ),
        (
            "double *x;\nvoid f(int n, double *y) { for (int i = 0; i < n; i++) { put(&x[i]); { double *x = last(y);"
            "\nx[i] += 1; } x[i] = 2; } }",
            "x[] of line 1 and x[] of line 2 do not overlap",
        ),
    ],
)
def test_nothing_is_assumed_apart_from_itself(text: str, assumption: str) -> None:
    """What a call does to several parts of its argument, and variables that hide one another, are told apart."""
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert assumption in verdict.assumptions


@pytest.mark.parametrize(
    ("signature", "local", "is_assumed"),
    [
        ("float *x", "float sum[65];", False),
        ("float *x", "static float sum[65];", True),
        ("float *x, float *y", "float sum[65]; x = y;", True),
        ("float *x", "float sum[65]; g(&x);", True),
        ("float **rows", "float sum[65]; float *x = rows[0];", True),
        ("float *x, float *sum", "", True),
    ],
)
def test_an_array_of_the_function_is_apart_from_what_it_was_given(signature: str, local: str, is_assumed: bool) -> None:
    text = f"void g(float **); void f(int n, {signature}) {{ {local} for (int i = 0; i < n; i++) sum[i] = x[i + 1]; }}"
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert any("sum" in assumption for assumption in verdict.assumptions) is is_assumed


@pytest.mark.parametrize(
    ("signature", "statement", "assumed"),
    [
        ("double *a, const double &s", "a[i] *= s;", ["s and a do not overlap"]),
        ("std::vector<double> &a, const double &s", "a[i] *= s;", ["s and a do not overlap"]),
        ("double *a, double s", "a[i] *= s;", []),
        ("double *a, const int &s", "a[i] *= s;", []),
        ("int *a, int &s", "s += a[i];", ["s and a do not overlap"]),
        (
            "const int *a, const int &s, int *b",
            "b[i] = s + a[i];",
            ["b and a do not overlap", "s and b do not overlap"],
        ),
    ],
)
def test_a_number_by_reference_is_assumed_to_be_no_element(signature: str, statement: str, assumed: list[str]) -> None:
    source = parse(f"void f(int n, {signature}) {{ for (int i = 0; i < n; i++) {statement} }}", "a.cpp")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert list(verdict.assumptions) == assumed


_ASKED = "omp_get_thread_num() may answer otherwise in each thread"
_TOLD = """
#include <stdlib.h>
struct box;
void keep(double *p), take(double **out, int n), fill(struct box *p);
double *kept(void), *g;
struct box { double *v; };
"""


@pytest.mark.parametrize(
    ("statements", "is_assumed"),
    [
        ("double *b = malloc(n);", False),
        ("double *b = malloc(n); keep(b);", False),
        ("double *b = malloc(n), *c = malloc(n); keep(b); keep(c); a = c;", False),
        ("double *b = malloc(n), *c = a + 1; keep(b); a = n > 9 ? c : a;", False),
        ("double *b = malloc(n); a = kept();", False),
        ("double *b = malloc(n); keep(b); a = kept();", True),
        ("double *b = malloc(n); keep(b); a = g;", True),
        ("double *b = malloc(n); box->v = b; a = kept();", True),
        ("double *b = malloc(n); struct box c = {b}; a = kept();", True),
        ("double *b = malloc(n); keep(b); take(&a, n);", True),
        ("struct box c, *d = &c; keep(a); fill(d); double *b = c.v;", True),
        ("double *restrict b = kept(); keep(b); a = kept();", True),
    ],
)
def test_memory_that_others_were_told_of_may_come_back(statements: str, is_assumed: bool) -> None:
    loop = "for (int i = 1; i < n; i++) a[i] = b[i - 1];"
    text = f"{_TOLD} void f(int n, double *a, struct box *box) {{ {statements} {loop} }}"
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert ("a and b do not overlap" in verdict.assumptions) is is_assumed


@pytest.mark.parametrize(
    ("declared", "statements", "assumed"),
    [
        ("int ok", "for (int i = 0; i < n; i++) ok = ok && a[i] > 0;", "ok holds 0 or 1 before the loop"),
        ("int k", "int ok = 1; for (int i = 0; i < n; i++) ok = ok && a[i] > 0; k = ok;", None),
        ("int ok", "if (n > 0) for (int i = 0; i < n; i++) ok = ok && a[i] > 0;", None),
        ("int k", "for (int i = 0; i < n; i++) a[i] = omp_get_thread_num();", _ASKED),
        ("int k", "int t = omp_get_thread_num(); for (int i = 0; i < n; i++) a[i] = t;", None),
        ("unsigned *b", "for (int i = 1; i < n; i++) a[i] = b[i - 1];", "a and b do not overlap"),
        ("long *b", "for (int i = 1; i < n; i++) a[i] = b[i - 1];", None),
        ("struct box c", "fill(&c); for (int i = 1; i < n; i++) a[i] = c.v[i - 1];", "a and c.v do not overlap"),
        ("int k", "struct box c; fill(&c); for (int i = 1; i < n; i++) a[i] = c.v[i - 1];", "a and c.v do not overlap"),
        ("int k", "int t[99]; fill(t); for (int i = 1; i < n; i++) a[i] = t[i - 1];", None),
        ("double **b", "for (int i = 1; i < n; i++) a[i] = *(int *)b[i - 1];", "a and b do not overlap"),
    ],
)
def test_what_else_is_said(declared: str, statements: str, assumed: str | None) -> None:
    types = "struct box { int *v; }; void fill(void *p);"
    source = parse(f"{types} int f(int n, int *a, {declared}) {{ {statements} return 0; }}", "a.c")
    verdict = analyse(source, scopes_of(source))[0][0].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    assert [one for one in verdict.assumptions if "point" not in one] == ([assumed] if assumed else [])
