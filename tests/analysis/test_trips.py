"""That a loop runs is taken for granted, and said, only where nothing in view shows it."""

from __future__ import annotations

import pytest

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

_GLOBAL = """
#define COUNT(x) (sizeof(x) / sizeof((x)[0]))
double t[100], *s[8];
int g;
void other(void), give(int *p);
"""
_TO_N = "for (i = 0; i < n; i++) a[i] = i;"


@pytest.mark.parametrize(
    ("declared", "statements"),
    [
        ("int n", f"if (n > 0) {{ {_TO_N} }}"),
        ("int n", f"if (n > 0 && a[0] > 0) {{ {_TO_N} }}"),
        ("int n", f"if (n <= 0) return 0; {_TO_N}"),
        ("int n", f"while (a[0] > 0) {{ if (n < 1) return 0; {_TO_N} n--; }}"),
        ("int n", f"int k = n - 1; if (k >= 0) {{ {_TO_N} }}"),
        ("int n, int m", "if (m < n) for (i = m; i < n; i++) a[i] = i;"),
        ("unsigned n", f"if (n > 0) {{ {_TO_N} }}"),
        ("unsigned n", f"if (n) {{ {_TO_N} }}"),
        ("size_t n, int *p", f"if (!p || !n) return 0; {_TO_N}"),
        ("size_t n", f"if (n == 0) return 0; {_TO_N}"),
        ("size_t n, int *p", f"if (p && n != 0) {{ {_TO_N} }}"),
        ("void", "for (i = 0; i < sizeof t / sizeof t[0]; i++) t[i] = i;"),
        ("void", "for (i = 0; i < (int)(sizeof(t) / sizeof(double)); i++) t[i] = i;"),
        ("void", "int n = COUNT(t); for (i = 0; i < n; i++) t[i] = i;"),
        ("void", "for (i = 0; i < 9; i++) t[i] = i;"),
    ],
)
def test_what_shows_that_a_loop_runs(declared: str, statements: str) -> None:
    assert not _is_assumed(declared, statements)


@pytest.mark.parametrize(
    ("declared", "statements"),
    [
        ("int n", _TO_N),
        ("int n", f"if (n > 0) {{ n--; {_TO_N} }}"),
        ("int n", f"if (n) {{ {_TO_N} }}"),
        ("int n", f"if (n == 0) return 0; {_TO_N}"),
        ("size_t n, int *p", f"if (!p && !n) return 0; {_TO_N}"),
        ("size_t n", "if (n) for (i = 1; i < n; i++) a[i] = i;"),
        ("size_t n", f"if (n != 1) {{ {_TO_N} }}"),
        ("int n", f"if (n > 0) while (n > -9) {{ {_TO_N} n -= 2; }}"),
        ("int n", f"if (n > 0) {{ give(&n); {_TO_N} }}"),
        ("int n", "if (n > 0) for (i = 1; i < n; i++) a[i] = i;"),
        ("int n", f"if (n > 0 || a[0] > 0) {{ {_TO_N} }}"),
        ("int n", f"if (n > sizeof t) {{ {_TO_N} }}"),
        ("long n", f"if ((char)n > 0) {{ {_TO_N} }}"),
        ("int n", f"goto in; if (n <= 0) return 0; in: {_TO_N}"),
        ("void", "if (g > 0) { other(); for (i = 0; i < g; i++) a[i] = i; }"),
        ("double t[]", "for (i = 0; i < sizeof(t) / sizeof(t[0]); i++) t[i] = i;"),
        ("void", "for (i = 0; i < sizeof s / sizeof(double); i++) s[0][i] = i;"),
        ("double (*t)[8]", "for (i = 0; i < sizeof t / sizeof(double); i++) t[0][i] = i;"),
    ],
)
def test_what_does_not(declared: str, statements: str) -> None:
    assert _is_assumed(declared, statements)


def _is_assumed(declared: str, statements: str) -> bool:
    text = f"{_GLOBAL} double a[1000]; int f({declared}) {{ int i; {statements} return i; }}"
    source = parse(text, "a.c")
    verdict = analyse(source, scopes_of(source))[0][-1].verdict
    assert verdict.outcome is Outcome.INDEPENDENT
    return any("runs at least once" in assumption for assumption in verdict.assumptions)
