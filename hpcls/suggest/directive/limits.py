"""What a loop's bound is at most: by a minimum in it, as in `min(n, 8)`, or by the tests on the way to the loop, as in
`if (n < 8)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from hpcls.analysis.model import UnitModel
from hpcls.analysis.nest.guards import Guard, Guards
from hpcls.analysis.reductions import same, smaller_of
from hpcls.syntax.expressions import Binary, Cast, Expression, Literal, Name, names_in
from hpcls.syntax.loops import integer
from hpcls.syntax.statements import Case, Loop, Switch, walk

_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
_FAILED = {"<": ">=", ">": "<=", "<=": ">", ">=": "<", "==": "!=", "!=": "=="}


class Limits:
    """Those of one unit."""

    def __init__(self, model: UnitModel) -> None:
        self._model = model

    def of(self, bound: Expression, loop: Loop) -> int | None:
        """The number that `bound` is at most when `loop` is reached; None where nothing says so."""
        match bound:
            case Binary(operator="+" | "-" as operator, left=left, right=Literal() as right):
                inner, moved = self.of(left, loop), integer(right)
                if inner is None or moved is None:
                    return None
                return inner + moved if operator == "+" else inner - moved
            case _:
                return min(self._limits(bound, loop), default=None)

    def _limits(self, bound: Expression, loop: Loop) -> Iterator[int]:
        whole = _uncast(bound)
        yield from self._of_minimum(whole)
        for guard in self._guards.to(loop.start):
            yield from self._of_guard(guard, whole, loop)

    def _of_minimum(self, whole: Expression) -> Iterator[int]:
        if isinstance(whole, Name):
            found = self._model.definitions.of(self._model.variables.key(whole.name, whole.start))
            value = found[0].value if len(found) == 1 else None
            whole = whole if value is None else _uncast(value)
        yield from (number for part in smaller_of(whole) if (number := integer(part)) is not None)

    @cached_property
    def _guards(self) -> Guards:
        return Guards(self._model.unit.body, ())

    @cached_property
    def _switches(self) -> dict[int, Switch]:
        return {one.test.start: one for one in walk(self._model.unit.body) if isinstance(one, Switch)}

    def _of_guard(self, guard: Guard, bound: Expression, loop: Loop) -> Iterator[int]:
        if not self._keeps(bound, guard.test.start, loop.start):
            return
        if guard.outcome is None:
            switch = self._switches.get(guard.test.start)
            if switch and same(_uncast(guard.test), bound):
                yield from self._of_cases(switch, loop)
            return
        match guard.test:
            case Binary(operator=operator, left=left, right=right) if operator in _TURNED:
                operator = operator if guard.outcome else _FAILED[operator]
                for one, other, relation in ((left, right, operator), (right, left, _TURNED[operator])):
                    number = self._number(other) if same(_uncast(one), bound) else None
                    if number is not None and relation in ("<", "<=", "=="):
                        yield number - (relation == "<")
            case _:
                pass

    def _of_cases(self, switch: Switch, loop: Loop) -> Iterator[int]:
        """The largest of the cases before the loop, whether or not the last ones alone lead there."""
        cases = [one for one in walk(switch.body) if isinstance(one, Case) and one.start < loop.start]
        numbers = [self._number(one.value) if one.value else None for one in cases]
        known = [one for one in numbers if one is not None]
        if known and len(known) == len(numbers):
            yield max(known)

    def _number(self, value: Expression) -> int | None:
        if isinstance(value, Name):
            usual = self._model.variables.usual(self._model.variables.key(value.name, value.start))
            return None if usual is None else integer(usual)
        return integer(value)

    def _keeps(self, bound: Expression, start: int, end: int) -> bool:
        """Whether nothing gives a variable of the bound another value between two places."""
        keys = (self._model.variables.key(name, bound.start) for name in names_in(bound))
        given = (one.offset for key in keys for one in self._model.definitions.of(key))
        return not any(start < at < end for at in given)


def _uncast(value: Expression) -> Expression:
    while isinstance(value, Cast):
        value = value.operand
    return value
