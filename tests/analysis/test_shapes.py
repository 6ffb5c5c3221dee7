"""Nests that differ in names alone are asked about once (nest.pair, `shape`): what is said of one must not depend on
the others of its function.
"""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.verdict import Outcome
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse


def _outcomes(nests: list[str]) -> list[Outcome]:
    """Of the loops of a function that consists of `nests`."""
    source = parse(f"void f(int n, int m, int p, double *a) {{\n{''.join(nests)}}}\n", "f.c")
    return [one.verdict.outcome for one in analyse(source, scopes_of(source))[0]]


def _nest(random: Random) -> str:
    """Two loops around `a[…] = a[…]`, with few numbers and many names, so that shapes come again."""
    outer, inner = random.sample("ijxyz", 2)
    end, size = random.choices("nmp", k=2)
    stride = random.choice(("3", size))
    length = random.choice(("2", "3", "4", size))
    test = random.choice(("", f"if ({inner} > {outer}) ", f"if ({outer} < 2) "))
    left, right = (
        f"a[{stride} * {outer} + {random.choice((inner, outer))} + {random.choice((0, 1, size))}]" for _ in range(2)
    )
    head = f"for (int {outer} = 0; {outer} < {end}; {outer}++) for (int {inner} = 0; {inner} < {length}; {inner}++)"
    return f"{head} {test}{left} = {right};\n"


@given(st.integers(0, 2**32))
@settings(max_examples=30, deadline=None, derandomize=True)
def test_a_verdict_does_not_depend_on_the_nests_beside(seed: int) -> None:
    random = Random(seed)
    nests = [_nest(random) for _ in range(12)]
    assert _outcomes(nests) == [outcome for nest in nests for outcome in _outcomes([nest])]
