"""Whether an access in a loop surely happens in several iterations, for some data: only between such accesses is a
dependence shown.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import combinations

from hpcls.analysis.accesses import Access
from hpcls.analysis.forms import Forms
from hpcls.analysis.nest.guards import Guards
from hpcls.syntax.expressions import Expression
from hpcls.syntax.statements import If, Jump, Loop, Statement, Switch

IsDoubted = Callable[[Sequence[Access]], bool]
"""Whether something may keep threads apart at these accesses of one variable."""


class Certainty:
    """The certainty of accesses in one loop."""

    def __init__(self, loop: Loop, forms: Forms, is_doubted: IsDoubted = lambda _accesses: False) -> None:
        self._loop = loop
        self._forms = forms
        self.is_doubted = is_doubted
        self._guards = Guards(loop.body, (loop,))

    def happens(self, access: Access, loops: tuple[Loop, ...], guards: tuple[Expression, ...]) -> bool:
        """Whether no more than data stands before `access`, which is inside `loops` and behind `guards`."""
        inside = [g for g in guards if self._loop.body.start <= g.start < self._loop.body.end]
        return (
            not access.is_conditional
            and access.offset < self._first_skip
            and all(map(self._forms.asks_data, inside))
            and self._is_reached(loops)
        )

    def may_exclude(self, accesses: Sequence[Access]) -> bool:
        """Whether what memory holds all along may let only one of two accesses happen: `if (p->flag) …; else …`."""
        chosen = {self._choices(offset) for offset in {one.offset for one in accesses}}
        return any(left - right and right - left for left, right in combinations(chosen, 2))

    def _choices(self, offset: int) -> frozenset[tuple[int, int]]:
        """The branches on the way to a place that every iteration takes, or none."""
        guards = self._guards.to(offset)
        return frozenset((one.test.start, one.branch) for one in guards if self._forms.is_invariant(one.test))

    def _is_reached(self, loops: tuple[Loop, ...]) -> bool:
        """Whether every loop between this one and the access runs, in whichever iteration."""
        first = loops.index(self._loop) + 1
        for depth, loop in enumerate(loops[first:], first):
            bounds = self._forms.bounds(loop, loops[: depth + 1])
            if bounds is None or bounds.lowest is None or bounds.highest is None or bounds.trip_count == 0:
                return False
            decided = self._counts(loops[:depth]) | self._forms.computed
            if decided & (bounds.lowest.names | bounds.highest.names):
                return False
        return True

    def _counts(self, loops: tuple[Loop, ...]) -> set[str]:
        found = (self._forms.bounds(loop, loops[: depth + 1]) for depth, loop in enumerate(loops))
        return {name for bounds in found if bounds for name in (bounds.variable, bounds.variable.partition("%")[0])}

    @cached_property
    def _first_skip(self) -> int:
        """Where counters or constants may first decide to skip the rest of an iteration; where a loop begins if they
        may decide to leave it, so that there need not be a second iteration of it."""
        pending: list[tuple[Statement, bool, Loop | Switch]] = [(self._loop.body, True, self._loop)]
        while pending:
            statement, is_plain, left = pending.pop()
            if isinstance(statement, Jump) and is_plain:
                return self._skipped_by(statement, left)
            if isinstance(statement, (If, Switch)):
                is_plain = not self._forms.asks_data(statement.test)
            left = statement if isinstance(statement, (Loop, Switch)) else left
            pending.extend((part, is_plain, left) for part in reversed(statement.parts))
        return self._loop.end

    def _skipped_by(self, jump: Jump, left: Loop | Switch) -> int:
        """`left` is what a `break` there leaves."""
        if jump.kind in ("return", "goto"):
            return self._loop.start
        return left.start if jump.kind == "break" and isinstance(left, Loop) else jump.start
