"""Which functions a text may define, told from its text alone: never none where the grammar sees one."""

from __future__ import annotations

import pytest

from hpcls.syntax.defined_names import may_define, names_before_parentheses
from hpcls.syntax.functions import Functions
from hpcls.syntax.source import parse


@pytest.mark.parametrize(
    "text",
    [
        "f(x) { return x; }",
        "int f (void)\n{ }",
        "int f(x, y) int x; double *y; { }",
        "int f(int a[2], int (*g)(int (*)(void))) { }",
        "int f(int a /* ) ; */) { }",
        "int f(int a) __attribute__((noinline, cold)) { }",
        "int f(int a) const noexcept { }",
        "auto f(int a) -> int { }",
        "C::f(int a) : b(a) { }",
        "void g(void) { f(1); }\nint f(int a) { }",
        "int f(int);\nint f(int a)\n#ifdef X\n{ }\n#else\n{ }\n#endif",
        "int f(int a) REQUIRES(lock) { }",
        "int f(" + "int a, " * 3000 + "int b) { }",
    ],
)
def test_a_definition(text: str) -> None:
    assert b"f" in names_before_parentheses(text.encode())
    assert may_define(text.encode(), "f")


@pytest.mark.parametrize(
    "text",
    [
        "int f(int);",
        "int f(double) __attribute__((const));",
        "int f(size_t) PURE;",
        "void g(void) { if (f(1)) { } }",
        "void g(void) { return f(a / b) + 1; }",
        "int off(int a) { } int f_(int a) { } int xf(int a) { }",
        "/* int f(int a) { } */",
        "// int f(int a) { }",
        "#define G f(1) {\n",
        "int f;",
        "x = c ? f(1) - 2 : f(3) == 4;",
    ],
)
def test_no_definition(text: str) -> None:
    assert not may_define(text.encode(), "f")


def test_what_the_grammar_sees_the_text_tells() -> None:
    text = "static int a(void) { return 1; }\nint *b(int k)\n{ return 0; }\nlong c(x) int x; { return x; }\n"
    source = parse(text, "a.c")
    assert all(may_define(source.data, name) for name in "abc" if Functions(source).nodes(name))
