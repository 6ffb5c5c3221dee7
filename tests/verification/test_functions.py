"""Functions under a driver that `verify` writes: right pragmas, wrong ones, and functions that it cannot call."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpcls.verification.sandbox import Limits

from .trying import needs_gcc, only, tried

pytestmark = needs_gcc

RIGHT = {
    "a sum": """
double dot(int n, const double *a, const double *b) {
  double s = 0;
#pragma omp parallel for reduction(+:s)
  for (int i = 0; i < n; i++) s += a[i] * b[i];
  return s;
}
""",
    "a linearised matrix": """
void product(int n, int m, const float *a, const float *x, float *y) {
#pragma omp parallel for
  for (int i = 0; i < n; i++) {
    float s = 0;
    for (int j = 0; j < m; j++) s += a[i * m + j] * x[j];
    y[i] = s;
  }
}
""",
    "rows of pointers, an offset, a step back": """
void blur(int rows, int columns, double **in, double **out) {
#pragma omp parallel for
  for (int i = rows - 2; i > 0; i--)
    for (int j = 1; j < columns - 1; j++)
      out[i][j] = 0.25 * (in[i - 1][j] + in[i + 1][j] + in[i][j - 1] + in[i][j + 1]);
}
""",
    "an array parameter with a variable extent": """
void scale(int n, double a[n][n], double f) {
#pragma omp parallel for
  for (int i = 0; i < n; i++)
    for (int j = 0; j < n; j++) a[i][j] *= f;
}
""",
    "arrays and numbers of the file": """
#define N 200
typedef float real;
static real table[N][3];
int count;
static int limit = N;
real *heap;
void fill(void) {
#pragma omp parallel for
  for (int i = 0; i < limit; i++) {
    table[i][1] = i % 7;
    heap[i] = table[i][0];
  }
}
""",
    "structures": """
struct body { double x[3], mass; int kind; };
void push(struct body *all, int first, int last, double by) {
#pragma omp parallel for
  for (int i = first; i < last; i++)
    if (all[i].kind > 1) all[i].x[0] += by * all[i].mass;
}
""",
    "an array of subscripts, read": """
void gather(long n, const int *index, const double *from, double *to) {
#pragma omp parallel for
  for (long i = 0; i < n; i++) to[i] = from[index[i]];
}
""",
    "a function beside one that calls what is elsewhere, and a main": """
double elsewhere(double);
void others(int n, double *a) { for (int i = 0; i < n; i++) a[i] = elsewhere(a[i]); }
void own(int n, double *a) {
#pragma omp parallel for
  for (int i = 0; i < n; i++) a[i] *= 2;
}
int main(void) { double a[9] = {0}; others(9, a); return 0; }
""",
    "letters": """
#include <string.h>
int vowels(const char *text, int length) {
  int found = 0;
#pragma omp parallel for reduction(+:found)
  for (int i = 0; i < length; i++) found += strchr("aeiou", text[i]) != 0;
  return found;
}
""",
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_a_right_pragma_is_equal(text: str, tmp_path: Path) -> None:
    found = only(tmp_path, text)
    assert (found.by, found.unverifiable, found.difference, found.equal) == ("driver", None, None, True)
    # Only what is summed in another order may be rounded otherwise.
    assert found.tolerance == (1e-6 if "reduction(+" in text else None)
    assert found.runs >= 9
    assert found.threads[:2] == (1, 2)
    assert found.speedup is None or found.speedup.lowest <= found.speedup.median <= found.speedup.highest


CPLUSPLUS = """
#include <vector>
#include <cstddef>
namespace numerics {
void axpy(double a, const std::vector<double> &x, std::vector<double> &y) {
#pragma omp parallel for
  for (std::size_t i = 0; i < x.size(); i++) y[i] += a * x[i];
}
}
template <class T> void twice(int n, T *a) {
#pragma omp parallel for
  for (int i = 0; i < n; i++) a[i] += a[i];
}
"""


def test_cplusplus_vectors_are_driven_and_templates_are_not(tmp_path: Path) -> None:
    axpy, twice = tried(tmp_path, CPLUSPLUS, "a.cpp")
    assert (axpy.unverifiable, axpy.equal) == (None, True)
    assert twice.unverifiable == "a driver: twice is a template"


def test_a_dependence_leaves_something_else(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        """
void prefix(int n, double *a) {
#pragma omp parallel for schedule(static, 1)
  for (int i = 1; i < n; i++) a[i] += a[i - 1];
}
""",
    )
    assert found.failed


def test_a_missing_lastprivate_is_different(tmp_path: Path) -> None:
    found = only(
        tmp_path,
        """
