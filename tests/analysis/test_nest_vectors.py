"""Direction and distance vectors of random nests are exactly those that enumerating the iterations finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpcls.analysis.engine import analyse
from hpcls.analysis.nest.dependences import NestDependences, nest_dependences
from hpcls.syntax.scopes import scopes_of
from hpcls.syntax.source import parse

Point = tuple[int, ...]
Found = dict[str, set[Point]]
_SIGNS = {"<": (1,), "=": (0,), ">": (-1,), "*": (1, 0, -1)}


class _Nest:
    """A nest with strides and triangles, whose only statement writes one element and reads one."""

    def __init__(self, random: Random) -> None:
        self.depth = random.randrange(1, 4)
        self.counters = "ijk"[: self.depth]
        self.steps = [random.choice((1, 1, 1, 2, -1)) for _ in self.counters]
        self.bounds = [self._bounds(random, level) for level in range(self.depth)]
        rank = random.randrange(1, 3)
        self.write, self.read = ([self._index(random) for _ in range(rank)] for _ in range(2))
        self.guard = f"if ({self.counters[-1]} {random.choice(('!=', '>', '<'))} {random.randrange(4)}) "
        self.guard = self.guard if random.random() < 0.3 else ""

    def _bounds(self, random: Random, level: int) -> tuple[str, str]:
        low, high = str(random.choice((0, 0, 1))), str(random.randrange(3, 6))
        if level and random.random() < 0.4:
            low = self.counters[level - 1]
        elif level and random.random() < 0.3:
            high = f"{self.counters[level - 1]} + 1"
        return low, high

    def _index(self, random: Random) -> str:
        terms = [f"{random.choice((1, 1, 1, 2, -1))} * {counter}" for counter in self.counters if random.random() < 0.6]
        if random.random() < 0.2:
            terms.append(f"{random.choice(self.counters)} % 3")
        return " + ".join([*terms, str(random.randrange(3))])

    @property
    def text(self) -> str:
        lines = ["int a[99][99], b[99];", "void f(void)", "{"]
        for level, (counter, (low, high), step) in enumerate(zip(self.counters, self.bounds, self.steps, strict=True)):
            head = f"int {counter} = {low}; {counter} < {high}; {counter} += {step}"
            if step < 0:
                head = f"int {counter} = {high} - 1; {counter} >= {low}; {counter} -= {-step}"
            lines.append(f"{'    ' * (level + 1)}for ({head})")
        name = "b" if len(self.write) == 1 else "a"
        write, read = ("".join(f"[{index}]" for index in side) for side in (self.write, self.read))
        return "\n".join([*lines, f"    {self.guard}{name}{write} = 7 - {name}{read};", "}", ""])

    def iterations(self) -> Iterator[dict[str, int]]:
        """Those in which the statement runs, in order."""
        partial: list[dict[str, int]] = [{}]
        for counter, (low, high), step in zip(self.counters, self.bounds, self.steps, strict=True):
            partial = [
                {**outer, counter: value}
                for outer in partial
                for value in _range(eval(low, {}, outer), eval(high, {}, outer), step)
            ]
        test = self.guard.removeprefix("if ").strip()
        yield from (one for one in partial if not test or eval(test, {}, one))

    def dependences(self) -> Found:
        """Every difference of two iterations that depend, in the order of the loops, by kind."""
        found: Found = {"flow": set(), "anti": set(), "output": set()}
        done = [(one, self._touched(self.write, one), self._touched(self.read, one)) for one in self.iterations()]
        for index, (early, wrote, read) in enumerate(done):
            for late, writes, reads in done[index + 1 :]:
                gap = tuple(
                    (late[c] - early[c]) * (1 if s > 0 else -1) for c, s in zip(self.counters, self.steps, strict=True)
                )
                for kind, clash in (("flow", wrote == reads), ("anti", read == writes), ("output", wrote == writes)):
                    found[kind] |= {gap} if clash else set()
        return found

    def _touched(self, indices: list[str], counters: dict[str, int]) -> Point:
        return tuple(eval(index, {}, counters) for index in indices)


def _range(low: int, high: int, step: int) -> range:
    return range(low, high, step) if step > 0 else range(high - 1, low - 1, step)


def _nest_of(text: str) -> NestDependences:
    """The dependences of the outermost loop."""
    source = parse(text, "nest.c")
    analyses, _ = analyse(source, scopes_of(source))
    return nest_dependences(analyses[0].model, analyses[0].verdict)


@given(st.integers(0, 2**32))
@settings(max_examples=150, derandomize=True)
def test_the_vectors_are_those_of_the_iterations(seed: int) -> None:
    pytest.importorskip("islpy")
    nest = _Nest(Random(seed))
    found = _nest_of(nest.text)
    assert not found.undecided, nest.text
    expected = nest.dependences()
    for kind, gaps in expected.items():
        vectors = [vector for one in found.dependences if one.kind == kind for vector in one.vectors]
        signs = {
            sign for vector in vectors for sign in product(*(_SIGNS[direction] for direction in vector.directions))
        }
        assert signs == {tuple((gap > 0) - (gap < 0) for gap in one) for one in gaps}, f"{kind}\n{nest.text}"
        for vector in vectors:
            mine = [gap for gap in gaps if all(_fits(d, g) for d, g in zip(vector.directions, gap, strict=True))]
            for level, distance in enumerate(vector.distances):
                steps = {gap[level] / abs(nest.steps[level]) for gap in mine}
                assert distance is None or steps == {distance}, f"{kind} {vector}\n{nest.text}"
    assert all(one.is_shown for one in found.dependences), nest.text


def _fits(direction: str, gap: int) -> bool:
    return (gap > 0) - (gap < 0) in _SIGNS[direction]


def test_a_stencil_has_one_vector_for_each_neighbour() -> None:
    pytest.importorskip("islpy")
    found = _nest_of(
        "double a[99][99];\nvoid f(int n, int m) {\n  for (int i = 1; i < n; i++)\n    for (int j = 1; j < m; j++)\n"
        "      a[i][j] = a[i - 1][j + 1] + a[i][j - 1];\n}\n"
    )
    vectors = [(one.kind, vector.distances) for one in found.dependences for vector in one.vectors]
    assert sorted(vectors) == [("flow", (0, 1)), ("flow", (1, -1))]
