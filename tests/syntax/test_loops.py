"""The loop forest: counters, bounds, nesting, jumps, pragmas, and code that is not finished."""

from __future__ import annotations

import pytest

from hpcls.syntax.loops import LoopFacts, loops_of
from hpcls.syntax.source import parse
from hpcls.syntax.units import units


def loops(text: str, name: str = "a.c") -> tuple[LoopFacts, ...]:
    return loops_of(parse(text, name))


def counted(header: str) -> tuple[str, str, int | None] | None:
    """(variable, relation, step) of a loop with that header."""
    induction = loops(f"void f(void) {{ for ({header}) ; }}")[0].induction
    return (induction.variable, induction.relation, induction.step) if induction else None


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("int i = 0; i < n; i++", ("i", "<", 1)),
        ("i = 0; i <= n; ++i", ("i", "<=", 1)),
        ("i = n; i > 0; i--", ("i", ">", -1)),
        ("i = n; 0 <= i; i -= 2", ("i", ">=", -2)),
        ("i = 0; i != n; i = i + 3", ("i", "!=", 3)),
        ("i = 0; i < n; i = 4 + i", ("i", "<", 4)),
        ("i = 0; i < n; i += k", ("i", "<", None)),
        ("i = 0; i < n; i *= 2", None),
        ("i = 0, j = 0; i < n; i++", None),
        ("; i < n; i++", None),
        ("i = 0; i < n && a[i]; i++", None),
        (";;", None),
    ],
)
def test_counters(header: str, expected: tuple[str, str, int | None] | None) -> None:
    assert counted(header) == expected


def test_nesting_and_forms() -> None:
    found = loops("void f(void) { for (auto &x : v) { while (a) { do { } while (b); } } for (;;) ; }", "a.cpp")
    assert [(loop.statement.form, loop.depth) for loop in found] == [
        ("range-for", 0),
        ("while", 1),
        ("do", 2),
        ("for", 0),
    ]
    assert found[2].parent is found[1]


def test_a_perfect_nest_has_only_its_inner_loop() -> None:
    outer, inner, *_ = loops("void f(void) { for (i = 0; i < n; i++) { for (j = 0; j < n; j++) { a(); b(); } } }")
    assert outer.only_child is inner.statement
    assert inner.only_child is None


@pytest.mark.parametrize(
    ("body", "jumps"),
    [
        ("break;", ["break"]),
        ("continue;", []),
        ("while (1) break;", []),
        ("switch (k) { case 1: break; }", []),
        ("switch (k) { case 1: return; }", ["return"]),
        ("while (1) { goto out; }", ["goto"]),
    ],
)
def test_jumps_out_of_the_loop(body: str, jumps: list[str]) -> None:
    outer = loops(f"void f(void) {{ for (i = 0; i < n; i++) {{ {body} }} out: ; }}")[0]
    assert [jump.kind for jump in outer.jumps] == jumps


def test_the_pragma_above_a_loop() -> None:
    found = loops("void f(void) {\n#pragma omp parallel for\nfor (;;) ;\nfor (;;) ;\n}")
    assert [loop.pragma.text.strip() if loop.pragma else None for loop in found] == ["#pragma omp parallel for", None]


@pytest.mark.parametrize(
    "text",
    [
        "for (i = 0; i < n; i++) s += a[i];",
        "void f(int n) { for (i = 0; i < n; i++) s += a[i];",
        "void f(int n) { for (i = 0; i < n; i++) s += a[i]; for (j = 0; j <",
        "f(n) int n; { for (i = 0; i < n; i++) s += a[i]; }",
        "#if A\nvoid f(void) {\n#else\nvoid g(void) {\n#endif\nfor (i = 0; i < n; i++) s += a[i];\n}",
        "void f(void) {\n#ifdef A\nfor (i = 0; i < n; i++) s += a[i];\n#else\nwhile (1) ;\n#endif\n}",
        "void größe(void) {\r\n for (i = 0; i < n; i++)\r\n  s += a[i];\r\n}\r\n",
        "void f(void) { FOREVER { for (i = 0; i < n; i++) s += a[i]; } }",
    ],
)
def test_a_loop_is_found_wherever_it_stands(text: str) -> None:
    assert any(loop.induction and loop.induction.variable == "i" for loop in loops(text))


def test_what_follows_half_typed_code_is_no_fragment() -> None:
    (unit,) = units(
        parse("void f(double *a, int n) {\n for (int i = 0; i < n; i++) a[i] = 1;\n for (int j = 0; j <", "a.c")
    )
    assert not unit.is_broken
    assert not unit.is_fragment


def test_code_nested_too_deeply_is_told_of() -> None:
    text = "void f(void) { " + "for (;;) {" * 3000 + "}" * 3000 + " }"
    assert [unit.is_too_deep for unit in units(parse(text, "a.c"))] == [True]
