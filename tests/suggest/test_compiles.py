"""What is suggested compiles, and traps of real code get nothing, or the assumption that they need.

Every program is compiled as it is, and again with its suggestions.
"""

from __future__ import annotations

import subprocess

import pytest

from hpcls.config import Settings
from hpcls.suggest.changes import apply
from hpcls.suggest.files import report
from hpcls.suggest.report import Suggestion
from hpcls.syntax.languages import LanguageName
from hpcls.syntax.source import parse

COMPILERS = {"c": ("gcc", "-x", "c"), "cpp": ("g++", "-x", "c++")}
FLAGS = ("-fopenmp", "-Wall", "-Werror=unknown-pragmas", "-S", "-o", "/dev/null", "-")


def compiles(text: str, language: LanguageName) -> bool:
    command = [*COMPILERS[language], *FLAGS]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=False).returncode == 0


def suggestions(text: str, language: LanguageName = "c") -> tuple[Suggestion, ...]:
    """What is suggested for `text`; both texts compile."""
    assert compiles(text, language)
    found = report(parse(text, f"a.{language}", language), Settings(kind="openmp")).suggestions
    assert compiles(apply(text, [edit for one in found for edit in one.edits]), language)
    return found


def heavy(body: str, parameters: str = "int n, double *a, double *b", counter: str = "int i = 0; i < n; i++") -> str:
    """A function whose loop over i does enough work for threads, and `body`."""
    work = "for (int w = 0; w < 1000; w++) a[i] += w * w;"
    return f"void f({parameters}) {{\n  for ({counter}) {{\n    {work}\n    {body}\n  }}\n}}\n"


RIGHT_C = {
    "a plain loop": (heavy(""), "parallel for"),
    "a bound cut to an integer": (heavy("", "double x, double *a", "int i = 0; i < (int)x; i++"), "parallel for"),
    "macros that are numbers": ("#define STEP 2\n" + heavy("a[i] *= STEP;"), "parallel for"),
    "a pure macro of the file": ("#define MAX(x, y) ((x) > (y) ? (x) : (y))\n" + heavy("a[i] = MAX(a[i], b[i]);"), ""),
    "a static table": (heavy("static const double t[2] = {1, 2}; a[i] *= t[1];"), "parallel for"),
    "an array of arrays": (heavy("", "int n, double c[][9], double *a"), "parallel for"),
}

