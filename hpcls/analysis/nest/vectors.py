"""Direction and distance vectors of a dependence (Allen & Kennedy, Optimizing Compilers for Modern Architectures, 2.2).

A direction is `<` where the loop's later iteration depends on an earlier one, `=` within one, `>` where it is the other
way round because an outer loop decides, `*` where all of them occur.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from hpcls.analysis.nest.conditions import forms_of
from hpcls.analysis.nest.executions import Level
from hpcls.analysis.nest.isl import IntegerSet, Solver
from hpcls.analysis.nest.pair import Pair

Direction = Literal["<", "=", ">", "*"]
_SIGNS: tuple[tuple[Direction, str], ...] = (("<", "> 0"), ("=", "= 0"), (">", "< 0"))
_DEEPEST = 6


@dataclass(frozen=True)
class Vector:
    """One way in which iterations depend on others, a component a loop, outermost first."""

    directions: tuple[Direction, ...]
    distances: tuple[int | None, ...]
    """In iterations; None where there are several."""

    @property
    def carrier(self) -> int:
        """The level that carries it: the outermost that is not `=`."""
        return next(index for index, one in enumerate(self.directions) if one != "=")


def vectors(pair: Pair, touching: list[str], solver: Solver) -> tuple[Vector, ...]:
    """The vectors from `left` to `right`, where `left` happens in an earlier iteration; none for a nest too deep."""
    levels = pair.common
    if len(levels) > _DEEPEST:
        return ()
    names = [f"d{index}" for index in range(len(levels))]
    gaps = [f"{name} = {_gap(pair, index)}" for index, name in enumerate(names)]
    found = solver.read(pair.text(names, *gaps, *touching))
    return tuple(one for one in _split(found, levels, (), solver) if set(one.directions) != {"="})


def _gap(pair: Pair, index: int) -> str:
    """From the earlier to the later iteration, in the direction in which the loop runs."""
    left, right = pair.counters(index)
    return f"{right} - {left}" if pair.common[index].goes_up else f"{left} - {right}"


def _split(found: IntegerSet, levels: tuple[Level, ...], before: tuple[Direction, ...], solver: Solver) -> list[Vector]:
    if found.is_empty:
        return []
    index = len(before)
    if index == len(levels):
        return [Vector(before, tuple(_distance(found, levels, k) for k in range(index)))]
    names = ", ".join(f"d{k}" for k in range(len(levels)))
    groups: list[list[Vector]] = []
    for sign, test in _SIGNS:
        # what comes earlier in time is earlier in the outermost loop that tells the two apart
        if sign != ">" or set(before) - {"="}:
            half = solver.read(f"{{ [{names}] : d{index} {test} }}")
            groups.append(_split(found.intersect(half), levels, (*before, sign), solver))
    return _merged(groups, index)


def _merged(groups: list[list[Vector]], index: int) -> list[Vector]:
    """One vector with `*` for three that differ in this level alone."""
    tails = {tuple(one.directions[index + 1 :] for one in group) for group in groups}
    if len(groups) < len(_SIGNS) or len(tails) > 1:
        return [one for group in groups for one in group]
    merged: list[Vector] = []
    for same in zip(*groups, strict=True):
        distances = tuple(a if a == b == c else None for a, b, c in zip(*(one.distances for one in same), strict=True))
        directions = same[0].directions
        merged.append(Vector((*directions[:index], "*", *directions[index + 1 :]), distances))
    return merged


def _distance(found: IntegerSet, levels: tuple[Level, ...], index: int) -> int | None:
    gap, step = found.constant(index), levels[index].step
    if gap is None or step is None or gap % step:
        return None
    return gap // abs(step)


def is_triangular(levels: tuple[Level, ...], index: int) -> bool:
    """Whether the bounds of a level depend on the counter of one around it."""
    around = {level.variable for level in levels[:index]}
    return any(name in around for form in forms_of(levels[index].condition) for name in form.names)
