"""The forced answer for one loop, as `hpcls evaluate omp` gives it."""

from __future__ import annotations

import pytest

from hpcls.suggest.answer import answer_loop


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("for (int i = 0; i < n; i++) a[i] = b[i];", "parallel for"),
        ("for (int i = 0; i < n; i++) s += a[i];", "parallel for reduction(+:s)"),
        ("for (i = 0; i < n; i++) { t = a[i]; b[i] = t * t; }", "parallel for private(t, i)"),
        ("for (i = 0; i < 8; i++) a[i] = 1;", "parallel for"),
        ("for (int i = 0; i < n; i++) {\n#pragma omp atomic\n s += a[i]; }", "parallel for"),
        ("for (int i = 0; i < n; i++) if (a[i] > m) m = a[i];", "parallel for reduction(max:m)"),
        ("for (int i = 0; i < n; i++) { get(i, &x); }", "parallel for"),
        ("for (auto it = v.begin(); it != v.end(); ++it) f(*it);", "parallel for"),
        ("for (int i = 0", "parallel for"),
        ("", "parallel for"),
    ],
)
def test_answers(code: str, answer: str) -> None:
    assert answer_loop(code) == answer
