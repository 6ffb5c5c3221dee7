"""The loop forest: counters, bounds, steps, nesting, jumps."""

from __future__ import annotations

import pytest

from hpcls.syntax.loops import LoopFacts, loops_of
from hpcls.syntax.source import parse


def loops(text: str, path: str = "a.c") -> tuple[LoopFacts, ...]:
    return loops_of(parse(text, path))


def only(header: str) -> LoopFacts:
    (found,) = loops(f"void f(int n, int *a) {{ int i, j; {header} a[i] = 0; }}")
    return found


@pytest.mark.parametrize(
    ("header", "relation", "step"),
    [
        ("for (i = 0; i < n; i++)", "<", 1),
        ("for (i = 0; n > i; ++i)", "<", 1),
        ("for (int i = n; i >= 0; i--)", ">=", -1),
        ("for (i = 0; i != n; i += 0x10)", "!=", 16),
        ("for (i = n; i > 0; i -= 2)", ">", -2),
        ("for (i = 0; i <= n; i = i + 3)", "<=", 3),
        ("for (i = 0; i <= n; i = 3 + i)", "<=", 3),
        ("for (i = n; i > 0; i = i - 1)", ">", -1),
        ("for (i = 0; i < n; i += n)", "<", None),
    ],
)
def test_a_counted_loop_has_an_induction_variable(header: str, relation: str, step: int | None) -> None:
    induction = only(header).induction
    assert induction is not None
    assert (induction.variable, induction.relation, induction.step) == ("i", relation, step)
    assert induction.is_declared_here == ("int i" in header)


@pytest.mark.parametrize(
    "header",
    [
        "for (;;)",
        "for (i = 1; i < n; i *= 2)",
        "for (i = 0, j = 0; i < n; i++)",
        "for (i = 0; i < n; j++)",
        "for (i = 0; i < n && a[i]; i++)",
        "for (i = n; i--;)",
        "while (i < n)",
    ],
)
def test_other_loops_have_none(header: str) -> None:
    assert only(header).induction is None


def test_a_forest_keeps_source_order_depth_and_parents() -> None:
    found = loops("void f(int n) { for (;;) { while (n) { } do { for (;;) ; } while (n); } for (;;) ; }")
    assert [(loop.statement.form, loop.depth) for loop in found] == [
        ("for", 0),
        ("while", 1),
        ("do", 1),
        ("for", 2),
        ("for", 0),
    ]
    assert found[3].parent is found[2]


def test_a_nest_is_perfect_if_the_body_is_one_loop() -> None:
    perfect, _ = loops("void f(int n) { for (;;) { { for (;;) n++; } } }")
    assert perfect.only_child is not None
    other, _ = loops("void f(int n) { for (;;) { n++; for (;;) n++; } }")
    assert other.only_child is None


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("break;", ["break"]),
        ("continue;", []),
        ("while (n) break;", []),
        ("switch (n) { case 1: break; }", []),
        ("while (n) return;", ["return"]),
        ("if (n) goto out;", ["goto"]),
    ],
)
def test_jumps_out_are_those_that_leave_this_loop(body: str, kinds: list[str]) -> None:
    first = loops(f"void f(int n) {{ for (;;) {{ {body} }} out: ; }}")[0]
    assert [jump.kind for jump in first.jumps] == kinds


def test_loops_are_found_wherever_they_stand() -> None:
    texts = {
        "a bare loop": "for (i = 0; i < n; i++) a[i] = 0;",
        "statements without a function": "int s = 0;\nfor (i = 0; i < n; i++) s += a[i];",
        "K&R": "f(a, n) int *a; { int i; for (i = 0; i < n; i++) a[i] = 0; }",
        "half-typed": "void f(int n) { for (int i = 0; i < n; i++) { a[i] = 0; } if (n) { x = ",
        "CRLF": "void f(int n)\r\n{\r\n  for (int i = 0; i < n; i++)\r\n    ;\r\n}\r\n",
        "an #if": "void f(int n) {\n#if A\n for (int i = 0; i < n; i++) ;\n#endif\n}",
        "not ASCII": "void größe(int ñ) { for (int é = 0; é < ñ; é++) ; }",
    }
    assert {name: len(loops(text)) for name, text in texts.items()} == dict.fromkeys(texts, 1)


def test_a_lambda_and_a_template_have_their_loops() -> None:
    body = "auto g = [&] { for (int i = 0; i < n; ++i) a[i] = 0; }; for (T &x : a) x = 0;"
    text = f"template <class T> void f(T &a, int n) {{ {body} }}"
    assert sorted(loop.statement.form for loop in loops(text, "a.cpp")) == ["for", "range-for"]


def test_deep_nesting_ends() -> None:
    loops("void f() {" + "for (;;) {" * 10_000 + "}" * 10_000 + "}")
    loops("int f() { for (;;) x = " + "(" * 10_000 + "1" + ")" * 10_000 + "; }")
