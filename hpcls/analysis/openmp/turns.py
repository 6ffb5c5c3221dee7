"""Elements that iterations share by turns: `h[i % 10]` and `a[i / 2]`, found by trying the first iterations."""

from __future__ import annotations

from collections.abc import Sequence

from hpcls.analysis.dependence import Meeting, Relation
from hpcls.analysis.forms import Bounds
from hpcls.analysis.variables import Variables
from hpcls.syntax.expressions import Binary, Expression, Literal, Name
from hpcls.syntax.loops import integer

_TRIED = 128
_SURELY_RUN = 8
"""Iterations that a loop is taken to have whose number is not known."""


def meet_by_turns(subscripts: Sequence[Expression], own: Bounds, variables: Variables) -> Meeting:
    """When two iterations of the loop with the counter of `own` surely name one element by `subscripts`."""
    low, trips = own.lowest.value if own.lowest else None, own.trip_count
    if low is None or low < 0 or own.step is None or own.step < 1 or own.highest is None:
        return Meeting(Relation.PERHAPS)
    found: dict[tuple[int, ...], int] = {}
    for at in range(_SURELY_RUN if trips is None else min(trips, _TRIED)):
        values = [_value(one, own.variable, low + own.step * at, variables) for one in subscripts]
        place = tuple(value for value in values if value is not None)
        if len(place) < len(values):
            break
        if place in found:
            return Meeting(Relation.AT, at - found[place])
        found[place] = at
    return Meeting(Relation.PERHAPS)


def _value(expression: Expression, counter: str, count: int, variables: Variables) -> int | None:
    """The number that `expression` is where the counter is `count`; None where more than that is in it."""
    match expression:
        case Literal():
            return integer(expression)
        case Name(name=name, start=start):
            key = variables.key(name, start)
            constant = variables.constant(key)
            return count if key == counter else integer(constant) if constant else None
        case Binary(operator=operator, left=left, right=right):
            a, b = (_value(one, counter, count, variables) for one in (left, right))
            return None if a is None or b is None or a < 0 or b < 0 else _computed(operator, a, b)
        case _:
            return None


def _computed(operator: str, a: int, b: int) -> int | None:
    match operator:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/" if b:
            return a // b
        case "%" if b:
            return a % b
        case _:
            return None
