"""Where an access may reach in one iteration of a loop: a quick test of tiles, before integer sets are asked.

In `for (t = 0; t < n; t++) for (i = 16*t; i <= min(16*t + 15, m); i++) a[i]` the index is from 16*t up to 16*t + 15,
and up to m: no step of the loop is as short as 16, and what begins behind m is apart as well (bounds of a difference,
as in Banerjee's test; Allen & Kennedy, Optimizing Compilers for Modern Architectures, 3.3.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.nest.conditions import Atom, facts_of
from hpcls.analysis.nest.executions import Executions, Level

_MOST = 8
"""Bounds of a subscript that are looked at."""

_Place = tuple[int, Polynomial]
"""What a bound is made of but for a number: the factor of the loop's counter, and values from outside."""


@dataclass(frozen=True)
class Reach:
    """The bounds of one subscript, all of which hold, as numbers behind a place."""

    lows: Mapping[_Place, int]
    highs: Mapping[_Place, int]

    def __hash__(self) -> int:
        return hash((frozenset(self.lows.items()), frozenset(self.highs.items())))


Reaches = tuple[Reach, ...]
"""Of each subscript."""


def reaches_of(executions: Executions) -> Reaches:
    """In one iteration of the outermost level."""
    return tuple(_reach(form, executions) for form in executions.subscripts)


def never_meet(left: Reaches, right: Reaches, step: int | None) -> bool:
    """Whether some subscript is never the same in two iterations, which lie whole steps apart."""
    return any(_are_apart(one, other, abs(step or 1)) for one, other in zip(left, right, strict=False))


def _are_apart(one: Reach, other: Reach, step: int) -> bool:
    """`factor * (later - earlier) = one - other` has no solution for any factor that both are bounded by."""
    least, most = dict[int, int](), dict[int, int]()
    for place in one.lows.keys() & other.highs.keys():
        gap = one.lows[place] - other.highs[place]
        least[place[0]] = max(gap, least.get(place[0], gap))
    for place in one.highs.keys() & other.lows.keys():
        gap = one.highs[place] - other.lows[place]
        most[place[0]] = min(gap, most.get(place[0], gap))
    if least.get(0, 0) > 0 or most.get(0, 0) < 0:
        return True
    return any(max(-least[factor], most[factor]) < abs(factor) * step for factor in least.keys() & most.keys() - {0})


def _reach(form: Polynomial, executions: Executions) -> Reach:
    lows, highs = [form], [form]
    for level in reversed(executions.levels[1:]):
        ends = _ends(level)
        lows = list(_moved(lows, level.variable, *ends))[:_MOST]
        highs = list(_moved(highs, level.variable, *reversed(ends)))[:_MOST]
    facts = [fact.form for fact in _facts(executions)]
    counter = executions.levels[0].variable
    lows += [less for low in lows for fact in facts if _is_simpler(less := low - fact, low, counter)]
    highs += [more for high in highs for fact in facts if _is_simpler(more := high + fact, high, counter)]
    placed = [list(_placed(bounds, executions)) for bounds in (lows, highs)]
    return Reach(
        {place: max(number for at, number in placed[0] if at == place) for place, _ in placed[0]},
        {place: min(number for at, number in placed[1] if at == place) for place, _ in placed[1]},
    )


def _facts(executions: Executions) -> Iterator[Atom]:
    """What is 0 or more, by the tests on the way and the bounds of the outermost loop."""
    for condition in (executions.condition, executions.levels[0].condition):
        yield from (fact for fact in facts_of(condition) if fact.relation == ">=")


def _is_simpler(new: Polynomial, old: Polynomial, counter: str) -> bool:
    """Whether a fact left fewer values from outside in a bound: `m`, where 16*t < m, is more than 16*t."""
    return new.names - {counter} < old.names - {counter}


def _moved(
    forms: Iterable[Polynomial], name: str, near: list[Polynomial], far: list[Polynomial]
) -> Iterator[Polynomial]:
    """Bounds of `forms` without the counter `name`, whose bounds on the same side are `near`."""
    for form in forms:
        parts = form.split(name)
        factor = parts[0].value if parts else None
        if parts and factor == 0:
            yield form
        elif parts and factor:
            yield from (parts[1] + end * Polynomial.constant(factor) for end in (near if factor > 0 else far))


def _ends(level: Level) -> tuple[list[Polynomial], list[Polynomial]]:
    """The lower and the upper bounds of a counter."""
    lows, highs = list[Polynomial](), list[Polynomial]()
    for fact in facts_of(level.condition):
        parts = fact.form.split(level.variable) if fact.relation == ">=" else None
        if parts and parts[0].value == 1:
            lows.append(-parts[1])
        elif parts and parts[0].value == -1:
            highs.append(parts[1])
    return lows, highs


def _placed(bounds: Iterable[Polynomial], executions: Executions) -> Iterator[tuple[_Place, int]]:
    inside = {level.variable for level in executions.levels}
    own = inside.union(executions.unknowns, *(level.unknowns for level in executions.levels))
    for bound in bounds:
        parts = bound.split(executions.levels[0].variable)
        factor = parts[0].value if parts else None
        if parts and factor is not None and parts[1].names.isdisjoint(own):
            number = parts[1].terms.get((), 0)
            yield (factor, parts[1] - Polynomial.constant(number)), number
