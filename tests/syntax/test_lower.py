"""tree-sitter's nodes as statements and expressions."""

from __future__ import annotations

from itertools import pairwise

import pytest

from hpcls.syntax import statements
from hpcls.syntax.expressions import (
    Assign,
    Binary,
    Call,
    Cast,
    Dereference,
    Expression,
    Literal,
    Member,
    Name,
    Opaque,
    Subscript,
    walk,
)
from hpcls.syntax.source import parse
from hpcls.syntax.statements import Alternatives, Block, Case, Declare, Evaluate, If, Loop, Switch, Unreadable
from hpcls.syntax.units import units


def body(text: str, path: str = "a.c") -> Block:
    """The statements of a function with `text` and a loop, which makes it a unit."""
    (unit,) = units(parse(f"void f() {{ {text}\n while (0) ; }}", path))
    return Block(unit.body.start, unit.body.end, unit.body.statements[:-1])


def expression(text: str, path: str = "a.c") -> Expression:
    (statement,) = body(f"{text};", path).statements
    assert isinstance(statement, Evaluate)
    return statement.expression


def test_parentheses_are_gone_and_operators_keep_their_order() -> None:
    match expression("x = ((a) - (b) - c)"):
        case Assign(operator="=", target=Name(name="x"), value=Binary(operator="-", left=Binary(operator="-"))):
            pass
        case other:
            pytest.fail(str(other))


def test_offsets_are_bytes() -> None:
    source = parse("void f() { /* ∑ */ é = 1; while (0) ; }", "a.c")
    (unit,) = units(source)
    first = unit.body.statements[0]
    assert source.slice(first.start, first.end) == "é = 1;"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a[i]", Subscript),
        ("p->x", Member),
        ("*p", Dereference),
        ("f(1)", Call),
        ("(double)i", Cast),
        ("sizeof(int)", Literal),
        ("-1", object),
        ("({ int y = 1; y; })", Opaque),
        ("_Generic(x, int: 1)", Opaque),
    ],
)
def test_each_shape_of_c(text: str, kind: type) -> None:
    assert isinstance(expression(text), kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("static_cast<int>(x)", Cast),
        ("int(x)", Cast),
        ("v.at(1)", Call),
        ("[&] { return x; }", Opaque),
        ("new int[3]", Opaque),
        ("f<int>(x)", Call),
    ],
)
def test_each_shape_of_cplusplus(text: str, kind: type) -> None:
    assert isinstance(expression(text, "a.cpp"), kind)


def test_what_is_not_looked_into_keeps_its_names() -> None:
    found = expression("({ int y = x; y + z; })")
    assert isinstance(found, Opaque)
    assert {"x", "z"} <= set(found.names)


def test_declarations_have_values_and_extents() -> None:
    (first,) = body("static int a[3][N], *p = q, k = 2;").statements
    assert isinstance(first, Declare)
    assert [(d.name, len(d.extents), d.initial is not None, d.is_static) for d in first.declarators] == [
        ("a", 2, False, True),
        ("p", 0, True, True),
        ("k", 0, True, True),
    ]


def test_halves_of_an_if_are_alternatives() -> None:
    (first,) = body("\n#ifdef A\n x = 1;\n#elif B\n x = 2;\n#else\n x = 3;\n#endif\n").statements
    assert isinstance(first, Alternatives)
    assert (len(first.branches), first.complete) == (3, True)
    ends = [(branch.start, branch.end) for branch in first.branches]
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))  # each statement is in one half


def test_a_switch_holds_its_cases() -> None:
    (first,) = body("switch (k) { case 1: x = 1; break; default: x = 2; }").statements
    assert isinstance(first, Switch)
    cases = [part for part in statements.walk(first) if isinstance(part, Case)]
    assert [case.value is not None for case in cases] == [True, False]


def test_an_else_if_is_an_if() -> None:
    (first,) = body("if (a) x = 1; else if (b) x = 2; else x = 3;").statements
    assert isinstance(first, If)
    assert isinstance(first.otherwise, If)


def test_what_does_not_parse_is_said_to_be_unreadable() -> None:
    parts = list(statements.walk(body('x = 1; @ @; asm("nop"); y = 2;')))
    shown = [part for part in parts if isinstance(part, Unreadable)]
    held = [part.expression for part in parts if isinstance(part, Evaluate)]
    assert shown or any(isinstance(e, Opaque) for expression in held for e in walk(expression))


def test_a_body_that_cannot_be_read_does_not_hold_the_head_of_its_loop() -> None:
    heads = "\n#ifdef A\n for (i = u[v]; i < e; i++)\n#else\n for (i = u[v]; a[i] > v; i++)\n#endif\n a[i] = 0;\n"
    found = [part for unit in units(parse(f"void f() {{ {heads} }}", "a.c")) for part in statements.walk(unit.body)]
    loop = next(part for part in found if isinstance(part, Loop))
    assert isinstance(loop.body, Unreadable)
    assert loop.initial is not None
    assert loop.initial.end <= loop.body.start < loop.body.end == loop.end


def test_a_long_sum_needs_no_deep_recursion() -> None:
    found = expression("x = " + " + ".join(["1"] * 20_000))
    assert isinstance(found, Assign)