NOTHING_C = {
    # OpenMP's canonical form wants an integer bound: "invalid controlling predicate"
    "a floating bound": heavy("", "double n, double *a"),
    "a bound of a floating typedef": "typedef double Real;\n" + heavy("", "Real n, double *a"),
    "an element of a floating array": heavy("", "double *n, double *a", "int i = 0; i < 2 * n[0]; i++"),
    # threads see variables of their own
    "a thread-local variable": "__thread double t;\n" + heavy("a[i] += t;"),
    "a thread-local variable behind a macro": "#define TLS __thread\nstatic TLS double *t;\n" + heavy("a[i] += t[i];"),
    "thread-local variables that no grammar reads": "#define TLS __thread\nstatic TLS int s, t;\n"
    + heavy("a[i] += t;"),
    "a threadprivate variable": "double t;\n#pragma omp threadprivate(t)\n" + heavy("t = a[i]; a[i] += t;"),
    "a thread-local counter": "__thread int i;\n" + heavy("", counter="i = 0; i < n; i++"),
    "a static variable in the body": heavy("static double t; t = a[i]; a[i] += t;"),
    # names that hide something
    "a macro that reads a neighbour": "#define PREVIOUS a[i-1]\n"
    + heavy("a[i] += PREVIOUS;", counter="int i=1; i<n; i++"),
    "a macro that stands for a variable": "double s;\n#define t s\n" + heavy("t = a[i]; a[i] += t;"),
    "a macro with a hidden assignment": (
        "static float sqrarg;\n#define SQR(x) ((sqrarg = (x)) == 0 ? 0 : sqrarg * sqrarg)\n"
        + heavy("a[i] = SQR(b[i]);")
    ),
    "MAX with a hidden assignment": (
        "static double m;\n#define MAX(x, y) (m = (x), m > (y) ? m : (y))\n" + heavy("a[i] = MAX(a[i], b[i]);")
    ),
    "a function that shadows the library's": (
        "double calls;\nstatic double lround_(double x) { calls++; return x; }\n"
        "#define round(x) lround_(x)\n" + heavy("a[i] = round(a[i]);")
    ),
    # what library functions touch
    "strcpy through an index array": (
        "#include <string.h>\n"
        + heavy("strcpy(s[list[i]] + k, t[i]);", "int n, double *a, char **s, char **t, int *list, int k")
    ),
    "memcpy into a field of a shared struct": (
        "#include <string.h>\nstruct S { double x, y; };\n"
        + heavy("memcpy(&s->x, a + i, 8); a[i] = s->x;", "int n, double *a, struct S *s")
    ),
    # conversions that change an index
    "an index cut by a cast": heavy("a[(unsigned char)i] += 1;"),
    "an index cut by its type": heavy("unsigned char k = i; b[k] += 1;"),
    "an integer that sums fractions": "int s;\n" + heavy("s += 0.4 * b[i];"),
    # control
    "a loop that runs at most once": heavy("b[i + 1] += b[i];", "double *a, double *b", "int i = 0; i < 1; i++"),
    "a bound that changes": heavy("if (a[i] > 3) n--;"),
    "a loop with an upper bound inside its test": heavy("", counter="unsigned i = n; i-- > 0;"),
    "setjmp": "#include <setjmp.h>\njmp_buf e;\n" + heavy("if (setjmp(e)) a[i] = 1;"),
    "fields of a union": (
        "union U { int i; float f; };\n" + heavy("u[i].i = 1; a[i] += u[i + 1].f;", "int n, double *a, union U *u")
    ),
    "text that #if 0 leaves out": "#if 0\n" + heavy("") + "#endif\nint x;\n",
}

NOTHING_CPP = {
    "std::vector<bool>": "#include <vector>\n" + heavy("v[i] = a[i] > 3;", "int n, double *a, std::vector<bool> &v"),
    "std::map": "#include <map>\n" + heavy("m[i] = a[i];", "int n, double *a, std::map<int, double> &m"),
    "a setter": "#include <complex>\n" + heavy("z.real(a[i]);", "int n, double *a, std::complex<double> &z"),
    "a lambda that changes what it captures": heavy("auto g = [&] { a[0] += i; }; g();"),
    "a member": "struct S { double t; " + heavy("t = a[i]; a[i] += t;") + "};\n",
}


@pytest.mark.parametrize(("text", "directive"), RIGHT_C.values(), ids=RIGHT_C.keys())
def test_what_is_right_is_suggested(text: str, directive: str) -> None:
    assert any(directive in one.text for one in suggestions(text))


@pytest.mark.parametrize("text", NOTHING_C.values(), ids=NOTHING_C.keys())
def test_traps_get_nothing(text: str) -> None:
    assert _around_i(suggestions(text)) == []


@pytest.mark.parametrize("text", NOTHING_CPP.values(), ids=NOTHING_CPP.keys())
def test_traps_of_cpp_get_nothing(text: str) -> None:
    assert _around_i(suggestions(text, "cpp")) == []


def _around_i(found: tuple[Suggestion, ...]) -> list[str]:
    """Suggestions for the outer loop; the inner one is plain."""
    return [one.text for one in found if one.end_line > one.line]


def test_rows_behind_pointers_are_an_assumption() -> None:
    program = heavy("m[i][0] = 1;", "int n, double *a, double **m")
    assumptions = [text for one in suggestions(program) for text in one.assumptions]
    assert any(text.startswith("m[i]: different elements") for text in assumptions)


def test_pointers_in_structs_may_overlap() -> None:
    program = "struct S { double *v; };\n" + heavy("s.v[i] = t.v[i + 1];", "int n, double *a, struct S s, struct S t")
    assumptions = [text for one in suggestions(program) for text in one.assumptions]
    assert any("s.v" in text and "t.v" in text for text in assumptions)
