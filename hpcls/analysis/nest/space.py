"""The iteration space of the one or two loops around accesses, as points and arrows, small enough to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import prod

from hpcls.analysis.nest.conditions import TRUE, Both
from hpcls.analysis.nest.dependences import Dependence, NestDependences
from hpcls.analysis.nest.executions import Executions, Level
from hpcls.analysis.nest.isl import Solver, answer
from hpcls.analysis.nest.pair import NotAffineError, Pair

_SIZES = (6, 8, 12, 24)
"""Values of symbolic sizes that are tried until both loops run."""
_MOST_STEPS = 8
"""Iterations of a loop with more of them that are drawn."""
_FEWEST = 3
_ROOM = 12

Point = tuple[int, ...]


@dataclass(frozen=True)
class Axis:
    """One loop; the drawing has the values of its counter."""

    level: Level
    is_cut: bool
    """Only its first iterations are drawn."""


@dataclass(frozen=True)
class Arrows:
    """A dependence, from earlier to later iterations: for each later one, the nearest before it."""

    dependence: Dependence
    ends: tuple[tuple[Point, Point], ...]


@dataclass(frozen=True)
class IterationSpace:
    """Iterations of one loop or of two, the outer one first in `axes` and in every point."""

    axes: tuple[Axis, ...]
    points: tuple[Point, ...]
    arrows: tuple[Arrows, ...]
    sizes: tuple[tuple[str, int], ...]
    """What stands for values that the program does not fix."""


def iteration_space(nest: NestDependences, inner: Level | None) -> IterationSpace | None:
    """The loop asked about with the one around it, or else with `inner`, which stands right in it; loops further out
    stay in one iteration.  None where bounds are not affine or nothing runs for any small size.
    """
    levels = nest.levels if inner is None or len(nest.levels) > 1 else (*nest.levels, inner)
    for size in _SIZES:
        found = answer(lambda solver, size=size: _space(nest, levels, size, solver)) if levels else None
        if found is not None and len(found.points) >= _FEWEST:
            return found
    return None


def _space(nest: NestDependences, levels: tuple[Level, ...], size: int, solver: Solver) -> IterationSpace | None:
    shown = levels[-2:]
    outside = len(levels) - len(shown)
    domain = _domain(levels)
    sizes = _sizes(levels, domain, size)
    axes = tuple(Axis(level, _is_cut(level)) for level in shown)
    try:
        names = [f"x{k}" for k in range(len(shown))]
        places = [f"{name} = {domain.counters(outside + k)[0]}" for k, name in enumerate(names)]
        firsts = [_first(domain, k) for k in range(outside)]
        points = solver.read(domain.text(names, *places, *firsts, *_fixed(domain, sizes), *_cuts(domain, outside)))
        arrows = [_arrows(one, shown, outside, sizes, solver) for one in nest.dependences]
    except NotAffineError:
        return None
    drawn = set(points.points())
    kept = (Arrows(a.dependence, tuple(e for e in a.ends if drawn.issuperset(e))) for a in arrows)
    named = tuple((name, value) for name, value in sizes.items())
    return IterationSpace(axes, tuple(sorted(drawn)), tuple(one for one in kept if one.ends), named)


def _domain(levels: tuple[Level, ...]) -> Pair:
    """The iterations of the loops, with the integers in their first values."""
    starts = Both(tuple(one for level in levels for one in level.start.conditions))
    alone = Executions(levels, starts, (), tuple(name for level in levels for name in level.start.names), True)
    return Pair(alone, alone, TRUE)


def _sizes(levels: tuple[Level, ...], domain: Pair, size: int) -> dict[str, int]:
    """A value for each name from outside: 0 for those where loops begin, `size` for the others."""
    begins = {name for level in levels if level.lower is not None and level.goes_up for name in level.lower.names}
    ends = {name for level in levels if level.upper is not None and level.goes_up for name in level.upper.names}
    names = dict.fromkeys(chain.from_iterable(domain.parameters))
    return {name: 0 if name in begins - ends else size for name in names}


def _fixed(pair: Pair, sizes: dict[str, int]) -> list[str]:
    default = max(sizes.values(), default=_SIZES[0])
    values = {names: prod(sizes.get(name, default) for name in names) for names in pair.parameters}
    return [f"{pair.parameters[names]} = {value}" for names, value in values.items()]


def _first(pair: Pair, index: int) -> str:
    level = pair.common[index]
    return "true" if level.lower is None else f"{pair.counters(index)[0]} = {pair.show(0)(level.lower)}"


def _is_cut(level: Level) -> bool:
    """Whether the loop runs a known number of times, and too many to draw."""
    if level.lower is None or level.upper is None:
        return False
    span = (level.upper - level.lower).value
    return span is not None and abs(span) // abs(level.step or 1) >= _ROOM


def _cuts(pair: Pair, outside: int) -> list[str]:
    found: list[str] = []
    for index, level in enumerate(pair.common[outside:], outside):
        if _is_cut(level) and level.lower is not None:
            away = (_MOST_STEPS - 1) * abs(level.step or 1)
            start, counter = pair.show(0)(level.lower), pair.counters(index)[0]
            found.append(f"-{away} <= {counter} - ({start}) <= {away}")
    return found


def _arrows(
    dependence: Dependence, shown: tuple[Level, ...], outside: int, sizes: dict[str, int], solver: Solver
) -> Arrows:
    pair = dependence.pair
    touching = pair.touching(solver)
    if touching is None or len(pair.common) < outside + len(shown):
        return Arrows(dependence, ())
    counters = [pair.counters(outside + k) for k in range(len(shown))]
    names = [f"{side}{k}" for side in "st" for k in range(len(shown))]
    sides = [one[side] for side in (0, 1) for one in counters]
    places = [f"{name} = {value}" for name, value in zip(names, sides, strict=True)]
    same = [f"{pair.counters(k)[0]} = {pair.counters(k)[1]}" for k in range(outside)]
    near = [f"-{_ROOM * 4} <= {counter} <= {_ROOM * 4}" for pairs in counters for counter in pairs]
    text = pair.text(names, *places, *same, *near, *touching, *_fixed(pair, sizes))
    found = [(point[: len(shown)], point[len(shown) :]) for point in solver.read(text).points()]
    return Arrows(dependence, _nearest(found, shown))


def _nearest(found: list[tuple[Point, Point]], shown: tuple[Level, ...]) -> tuple[tuple[Point, Point], ...]:
    def time(point: Point) -> Point:
        return tuple(at if level.goes_up else -at for at, level in zip(point, shown, strict=True))

    best: dict[Point, Point] = {}
    for source, sink in found:
        if time(source) < time(sink) and (sink not in best or time(best[sink]) < time(source)):
            best[sink] = source
    return tuple(sorted((source, sink) for sink, source in best.items()))
