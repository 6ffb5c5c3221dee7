"""Where an access may reach in one iteration of a loop: a quick test for tiles, before integer sets are asked.

In `for (t = 0; t < n; t++) for (i = 16*t; i <= min(16*t + 15, m); i++) a[i]` the subscript is 16*t and up to 15 more:
no step of the loop is as short as that.  All but one lower and one upper bound of each inner loop are left aside.
"""

from __future__ import annotations

from dataclasses import dataclass

from hpcls.analysis.affine import Polynomial
from hpcls.analysis.nest.conditions import facts_of
from hpcls.analysis.nest.executions import Executions, Level


@dataclass(frozen=True)
class Reach:
    """`factor * counter + rest`, and up to `width` more."""

    factor: int
    rest: Polynomial
    width: int


Reaches = tuple[Reach | None, ...]
"""Of each subscript; None where it is not known."""


def reaches_of(executions: Executions) -> Reaches:
    """In one iteration of the outermost level."""
    return tuple(_reach(form, executions) for form in executions.subscripts)


def never_meet(left: Reaches, right: Reaches, step: int | None) -> bool:
    """Whether some subscript is never the same in two iterations, which lie whole steps apart."""
    pairs = zip(left, right, strict=False)
    return any(one is not None and other is not None and _are_apart(one, other, step or 1) for one, other in pairs)


def _are_apart(one: Reach, other: Reach, step: int) -> bool:
    gap = (one.rest - other.rest).value
    if gap is None or one.factor != other.factor:
        return False
    lowest, highest = gap - other.width, gap + one.width
    stride = abs(one.factor * step)
    return max(-lowest, highest) < stride if stride else lowest > 0 or highest < 0


def _reach(form: Polynomial, executions: Executions) -> Reach | None:
    width = 0
    for level in reversed(executions.levels[1:]):
        parts = form.split(level.variable)
        factor = parts[0].value if parts else None
        if parts is None or factor is None:
            return None
        if factor:
            span = _span(level)
            if span is None:
                return None
            first = span[0] if factor > 0 else span[0] + Polynomial.constant(span[1])
            form = parts[1] + first * Polynomial.constant(factor)
            width += abs(factor) * span[1]
    parts = form.split(executions.levels[0].variable)
    factor = parts[0].value if parts else None
    if parts is None or factor is None or not parts[1].names.isdisjoint(_own(executions)):
        return None
    return Reach(factor, parts[1], width)


def _span(level: Level) -> tuple[Polynomial, int] | None:
    """A lower bound of the counter, and how much more it is at most; None where no two bounds lie a number apart."""
    lows, highs = list[Polynomial](), list[Polynomial]()
    for fact in facts_of(level.condition):
        parts = fact.form.split(level.variable) if fact.relation == ">=" else None
        if parts and parts[0].value == 1:
            lows.append(-parts[1])
        elif parts and parts[0].value == -1:
            highs.append(parts[1])
    spans = [(low, width) for low in lows for high in highs if (width := (high - low).value) is not None]
    return min((one for one in spans if one[1] >= 0), key=lambda one: one[1], default=None)


def _own(executions: Executions) -> set[str]:
    """The names that are not the same in all iterations."""
    inside = {level.variable for level in executions.levels}
    return inside.union(executions.unknowns, *(level.unknowns for level in executions.levels))