int last(int n, const int *a) {
  int t = 0;
#pragma omp parallel for private(t)
  for (int i = 0; i < n; i++) t = a[i] + i;
  return t;
}
""",
    )
    assert found.equal is False
    assert found.difference is not None
    assert "result" in found.difference


def test_the_wrong_one_of_two_is_told_from_the_right_one(tmp_path: Path) -> None:
    right, wrong = tried(
        tmp_path,
        """
int both(int n, int *a) {
  int product = 1;
#pragma omp parallel for
  for (int i = 0; i < n; i++) a[i] += i;
#pragma omp parallel for reduction(+:product)
  for (int i = 0; i < n; i++) product *= a[i] | 1;
  return product;
}
""",
    )
    assert (right.equal, wrong.equal) == (True, False)


CANNOT = {
    "a pointer in a structure": (
        "struct s { double *p; };\nvoid f(struct s *q, int n) {\n#pragma omp parallel for\n"
        "  for (int i = 0; i < n; i++) q->p[i] = i;\n}\n",
        "its field p is no number",
    ),
    "void": (
        "void f(void *q, int n) {\n#pragma omp parallel for\n  for (int i = 0; i < n; i++) ((char *)q)[i] = 1;\n}\n",
        "q of type void",
    ),
    "a function": (
        "void f(double (*g)(int), double *a, int n) {\n#pragma omp parallel for\n"
        "  for (int i = 0; i < n; i++) a[i] = g(i);\n}\n",
        "g of type double (int)",
    ),
    "code that does not compile": (
        "void f(nothing_known *a, int n) {\n#pragma omp parallel for\n  for (int i = 0; i < n; i++) a[i] = 1;\n}\n",
        "it does not compile",
    ),
    "subscripts that the inputs do not fit": (
        "void f(int n, const int *k, double *a) {\n#pragma omp parallel for\n"
        "  for (int i = 0; i < n; i++) a[i + 100000000 * k[i]] = 1;\n}\n",
        "do not fit the function: ",
    ),
    "a loop that no input reaches": (
        "void f(int n, double *a) {\n  if (n < 0)\n#pragma omp parallel for\n"
        "    for (int i = 0; i < 9; i++) a[i] = 1;\n}\n",
        "it does not reach the loop",
    ),
    "an end of the program": (
        "#include <stdlib.h>\nvoid f(int n, double *a) {\n#pragma omp parallel for\n"
        "  for (int i = 0; i < n; i++) a[i] = 1;\n  exit(0);\n}\n",
        "the function ends the program",
    ),
    "no function": ("#pragma omp parallel for\nfor (int i = 0; i < 9; i++) a[i] = 1;\n", "it stands in no function"),
}


@pytest.mark.parametrize(("text", "reason"), CANNOT.values(), ids=CANNOT.keys())
def test_what_cannot_be_driven_says_why(text: str, reason: str, tmp_path: Path) -> None:
    found = only(tmp_path, text)
    assert found.equal is None
    assert not found.failed
    assert found.unverifiable is not None
    assert reason in found.unverifiable


def test_a_function_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    text = """
#include <stdlib.h>
#include <string.h>
void eat(int n, double *a) {
#pragma omp parallel for
  for (int i = 0; i < n; i++) a[i] = 1;
  for (;;) memset(malloc(1 << 20), 1, 1 << 20);
}
"""
    found = only(tmp_path, text, limits=Limits(seconds=60))
    assert found.unverifiable is not None
    assert found.unverifiable.endswith("it used more than 2000 MiB of memory")
