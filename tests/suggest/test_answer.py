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
        ("for (int i = 0; i < n; i++) left -= a[i];", "parallel for reduction(-:left)"),
        ("for (int i = 0; i < n; i++) { left -= a[i]; left += 1; }", "parallel for reduction(+:left)"),
        ("for (auto it = v.begin(); it != v.end(); ++it) f(*it);", "parallel for"),
        ("for (int i = 0", "parallel for"),
        ("", "parallel for"),
    ],
)
def test_answers(code: str, answer: str) -> None:
    assert answer_loop(code) == answer


@pytest.mark.parametrize(
    "lock",
    [
        "std::lock_guard<std::mutex> guard(m);",
        "ns::ScopedLock held(lock);",
        "auto held = std::unique_lock(m);",
        "m.lock();",
        "omp_set_lock(&l);",
        "while (!omp_test_lock(&l)) {}",
        "pthread_mutex_lock(&m);",
        "EnterCriticalSection(&c);",
    ],
)
def test_what_a_lock_guards_is_meant_to_be_shared(lock: str) -> None:
    assert answer_loop(f"for (int i = 0; i < n; i++) {{ {lock} s += a[i]; }}") == "parallel for"


@pytest.mark.parametrize("other", ["Block block(i);", "Clock clock;", "omp_init_lock(&l[i]);", "m.lock(); m.unlock();"])
def test_what_is_no_lock_guards_nothing(other: str) -> None:
    code = f"for (int i = 0; i < n; i++) {{ {other} s += a[i]; }}"
    assert answer_loop(code) == "parallel for reduction(+:s)"


@pytest.mark.parametrize(
    ("body", "private"),
    [
        ("t = a[i]; for (j = 0; j < 3; j++) v[j] = t; b[i] = v[0] + v[2];", "t, j, v, i"),
        ("t = a[i]; fill(v, t); b[i] = v[0] + v[2];", "t, v, i"),
        ("t = a[i]; fill(t, table); b[i] = table[i];", "t, i"),
        ("t = a[i]; v[own] = t; b[i] = v[own];", "t, i"),
        ("p = v + i; for (j = 0; j < 3; j++) p[j] = 0; b[i] = p[1];", "p, j, i"),
        ("for (j = 0; j < 3; j++) v[j] = a[i]; b[i] = v[0] + v[2];", "j, i"),
        ("t = a[i]; if (t) { list.clear(); list.push_back(t); use(list); }", "t, list, i"),
        ('t = a[i]; fprintf(stderr, "%d", t);', "t, i"),
    ],
)
def test_what_an_iteration_fills_for_itself_is_private(body: str, private: str) -> None:
    assert answer_loop(f"for (i = 0; i < n; i++) {{ {body} }}") == f"parallel for private({private})"


def test_what_shows_its_threads_stands_in_a_region() -> None:
    assert answer_loop('for (i = 0; i < n; i++) { t = a[i]; printf("%d", t); }') == "parallel for private(i)"


def test_a_macro_in_front_of_a_name_is_no_variable() -> None:
    code = "for (size_t i = 0; i < n; i++) { float ALIGNED p[3] = {a[i], b[i], 1}; c[i] = p[0] + p[1]; }"
    assert answer_loop(code) == "parallel for"
