"""Bodies are lowered once, whoever asks for them."""

from __future__ import annotations

import sys

from hpcls.syntax.functions import Functions
from hpcls.syntax.source import parse
from hpcls.syntax.units import function_unit, units

_NESTED = f"int f(int n) {{ for (;;) return {'(-' * 60}n{')' * 60}; }}"


def test_a_body_is_the_same_for_the_analysis_of_its_loops_and_for_its_summary() -> None:
    source = parse("int f(int n) { for (int i = 0; i < n; i++) n--; return n; }", "a.c")
    (unit,) = units(source)
    (function,) = Functions(source).named("f")
    assert function.unit.body is unit.body


def test_two_texts_share_nothing() -> None:
    bodies = [function_unit(parse(f"int f(void) {{ return {n}; }}", "a.c").functions[0]) for n in range(2)]
    assert bodies[0] and bodies[1] and bodies[0].body is not bodies[1].body


def test_a_body_too_deep_for_one_who_asks_is_read_for_the_next() -> None:
    (function,) = parse(_NESTED, "a.c").functions

    def is_too_deep_at(depth: int) -> bool:
        if depth:
            return is_too_deep_at(depth - 1)
        unit = function_unit(function)
        return unit is not None and unit.is_too_deep

    assert is_too_deep_at(sys.getrecursionlimit() - 150)
    assert not is_too_deep_at(0)
